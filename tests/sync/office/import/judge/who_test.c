/* Who an answer is from (design.md, section 9), through the program. */
#define ONE_OFFICE_PLACES 5
#include "tests/sync/one_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie\n"
#define B ",De Brug,brugfunctionaris\n"

static json_t *
import_text(const char *csv, enum bw_exit want)
{
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "import", "registrations",
        office_write(&office, "form.csv", csv), "--session", "S-1", NULL);
    if (result != want) {
        fail_msg("%d: %s%s", (int)result, office.out, office.diag);
    }
    return answer;
}

static void
import(const char *csv, enum bw_exit want, int confirmed, int added, int changed)
{
    json_t *answer = import_text(csv, want);
    assert_int_equal(json_number_of(answer, "confirmed"), confirmed);
    assert_int_equal(json_number_of(answer, "added"), added);
    assert_int_equal(json_number_of(answer, "changed"), changed);
    json_decref(answer);
}

static void
run(enum bw_exit want, const char *verb, const char *one, const char *two)
{
    enum bw_exit result = office_run(&office, verb, one, two, "--why", "gebeld",
        "--clock", "2025-03-01T12:00:00", NULL);
    if (result != want) {
        fail_msg("%s: %d: %s%s", verb, (int)result, office.out, office.diag);
    }
}

static int64_t
number(const char *sql)
{
    return office_number(&office, sql);
}

static const char *
text(const char *sql)
{
    return office_text(&office, sql);
}

static const char two[] =
    HEADING "10-2-2025 09:13:05,b@x.nl,Bas Bb" B "10-2-2025 09:14:05,c@x.nl,Cas Viser" B;

/* WH2: place, code and ticket stay. */
static void
a_corrected_name_or_mail_is_the_same_person(void **state)
{
    (void)state;
    import(two, BW_EXIT_DONE, 2, 2, 0);
    int64_t code = number("SELECT code FROM registration WHERE first_name = 'Cas'");
    import(HEADING "10-2-2025 09:13:05,bas@x.nl,Bas Bb" B
                   "10-2-2025 09:14:05,c@x.nl,Cas Visser" B,
        BW_EXIT_DONE, 2, 0, 2);
    assert_int_equal(number("SELECT code FROM registration WHERE name = 'Visser'"), code);
    assert_int_equal(number("SELECT count(*) FROM registration"), 2);
    assert_int_equal(number("SELECT count(*) FROM person"), 2);
    assert_int_equal(number("SELECT count(*) FROM ticket"), 2);
    assert_string_equal(
        text("SELECT mail FROM person ORDER BY person_no"), "bas@x.nl|c@x.nl|");
    import(two, BW_EXIT_DONE, 2, 0, 0); /* words of before are no news, which is said */
    assert_non_null(strstr(office.out, "2 rows say something else than what is known"));
    assert_int_equal(
        number("SELECT count(*) FROM registration WHERE name = 'Visser'"), 1);
}

/* Excel drops the seconds. */
static void
a_time_stamp_in_another_precision_is_the_same(void **state)
{
    (void)state;
    import(two, BW_EXIT_DONE, 2, 2, 0);
    import(HEADING "10-2-2025 09:13,b@x.nl,Bas Bb" B
                   "10-2-2025 09:14,c@x.nl,Cas Visser" B,
        BW_EXIT_DONE, 2, 0, 1);
    assert_string_equal(text("SELECT signed_up_ms % 60000 FROM registration"
                             " ORDER BY signed_up_ms"),
        "5000|5000|");
    import(HEADING "10-2-2025 09:13:05,b@x.nl,Bas Bb" B
                   "10-2-2025 09:14:05,c@x.nl,Cas Visser" B,
        BW_EXIT_DONE, 2, 0, 0);
    assert_int_equal(number("SELECT count(*) FROM person"), 2);
}

/* WH1 */
static void
an_edited_response_keeps_its_rank(void **state)
{
    (void)state;
    import(two, BW_EXIT_DONE, 2, 2, 0);
    import(HEADING "20-2-2025 11:00:00,b@x.nl,Bas Bb,De Regenboog,brugfunctionaris\n",
        BW_EXIT_LOOK, 0, 0, 1);
    assert_string_equal(
        text("SELECT name, school FROM registration ORDER BY signed_up_ms"),
        "Bb|De Regenboog|Viser|De Brug|");
}

