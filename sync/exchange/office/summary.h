/* What became of letters, gathered over all carriers and files of one command, for the
 * command to print. One thread. */
#ifndef BW_EXCHANGE_OFFICE_SUMMARY_H
#define BW_EXCHANGE_OFFICE_SUMMARY_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zeroed one is empty; bw_round_summary_finish frees what it holds. */
struct bw_round_summary {
    int looked_at;                         /* letters that were read */
    int taken;                             /* merged, or an introduction heard */
    int passed;                            /* old ones, and others' */
    int left;                              /* of unknown writers: tried again later */
    int aside;                             /* refused, with a sentence among the notes */
    int64_t events, accepted, quarantined; /* in the letters; new ones of them */
    int introduced;                        /* kiosks whose own keys came */
    int waiting;                           /* second introductions */
    uint32_t new_epoch;                    /* 0: none was begun */
    int written;                           /* roster letters put */
    int removed;                           /* letters taken off carriers */
    int offline;                           /* carriers that couldn't be opened or used */
    int refused;  /* of these, what no waiting mends: another central database's … */
    bool more;    /* a carrier's time was up before all was read */
    char **notes; /* sentences for people */
    size_t notes_count, notes_capacity;
    uint32_t *devices; /* kiosks that letters were taken from; each once */
    size_t devices_count, devices_capacity;
};

/* Adds a copy of a sentence, once, cut at BW_ERROR_TEXT_BYTES; what it quotes that is no
 * text, or a control character, becomes '?'. Without memory, or over 1,000, it is
 * dropped: the counts still tell. */
void bw_round_note(struct bw_round_summary *summary, const char *format, ...)
    BW_PRINTF(2, 3);
/* Adds a kiosk once. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_round_heard(
    struct bw_round_summary *summary, uint32_t device, struct bw_error *err);
/* True where somebody has to look: a letter set aside, quarantine, a second introduction,
 * a new epoch, a carrier that is refused. */
bool bw_round_needs_a_look(const struct bw_round_summary *summary);
/* What became of letters in another process of this program: written there, and added to
 * the summary here, the kiosks that were heard aside. What wasn't written whole adds
 * nothing more. */
void bw_round_summary_write(const struct bw_round_summary *summary, FILE *out);
void bw_round_summary_add(struct bw_round_summary *summary, FILE *in);
/* Frees; NULL and zeroed ones are fine. */
void bw_round_summary_finish(struct bw_round_summary *summary);

#ifdef __cplusplus
}
#endif

#endif
