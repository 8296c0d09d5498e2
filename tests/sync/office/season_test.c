/* A season of twelve circles beside a model of it: forms that come again with other
 * rows and words, cancels, reinstates, places given out, people joined, doubts settled,
 * circles moved and called off, and all of it taken back, by a generator with a seed.
 *
 * After each step the office's people, places and ranks are the model's (so no place is
 * given twice, and none to who is not first), no person is in a circle twice, none has
 * more than its places; what is taken back leaves the database as it was before.
 *
 * BW_SEASON_STEPS=N: as many edits for each of more seeds. */
#include "season_form.h"
#include "tests/pace.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    EDITS = 200,
    EDITS_MAX = 1200, /* an hour each: before the first circle, and before summer time */
    SEEDS = 2,
    SEEDS_LONG = 12,
    MINUTES = 10007, /* a prime: of each sign-up a minute of its own */
    MINUTE_MS = 60000,
};

#define HOUR_MS INT64_C(3600000)
#define FIRST_MS INT64_C(1735772400000) /* 2025-01-02T00:00 at the venue */
#define NOW_MS INT64_C(1738364400000)   /* 2025-02-01T00:00 */

struct step {
    int64_t number;
    struct season before;
    char *dump; /* before */
};

static struct season_row forms[SEASON_CIRCLES][SEASON_ROWS_MAX];
static int rows_count[SEASON_CIRCLES];
static int corrected[SEASON_PEOPLE]; /* how often name or mail was */
static struct office office;
static struct season season;
static struct step *steps;
static int steps_count, sign_ups;
static uint64_t seed;
static char did[512]; /* the last edit, for who reads a failure */

static int
draw(int below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((seed >> 33) % (uint64_t)below);
}

/* ---- what is always so ---- */

static void
holds_nobody(const char *sql)
{
    const char *found = office_text(&office, sql);
    if (found[0] != '\0') {
        fail_msg("%s: %s: %s", did, sql, found);
    }
}

static void
is_as_the_model_says(void)
{
    char *found = season_found(&office), *told = season_told(&season);
    if (strcmp(found, told) != 0) {
        size_t at = 0;
        while (found[at] == told[at]) {
            at++;
        }
        while (at > 0 && found[at - 1] != '\n') {
            at--;
        }
        fail_msg("%s\noffice: %.60s\nmodel: %.60s\n%s%s", did, found + at, told + at,
            office.out, office.diag);
    }
    free(found);
    free(told);
    holds_nobody("SELECT session_no, school FROM registration WHERE status < 2"
                 " GROUP BY session_no, school HAVING count(*) > 1");
    holds_nobody("SELECT s.code FROM session s WHERE s.capacity <"
                 " (SELECT count(*) FROM registration r"
                 " WHERE r.session_no = s.session_no AND r.status = 0)");
}

static void
is_as(const char *before)
{
    char *now = season_dump(&office);
    if (strcmp(now, before) != 0) {
        size_t at = 0;
        while (now[at] == before[at]) {
            at++;
        }
        while (at > 0 && now[at - 1] != '\n') {
            at--;
        }
        fail_msg("%s\nbefore: %.300s\nnow: %.300s", did, before + at, now + at);
    }
    free(now);
}

/* ---- running ---- */

static const char *
now_text(void)
{
    static char text[32];
    struct tm tm = season_at_the_venue(season.now_ms);
    assert_true(strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm) > 0);
    return text;
}

static enum bw_exit
run(const char *one, const char *two, const char *three, const char *four)
{
    const char *words[] = {one, two, three, four};
    char line[256] = "";
    for (size_t i = 0, used = 0; i < 4 && words[i] != NULL; i++) {
        used += (size_t)snprintf(line + used, sizeof line - used, " %s", words[i]);
    }
    (void)snprintf(did, sizeof did, "step %d:%s", steps_count, line);
    return office_run(&office, "--clock", now_text(), one, two, three, four, NULL);
}

static const char *
shown(int entry)
{
    static char text[2][BW_CODE_SHOWN_BYTES];
    static int turn;
    turn = 1 - turn;
    bw_code_format_shown((bw_code)season.entries[entry].code, text[turn]);
    return text[turn];
}

static const char *
circle_code(int circle)
{
    static char text[8];
    (void)snprintf(text, sizeof text, "S-%d", circle + 1);
    return text;
}

/* ---- forms ---- */

static bool
is_local(int who)
{
    return who >= 2 * SEASON_TWINS && who < SEASON_LOCALS;
}

