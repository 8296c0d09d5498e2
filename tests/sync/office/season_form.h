/* The forms of a season, as they are exported, and what they say. */
#ifndef BW_TESTS_SEASON_FORM_H
#define BW_TESTS_SEASON_FORM_H

#include "season_model.h"

#include <stdio.h>
#include <time.h>

enum { SEASON_ROWS_MAX = 60 };

struct season_row {
    int who;
    int64_t time_ms;
    bool denies;
};

struct season_answers {
    struct season_answer list[SEASON_ROWS_MAX];
    int count;
};

/* In winter time. */
struct tm season_at_the_venue(int64_t ms);

/* A line of the form; `corrected`: how often name or mail was. `seconds`: as Google Forms
 * writes it; Excel drops them. */
void season_row_print(
    FILE *out, const struct season_row *row, int corrected, bool seconds);

/* What the form says with that row. */
void season_answers_add(
    struct season_answers *answers, const struct season_row *row, bool seconds);
/* In order of sign-up, as season_import takes them. */
void season_answers_sort(struct season_answers *answers);

#endif
