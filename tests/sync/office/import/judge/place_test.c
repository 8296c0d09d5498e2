/* Who gets a place: the rules, and random forms in random batches beside
 * a plain model. */
#include "tests/pace.h"
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie\n"

static struct office office;

static json_t *
import_text(const char *csv, enum bw_exit *ret_exit)
{
    return office_json(&office, ret_exit, "import", "registrations",
        office_write(&office, "form.csv", csv), "--session", "S-1", NULL);
}

static void
import_is(const char *csv, int confirmed, int waitlisted, int added, int changed)
{
    enum bw_exit result;
    json_t *answer = import_text(csv, &result);
    assert_non_null(answer);
    assert_int_equal(json_number_of(answer, "confirmed"), confirmed);
    assert_int_equal(json_number_of(answer, "waitlisted"), waitlisted);
    assert_int_equal(json_number_of(answer, "added"), added);
    assert_int_equal(json_number_of(answer, "changed"), changed);
    json_decref(answer);
}

static void
who_came_first_has_the_place_whatever_the_order_of_the_file(void **state)
{
    (void)state;
    office_open(&office, 2, false);
    import_is(HEADING "10-02-2025 12:03,c@b.example,Cas,O,brugfunctionaris\n"
                      "10-02-2025 12:02,b@b.example,Bo,O,brugfunctionaris\n"
                      "10-02-2025 12:02,d@b.example,Dirk,O,brugfunctionaris\n"
                      "10-02-2025 12:01,a@b.example,Anna,O,brugfunctionaris\n",
        2, 2, 4, 0);
    assert_string_equal(
        office_text(&office, "SELECT first_name FROM registration WHERE status = 0"
                             " ORDER BY signed_up_ms"),
        "Anna|Bo|"); /* Bo and Dirk tie: by line */
    office_finish(&office);
}

/* PL2. */
static void
a_place_given_is_never_taken_back(void **state)
{
    (void)state;
    office_open(&office, 1, false);
    import_is(HEADING "10-02-2025 12:05,b@b.example,Bo,O,brugfunctionaris\n", 1, 0, 1, 0);
    import_is(HEADING "10-02-2025 12:01,a@b.example,Anna,O,brugfunctionaris\n"
                      "10-02-2025 12:05,b@b.example,Bo,O,brugfunctionaris\n",
        1, 1, 1, 0);
    assert_string_equal(
        office_text(&office, "SELECT first_name FROM registration WHERE status = 0"),
        "Bo|");
    office_finish(&office);
}

/* PL1. */
static void
nobody_new_passes_somebody_who_waits(void **state)
{
    (void)state;
    office_open(&office, 1, false);
    import_is(HEADING "10-02-2025 12:00,a@b.example,Anna,O,brugfunctionaris\n"
                      "10-02-2025 12:01,b@b.example,Bo,O,brugfunctionaris\n",
        1, 1, 2, 0);
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    import_is(
        HEADING "10-02-2025 12:02,c@b.example,Cas,O,brugfunctionaris\n", 0, 1, 1, 0);
    office_finish(&office);
}

/* PL3. */
static void
the_earliest_time_and_the_last_answers_stand(void **state)
{
    (void)state;
    office_open(&office, 5, false);
    import_is(HEADING "10-02-2025 12:01,a@b.example,anna VOS,Oude,brugfunctionaris\n"
                      "10-02-2025 12:09,A@b.example,Anna Vos,Nieuwe,brugfunctionaris PO\n"
                      "10-02-2025 12:05,a@b.example,Änna Vos,Middel,brugfunctionaris\n",
        1, 0, 1, 0);
    assert_string_equal(
        office_text(&office, "SELECT line, school, name, role FROM registration"),
        "2|Nieuwe|Vos|brugfunctionaris PO|");
    import_is(HEADING "10-02-2025 12:00,a@b.example,Anna Vos,Eerste,brugfunctionaris\n",
        1, 0, 0, 1);
    assert_string_equal(
        office_text(&office, "SELECT school FROM registration"), "Nieuwe|");
    import_is(HEADING "10-02-2025 12:20,a@b.example,Anna Vos,Laatste,brugfunctionaris\n",
        0, 0, 0, 1);
    assert_string_equal(
        office_text(&office, "SELECT school FROM registration"), "Laatste|");
    assert_int_equal(
        office_number(&office, "SELECT signed_up_ms FROM registration"), 1739185200000);
    office_finish(&office);
}

static void
one_mail_with_two_names_is_a_doubt(void **state)
{
    (void)state;
    office_open(&office, 5, false);
    enum bw_exit result;
    json_t *answer =
        import_text(HEADING "10-02-2025 12:01,s@b.example,Anna Vos,O,brugfunctionaris\n"
                            "10-02-2025 12:02,s@b.example,Bo Vos,O,brugfunctionaris\n",
            &result);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "confirmed"), 1);
    assert_int_equal(json_number_of(answer, "added"), 2);
    assert_int_equal(json_array_size(json_object_get(answer, "rejected")), 1);
    json_decref(answer);
    office_finish(&office);
}

