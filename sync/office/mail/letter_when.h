/* A moment in the words of a mail. Any thread. */
#ifndef BW_SYNC_LETTER_WHEN_H
#define BW_SYNC_LETTER_WHEN_H

#include "central/base/wording.h"

#include <brugwachter/error.h>
#include <stdint.h>

/* A moment in words. */
struct bw_letter_text_when {
    char date[64]; /* dinsdag 18 maart, Tuesday 18 March */
    int year;
    char time[8]; /* 13.30 */
};

/* At a place in the zone of this name; `at_ms` is UTC. The errors of bw_zone_open. */
BW_NODISCARD enum bw_status bw_letter_text_when(enum bw_wording_language language,
    const char *timezone, int64_t at_ms, struct bw_letter_text_when *ret_when,
    struct bw_error *err);

#endif
