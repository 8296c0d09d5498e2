/* What becomes of each event of letters on their way in: is it here already, and does it
 * count? The inside of merge_events.c. In the caller's transaction; one thread. */
#ifndef BW_EXCHANGE_OFFICE_MERGE_JUDGE_H
#define BW_EXCHANGE_OFFICE_MERGE_JUDGE_H

#include "exchange/office/merge/merge_events.h"
#include "exchange/office/merge/quarantine.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_merge_fate {
    BW_MERGE_FATE_NONE,   /* not judged yet */
    BW_MERGE_FATE_NEW,    /* goes into `event` */
    BW_MERGE_FATE_ASIDE,  /* goes into quarantine */
    BW_MERGE_FATE_COUNTS, /* stands in `event` already */
    BW_MERGE_FATE_WAITS,  /* stands in quarantine already */
};

/* One event of a letter. Bytes lie in the letter's content. */
struct bw_merge_row {
    struct bw_event event;
    const uint8_t *bytes; /* canonical */
    size_t bytes_count;
    const uint8_t *sealed; /* details; 0 bytes: none, or emptied */
    size_t sealed_bytes;
    enum bw_merge_fate fate;
    enum bw_quarantine_reason reason;
    bool other; /* another event stands under its number */
};

struct bw_merge_known {
    uint64_t seq;
    uint8_t hash[BW_HASH_BYTES];
    bool counts; /* in `event`, not in quarantine */
};

/* The place of a session among those of the letter's kiosk; -1 where it serves none. */
int bw_merge_session_find(const struct bw_merge_events *letter, uint32_t session_no);

/* Reads what is here of all letters' numbers, once. BW_NO_MEMORY, what the database
 * answers. */
BW_NODISCARD enum bw_status bw_merge_known_read(struct bw_central *central,
    struct bw_merge_events *const *letters, size_t count, struct bw_error *err);

/* Judges the rows of letters[at]; those before it are judged. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_merge_judge(struct bw_central *central,
    struct bw_merge_events *const *letters, size_t at, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