/* WH5: two people of one office, in one minute. */
static void
rows_that_stand_beside_each_other_correct_nothing(void **state)
{
    (void)state;
    static const char both[] = HEADING "10-2-2025 09:13,o@x.nl,Karin Smit" B
                                       "10-2-2025 09:13,p@x.nl,Carin Smit,Elders,"
                                       "brugfunctionaris\n";
    import(both, BW_EXIT_DONE, 2, 2, 0);
    import(both, BW_EXIT_DONE, 2, 0, 0);
    assert_int_equal(number("SELECT count(*) FROM person"), 2);
}

static const char doubtful[] = HEADING
    "10-2-2025 09:13:05,s@x.nl,Anna Vos" B "10-2-2025 09:14:05,s@x.nl,Bo Smit" B
    "10-2-2025 09:15:05,k@x.nl,Karin Jansen" B "10-2-2025 09:16:05,l@x.nl,Carin Janssen" B
    "10-2-2025 09:17:05,m@x.nl,Mia Mulder" B "10-2-2025 09:18:05,n@x.nl,Nel Nap" B
    "10-2-2025 09:19:05,o@x.nl,Ole Ooms" B;

/* WH3: five places, two of which are kept. */
static void
whoever_is_in_doubt_gets_no_place_and_loses_no_rank(void **state)
{
    (void)state;
    json_t *answer = import_text(doubtful, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "confirmed"), 3);
    assert_int_equal(json_number_of(answer, "waitlisted"), 2);
    assert_int_equal(json_array_size(json_object_get(answer, "rejected")), 2);
    json_decref(answer);
    import(doubtful, BW_EXIT_LOOK, 3, 0, 0);
    enum bw_exit result;
    answer = office_json(&office, &result, "doubts", NULL);
    const json_t *list = json_object_get(answer, "doubts");
    assert_int_equal(json_array_size(list), 2);
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(list, 0), "kind")), "mail");
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(list, 1), "kind")), "name");
    json_decref(answer);
    answer = office_json(&office, &result, "promote", "--session", "S-1", NULL);
    assert_int_equal(json_array_size(json_object_get(answer, "promoted")), 0);
    assert_int_equal(json_number_of(answer, "kept"), 2);
    json_decref(answer);
}

static void
a_doubt_is_settled_as_another_person_who_has_the_place(void **state)
{
    (void)state;
    json_decref(import_text(doubtful, BW_EXIT_LOOK));
    run(BW_EXIT_DONE, "settle", office_code(&office, "Bo"), "other");
    assert_int_equal(
        number("SELECT status FROM registration WHERE first_name = 'Bo'"), 0);
    run(BW_EXIT_FAILED, "settle", office_code(&office, "Bo"), "other");
    run(BW_EXIT_FAILED, "settle", office_code(&office, "Mia"), "same");
    run(BW_EXIT_USAGE, "settle", office_code(&office, "Carin"), "perhaps");
    import(doubtful, BW_EXIT_LOOK, 4, 0, 0);
}

static void
a_doubt_is_settled_as_the_same_person_and_stays_so(void **state)
{
    (void)state;
    json_decref(import_text(doubtful, BW_EXIT_LOOK));
    run(BW_EXIT_DONE, "settle", office_code(&office, "Carin"), "same");
    /* the last answers stand, under the first code */
    assert_int_equal(number("SELECT count(*) FROM registration WHERE name = 'Janssen'"
                            " AND status = 0 AND signed_up_ms = 1739175305000"),
        1);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 2"), 1);
    assert_int_equal(number("SELECT count(*) FROM person WHERE identity IS NOT NULL"), 6);
    json_t *answer = import_text(doubtful, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "added"), 0);
    json_decref(answer);
    assert_int_equal(number("SELECT count(*) FROM person"), 7);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE doubt <> 0"), 1);
}

