/* The words of a report's figures: see report_words.h. */
#include "report/words/report_words.h"

#include <stdio.h>

static const char *const keys[] = {
    [BW_REPORT_SUBTITLE] = "rp.subtitle",
    [BW_REPORT_OF_CIRCLES] = "rp.of_circles",
    [BW_REPORT_AS_OF] = "rp.as_of",
    [BW_REPORT_ANONYMOUS] = "rp.anonymous",
    [BW_REPORT_VISITS] = "rp.visits",
    [BW_REPORT_PEOPLE] = "rp.people",
    [BW_REPORT_CIRCLES] = "rp.circles",
    [BW_REPORT_OCCUPIED] = "rp.occupied",
    [BW_REPORT_ADMITTED] = "rp.admitted",
    [BW_REPORT_KIOSKS] = "rp.kiosks",
    [BW_REPORT_SCHOOLS] = "rp.schools",
    [BW_REPORT_SCHOOLS_OF] = "rp.schools_of",
    [BW_REPORT_SCHOOLS_BESIDE] = "rp.schools_beside",
    [BW_REPORT_BESIDE] = "rp.beside",
    [BW_REPORT_BESIDE_HEAD] = "rp.beside_head",
    [BW_REPORT_BESIDE_TEXT] = "rp.beside_text",
    [BW_REPORT_SHOW_UP] = "rp.show_up",
    [BW_REPORT_ARRIVALS] = "rp.arrivals",
    [BW_REPORT_ARRIVALS_TEXT] = "rp.arrivals_text",
    [BW_REPORT_ARRIVALS_ONE] = "rp.arrivals_one",
    [BW_REPORT_EARLY] = "rp.early",
    [BW_REPORT_START] = "rp.start",
    [BW_REPORT_MINUTES] = "rp.minutes",
    [BW_REPORT_BEFORE] = "rp.before",
    [BW_REPORT_AFTER] = "rp.after",
    [BW_REPORT_NO_TIME] = "rp.no_time",
    [BW_REPORT_ARRIVED] = "rp.arrived",
    [BW_REPORT_PER_CIRCLE] = "rp.per_circle",
    [BW_REPORT_CIRCLE] = "rp.circle",
    [BW_REPORT_SIGNED_UP] = "rp.signed_up",
    [BW_REPORT_CAME] = "rp.came",
    [BW_REPORT_WAITLIST] = "rp.waitlist",
    [BW_REPORT_GUEST] = "rp.guest",
    [BW_REPORT_WALK_IN] = "rp.walk_in",
    [BW_REPORT_OTHER] = "rp.other",
    [BW_REPORT_PRESENT] = "rp.present",
    [BW_REPORT_TOTAL] = "rp.total",
    [BW_REPORT_BAR] = "rp.bar",
    [BW_REPORT_NO_SHOWS] = "rp.no_shows",
    [BW_REPORT_NO_SHOW] = "rp.no_show",
    [BW_REPORT_ATTENTION] = "rp.attention",
    [BW_REPORT_PASSED] = "rp.passed",
    [BW_REPORT_MATRIX] = "rp.matrix",
    [BW_REPORT_MATRIX_TEXT] = "rp.matrix_text",
    [BW_REPORT_MATRIX_TURNED] = "rp.matrix_turned",
    [BW_REPORT_REGIONS] = "rp.regions",
    [BW_REPORT_FROM] = "rp.from",
    [BW_REPORT_TO] = "rp.to",
    [BW_REPORT_OWN] = "rp.own",
    [BW_REPORT_UNKNOWN] = "rp.unknown",
    [BW_REPORT_HOW_OFTEN] = "rp.how_often",
    [BW_REPORT_ONCE] = "rp.once",
    [BW_REPORT_TWICE] = "rp.twice",
    [BW_REPORT_MORE] = "rp.more",
    [BW_REPORT_OFTEN_SUM] = "rp.often_sum",
    [BW_REPORT_OFTEN_HIDDEN] = "rp.often_hidden",
    [BW_REPORT_COMPLETE] = "rp.complete",
    [BW_REPORT_COMPLETE_NO] = "rp.complete_no",
    [BW_REPORT_COMPLETE_YES] = "rp.complete_yes",
    [BW_REPORT_COMPLETE_NONE] = "rp.complete_none",
    [BW_REPORT_KIOSK] = "rp.kiosk",
    [BW_REPORT_RECEIVED] = "rp.received",
    [BW_REPORT_IS_COMPLETE] = "rp.is_complete",
    [BW_REPORT_ISNT_COMPLETE] = "rp.isnt_complete",
    [BW_REPORT_MEANING] = "rp.meaning",
    [BW_REPORT_MEANING_PRESENT] = "rp.meaning_present",
    [BW_REPORT_MEANING_CAME] = "rp.meaning_came",
    [BW_REPORT_MEANING_WAITLIST] = "rp.meaning_waitlist",
    [BW_REPORT_MEANING_GUEST] = "rp.meaning_guest",
    [BW_REPORT_MEANING_NO_SHOW] = "rp.meaning_no_show",
    [BW_REPORT_MEANING_PEOPLE] = "rp.meaning_people",
    [BW_REPORT_MEANING_SCHOOLS] = "rp.meaning_schools",
    [BW_REPORT_MEANING_LISTED] = "rp.meaning_listed",
    [BW_REPORT_SMALL] = "rp.small",
    [BW_REPORT_PAGE] = "rp.page",
    [BW_REPORT_PERSONAL] = "rp.personal",
    [BW_REPORT_PRIVATE] = "rp.private",
    [BW_REPORT_PUBLIC] = "rp.public",
    [BW_REPORT_INTERIM] = "rp.interim",
    [BW_REPORT_FIXED] = "rp.fixed",
    [BW_REPORT_CHANGED] = "rp.changed",
};

const char *
bw_report_word(enum bw_wording_language language, enum bw_report_word word)
{
    return bw_wording(language, keys[word]);
}

const char *
bw_report_state_word(enum bw_wording_language language, enum bw_session_state state)
{
    static const char *const states[] = {[BW_SESSION_PLANNED] = "rp.state.planned",
        [BW_SESSION_TODAY] = "rp.state.today",
        [BW_SESSION_HELD] = "rp.state.held",
        [BW_SESSION_CANCELLED] = "rp.state.cancelled",
        [BW_SESSION_CLOSED] = "rp.state.closed"};
    return bw_wording(language, states[state]);
}

void
bw_report_say_numbers(enum bw_wording_language language, enum bw_report_word word, int n,
    int m, char ret_text[BW_WORDING_SAID_BYTES])
{
    char first[16], second[16];
    (void)snprintf(first, sizeof first, "%d", n);
    (void)snprintf(second, sizeof second, "%d", m);
    bw_wording_say(ret_text, language, keys[word], n, "n", first, "m", second, NULL);
}

void
bw_report_say_when(enum bw_wording_language language, enum bw_report_word word, int n,
    const char *when, char ret_text[BW_WORDING_SAID_BYTES])
{
    char number[16];
    (void)snprintf(number, sizeof number, "%d", n);
    bw_wording_say(ret_text, language, keys[word], n, "n", number, "when", when, NULL);
}
