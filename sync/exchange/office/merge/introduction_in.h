/* Introductions of kiosks at the office: the first counts, a second waits for the
 * organiser, who takes it by its check words (design.md, enrolment).
 *
 * A kiosk says its own keys in its first letter, signed with the enrolment's one-time key
 * and the new one. A second one is a thief's, or the same kiosk's with a new disk: it
 * goes on checking in, and its letters wait in quarantine meanwhile. So it is with the
 * first one by a sheet that a newer sheet ended. One thread. */
#ifndef BW_EXCHANGE_OFFICE_INTRODUCTION_IN_H
#define BW_EXCHANGE_OFFICE_INTRODUCTION_IN_H

#include "central/central.h"
#include "exchange/letter/introduction.h"
#include "exchange/letter/words.h"
#include "exchange/office/kiosk_record.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_introduction_outcome {
    BW_INTRODUCTION_TAKEN, /* the first: these keys are in force now */
    BW_INTRODUCTION_KNOWN, /* heard before */
    BW_INTRODUCTION_WAITS, /* a second one, or by a sheet that ended */
    BW_INTRODUCTION_AGAIN, /* by the kiosk that it was to replace: introduction_again.h */
};

/* Takes one that was read from a letter signed by the kiosk's one-time key, in the
 * caller's transaction. now_ms is UTC, by the office's clock. BW_BAD_INPUT for a kiosk
 * that was revoked. What the database answers. */
BW_NODISCARD enum bw_status bw_introduction_take(struct bw_central *central,
    const struct bw_kiosk_record *kiosk, const struct bw_introduction *introduction,
    int64_t now_ms, enum bw_introduction_outcome *ret_outcome, struct bw_error *err);

/* Accepting what waits. */
struct bw_introduction_accepting {
    struct bw_central *central;
    uint32_t device;
    const char *words;  /* its four check words; NULL does where only one waits */
    const char *before; /* those of the keys that were seen to be in force, "" for none;
                         * NULL does for any */
    int64_t now_ms;     /* UTC, by the office's clock */
    char taken[BW_CHECK_WORDS_BYTES]; /* the words of what was taken in */
    int64_t events;                   /* that had waited in quarantine */
};

/* Takes the introduction that `context`, a struct bw_introduction_accepting, means: in
 * the caller's transaction, which holds the kiosk (bw_office_kiosk_accept). *ret_words
 * are of the context. BW_NOT_FOUND: no such kiosk, none waits, or none with those words.
 * BW_REFUSED: several wait, and no words were given; others are in force than those
 * before; it was revoked. */
BW_NODISCARD enum bw_status bw_introduction_accept(
    void *context, const char **ret_words, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
