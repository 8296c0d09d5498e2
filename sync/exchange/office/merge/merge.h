/* Letters into the central database: events and introductions of kiosks.
 *
 * XM1 a letter is in whole, or not at all. Several go into one transaction, beside other
 *    workers' (engine.h, C7); where one of them can't be taken, each goes into its own.
 * XM2 merging is union on (session, device, seq, hash): any order, any number of times,
 *    any split gives the same rows (received_ms and revision, which tell when, aside).
 * XM3 nothing of a letter is looked at but its head before its signature holds by the key
 *    that this database knows for the writer.
 * XM4 a letter that can't be taken is set aside with its reason, and the others go on;
 *    one of an unknown writer is left, and tried again.
 * XM5 the first introduction of a number counts; a second one waits for the organiser.
 * XM6 what needs no database (signature, opening, hashes) is done before the transaction.
 *    Two workers with the same letters do that twice at worst; the second to have the
 *    kiosk's row finds them taken.
 *
 * One thread, that of the central database. */
#ifndef BW_EXCHANGE_OFFICE_MERGE_H
#define BW_EXCHANGE_OFFICE_MERGE_H

#include "central/central.h"
#include "exchange/letter/letter.h"
#include "exchange/office/summary.h"

#include <brugwachter/clock.h>

#ifdef __cplusplus
extern "C" {
#endif

enum bw_merge_outcome {
    BW_MERGE_TAKEN,  /* new, and in the database now */
    BW_MERGE_PASSED, /* taken before, or no letter for the office */
    BW_MERGE_LEFT,   /* its writer isn't known (yet) */
    BW_MERGE_ASIDE,  /* refused; the summary has a sentence */
};

/* All borrowed for the time of the calls. */
struct bw_merge {
    struct bw_central *central;
    const struct bw_identity *office; /* reads */
    const struct bw_clock *clock;
    const char *way;  /* "letter", "usb": beside the head statements */
    bool tells_again; /* of a letter that was set aside before; else that is told once */
    struct bw_round_summary *summary;
    bool met; /* set where another worker was at a letter's kiosk: the caller may go on
               * with others first */
};

/* One letter of several. `name` is as it was found: for sentences, and, where it fits a
 * letter's grammar, compared with the bytes. Borrowed. */
struct bw_merge_item {
    const char *name;
    const unsigned char *letter;
    size_t letter_bytes;
    enum bw_merge_outcome outcome; /* what became of it */
};

/* So many letters go into one transaction, and are worth gathering. */
enum { BW_MERGE_TOGETHER = 64 };

/* Takes letters in, in order, as if one by one. Each outcome is written, the summary is
 * added to. Fails only for what isn't a letter's fault: BW_BUSY, BW_FULL, BW_IO,
 * BW_READ_ONLY, BW_OFFLINE, BW_NO_MEMORY; those that have no outcome are not in then. */
BW_NODISCARD enum bw_status bw_merge_letters(struct bw_merge *merge,
    struct bw_merge_item *items, size_t count, struct bw_error *err);

/* The same of one letter: BW_BUSY, BW_OFFLINE and so on. */
BW_NODISCARD enum bw_status bw_merge_letter(struct bw_merge *merge, const char *name,
    const unsigned char *letter, size_t letter_bytes, enum bw_merge_outcome *ret_outcome,
    struct bw_error *err);

/* ret_taken[i]: a letter of this name was taken, and needn't be read again. At most
 * BW_MERGE_TOGETHER. What the database answers. */
BW_NODISCARD enum bw_status bw_merge_are_taken(struct bw_central *central,
    const char *const *names, size_t count, bool *ret_taken, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
