/* The events, head statement and hello of one opened letter, into the central database:
 * the inside of merge.c. In the caller's transaction; one thread. */
#ifndef BW_EXCHANGE_OFFICE_MERGE_EVENTS_H
#define BW_EXCHANGE_OFFICE_MERGE_EVENTS_H

#include "exchange/letter/events.h"
#include "exchange/office/kiosk_record.h"
#include "exchange/office/merge.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An opened events letter; all borrowed. */
struct bw_merge_events {
    const struct bw_letter_head *head;
    const char *content;
    size_t content_bytes;
    const struct bw_kiosk_record *kiosk;
    const uint8_t *sign_public; /* BW_PUBLIC_KEY_BYTES: what it was signed with */
    bool in_force;              /* that is the kiosk's key in force; else it waits */
    int64_t now_ms;
};

/* What came of it. */
struct bw_merged_events {
    int64_t events, accepted, quarantined;
    int64_t details_lost; /* details that didn't open or fit */
    bool fork;            /* another event stands under one of its numbers */
    uint32_t new_epoch;   /* 0: none was begun */
    bool hello_is_new;
};

/* BW_BAD_INPUT and BW_NEWER are the letter's fault; the rest is as for bw_merge_letter:
 * BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_merge_events_put(const struct bw_merge *merge,
    const struct bw_merge_events *letter, struct bw_merged_events *ret_merged,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