/* Anna in two circles of the series, and Bo with her mail in the first: in doubt. */
static void
open_two_circles(void)
{
    office_open(&office, 5, false);
    office_second_circle(&office, 5);
    json_decref(
        import_text(HEADING "10-02-2025 12:01,s@b.example,Anna Vos,O,brugfunctionaris\n"
                            "10-02-2025 12:02,s@b.example,Bo Vos,O,brugfunctionaris\n",
            &(enum bw_exit){BW_EXIT_LOOK}));
}

static void
second_circle_is(const char *csv, enum bw_exit want, int confirmed)
{
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "registrations",
        office_write(&office, "form2.csv", csv), "--session", "S-2", "--yes", NULL);
    assert_int_equal(result, want);
    assert_int_equal(json_number_of(answer, "confirmed"), confirmed);
    json_decref(answer);
}

static void
settle_bo(const char *session, const char *way)
{
    char sql[200];
    (void)snprintf(sql, sizeof sql,
        "SELECT code FROM registration r WHERE first_name = 'Bo' AND session_no ="
        " (SELECT session_no FROM session WHERE code = '%s')",
        session);
    char code[BW_CODE_BYTES];
    bw_code_format((bw_code)office_number(&office, sql), code);
    assert_int_equal(office_run(&office, "settle", code, way, "--why", "gebeld",
                         "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
}

#define PLACED                                                                           \
    "SELECT group_concat(x, ' ') FROM (SELECT first_name || '-' || s.code AS x"          \
    " FROM registration r JOIN session s ON s.session_no = r.session_no"                 \
    " WHERE r.status = 0 ORDER BY s.code, first_name)"

/* A place elsewhere would be one without the doubt. */
static void
a_doubt_holds_in_the_other_circles_of_the_series(void **state)
{
    (void)state;
    static const char both[] =
        HEADING "11-02-2025 12:01,s@b.example,Anna Vos,O,brugfunctionaris\n"
                "11-02-2025 12:02,s@b.example,Bo Vos,O,brugfunctionaris\n";
    open_two_circles();
    second_circle_is(both, BW_EXIT_LOOK, 1);
    assert_string_equal(office_text(&office, PLACED), "Anna-S-1 Anna-S-2|");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 2);
    second_circle_is(both, BW_EXIT_LOOK, 1); /* the same file changes nothing */
    settle_bo("S-1", "other");               /* said once, it is said of both */
    assert_string_equal(office_text(&office, PLACED), "Anna-S-1 Bo-S-1 Anna-S-2 Bo-S-2|");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 0);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_string_equal(office_text(&office, PLACED), "Anna-S-1 Anna-S-2|");
    settle_bo("S-2", "same"); /* from either end; the last answers stand */
    assert_string_equal(office_text(&office, PLACED), "Bo-S-1 Bo-S-2|");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 0);
    office_finish(&office);
}

/* Only who is in doubt signed up for the other one. */
static void
a_doubt_that_was_the_same_person_gives_the_place_elsewhere(void **state)
{
    (void)state;
    open_two_circles();
    second_circle_is(HEADING "11-02-2025 12:02,s@b.example,Bo Vos,O,brugfunctionaris\n",
        BW_EXIT_LOOK, 0);
    assert_string_equal(office_text(&office, PLACED), "Anna-S-1|");
    settle_bo("S-1", "same");
    assert_string_equal(office_text(&office, PLACED), "Bo-S-1 Bo-S-2|");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 0);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_string_equal(office_text(&office, PLACED), "Anna-S-1|");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE doubt <> 0"), 2);
    office_finish(&office);
}

static void
no_mail_address_is_no_error(void **state)
{
    (void)state;
    office_open(&office, 5, false);
    static const char csv[] = "Tijdstempel,Naam,School,Functie\n"
                              "10-02-2025 12:01,Anna Vos,OBS Een,brugfunctionaris\n"
                              "10-02-2025 12:02,Anna Vos,OBS Twee,brugfunctionaris\n"
                              "10-02-2025 12:03,anna vos,obs een,brugfunctionaris\n";
    import_is(csv, 2, 0, 2, 0);
    import_is(csv, 2, 0, 0, 0);
    office_finish(&office);
}

static void
the_waitlist_form_never_gives_a_place(void **state)
{
    (void)state;
    office_open(&office, 5, false);
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "waitlist",
        office_write(&office, "w.csv",
            "Tijdstempel,Naam,Functie,Leerkring\n"
            "10-02-2025 12:01,Anna Vos,brugfunctionaris,S-1\n"),
        "--map", "school=-", "--map", "region=-", "--map", "email=-", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "waitlisted"), 1);
    json_decref(answer);
    office_finish(&office);
}

/* ---- the model ---- */

enum { PEOPLE = 40, ROUNDS = 30, CAPACITY = 13 };

struct person {
    int minute; /* of the sign-up; ties are wanted */
    int batch;
    bool confirmed;
};