static void
sign_up(int circle)
{
    int who = draw(SEASON_PEOPLE);
    bool again = false;
    if (is_local(who)) {
        circle = who % SEASON_CIRCLES;
    }
    for (int i = 0; i < rows_count[circle]; i++) {
        again = again || forms[circle][i].who == who;
    }
    if (rows_count[circle] < SEASON_ROWS_MAX && !(again && is_local(who))) {
        int minute = sign_ups++ * 7919 % MINUTES;
        forms[circle][rows_count[circle]++] = (struct season_row){.who = who,
            .time_ms = FIRST_MS + (int64_t)minute * MINUTE_MS + 5000,
            .denies = who % 11 == 5};
    }
}

/* A response that is edited has a new time stamp; of a local one words are corrected:
 * their one row is known by its time stamp. */
static void
edit_row(int circle)
{
    struct season_row *row = &forms[circle][draw(rows_count[circle])];
    if (is_local(row->who)) {
        corrected[row->who]++;
    } else {
        row->time_ms = season.now_ms - MINUTE_MS + 5000;
    }
}

/* The form as it is exported now: without some rows, perhaps without seconds. */
static void
import(int circle)
{
    struct season_answers answers = {.count = 0};
    char form[SEASON_ROWS_MAX * 128];
    bool seconds = draw(4) != 0;
    FILE *out = fmemopen(form, sizeof form, "w");
    assert_non_null(out);
    (void)fputs("Tijdstempel,E-mailadres,Naam,School,Functie\n", out);
    for (int i = 0; i < rows_count[circle]; i++) {
        if (draw(8) != 0) {
            const struct season_row *row = &forms[circle][i];
            season_row_print(out, row, corrected[row->who], seconds);
            season_answers_add(&answers, row, seconds);
        }
    }
    (void)fclose(out);
    if (answers.count == 0) {
        return;
    }
    season_answers_sort(&answers);
    (void)snprintf(did, sizeof did, "step %d: import S-%d", steps_count, circle + 1);
    enum bw_exit result = office_run(&office, "--clock", now_text(), "import",
        "registrations", office_write(&office, "form.csv", form), "--session",
        circle_code(circle), "--yes", NULL);
    if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
        fail_msg("%s: %s%s", did, form, office.diag);
    }
    season_import(&season, circle, answers.list, answers.count);
    season_learn(&season, &office);
}

/* ---- edits ---- */

static void
edit_form(int circle)
{
    for (int i = draw(6); i >= 0; i--) {
        sign_up(circle);
    }
    for (int i = draw(2); i > 0 && rows_count[circle] > 0; i--) {
        edit_row(circle);
    }
    import(circle);
}

static int
some_entry(enum bw_registration_status status)
{
    int at = draw(season.count);
    for (int i = 0; i < season.count; i++) {
        int entry = (at + i) % season.count;
        if (season.entries[entry].status == status) {
            return entry;
        }
    }
    return at;
}

/* Twins, or any two who share nothing. */
static void
merge(void)
{
    int one = draw(season.count), other = draw(season.count);
    int who = season.entries[one].who;
    bool twin = who < 2 * SEASON_TWINS;
    for (int i = 0; i < season.count; i++) {
        int entry = (other + i) % season.count;
        int theirs = season.entries[entry].who;
        bool fits = twin ? theirs == (who + SEASON_TWINS) % (2 * SEASON_TWINS)
                         : theirs >= SEASON_LOCALS;
        if (fits && (twin || who >= SEASON_LOCALS)) {
            (void)run("merge-people", shown(one), shown(entry), NULL);
            season_merge(&season, one, entry);
            return;
        }
    }
}

static void
settle(void)
{
    static const char *const ways[] = {"same", "other", "in", "out"};
    const char *way = ways[draw(4)];
    int at = draw(season.count);
    for (int i = 0; i < season.count; i++) {
        int entry = (at + i) % season.count;
        if (season.entries[entry].doubt != SEASON_SURE) {
            (void)run("settle", shown(entry), way, "--why=gebeld");
            season_settle(&season, entry, way);
            return;
        }
    }
}

static void
change_session(int circle)
{
    char starts[48];
    if (season.called_off[circle]) {
        (void)run("session", "reopen", circle_code(circle), "--why=toch");
        season.called_off[circle] = false;
    } else if (draw(3) == 0) {
        (void)run("session", "cancel", circle_code(circle), NULL);
        season.called_off[circle] = true;
    } else {
        (void)snprintf(
            starts, sizeof starts, "--starts=2025-05-%02d 13:30", 1 + draw(28));
        (void)run("session", "move", circle_code(circle), starts);
    }
}

