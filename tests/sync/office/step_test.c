/* The office's steps, and taking them back: random days beside what people and places
 * were before each step. */

#include "tests/sync/one_office.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie\n"

enum { PEOPLE = 8, ACTS = 60 };
static const char *const names[PEOPLE] = {"Anna Visser", "Bo Kuipers", "Cas Dijkstra",
    "Dik Hoekstra", "Eva Mulder", "Flo Postma", "Gijs Bakker", "Ida Zuidema"};

/* Form `number` has other people and words than the one before. */
static void
import(int number)
{
    char form[4000];
    size_t used = (size_t)snprintf(form, sizeof form, HEADING);
    for (int i = 0; i < PEOPLE; i++) {
        if ((number >> i) % 2 != 0) {
            used += (size_t)snprintf(form + used, sizeof form - used,
                "10-2-2025 09:%02d:05,p%d@x.nl,%s%s,School %d,%sbrugfunctionaris\n",
                10 + i, i + number % 3 / 2, names[i], number % 5 == 0 ? "a" : "",
                number % 4, number % 7 == i ? "geen " : "");
        }
    }
    enum bw_exit result = office_run(&office, "import", "registrations",
        office_write(&office, "form.csv", form), "--session", "S-1", NULL);
    if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
        fail_msg("%s%s", form, office.diag);
    }
}

static int
open_office(void **state)
{
    (void)state;
    office_open(&office, 3, false);
    import(1 + 2 + 4 + 8 + 64 + 128);
    return 0;
}

static void
run(enum bw_exit want, const char *one, const char *two, const char *three)
{
    enum bw_exit result = office_run(&office, one, two, three, NULL);
    if (result != want) {
        fail_msg("%s %s: %d: %s%s", one, two != NULL ? two : "", (int)result, office.out,
            office.diag);
    }
}

static int64_t
number(const char *sql)
{
    return office_number(&office, sql);
}

/* What people and places are, whatever revisions were given. */
static char *
people(void)
{
    return strdup(office_text(&office,
        "SELECT r.code, r.person_no, r.status, r.status_before,"
        " CASE WHEN r.status = 0 THEN r.generation ELSE 0 END, r.signed_up_ms,"
        " r.answers_ms, r.first_name, r.name, r.school, r.role, r.why, r.doubt,"
        " coalesce(r.doubt_of, 0), p.identity, p.mail,"
        " (SELECT group_concat(identity, ';') FROM (SELECT identity FROM person_alias a"
        " WHERE a.person_no = p.person_no ORDER BY identity))"
        " FROM person p LEFT JOIN registration r"
        " ON p.person_no = r.person_no ORDER BY p.person_no, r.code"));
}

static void
are(const char *before)
{
    char *now = people();
    assert_string_equal(before, now);
    free(now);
}

/* ST3 */
static void
a_cancel_is_taken_back_and_the_taking_back_too(void **state)
{
    (void)state;
    char *before = people();
    run(BW_EXIT_DONE, "cancel", office_code(&office, "Anna"), NULL);
    char *cancelled = people();
    run(BW_EXIT_DONE, "undo", NULL, NULL);
    assert_non_null(strstr(office.out, "Anna"));
    are(before);
    run(BW_EXIT_DONE, "undo", "4", NULL);
    are(cancelled);
    run(BW_EXIT_DONE, "undo", "3", NULL);
    are(before);
    run(BW_EXIT_FAILED, "undo", "3", NULL);
    run(BW_EXIT_FAILED, "undo", "99", NULL);
    run(BW_EXIT_USAGE, "undo", "x", NULL);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE); /* the import */
    assert_int_equal(number("SELECT count(*) FROM registration"), 0);
    assert_int_equal(number("SELECT count(*) FROM person"), 0);
    run(BW_EXIT_DONE, "undo", NULL, NULL); /* the sessions */
    assert_int_equal(number("SELECT count(*) FROM session"), 0);
    run(BW_EXIT_FAILED, "undo", NULL, NULL);
    free(before);
    free(cancelled);
}

