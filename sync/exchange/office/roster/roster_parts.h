/* A roster in as many letters as it needs: rows go in as into one, and come out as the
 * contents of numbered parts. One thread. */
#ifndef BW_EXCHANGE_OFFICE_ROSTER_PARTS_H
#define BW_EXCHANGE_OFFICE_ROSTER_PARTS_H

#include "exchange/letter/roster.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A part ends when its text is about so long; well below BW_LETTER_BYTES_MAX. */
enum { BW_ROSTER_PART_BYTES = 24 * 1024 * 1024, BW_ROSTER_PARTS_MAX = 256 };

struct bw_roster_parts {
    struct bw_roster_letter letter;
    struct bw_roster_writer *writers[BW_ROSTER_PARTS_MAX];
    int count;
    size_t part_bytes;              /* BW_ROSTER_PART_BYTES; tests take less */
    struct bw_roster_sink into;     /* of the newest writer */
    struct bw_roster_counts counts; /* rows that went in */
};

/* `letter` is copied. BW_NO_MEMORY. bw_roster_parts_finish ends it. */
BW_NODISCARD enum bw_status bw_roster_parts_init(struct bw_roster_parts *parts,
    const struct bw_roster_letter *letter, struct bw_error *err);
void bw_roster_parts_finish(struct bw_roster_parts *parts);

/* Rows go in by its functions. BW_FULL past BW_ROSTER_PARTS_MAX, BW_NO_MEMORY. */
struct bw_roster_sink bw_roster_parts_sink(struct bw_roster_parts *parts);

/* Content of part `at` (from 0); once each. The caller frees. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_roster_parts_text(
    struct bw_roster_parts *parts, int at, char **ret_text, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
