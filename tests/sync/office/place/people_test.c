/* Two records of one person, people in doubt, and what becomes of their places: what a
 * season beside a model of it (season_test.c) found. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/one_office.h"

#include "office/place/people.h"

#include <stdio.h>
#include <stdlib.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie\n"
#define B ",De Brug,brugfunctionaris\n"

static void
run(enum bw_exit want, const char *one, const char *two, const char *three)
{
    enum bw_exit result =
        office_run(&office, "--clock", "2025-03-01T12:00:00", one, two, three, NULL);
    if (result != want) {
        fail_msg("%s %s: %d: %s%s", one, two, (int)result, office.out, office.diag);
    }
}

static void
settle_as_another(const char *typed)
{
    enum bw_exit result = office_run(&office, "--clock", "2025-03-01T12:00:00", "settle",
        typed, "other", "--why", "gebeld", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
}

/* After the day of `run`: who cancelled there may sign up anew. */
static void
import(const char *csv)
{
    enum bw_exit result = office_run(&office, "import", "registrations",
        office_write(&office, "form.csv", csv), "--session", "S-1", NULL);
    if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
        fail_msg("%d: %s%s", (int)result, office.out, office.diag);
    }
}

static const char *
code(const char *first_name)
{
    static char codes[2][BW_CODE_SHOWN_BYTES];
    static int turn;
    turn = 1 - turn;
    (void)snprintf(
        codes[turn], sizeof codes[turn], "%s", office_code(&office, first_name));
    return codes[turn];
}

static int64_t
number(const char *sql)
{
    return office_number(&office, sql);
}

static int64_t
placed(void)
{
    return number("SELECT count(*) FROM registration WHERE status = 0");
}

/* Anna, and Bo in doubt by Anna's address. */
static const char doubtful[] =
    HEADING "10-2-2025 09:13:05,s@x.nl,Anna Vos" B "10-2-2025 09:14:05,s@x.nl,Bo Smit" B;