/* ST2 */
static void
a_step_on_which_something_was_built_stays(void **state)
{
    (void)state;
    run(BW_EXIT_DONE, "cancel", office_code(&office, "Anna"), NULL); /* 3 */
    run(BW_EXIT_FAILED, "undo", "2", NULL);
    assert_non_null(strstr(office.diag, "step 3 was built on it"));
    run(BW_EXIT_DONE, "undo", "3", NULL); /* 4 */
    run(BW_EXIT_DONE, "undo", "2", NULL);
    assert_int_equal(number("SELECT count(*) FROM registration"), 0);
}

/* The person is the first import's; another circle has them too by now. */
static void
an_import_whose_people_signed_up_elsewhere_since_stays(void **state)
{
    (void)state;
    char *file = strdup(office_write(&office, "second.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Emmen,leerkring,Noord,Buurthuis,2025-03-25T13:30,"
        "2025-03-25T16:30,10,brugfunctionaris\n"));
    run(BW_EXIT_DONE, "import", "sessions", file);
    free(file);
    file = strdup(office_write(&office, "again.csv",
        HEADING "10-2-2025 10:00:05,p0@x.nl,Anna Visser,School 1,brugfunctionaris\n"));
    (void)office_run(&office, "import", "registrations", file, "--session", "S-2", NULL);
    free(file);
    char *before = people();
    run(BW_EXIT_FAILED, "undo", "2", NULL);
    assert_non_null(strstr(office.diag, "step 4 was built on it"));
    are(before);
    free(before);
    run(BW_EXIT_DONE, "undo", "4", NULL);
    run(BW_EXIT_DONE, "undo", "2", NULL);
    assert_int_equal(number("SELECT count(*) FROM person"), 0);
}

static void
a_place_that_was_given_away_is_not_given_twice(void **state)
{
    (void)state;
    run(BW_EXIT_DONE, "cancel", office_code(&office, "Anna"), NULL);
    run(BW_EXIT_DONE, "promote", "--session", "S-1");
    char *before = people();
    run(BW_EXIT_FAILED, "undo", "3", NULL);
    assert_non_null(strstr(office.diag, "given to somebody else"));
    are(before);
    run(BW_EXIT_DONE, "undo", "4", NULL);
    run(BW_EXIT_DONE, "undo", "3", NULL);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 0"), 3);
    free(before);
}

/* ST4: a newer ticket would prove a place at a kiosk that can't ask. */
static void
a_ticket_of_a_place_that_is_taken_back_proves_none(void **state)
{
    (void)state;
    run(BW_EXIT_DONE, "cancel", office_code(&office, "Anna"), NULL);
    run(BW_EXIT_DONE, "promote", "--session", "S-1");
    assert_int_equal(
        number("SELECT generation FROM registration WHERE first_name = 'Dik'"), 1);
    run(BW_EXIT_DONE, "undo", NULL, NULL);
    assert_string_equal(office_text(&office, "SELECT status, generation FROM registration"
                                             " WHERE first_name = 'Dik'"),
        "1|1|");
    run(BW_EXIT_DONE, "promote", "--session", "S-1");
    run(BW_EXIT_DONE, "reissue", office_code(&office, "Dik"), NULL);
    run(BW_EXIT_DONE, "undo", NULL, NULL);
    assert_string_equal(office_text(&office, "SELECT status, generation FROM registration"
                                             " WHERE first_name = 'Dik'"),
        "0|2|");
}

