/* The forms of a season: see season_form.h. */
#include "season_form.h"

#include "tests/sync/testing.h"

#include <stdlib.h>

enum { MINUTE_MS = 60000 };

#define HOUR_MS INT64_C(3600000)

struct tm
season_at_the_venue(int64_t ms)
{
    struct tm tm;
    time_t at = (time_t)((ms + HOUR_MS) / 1000); /* winter time */
    assert_non_null(gmtime_r(&at, &tm));
    return tm;
}

/* As Google Forms writes it; Excel drops the seconds. */
static const char *
stamp_text(int64_t ms, bool seconds)
{
    static char text[32];
    struct tm tm = season_at_the_venue(ms);
    size_t length = seconds ? strftime(text, sizeof text, "%d-%m-%Y %H:%M:%S", &tm)
                            : strftime(text, sizeof text, "%d-%m-%Y %H:%M", &tm);
    assert_true(length > 0);
    return text;
}

/* Two letters at most of the name, or the mail: never both at once. */
void
season_row_print(FILE *out, const struct season_row *row, int corrected, bool seconds)
{
    static const char *const first[] = {"Anna", "Bertrand", "Cornelis", "Dik", "Eleonora",
        "Floor", "Gijsbert", "Hilde", "Ignatius"};
    static const char *const last[] = {"Visser", "Kuiperbak", "Dijkstra", "Hoekenga",
        "Mulder", "Postuma", "Bakker", "Zuidema"};
    _Static_assert(SEASON_PEOPLE == 72, "nine times eight names");
    int who = row->who;
    int mailbox = who < 2 * SEASON_TWINS ? who % SEASON_TWINS : who;
    (void)fprintf(out, "%s,p%d%s@x.nl,%s %s%s,School %d,%sbrugfunctionaris\n",
        stamp_text(row->time_ms, seconds), mailbox, corrected / 2 % 2 ? "b" : "",
        first[who % 9], last[who / 9], (corrected + 1) / 2 % 2 ? "e" : "", who,
        row->denies ? "geen " : "");
}

static int
by_first(const void *a, const void *b)
{
    const struct season_answer *left = a, *right = b;
    return (left->first_ms > right->first_ms) - (left->first_ms < right->first_ms);
}

void
season_answers_add(
    struct season_answers *answers, const struct season_row *row, bool seconds)
{
    int64_t time_ms = seconds ? row->time_ms : row->time_ms / MINUTE_MS * MINUTE_MS;
    for (int i = 0; i < answers->count; i++) {
        struct season_answer *answer = &answers->list[i];
        if (answer->who == row->who) {
            answer->first_ms = time_ms < answer->first_ms ? time_ms : answer->first_ms;
            answer->last_ms = time_ms > answer->last_ms ? time_ms : answer->last_ms;
            return;
        }
    }
    answers->list[answers->count++] =
        (struct season_answer){row->who, time_ms, time_ms, row->denies};
}

void
season_answers_sort(struct season_answers *answers)
{
    qsort(answers->list, (size_t)answers->count, sizeof answers->list[0], by_first);
}
