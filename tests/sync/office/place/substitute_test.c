/* `substitute`: a colleague in the place of somebody, by the real command; what mails,
 * kiosks, the door and undo make of it. */

#include "tests/sync/kiosk_help.h"
#include "tests/sync/one_office.h"

#include <brugwachter/session.h>
#include <stdio.h>
#include <stdlib.h>

#define DAY "--clock", "2025-03-10T10:00:00"
#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"

/* Two places, three people. */
static int
open_full(void **state)
{
    (void)state;
    office_open(&office, 2, false);
    const char *form = office_write(&office, "form.csv",
        HEADING "10-02-2025 12:01,a@b.example,Anna Vos,De Brug,brugfunctionaris,Oost\n"
                "10-02-2025 12:02,b@b.example,Bo Mol,De Brug,brugfunctionaris,Oost\n"
                "10-02-2025 12:03,c@b.example,Cas Wit,De Brug,brugfunctionaris,Oost\n");
    assert_int_equal(office_run(&office, "import", "registrations", form, "--session",
                         "S-1", DAY, NULL),
        BW_EXIT_DONE);
    return 0;
}

static void
substitute(enum bw_exit want, const char *who, const char *name, const char *mail)
{
    enum bw_exit result = office_run(&office, "substitute", who, name, mail, DAY, NULL);
    if (result != want) {
        fail_msg("%s: %d: %s%s", who, (int)result, office.out, office.diag);
    }
}

static void
is_refused(const char *who, const char *name, const char *mail, const char *why)
{
    char *before = office_dump(&office);
    substitute(BW_EXIT_FAILED, who, name, mail);
    says(why);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
the_place_goes_over_and_the_ticket_does_not(void **state)
{
    (void)state;
    substitute(BW_EXIT_DONE, "anna vos", "de Boer, Dina", "d@b.example");
    says("Dina de Boer");
    assert_string_equal(
        office_text(&office, "SELECT first_name, name, school, status, generation,"
                             " signed_up_ms - (SELECT signed_up_ms FROM registration"
                             " WHERE first_name = 'Anna')"
                             " FROM registration WHERE first_name = 'Dina'"),
        "Dina|de Boer|De Brug|0|0|0|");
    assert_string_equal(
        office_text(&office, "SELECT status FROM registration WHERE first_name = 'Anna'"),
        "2|");
    assert_string_equal(
        office_text(&office, "SELECT status FROM registration WHERE first_name = 'Cas'"),
        "1|"); /* nobody passed who waits */
    assert_int_equal(office_number(&office, "SELECT count(DISTINCT t.text) FROM ticket t"
                                            " JOIN registration r ON r.code = t.code"
                                            " WHERE r.first_name IN ('Anna', 'Dina')"),
        2);
}

static void
both_are_told_and_only_once(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "mail", "--out", office_path(&office, "first"),
                         "--mail-from", "ria@x.nl", DAY, NULL),
        BW_EXIT_DONE);
    substitute(BW_EXIT_DONE, "anna vos", "Dina Boer", "d@b.example");
    assert_int_equal(office_run(&office, "mail", "--check", DAY, NULL), BW_EXIT_DONE);
    says("a@b.example");
    says("d@b.example");
    says("1 to get their ticket");
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "mail", "--check", DAY, NULL), BW_EXIT_DONE);
    says("Everybody was told how things are");
}

static void
a_colleague_who_is_known_is_the_same_person(void **state)
{
    (void)state;
    enum bw_exit result;
    assert_int_equal(office_run(&office, "cancel", "bo mol", DAY, NULL), BW_EXIT_DONE);
    json_t *answer = office_json(
        &office, &result, "substitute", "anna vos", "Bo Mol", "B@b.example", DAY, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_true(json_is_true(json_object_get(answer, "known")));
    json_decref(answer);
    assert_string_equal(office_text(&office, "SELECT count(*), max(status)"
                                             " FROM registration WHERE name = 'Mol'"),
        "1|0|");
}

static void
what_cant_be_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    is_refused("cas wit", "Dina Boer", "", "they wait themselves");
    is_refused("anna vos", "", "", "there is no name");
    is_refused("anna vos", "Dina Boer", "geen", "is no address");
    is_refused("anna vos", "Anna Vos", "a@b.example", "that is who has it");
    is_refused("anna vos", "Bo Mol", "b@b.example", "they are in it already");
    is_refused("annabel", "Dina Boer", "", "annabel");
    assert_int_equal(
        office_run(&office, "session", "cancel", "S-1", DAY, NULL), BW_EXIT_DONE);
    is_refused("anna vos", "Dina Boer", "", "called off");
    assert_int_equal(office_run(&office, "substitute", "anna vos", NULL), BW_EXIT_USAGE);
}

static char *
people(void)
{
    return strdup(office_text(&office,
        "SELECT p.person_no, p.identity, p.mail, r.code, r.status, r.generation,"
        " r.first_name, r.name, coalesce(r.followed_by, -1), r.changed_ms"
        " FROM person p LEFT JOIN registration r ON r.person_no = p.person_no"
        " ORDER BY p.person_no, r.code"));
}

static void
undo_takes_the_colleague_out_again(void **state)
{
    (void)state;
    char *before = people();
    substitute(BW_EXIT_DONE, "anna vos", "Dina Boer", "d@b.example");
    char *done = people();
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    char *after = people();
    assert_string_equal(before, after);
    free(after);
    assert_int_equal(office_run(&office, "undo", "4", DAY, NULL), BW_EXIT_DONE);
    after = people();
    assert_string_equal(done, after);
    free(before);
    free(done);
    free(after);
}

static void
the_kiosk_knows_the_colleague_and_who_they_replace(void **state)
{
    (void)state;
    struct kiosk kiosk;
    kiosk_open(&kiosk, &office, "Zuil", "S-1");
    substitute(BW_EXIT_DONE, "anna vos", "Dina Boer", "d@b.example");
    assert_int_equal(kiosk_run(&kiosk, "pull", DAY, NULL), BW_EXIT_DONE);
    assert_true(kiosk_holds(&kiosk, "vervangen door Dina Boer"));
    assert_false(kiosk_holds(&kiosk, "d@b.example"));
    struct bw_store *store = kiosk_store(&kiosk, BW_STORE_READ);
    struct bw_registration found;
    bw_code code = (bw_code)office_number(
        &office, "SELECT code FROM registration WHERE first_name = 'Dina'");
    assert_int_equal(bw_store_registration(store, code, &found, NULL), BW_OK);
    assert_int_equal(found.status, BW_CONFIRMED);
    bw_store_close(store);
    kiosk_finish(&kiosk);
}

int
main(void)
{
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_full, close_office)
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(the_place_goes_over_and_the_ticket_does_not),
        WITH_OFFICE(both_are_told_and_only_once),
        WITH_OFFICE(a_colleague_who_is_known_is_the_same_person),
        WITH_OFFICE(what_cant_be_is_refused_and_changes_nothing),
        WITH_OFFICE(undo_takes_the_colleague_out_again),
        WITH_OFFICE(the_kiosk_knows_the_colleague_and_who_they_replace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
