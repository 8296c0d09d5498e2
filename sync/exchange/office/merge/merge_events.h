/* The events, head statements and hellos of opened letters, into the central database,
 * several letters together: the inside of merge_group.c. One thread. */
#ifndef BW_EXCHANGE_OFFICE_MERGE_EVENTS_H
#define BW_EXCHANGE_OFFICE_MERGE_EVENTS_H

#include "exchange/letter/events.h"
#include "exchange/office/kiosk_record.h"
#include "exchange/office/merge/merge.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What came of a letter. */
struct bw_merged_events {
    int64_t events, accepted, quarantined;
    int64_t details_lost; /* details that didn't open or fit */
    bool fork;            /* another event stands under one of its numbers */
    uint32_t new_epoch;   /* 0: none was begun */
    bool hello_is_new;
};

struct bw_merge_row;
struct bw_merge_known;

/* An opened events letter. */
struct bw_merge_events {
    /* given; borrowed */
    const struct bw_letter_head *head;
    const char *content;
    size_t content_bytes;
    struct bw_kiosk_record *kiosk; /* as of the transaction; its newest hello moves on */
    const uint8_t *sign_public;    /* BW_PUBLIC_KEY_BYTES: what it was signed with */
    bool in_force;                 /* that is the kiosk's key in force; else it waits */
    int64_t now_ms;

    struct bw_merged_events merged;

    /* made by bw_merge_events_read; owned */
    struct bw_events_letter *statement; /* all of it but its events */
    struct bw_merge_row *rows;
    size_t rows_count;

    /* the transaction's; owned */
    struct bw_kiosk_sessions *sessions;
    struct bw_merge_known *known; /* by seq, then hash: of this letter's numbers */
    size_t known_count, known_capacity;
    uint64_t chain_seq; /* how far the chain is here, from the receipt on */
    uint8_t chain_hash[BW_HASH_BYTES];
};

/* Reads what the letter holds, and computes its hashes: all that needs no database.
 * BW_BAD_INPUT and BW_NEWER are the letter's fault; BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_merge_events_read(
    struct bw_merge_events *letter, struct bw_error *err);

/* Puts letters that were read, in order, as one after the other would be, in the caller's
 * transaction, which holds their kiosks' rows (C7). BW_BAD_INPUT, BW_NEWER and BW_REFUSED
 * are the fault of one of them; the rest is as for bw_merge_letters: BW_NO_MEMORY, and
 * what the database answers. Nothing of the transaction can stay then. */
BW_NODISCARD enum bw_status bw_merge_events_put(const struct bw_merge *merge,
    struct bw_merge_events *const *letters, size_t count, struct bw_error *err);

/* Frees what is owned. A zeroed one is fine. */
void bw_merge_events_finish(struct bw_merge_events *letter);

#ifdef __cplusplus
}
#endif

#endif
