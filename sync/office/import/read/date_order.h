/* What comes first in a file's dates, the day or the month: as --dates says, else as one
 * of its rows tells, else as it always was (a hyphen: the day). One thread, that of the
 * import. */
#ifndef BW_SYNC_DATE_ORDER_H
#define BW_SYNC_DATE_ORDER_H

#include "office/import/import_state.h"

/* Settles it for the columns of the fields that the file's kind marks as times.
 * BW_BAD_INPUT: two rows make it impossible, or no row tells it where it matters
 * (slashes; days that would be to come or go back, and wouldn't the other way round).
 * `past`: no time of the file may be to come, and its rows came one after another. */
BW_NODISCARD enum bw_status bw_import_settle_dates(
    struct bw_import *import, bool past, struct bw_error *err);

#endif