static void
log_tells_each_step_and_why(void **state)
{
    (void)state;
    enum bw_exit result;
    run(BW_EXIT_DONE, "cancel", office_code(&office, "Anna"), NULL);
    assert_int_equal(
        office_run(&office, "undo", "--why", "verkeerde Anna", NULL), BW_EXIT_DONE);
    json_t *answer = office_json(&office, &result, "log", NULL);
    const json_t *steps = json_object_get(answer, "steps");
    assert_int_equal(json_array_size(steps), 4);
    const json_t *undo = json_array_get(steps, 0), *cancel = json_array_get(steps, 1);
    assert_string_equal(
        json_string_value(json_object_get(undo, "why")), "verkeerde Anna");
    assert_int_equal(json_number_of(undo, "undoes"), 3);
    assert_int_equal(json_number_of(cancel, "undone_by"), 4);
    assert_int_equal(json_number_of(cancel, "registrations"), 1);
    json_decref(answer);
    run(BW_EXIT_DONE, "log", NULL, NULL);
    assert_non_null(strstr(office.out, "cancel"));
}

static const char *
newest_is_by(const char *as, const char *name)
{
    static char who[BW_NAME_BYTES];
    enum bw_exit result;
    const char *code = office_code(&office, name);
    assert_int_equal(as != NULL ? office_run(&office, "cancel", code, "--as", as, NULL)
                                : office_run(&office, "cancel", code, NULL),
        BW_EXIT_DONE);
    json_t *answer = office_json(&office, &result, "log", "--count", "1", NULL);
    const json_t *step = json_array_get(json_object_get(answer, "steps"), 0);
    (void)snprintf(
        who, sizeof who, "%s", json_string_value(json_object_get(step, "who")));
    json_decref(answer);
    return who;
}

static void
log_tells_by_whom_who_says_so_or_whose_machine_it_is(void **state)
{
    (void)state;
    const struct passwd *user = getpwuid(getuid());
    assert_string_equal(newest_is_by("Anouk", "Anna"), "Anouk");
    run(BW_EXIT_DONE, "log", NULL, NULL);
    assert_non_null(strstr(office.out, "1 registrations [Anouk]\n"));
    assert_true((user != NULL) == (newest_is_by(NULL, "Bo")[0] != '\0'));
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Cas"), "--as", " ", NULL),
        BW_EXIT_USAGE);
    assert_int_equal(
        office_run(&office, "undo", "--as", "Bram\x1b[31m", NULL), BW_EXIT_USAGE);
}

static void
is_refused_by_name(const char *what)
{
    run(BW_EXIT_FAILED, "undo", NULL, NULL);
    assert_non_null(strstr(office.diag, what));
    assert_non_null(strstr(office.diag, "can't be taken back"));
}

/* Who takes back the last step gets no earlier one in its stead. */
static void
what_never_can_be_taken_back_is_a_step_too(void **state)
{
    (void)state;
    const char *pin = office_write(&office, "pin", "123456\n");
    assert_int_equal(office_run(&office, "enrol", "--session", "S-1", "--name", "Zuil",
                         "--pin-file", pin, "--out", office_path(&office, "k"), NULL),
        BW_EXIT_DONE);
    run(BW_EXIT_DONE, "cancel", office_code(&office, "Anna"), NULL);
    run(BW_EXIT_DONE, "revoke", "1", NULL);
    is_refused_by_name("(revoke 1)");
    run(BW_EXIT_DONE, "key", "new", NULL);
    run(BW_EXIT_DONE, "key", "retire", "1");
    is_refused_by_name("(key retire 1)");
    assert_int_equal(office_run(&office, "purge", "--before", "2025-04-01", "--clock",
                         "2025-05-01T12:00:00", NULL),
        BW_EXIT_DONE);
    is_refused_by_name("(purge)");
}

