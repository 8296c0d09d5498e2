/* A roster letter on its way through the reader, shared by its head and its rows. Inside
 * the letters' room alone. One thread. */
#ifndef BW_LETTER_ROSTER_READING_H
#define BW_LETTER_ROSTER_READING_H

#include "exchange/letter/json.h"
#include "exchange/letter/roster.h"

#define BW_ROSTER_MS_MAX INT64_C(253402300799999) /* the year 9999 */

struct bw_roster_reading {
    const struct bw_roster_sink *sink;
    struct bw_json json;
    struct bw_error *err;
};

/* Reads the lists of rows in `root` and gives each row to the sink, which borrows it;
 * counts them. BW_BAD_INPUT for a field that doesn't hold; what the sink fails with. Rows
 * before the fault went to the sink by then. */
BW_NODISCARD enum bw_status bw_roster_rows_read(struct bw_roster_reading *reading,
    const json_t *root, struct bw_roster_counts *counts);

#endif
