/* Words of people: as they stand, and as they stood before somebody corrected them by
 * hand (correct.h). One thread. */
#ifndef BW_SYNC_PLACE_WORDS_H
#define BW_SYNC_PLACE_WORDS_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What stands of somebody now. */
struct bw_place_stands {
    char first_name[BW_NAME_BYTES], name[BW_NAME_BYTES], school[BW_TITLE_BYTES];
    char mail[BW_TITLE_BYTES];
    int64_t open;  /* registrations that a correction is about */
    int64_t fixed; /* that it leaves as they are (correct.h, CO2) */
};

/* By the code of one of their registrations. BW_NOT_FOUND; what the database answers. */
BW_NODISCARD enum bw_status bw_place_words_read(struct bw_central *central, bw_code code,
    struct bw_place_stands *ret_stands, struct bw_error *err);

/* Words of a registration as they were before a correction that stands. Borrowed. */
struct bw_place_words {
    const char *first_name, *name, *school, *mail;
};
/* False ends the walk. */
typedef bool bw_place_words_each(const struct bw_place_words *words, void *context);

/* Walks them, of one registration; joining two records (merge-people) corrects too. What
 * the database answers. */
BW_NODISCARD enum bw_status bw_place_words_before(struct bw_central *central,
    bw_code code, bw_place_words_each *each, void *context, struct bw_error *err);

/* Whether there are any at all. What the database answers. */
BW_NODISCARD enum bw_status bw_place_words_corrected(
    struct bw_central *central, bool *ret_any, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
