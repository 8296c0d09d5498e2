/* One letter on its way in, until it is taken, passed over, left or set aside: what
 * merge.c (the road of all), merge_group.c (events) and merge_introduction.c share. One
 * thread. */
#ifndef BW_EXCHANGE_OFFICE_MERGE_LETTER_H
#define BW_EXCHANGE_OFFICE_MERGE_LETTER_H

#include "exchange/letter/name.h"
#include "exchange/office/kiosk_record.h"
#include "exchange/office/merge/merge.h"

#ifdef __cplusplus
extern "C" {
#endif

/* `state` of letter_in. */
enum { BW_MERGE_STATE_TAKEN, BW_MERGE_STATE_ASIDE, BW_MERGE_STATE_LEFT };

/* What this database noted of a letter's name. */
struct bw_merge_before {
    bool found, same; /* same: of these very bytes */
    int64_t state;
};

struct bw_arriving {
    struct bw_merge *merge;
    struct bw_merge_item *item;
    char name[BW_LETTER_NAME_BYTES]; /* that it is kept by */
    uint8_t hash[BW_HASH_BYTES];
    struct bw_letter_head head;
    struct bw_merge_before before;
    struct bw_kiosk_record kiosk;
    uint8_t trusted[BW_PUBLIC_KEY_BYTES]; /* the key that it has to be signed with */
    bool in_force;                        /* that is the kiosk's key in force */
    int64_t now_ms;
};

/* The head, and the name that it is kept by: its own, the one that it should have, or (it
 * isn't even a letter) that of the file. BW_BAD_INPUT, BW_NEWER. */
BW_NODISCARD enum bw_status bw_arriving_head(
    struct bw_arriving *arriving, struct bw_error *err);

/* Reads what was noted of these names. What the database answers. */
BW_NODISCARD enum bw_status bw_arriving_before(struct bw_central *central,
    struct bw_arriving *const *arriving, size_t count, struct bw_error *err);

/* Was it taken, these very bytes? Then it is passed over, and its kiosk was heard.
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_arriving_pass(
    struct bw_arriving *arriving, bool *ret_passed, struct bw_error *err);

/* Finds the key that this database knows for the writer (XM3). False where the letter is
 * to be left: its writer, or the key that it says it signs with, isn't known here.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_arriving_signer(
    struct bw_arriving *arriving, bool *ret_known, struct bw_error *err);

/* Looks who wrote: false where it was left. `known`: arriving->kiosk is there.
 * BW_REFUSED: it isn't for this office. What the database answers. */
BW_NODISCARD enum bw_status bw_arriving_look(
    struct bw_arriving *arriving, bool known, bool *ret_stays, struct bw_error *err);

/* Notes what became of it, in the caller's transaction. What the database
 * answers, as bw_central_put has it. */
BW_NODISCARD enum bw_status bw_arriving_note(
    const struct bw_arriving *arriving, int state, const char *why, struct bw_error *err);

/* True for a failure that is the letter's own. The rest is the database's, or the
 * machine's. */
bool bw_arriving_is_fault(enum bw_status status);

/* Sets it aside with its reason (XM4), or passes it over where that was said before. In
 * no transaction. What the database answers. */
BW_NODISCARD enum bw_status bw_arriving_refuse(
    struct bw_arriving *arriving, const struct bw_error *why, struct bw_error *err);

/* In the summary: it was taken. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_arriving_taken(
    struct bw_arriving *arriving, struct bw_error *err);

/* Takes an introduction in, in a transaction of its own; it was looked at. BW_BAD_INPUT,
 * BW_NEWER, BW_REFUSED: the letter's fault; what the database answers. */
BW_NODISCARD enum bw_status bw_merge_introduction(
    struct bw_arriving *arriving, struct bw_error *err);

/* Takes events letters in that have a head, in order; at most BW_MERGE_TOGETHER.
 * What the database answers, BW_NO_MEMORY: as bw_merge_letters. */
BW_NODISCARD enum bw_status bw_merge_group(
    struct bw_arriving *const *arriving, size_t count, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
