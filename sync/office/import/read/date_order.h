/* What comes first in a file's dates, the day or the month: as --dates says, else as one
 * of its rows tells, else as it always was (a hyphen: the day). One thread, that of the
 * import. */
#ifndef BW_SYNC_DATE_ORDER_H
#define BW_SYNC_DATE_ORDER_H

#include "office/import/import_state.h"

/* Settles it for the columns of the fields that the file's kind marks as times.
 * BW_BAD_INPUT: two rows make it impossible, or no row tells it where it matters
 * (slashes; days that would be too late or go back, and wouldn't the other way round).
 * Where somebody is there to be asked that is BW_REFUSED, and asked; and so is a hyphen
 * that could be read both ways. `latest_ms`: no time of the file may be after it, and
 * its rows came one after another; BW_DATE_ANY: they may. */
#define BW_DATE_ANY INT64_MAX
BW_NODISCARD enum bw_status bw_import_settle_dates(
    struct bw_import *import, int64_t latest_ms, struct bw_error *err);

#endif
