/* The words of a report (central/base/wording.h), whose keys are numbered, as figures and
 * columns go by them; `{n}` and the like are filled in here. Any thread. */
#ifndef BW_SYNC_REPORT_WORDS_H
#define BW_SYNC_REPORT_WORDS_H

#include "central/base/wording.h"
#include "central/session_state.h"

enum bw_report_word {
    BW_REPORT_SUBTITLE,
    BW_REPORT_OF_CIRCLES,
    BW_REPORT_AS_OF,
    BW_REPORT_ANONYMOUS,
    BW_REPORT_VISITS,
    BW_REPORT_PEOPLE,
    BW_REPORT_CIRCLES,
    BW_REPORT_OCCUPIED,
    BW_REPORT_ADMITTED,
    BW_REPORT_KIOSKS,
    BW_REPORT_SCHOOLS,
    BW_REPORT_SCHOOLS_OF,
    BW_REPORT_SCHOOLS_BESIDE,
    BW_REPORT_BESIDE,
    BW_REPORT_BESIDE_HEAD,
    BW_REPORT_BESIDE_TEXT,
    BW_REPORT_SHOW_UP,
    BW_REPORT_ARRIVALS,
    BW_REPORT_ARRIVALS_TEXT,
    BW_REPORT_ARRIVALS_ONE,
    BW_REPORT_EARLY,
    BW_REPORT_START,
    BW_REPORT_MINUTES,
    BW_REPORT_BEFORE,
    BW_REPORT_AFTER,
    BW_REPORT_NO_TIME,
    BW_REPORT_ARRIVED,
    BW_REPORT_PER_CIRCLE,
    BW_REPORT_CIRCLE,
    BW_REPORT_SIGNED_UP,
    BW_REPORT_CAME,
    BW_REPORT_WAITLIST,
    BW_REPORT_GUEST,
    BW_REPORT_WALK_IN,
    BW_REPORT_OTHER,
    BW_REPORT_PRESENT,
    BW_REPORT_TOTAL,
    BW_REPORT_BAR,
    BW_REPORT_NO_SHOWS,
    BW_REPORT_NO_SHOW,
    BW_REPORT_ATTENTION,
    BW_REPORT_PASSED,
    BW_REPORT_MATRIX,
    BW_REPORT_MATRIX_TEXT,
    BW_REPORT_MATRIX_TURNED,
    BW_REPORT_REGIONS,
    BW_REPORT_FROM,
    BW_REPORT_TO,
    BW_REPORT_OWN,
    BW_REPORT_UNKNOWN,
    BW_REPORT_HOW_OFTEN,
    BW_REPORT_ONCE,
    BW_REPORT_TWICE,
    BW_REPORT_MORE,
    BW_REPORT_OFTEN_SUM,
    BW_REPORT_OFTEN_HIDDEN,
    BW_REPORT_COMPLETE,
    BW_REPORT_COMPLETE_NO,
    BW_REPORT_COMPLETE_YES,
    BW_REPORT_COMPLETE_NONE,
    BW_REPORT_KIOSK,
    BW_REPORT_RECEIVED,
    BW_REPORT_IS_COMPLETE,
    BW_REPORT_ISNT_COMPLETE,
    BW_REPORT_MEANING,
    BW_REPORT_MEANING_PRESENT,
    BW_REPORT_MEANING_CAME,
    BW_REPORT_MEANING_WAITLIST,
    BW_REPORT_MEANING_GUEST,
    BW_REPORT_MEANING_NO_SHOW,
    BW_REPORT_MEANING_PEOPLE,
    BW_REPORT_MEANING_SCHOOLS,
    BW_REPORT_MEANING_LISTED,
    BW_REPORT_SMALL,
    BW_REPORT_PAGE,
    BW_REPORT_PERSONAL,
    BW_REPORT_PRIVATE,
    BW_REPORT_PUBLIC,
    BW_REPORT_INTERIM,
    BW_REPORT_FIXED,
    BW_REPORT_CHANGED,
};

/* Static; never NULL. */
const char *bw_report_word(enum bw_wording_language language, enum bw_report_word word);

/* "gehouden" … Static. */
const char *bw_report_state_word(
    enum bw_wording_language language, enum bw_session_state state);

/* The sentence with numbers for {n} and {m}, or a number for {n} and a moment for {when};
 * what doesn't fit is cut. */
void bw_report_say_numbers(enum bw_wording_language language, enum bw_report_word word,
    int n, int m, char ret_text[BW_WORDING_SAID_BYTES]);
void bw_report_say_when(enum bw_wording_language language, enum bw_report_word word,
    int n, const char *when, char ret_text[BW_WORDING_SAID_BYTES]);

#endif