static unsigned
next_random(unsigned *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static const struct person *people_to_sort;

static int
by_time(const void *a, const void *b)
{
    int left = *(const int *)a;
    int right = *(const int *)b;
    int order = people_to_sort[left].minute - people_to_sort[right].minute;
    return order != 0 ? order : left - right; /* lines rise with the number */
}

/* The rule, told plainly: within a batch by time and line, while places are free and
 * nobody waits. */
static void
model_batch(struct person *people, int batch, int *inout_free, bool *inout_waits)
{
    int order[PEOPLE];
    for (int i = 0; i < PEOPLE; i++) {
        order[i] = i;
    }
    people_to_sort = people;
    qsort(order, PEOPLE, sizeof order[0], by_time);
    for (int i = 0; i < PEOPLE; i++) {
        struct person *p = &people[order[i]];
        if (p->batch != batch) {
            continue;
        }
        p->confirmed = *inout_free > 0 && !*inout_waits;
        *inout_free -= p->confirmed;
        *inout_waits = *inout_waits || !p->confirmed;
    }
}

static void
write_batch(const struct person *people, int batch, char *csv, size_t capacity)
{
    size_t length = (size_t)snprintf(csv, capacity, HEADING);
    for (int i = 0; i < PEOPLE; i++) {
        if (people[i].batch == batch) {
            length += (size_t)snprintf(csv + length, capacity - length,
                "10-02-2025 12:%02d,p%d@b.example,P%d X,O,brugfunctionaris\n",
                people[i].minute, i, i);
        }
    }
}

/* Whole, and again as growing exports of the same form:
 * each holds the earlier rows too. */
static void
random_batches_give_the_places_that_the_rules_give(void **state)
{
    (void)state;
    unsigned seed = 20250318;
    for (int round = 0; round < pace_count(ROUNDS); round++) {
        struct person people[PEOPLE];
        int batches = 1 + (int)(next_random(&seed) % 4);
        for (int i = 0; i < PEOPLE; i++) {
            people[i] = (struct person){.minute = (int)(next_random(&seed) % 30),
                .batch = (int)(next_random(&seed) % (unsigned)batches)};
        }
        office_open(&office, CAPACITY, false);
        int free_places = CAPACITY;
        bool waits = false;
        for (int batch = 0; batch < batches; batch++) {
            char csv[PEOPLE * 80];
            write_batch(people, batch, csv, sizeof csv);
            model_batch(people, batch, &free_places, &waits);
            enum bw_exit result;
            json_decref(import_text(csv, &result));
            assert_int_equal(result, BW_EXIT_DONE);
        }
        for (int i = 0; i < PEOPLE; i++) {
            char sql[160];
            (void)snprintf(sql, sizeof sql,
                "SELECT status FROM registration WHERE first_name = 'P%d'", i);
            assert_int_equal(office_number(&office, sql), people[i].confirmed ? 0 : 1);
        }
        assert_int_equal(
            office_number(&office, "SELECT count(*) FROM registration"), PEOPLE);
        office_finish(&office);
    }
}

/* Batches cut in order of time give what one file gives. */
static void
batches_in_order_of_time_give_what_one_file_gives(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int round = 0; round < pace_count(10); round++) {
        struct person people[PEOPLE];
        char whole[PEOPLE * 80];
        char *confirmed[2];
        int cut = (int)(next_random(&seed) % PEOPLE);
        for (int split = 0; split < 2; split++) {
            office_open(&office, CAPACITY, false);
            for (int i = 0; i < PEOPLE; i++) {
                people[i] = (struct person){.minute = i, .batch = split && i >= cut};
            }
            for (int batch = 0; batch <= split; batch++) {
                enum bw_exit result;
                write_batch(people, batch, whole, sizeof whole);
                json_decref(import_text(whole, &result));
            }
            confirmed[split] =
                strdup(office_text(&office, "SELECT first_name FROM registration WHERE "
                                            "status = 0 ORDER BY first_name"));
            office_finish(&office);
        }
        assert_string_equal(confirmed[0], confirmed[1]);
        free(confirmed[0]);
        free(confirmed[1]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_came_first_has_the_place_whatever_the_order_of_the_file),
        cmocka_unit_test(a_place_given_is_never_taken_back),
        cmocka_unit_test(nobody_new_passes_somebody_who_waits),
        cmocka_unit_test(the_earliest_time_and_the_last_answers_stand),
        cmocka_unit_test(one_mail_with_two_names_is_a_doubt),
        cmocka_unit_test(a_doubt_holds_in_the_other_circles_of_the_series),
        cmocka_unit_test(a_doubt_that_was_the_same_person_gives_the_place_elsewhere),
        cmocka_unit_test(no_mail_address_is_no_error),
        cmocka_unit_test(the_waitlist_form_never_gives_a_place),
        cmocka_unit_test(random_batches_give_the_places_that_the_rules_give),
        cmocka_unit_test(batches_in_order_of_time_give_what_one_file_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
