/* The series: the one that matters now, and until when each has people. One thread. */
#ifndef BW_SYNC_STATUS_SERIES_H
#define BW_SYNC_STATUS_SERIES_H

#include "central/central.h"

#include <brugwachter/session.h>

/* The title of the series whose circle is on or comes next; where none comes, of the one
 * that was last. Circles that were called off count last of all. "" without a circle.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_status_series(struct bw_central *central, int64_t now_ms,
    char ret_title[BW_TITLE_BYTES], struct bw_error *err);

/* A series, and the end (UTC) of its last circle whose people weren't purged; false: no
 * more of them. */
typedef bool bw_status_series_row(const char *title, int64_t ends_ms, void *context);

/* Each series that has such a circle, the one that ends first in front. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_status_series_walk(struct bw_central *central,
    bw_status_series_row *row, void *context, struct bw_error *err);

#endif
