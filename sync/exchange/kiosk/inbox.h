/* Letters of others that a kiosk has read and not yet taken: roster letters for it, by
 * session, epoch, revisions and part; introductions and events of other kiosks are taken
 * as they come. Inside the kiosk's half alone. One thread. */
#ifndef BW_KIOSK_INBOX_H
#define BW_KIOSK_INBOX_H

#include "exchange/kiosk/kiosk.h"
#include "exchange/letter/name.h"
#include "exchange/letter/roster.h"

#include <brugwachter/store.h>

/* An opened part of a roster letter. */
struct bw_kiosk_part {
    char name[BW_LETTER_NAME_BYTES];
    struct bw_letter_head head;
    char *content;
    size_t content_bytes;
    bool done;
};

/* BW_ROSTER_AWAY_MAX numbers of 32 bits in the store, as the newest roster gave them. */
#define BW_KIOSK_AWAY "away"

struct bw_kiosk_inbox {
    struct bw_kiosk_exchange *exchange;
    struct bw_kiosk_pulled *pulled;
    struct bw_kiosk_part *parts;
    size_t parts_count, parts_capacity;
    size_t bytes;  /* of all contents */
    bool one_file; /* that somebody chose: what isn't for this kiosk is told */
    /* writers of events for this kiosk that are on no roster here */
    uint32_t strangers[BW_STRANGERS_MAX];
    int strangers_count;
};

/* Keeps the name of a letter that was judged, so that it isn't read twice ("taken").
 * Store errors. */
BW_NODISCARD enum bw_status bw_kiosk_inbox_mark(
    struct bw_kiosk_inbox *inbox, const char *name, struct bw_error *err);

/* Takes one letter's bytes: opens it, and takes it or keeps its part. What is wrong
 * with the letter comes back as BW_BAD_INPUT, BW_REFUSED or BW_NEWER; BW_NOT_FOUND: of
 * a writer that isn't known here, to be tried again. *ret_kept: it isn't
 * to be marked yet. */
BW_NODISCARD enum bw_status bw_kiosk_inbox_take(struct bw_kiosk_inbox *inbox,
    const char *name, const unsigned char *bytes, size_t length, bool *ret_kept,
    struct bw_error *err);

/* Applies the roster letters that follow what the store holds, the newest first; what is
 * left is counted as waiting. What is wrong with a letter is its alone; store errors,
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_kiosk_inbox_apply(
    struct bw_kiosk_inbox *inbox, struct bw_error *err);
/* Frees the parts that were kept. NULL and a zeroed one are fine. */
void bw_kiosk_inbox_finish(struct bw_kiosk_inbox *inbox);

/* Letters of other kiosks (peer_letter.c). BW_NOT_FOUND: of a kiosk that is on no roster
 * here, or, for events, whose keys aren't known yet. Else the errors of bw_letter_open
 * and of the content's reader, and store errors. */
BW_NODISCARD enum bw_status bw_kiosk_take_introduction(struct bw_kiosk_inbox *inbox,
    const struct bw_letter_head *head, const unsigned char *bytes, size_t length,
    struct bw_error *err);
BW_NODISCARD enum bw_status bw_kiosk_take_events(struct bw_kiosk_inbox *inbox,
    const struct bw_letter_head *head, const unsigned char *bytes, size_t length,
    struct bw_error *err);

/* A letter of this kiosk's own number: events in it that its own key signed and its log
 * doesn't hold prove the store a restored copy. Another key's says nothing. Store errors,
 * BW_NO_MEMORY, BW_BAD_INPUT. */
BW_NODISCARD enum bw_status bw_kiosk_take_own(struct bw_kiosk_inbox *inbox,
    const unsigned char *bytes, size_t length, struct bw_error *err);

/* Opens with the kiosk's own key, or the one-time one. As bw_letter_open, with its
 * errors; bw_letter_content_free frees *ret_content. */
BW_NODISCARD enum bw_status bw_kiosk_open_letter(struct bw_kiosk_exchange *exchange,
    const unsigned char *bytes, size_t length, const uint8_t trusted[BW_PUBLIC_KEY_BYTES],
    struct bw_letter_head *ret_head, char **ret_content, size_t *ret_content_bytes,
    struct bw_error *err);

/* What a roster letter changes beside the store, by one that the store holds already: an
 * exchange that was killed between the two is made good so. Store errors, BW_IO,
 * BW_NO_MEMORY; one that doesn't hold changes nothing. */
BW_NODISCARD enum bw_status bw_kiosk_roster_renew(
    struct bw_kiosk_inbox *inbox, const struct bw_kiosk_part *part, struct bw_error *err);

/* Puts a roster letter's `count` parts, which stay the inbox's, into the store, all or
 * nothing (roster_take.c). *ret_applied is false where it was old. BW_BAD_INPUT and
 * the other errors of bw_roster_read, those of bw_store_letter_commit. */
BW_NODISCARD enum bw_status bw_kiosk_roster_take(struct bw_kiosk_inbox *inbox,
    struct bw_kiosk_part *const *parts, int count, bool *ret_applied,
    struct bw_error *err);

#endif