static void
edit(void)
{
    int circle = draw(SEASON_CIRCLES), kind = season.count > 0 ? draw(16) : 0, entry;
    if (kind < 6) {
        edit_form(circle);
    } else if (kind < 9) {
        entry = some_entry(draw(2) ? BW_CONFIRMED : BW_WAITLISTED);
        (void)run("cancel", shown(entry), NULL, NULL);
        season_cancel(&season, entry);
    } else if (kind < 10) {
        entry = some_entry(BW_CANCELLED);
        (void)run("reinstate", shown(entry), NULL, NULL);
        season_reinstate(&season, entry);
    } else if (kind < 12) {
        (void)run("promote", "--session", circle_code(circle), NULL);
        season_promote(&season, circle);
    } else if (kind < 13) {
        merge();
    } else if (kind < 15) {
        settle();
    } else {
        change_session(circle);
    }
}

/* ---- taking back ---- */

static int64_t
last_step(void)
{
    return office_number(&office, "SELECT max(step_no) FROM step");
}

static enum bw_exit
undo(int64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%d", (int)number);
    return run("undo", text, NULL, NULL);
}

static void
must_undo(int64_t number)
{
    if (undo(number) != BW_EXIT_DONE) {
        fail_msg("%s: %s", did, office.diag);
    }
}

/* The last one; one of three times that is taken back too, and stays. */
static void
take_back(void)
{
    struct step *step = &steps[steps_count - 1];
    char *after = season_dump(&office);
    struct season was = season;
    must_undo(step->number);
    is_as(step->dump);
    season = step->before;
    season.now_ms = was.now_ms;
    if (draw(3) == 0) {
        must_undo(last_step());
        is_as(after);
        season = was;
    } else {
        free(step->dump);
        steps_count--;
    }
    free(after);
}

/* One in the middle: where nothing was built on it it goes, and comes back. */
static void
take_back_an_older_one(void)
{
    char *now = season_dump(&office);
    if (undo(steps[draw(steps_count)].number) == BW_EXIT_DONE) {
        must_undo(last_step());
    }
    is_as(now);
    free(now);
}

static void
go_on(void)
{
    int kind = steps_count > 0 ? draw(10) : 9;
    season.now_ms += HOUR_MS;
    if (kind < 2) {
        take_back();
    } else if (kind < 3) {
        take_back_an_older_one();
    } else {
        struct step *step = &steps[steps_count];
        int64_t last = last_step();
        *step = (struct step){.before = season, .dump = season_dump(&office)};
        edit();
        step->number = last_step();
        assert_in_range(step->number, last, last + 1);
        if (step->number == last) {
            is_as(step->dump);
            free(step->dump);
        } else {
            steps_count++;
        }
    }
    is_as_the_model_says();
}

/* ---- a season ---- */

static void
open_season(void)
{
    char csv[4096];
    size_t used = (size_t)snprintf(csv, sizeof csv,
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n");
    for (int i = 0; i < SEASON_CIRCLES; i++) {
        used += (size_t)snprintf(csv + used, sizeof csv - used,
            "S-%d,reeks,Leerkring %d,leerkring,Oost,Zaal,2025-04-%02dT13:30,"
            "2025-04-%02dT16:30,%d,brugfunctionaris\n",
            i + 1, i + 1, 10 + i, 10 + i, SEASON_PLACES);
    }
    office_init(&office);
    assert_int_equal(office_run(&office, "init", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "import", "sessions",
                         office_write(&office, "sessions.csv", csv), NULL),
        BW_EXIT_DONE);
    season = (struct season){.now_ms = NOW_MS};
    memset(rows_count, 0, sizeof rows_count);
    memset(corrected, 0, sizeof corrected);
    sign_ups = steps_count = 0;
}

static void
season_of(uint64_t with_seed, int edits)
{
    print_message("season %d of %d edits\n", (int)with_seed, edits);
    seed = with_seed;
    open_season();
    steps = calloc((size_t)edits, sizeof *steps);
    assert_non_null(steps);
    for (int i = 0; i < edits; i++) {
        go_on();
    }
    while (steps_count > 0) {
        struct step *step = &steps[--steps_count];
        must_undo(step->number);
        is_as(step->dump);
        free(step->dump);
    }
    free(steps);
    office_finish(&office);
}

static void
a_season_is_as_the_model_says_and_all_of_it_is_taken_back(void **state)
{
    (void)state;
    const char *asked = getenv("BW_SEASON_STEPS");
    int edits = asked != NULL ? atoi(asked) : pace_count(EDITS);
    assert_in_range(edits, 1, EDITS_MAX);
    for (int i = 1; i <= (asked != NULL ? SEEDS_LONG : SEEDS); i++) {
        season_of((uint64_t)i, edits);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_season_is_as_the_model_says_and_all_of_it_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