static void
a_doubt_that_is_out_is_cancelled_and_stays_so(void **state)
{
    (void)state;
    static const char csv[] =
        HEADING "10-2-2025 09:13:05,b@x.nl,Bas Bb,De Brug,geen brugfunctionaris\n"
                "10-2-2025 09:14:05,c@x.nl,Cas Cc,De Brug,Brug functionaris\n"
                "10-2-2025 09:15:05,d@x.nl,Dik Dd,De Brug,brugfunctionarissen PO\n"
                "10-2-2025 09:16:05,e@x.nl,Eva Ee,De Brug,nog niet brugfunctionaris\n"
                "10-2-2025 09:17:05,f@x.nl,Flo Ff,De Brug,directeur\n";
    json_t *answer = import_text(csv, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "confirmed"), 2);
    assert_int_equal(json_array_size(json_object_get(answer, "rejected")), 3);
    json_decref(answer);
    run(BW_EXIT_DONE, "settle", office_code(&office, "Bas"), "out");
    run(BW_EXIT_DONE, "settle", office_code(&office, "Eva"), "in");
    assert_string_equal(
        text("SELECT first_name, status FROM registration ORDER BY signed_up_ms"),
        "Bas|2|Cas|0|Dik|0|Eva|0|");
    import(csv, BW_EXIT_LOOK, 3, 0, 0);
}

/* WH4 */
static void
damaged_letters_make_no_second_person_and_are_named(void **state)
{
    (void)state;
    static const char right[] = HEADING "10-2-2025 09:12:05,a@x.nl,Zoë de Bruin" B
                                        "10-2-2025 09:13:05,,Ayşe Kaya" B;
    static const char wrong[] = HEADING "10-2-2025 09:12:05,a@x.nl,ZoÃ« de Bruin" B
                                        "10-2-2025 09:13:05,,Ay?e Kaya" B;
    static const char later[] = HEADING "11-2-2025 10:00:05,a@x.nl,Zo‘ de Bruin" B;
    json_t *answer = import_text(wrong, BW_EXIT_LOOK);
    assert_int_equal(json_array_size(json_object_get(answer, "notes")), 2);
    assert_int_equal(json_number_of(answer, "confirmed"), 2);
    json_decref(answer);
    import(right, BW_EXIT_DONE, 2, 0, 2);
    import(wrong, BW_EXIT_LOOK, 2, 0, 0);
    import(later, BW_EXIT_LOOK, 0, 0, 0);
    assert_string_equal(
        text("SELECT first_name FROM registration ORDER BY signed_up_ms"), "Zoë|Ayşe|");
    assert_int_equal(number("SELECT count(*) FROM person"), 2);
}

static void
whoever_cancelled_and_signs_up_anew_is_in_again_with_the_new_time(void **state)
{
    (void)state;
    import(two, BW_EXIT_DONE, 2, 2, 0);
    enum bw_exit result = office_run(&office, "cancel", office_code(&office, "Bas"),
        "--clock", "2025-02-12T10:00:00", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    json_t *answer = import_text(two, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "cancelled"), 1);
    json_decref(answer);
    import(HEADING "13-2-2025 09:00:00,b@x.nl,Bas Bb" B, BW_EXIT_DONE, 1, 0, 1);
    assert_string_equal(
        text("SELECT first_name, status FROM registration ORDER BY signed_up_ms"),
        "Cas|0|Bas|0|");
    assert_int_equal(number("SELECT count(*) FROM registration"), 2);
}

