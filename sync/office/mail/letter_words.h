/* The sentences of a mail, in each language. `{title}` and the like are filled in by
 * letter_text.c. Any thread. */
#ifndef BW_SYNC_LETTER_WORDS_H
#define BW_SYNC_LETTER_WORDS_H

#include "central/base/wording.h"

#include <brugwachter/error.h>
#include <stdint.h>

/* _S a subject, _H a headline, _P a paragraph. */
enum bw_letter_text_word {
    BW_LETTER_TEXT_HI,
    BW_LETTER_TEXT_TICKET_S,
    BW_LETTER_TEXT_TICKET_H,
    BW_LETTER_TEXT_TICKET_P,
    BW_LETTER_TEXT_PLACE_S,
    BW_LETTER_TEXT_PLACE_H,
    BW_LETTER_TEXT_PLACE_P,
    BW_LETTER_TEXT_PLACE_SOON_P,
    BW_LETTER_TEXT_MOVED_S,
    BW_LETTER_TEXT_MOVED_H,
    BW_LETTER_TEXT_MOVED_P,
    BW_LETTER_TEXT_MOVED_SAME_P, /* the ticket is the one they have */
    BW_LETTER_TEXT_MOVED_WAIT_P,
    BW_LETTER_TEXT_WAS,
    BW_LETTER_TEXT_OFF_S, /* the circle is called off */
    BW_LETTER_TEXT_OFF_H,
    BW_LETTER_TEXT_OFF_P,
    BW_LETTER_TEXT_OFF_ELSE_P,
    BW_LETTER_TEXT_OUT_S, /* one person is */
    BW_LETTER_TEXT_OUT_H,
    BW_LETTER_TEXT_OUT_P,
    BW_LETTER_TEXT_OUT_ELSE_P,
    BW_LETTER_TEXT_WAIT_S,
    BW_LETTER_TEXT_WAIT_H,
    BW_LETTER_TEXT_WAIT_SORRY_P,
    BW_LETTER_TEXT_WAIT_P,
    BW_LETTER_TEXT_WAIT_COME_P,
    BW_LETTER_TEXT_RENEWED_S,
    BW_LETTER_TEXT_RENEWED_H,
    BW_LETTER_TEXT_RENEWED_P,
    BW_LETTER_TEXT_CERTIFICATE_S,
    BW_LETTER_TEXT_CERTIFICATE_H,
    BW_LETTER_TEXT_CERTIFICATE_P,
    BW_LETTER_TEXT_CERTIFICATE_WRONG_P,
    BW_LETTER_TEXT_WHEN,
    BW_LETTER_TEXT_WHEN_P,
    BW_LETTER_TEXT_WHEN_DOORS_P,
    BW_LETTER_TEXT_WHERE,
    BW_LETTER_TEXT_TABLE,
    BW_LETTER_TEXT_CODE,
    BW_LETTER_TEXT_ALT,
    BW_LETTER_TEXT_WITH_TICKET,
    BW_LETTER_TEXT_WITH_OUT,
    BW_LETTER_TEXT_WITH_WAIT,
    BW_LETTER_TEXT_CANT,
    BW_LETTER_TEXT_CANT_NO_PHONE,
    BW_LETTER_TEXT_QUIT,
    BW_LETTER_TEXT_QUIT_NO_PHONE,
    BW_LETTER_TEXT_CANT_LINK,
    BW_LETTER_TEXT_CANT_SUBJECT,
    BW_LETTER_TEXT_QUIT_LINK,
    BW_LETTER_TEXT_QUIT_SUBJECT,
    BW_LETTER_TEXT_NEWEST,
    BW_LETTER_TEXT_FOOT,
    BW_LETTER_TEXT_FOOT_PRIVACY,
    BW_LETTER_TEXT_CALENDAR,
    BW_LETTER_TEXT_CALENDAR_CALL,
};

/* Static; never NULL. */
const char *bw_letter_text_word(
    enum bw_wording_language language, enum bw_letter_text_word word);

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
