/* One letter into the central database: events and introductions of kiosks.
 *
 * XM1 one transaction a letter: it is in whole, or not at all.
 * XM2 merging is union on (session, device, seq, hash): any order, any number of times,
 *    any split gives the same rows (received_ms and revision, which tell when, aside).
 * XM3 nothing of a letter is looked at but its head before its signature holds by the key
 *    that this database knows for the writer.
 * XM4 a letter that can't be taken is set aside with its reason, and the others go on;
 *    one of an unknown writer is left, and tried again.
 * XM5 the first introduction of a number counts; a second one waits for the organiser.
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
};

/* Takes one letter in. `name` is as it was found: for sentences, and, where it fits a
 * letter's grammar, compared with the bytes. *ret_outcome tells what became of it; the
 * summary is added to. Fails only for what isn't the letter's fault: BW_BUSY, BW_FULL,
 * BW_IO, BW_READ_ONLY, BW_OFFLINE, BW_NO_MEMORY; nothing of the letter is in then. */
BW_NODISCARD enum bw_status bw_merge_letter(struct bw_merge *merge, const char *name,
    const unsigned char *letter, size_t letter_bytes, enum bw_merge_outcome *ret_outcome,
    struct bw_error *err);

/* True where a letter of this name was taken: it needn't be read again. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_merge_is_taken(
    struct bw_central *central, const char *name, bool *ret_taken, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