/* All that --check says is what would be, and nothing of it is. */
static void
check_shows_what_would_be_and_changes_nothing(void **state)
{
    (void)state;
    enum bw_exit result;
    const char *more = office_write(&office, "more.csv",
        HEADING "10-2-2025 10:00,z@x.nl,Zoe Zwart,School,brugfunctionaris\n");
    char anna[BW_CODE_SHOWN_BYTES];
    (void)snprintf(anna, sizeof anna, "%s", office_code(&office, "Anna"));
    char *before = office_dump(&office);
    run(BW_EXIT_DONE, "cancel", anna, "--check");
    assert_non_null(strstr(office.out, "Nothing was changed"));
    json_t *answer = office_json(&office, &result, "import", "registrations", more,
        "--session", "S-1", "--check", NULL);
    assert_int_equal(json_number_of(answer, "added"), 1);
    json_decref(answer);
    run(BW_EXIT_DONE, "undo", "--check", NULL);
    run(BW_EXIT_DONE, "reissue", anna, "--check");
    run(BW_EXIT_USAGE, "status", "--check", NULL);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    assert_int_equal(number("SELECT count(*) FROM step"), 2);
    free(before);
    free(after);
}

static const char *
some_code(int at)
{
    static char text[BW_CODE_SHOWN_BYTES];
    char sql[120];
    (void)snprintf(sql, sizeof sql,
        "SELECT code FROM registration ORDER BY signed_up_ms, code LIMIT 1 OFFSET %d",
        at % (int)number("SELECT count(*) FROM registration"));
    bw_code_format_shown((bw_code)number(sql), text);
    return text;
}

/* What it refuses changes nothing, and is no step. */
static void
act(int draw)
{
    static const char *const ways[] = {"same", "other", "in", "out"};
    char one[BW_CODE_SHOWN_BYTES];
    (void)snprintf(one, sizeof one, "%s", some_code(draw));
    switch (draw % 7) {
    case 0:
        (void)office_run(&office, "cancel", one, NULL);
        break;
    case 1:
        (void)office_run(&office, "promote", "--session", "S-1", NULL);
        break;
    case 2:
        (void)office_run(&office, "reissue", one, NULL);
        break;
    case 3:
        (void)office_run(&office, "settle", one, ways[draw / 7 % 4], "--why", "w", NULL);
        break;
    case 4:
        (void)office_run(&office, "merge-people", one, some_code(draw / 7), NULL);
        break;
    case 5:
        (void)office_run(&office, draw / 7 % 2 ? "block" : "unblock", one,
            draw / 7 % 2 ? "--why" : NULL, "w", NULL);
        break;
    case 6:
        import(1 + draw / 7 % 255);
        break;
    }
}

static void
every_undo_gives_back_what_was_before(void **state)
{
    (void)state;
    char *before[ACTS + 3] = {NULL};
    unsigned seed = 20250325;
    for (int i = 0; i < ACTS; i++) {
        int64_t steps = number("SELECT max(step_no) FROM step");
        char *was = people();
        seed = seed * 1103515245U + 12345U;
        act((int)(seed >> 8 & 0xffff));
        int64_t now = number("SELECT max(step_no) FROM step");
        assert_in_range(now, steps, steps + 1);
        if (now == steps) {
            are(was);
            free(was);
        } else {
            before[now] = was;
        }
        assert_in_range(
            number("SELECT count(*) FROM registration WHERE status = 0"), 0, 3);
    }
    for (int64_t step = number("SELECT max(step_no) FROM step"); step > 2; step--) {
        char text[24];
        (void)snprintf(text, sizeof text, "%d", (int)step);
        run(BW_EXIT_DONE, "undo", text, NULL);
        are(before[step]);
        free(before[step]);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_cancel_is_taken_back_and_the_taking_back_too),
        CASE(a_step_on_which_something_was_built_stays),
        CASE(an_import_whose_people_signed_up_elsewhere_since_stays),
        CASE(a_place_that_was_given_away_is_not_given_twice),
        CASE(a_ticket_of_a_place_that_is_taken_back_proves_none),
        CASE(log_tells_each_step_and_why),
        CASE(log_tells_by_whom_who_says_so_or_whose_machine_it_is),
        CASE(what_never_can_be_taken_back_is_a_step_too),
        CASE(check_shows_what_would_be_and_changes_nothing),
        CASE(every_undo_gives_back_what_was_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