static void
a_record_that_was_joined_is_neither_reinstated_nor_joined_again(void **state)
{
    (void)state;
    import(HEADING "10-2-2025 09:13:05,a@x.nl,Anna Vos" B
                   "10-2-2025 09:14:05,b@x.nl,Bertrand Smit,Elders,brugfunctionaris\n"
                   "10-2-2025 09:15:05,c@x.nl,Cor Dik,Ginds,brugfunctionaris\n");
    char anna[BW_CODE_SHOWN_BYTES], bertrand[BW_CODE_SHOWN_BYTES];
    (void)snprintf(anna, sizeof anna, "%s", code("Anna"));
    (void)snprintf(bertrand, sizeof bertrand, "%s", code("Bertrand"));
    run(BW_EXIT_DONE, "merge-people", anna, bertrand);
    char *before = office_dump(&office);
    run(BW_EXIT_FAILED, "reinstate", bertrand, NULL);
    says("joined with another record");
    run(BW_EXIT_FAILED, "merge-people", bertrand, code("Cor"));
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* Bo is Anna, who is Cor: settled as the same, Bo is Cor's. */
static void
a_doubt_about_a_record_that_was_joined_is_about_the_one_that_stays(void **state)
{
    (void)state;
    import(HEADING "10-2-2025 09:12:05,c@x.nl,Cor Dik,Ginds,brugfunctionaris\n");
    import(doubtful);
    int64_t cor = number("SELECT code FROM registration WHERE first_name = 'Cor'");
    run(BW_EXIT_DONE, "merge-people", code("Cor"), code("Anna"));
    assert_int_equal(number("SELECT doubt_of FROM registration WHERE doubt <> 0"), cor);
    run(BW_EXIT_DONE, "undo", "4", NULL);
    assert_int_not_equal(
        number("SELECT doubt_of FROM registration WHERE doubt <> 0"), cor);
}

static void
whoever_cancelled_in_doubt_gets_no_place_when_it_is_settled(void **state)
{
    (void)state;
    import(doubtful);
    run(BW_EXIT_DONE, "cancel", code("Bo"), NULL);
    settle_as_another(code("Bo"));
    assert_int_equal(placed(), 1);
}

static void
whoever_comes_back_in_doubt_gets_no_place_before_it_is_settled(void **state)
{
    (void)state;
    import(doubtful);
    run(BW_EXIT_DONE, "cancel", code("Bo"), NULL);
    run(BW_EXIT_LOOK, "reinstate", code("Bo"), NULL);
    assert_int_equal(placed(), 1);
    run(BW_EXIT_DONE, "cancel", code("Bo"), NULL);
    import(HEADING "10-3-2025 09:14:05,s@x.nl,Bo Smit" B);
    assert_int_equal(placed(), 1);
    settle_as_another(code("Bo"));
    assert_int_equal(placed(), 2);
}

/* Of two places one is Anna's; the other is kept for Bo, not Dik. */
static void
a_place_that_is_kept_for_somebody_in_doubt_is_nobodys_who_is_settled_first(void **state)
{
    (void)state;
    import(doubtful);
    import(HEADING "10-2-2025 09:15:05,s@x.nl,Dik Hoek" B);
    settle_as_another(code("Dik"));
    assert_int_equal(placed(), 1);
    settle_as_another(code("Bo"));
    assert_int_equal(placed(), 2);
    assert_int_equal(
        number("SELECT status FROM registration WHERE first_name = 'Bo'"), BW_CONFIRMED);
}

/* The row that is known stands between two others of theirs. */
static void
a_corrected_answer_is_known_by_any_of_its_rows(void **state)
{
    (void)state;
    import(HEADING "10-2-2025 09:14:05,a@x.nl,Anna Viser" B);
    import(HEADING "10-2-2025 09:13:05,a@x.nl,Anna Visser" B
                   "10-2-2025 09:14:05,a@x.nl,Anna Visser" B
                   "10-2-2025 09:15:05,a@x.nl,Anna Visser" B);
    assert_int_equal(number("SELECT count(*) FROM registration"), 1);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE doubt = 0"), 1);
}

/* A second row is the same person's by a former name, or by a damaged one. */
static void
an_import_is_taken_back_with_those_that_two_rows_of_it_made(void **state)
{
    (void)state;
    import(HEADING "10-2-2025 09:13:05,a@x.nl,Zo\xc3\x83\xc2\xab Vos" B
                   "10-2-2025 09:15:05,a@x.nl,Zo\xc3\xab Vos,Elders,brugfunctionaris\n");
    assert_int_equal(number("SELECT count(*) FROM person"), 1);
    run(BW_EXIT_DONE, "undo", NULL, NULL);
    assert_int_equal(number("SELECT count(*) FROM registration"), 0);
    assert_int_equal(number("SELECT count(*) FROM person"), 0);
    assert_int_equal(number("SELECT count(*) FROM person_alias"), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

struct places_seen {
    int count;
    char codes[2][2][BW_LABEL_BYTES]; /* of the session, and of the other one */
    int64_t waiting;                  /* in all of them */
};

static bool
on_place(const struct bw_person_place *place, void *context)
{
    struct places_seen *seen = context;
    assert_in_range(seen->count, 0, 1);
    (void)snprintf(
        seen->codes[seen->count][0], BW_LABEL_BYTES, "%s", place->session_code);
    (void)snprintf(seen->codes[seen->count][1], BW_LABEL_BYTES, "%s", place->other_code);
    seen->waiting += place->waiting;
    seen->count++;
    return true;
}

static void
places_in_two_circles_are_told_of_all_and_of_one(void **state)
{
    (void)state;
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    struct places_seen all = {.count = 0}, of_two = {.count = 0};
    struct places_seen crowded = {.count = 0}, nobodys = {.count = 0};
    run(BW_EXIT_DONE, "import", "sessions",
        office_write(&office, "two.csv",
            "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
            "S-2,reeks,Leerkring Elders,leerkring,Oost,Huis,2025-03-26T13:30,"
            "2025-03-26T16:30,6,brugfunctionaris\n"));
    import(HEADING "10-2-2025 09:00:01,a@x.nl,Anna Visser" B
                   "10-2-2025 09:00:03,b@x.nl,Bram Bos" B
                   "10-2-2025 09:00:04,c@x.nl,Cas Dijk" B);
    (void)office_run(&office, "import", "registrations",
        office_write(
            &office, "two.csv", HEADING "10-2-2025 09:00:02,a@x.nl,Anna Visser" B),
        "--session", "S-2", "--yes", NULL);
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    assert_int_equal(bw_place_people_several(central, 0, 0, on_place, &all, &err), BW_OK);
    assert_int_equal(
        bw_place_people_several_in(central, 2, on_place, &of_two, &err), BW_OK);
    assert_int_equal(
        bw_place_people_crowded(central, 0, 0, on_place, &crowded, &err), BW_OK);
    assert_int_equal(
        bw_place_people_crowded(central, 2, 0, on_place, &nobodys, &err), BW_OK);
    bw_central_close(central);
    assert_int_equal(crowded.count, 2);
    assert_int_equal(crowded.waiting, number("SELECT count(*) FROM registration"
                                             " WHERE status = 1"));
    assert_int_equal(nobodys.count, 0); /* Bram has no other place */
    assert_int_equal(all.waiting, 0);
    assert_int_equal(all.count, 2);
    assert_int_equal(of_two.count, 1);
    assert_string_equal(of_two.codes[0][0], "S-2");
    assert_string_equal(of_two.codes[0][1], "S-1");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_record_that_was_joined_is_neither_reinstated_nor_joined_again),
        CASE(a_doubt_about_a_record_that_was_joined_is_about_the_one_that_stays),
        CASE(whoever_cancelled_in_doubt_gets_no_place_when_it_is_settled),
        CASE(whoever_comes_back_in_doubt_gets_no_place_before_it_is_settled),
        CASE(a_place_that_is_kept_for_somebody_in_doubt_is_nobodys_who_is_settled_first),
        CASE(a_corrected_answer_is_known_by_any_of_its_rows),
        CASE(an_import_is_taken_back_with_those_that_two_rows_of_it_made),
        CASE(places_in_two_circles_are_told_of_all_and_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