static void
two_records_are_joined_and_taken_apart_again(void **state)
{
    (void)state;
    import(HEADING "10-2-2025 09:13:05,b@x.nl,Bas Bb" B
                   "10-2-2025 09:14:05,c@x.nl,Sebastiaan Beb" B,
        BW_EXIT_DONE, 2, 2, 0);
    char bas[BW_CODE_SHOWN_BYTES];
    (void)snprintf(bas, sizeof bas, "%s", office_code(&office, "Bas"));
    run(BW_EXIT_DONE, "merge-people", office_code(&office, "Sebastiaan"), bas);
    run(BW_EXIT_FAILED, "merge-people", bas, bas);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 0"), 1);
    assert_int_equal(number("SELECT count(*) FROM person WHERE identity IS NOT NULL"), 1);
    assert_int_equal(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(number("SELECT count(*) FROM registration WHERE status = 0"), 2);
    assert_string_equal(
        text("SELECT mail FROM person ORDER BY person_no"), "b@x.nl|c@x.nl|");
    assert_int_equal(number("SELECT count(*) FROM person_alias"), 0);
}

static void
what_a_form_has_no_column_for_stays_as_it_is_known(void **state)
{
    (void)state;
    import("Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
           "10-2-2025 09:12,a@x.nl,Anna Aa,De Brug,brugfunctionaris,Oost\n",
        BW_EXIT_DONE, 1, 1, 0);
    import("Tijdstempel,E-mailadres,Naam,Functie\n"
           "10-2-2025 09:12,a@x.nl,Anna Aaa,brugfunctionaris\n",
        BW_EXIT_LOOK, 1, 0, 1);
    import("Tijdstempel,Naam,School,Functie,Regio\n"
           "10-2-2025 09:12,Anna Aab,De Vaart,brugfunctionaris,Oost\n",
        BW_EXIT_LOOK, 1, 0, 1);
    assert_string_equal(text("SELECT mail, mail_fold, name, school, region FROM"
                             " registration JOIN person USING (person_no)"),
        "a@x.nl|a@x.nl|Aab|De Vaart|Oost|");
}

static void
one_region_is_one_however_it_is_written_and_an_unknown_one_is_named(void **state)
{
    (void)state;
    json_t *answer = import_text("Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
                                 "10-2-2025 09:10,,Anna Aa,A,brugfunctionaris,Oost\n"
                                 "10-2-2025 09:11,,Bas Bb,B,brugfunctionaris,oost\n"
                                 "10-2-2025 09:12,,Cas Cc,C,brugfunctionaris,Regio Oost\n"
                                 "10-2-2025 09:13,,Dik Dd,D,brugfunctionaris,OOST\n"
                                 "10-2-2025 09:14,,Eva Ee,E,brugfunctionaris,Verweg\n",
        BW_EXIT_DONE);
    assert_int_equal(json_array_size(json_object_get(answer, "notes")), 1);
    json_decref(answer);
    assert_int_equal(
        number("SELECT count(*) FROM registration WHERE region = 'Oost'"), 4);
}

static void
who_has_places_in_two_sessions_is_named_at_import_and_in_status(void **state)
{
    (void)state;
    enum bw_exit result;
    const char *more = office_write(&office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,2025-03-26T13:30,"
        "2025-03-26T16:30,2,brugfunctionaris\n");
    assert_int_equal(office_run(&office, "import", "sessions", more, NULL), BW_EXIT_DONE);
    import(two, BW_EXIT_DONE, 2, 2, 0);
    json_t *answer = office_json(&office, &result, "import", "registrations",
        office_write(&office, "form.csv", HEADING "11-2-2025 10:00:00,b@x.nl,Bas Bb" B),
        "--session", "S-2", NULL);
    assert_int_equal(json_array_size(json_object_get(answer, "notes")), 1);
    json_decref(answer);
    answer =
        office_json(&office, &result, "status", "--clock", "2025-03-01T12:00:00", NULL);
    assert_int_equal(json_array_size(json_object_get(answer, "in_several")), 2);
    json_decref(answer);
    answer =
        office_json(&office, &result, "status", "--clock", "2025-05-01T12:00:00", NULL);
    assert_int_equal(json_array_size(json_object_get(answer, "in_several")), 0);
    json_decref(answer);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_office, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_corrected_name_or_mail_is_the_same_person),
        CASE(a_time_stamp_in_another_precision_is_the_same),
        CASE(an_edited_response_keeps_its_rank),
        CASE(rows_that_stand_beside_each_other_correct_nothing),
        CASE(whoever_is_in_doubt_gets_no_place_and_loses_no_rank),
        CASE(a_doubt_is_settled_as_another_person_who_has_the_place),
        CASE(a_doubt_is_settled_as_the_same_person_and_stays_so),
        CASE(a_doubt_that_is_out_is_cancelled_and_stays_so),
        CASE(damaged_letters_make_no_second_person_and_are_named),
        CASE(whoever_cancelled_and_signs_up_anew_is_in_again_with_the_new_time),
        CASE(what_a_form_has_no_column_for_stays_as_it_is_known),
        CASE(one_region_is_one_however_it_is_written_and_an_unknown_one_is_named),
        CASE(who_has_places_in_two_sessions_is_named_at_import_and_in_status),
        CASE(two_records_are_joined_and_taken_apart_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
