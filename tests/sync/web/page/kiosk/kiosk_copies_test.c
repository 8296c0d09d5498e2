/* A kiosk of which there are two, on both engines: which goes on, and what two organisers
 * who decide at once are told. */
#include "tests/sync/testing.h"

#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/web/desk_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct postgres server;
static bool on_server;
static struct office office;
static struct kiosk first, second;
static struct browser desk, colleague;
static char stick[300];

static void
copy_file(const char *from, const char *to)
{
    char buffer[65536];
    size_t length;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    while ((length = fread(buffer, 1, sizeof buffer, in)) > 0) {
        assert_int_equal(fwrite(buffer, 1, length, out), length);
    }
    (void)fclose(in);
    (void)fclose(out);
    assert_int_equal(chmod(to, 0600), 0);
}

static void
open_at_the_door(struct browser *browser)
{
    desk_open(browser, &office);
    browser->desk.setup.who = browser == &desk ? "Anouk" : "Bram";
    browser->wall_ms = KIOSK_START_MS + 2 * KIOSK_MINUTE_MS;
    desk_enter(browser);
}

static int
setup(void **state)
{
    (void)state;
    if (on_server) {
        postgres_place(&server);
        office_open_at(&office, server.uri, 3, false);
    } else {
        office_open(&office, 3, false);
    }
    people_sign_up(&office, 6);
    kiosk_enrol(&first, &office, "Balie", "S-1");
    (void)snprintf(stick, sizeof stick, "%s/stick", office.folder);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    kiosk_finish(&first);
    kiosk_finish(&second);
    office_finish(&office);
    if (on_server) {
        postgres_clear(&server);
    }
    return 0;
}

/* By stick: they don't hear of each other. */
static void
collect(struct kiosk *kiosk, const char *clock)
{
    if (kiosk_run(kiosk, "export", stick, "--clock", clock, NULL) != BW_EXIT_DONE) {
        fail_msg("%s%s", kiosk->out, kiosk->diag);
    }
    (void)office_run(&office, "merge", stick, "--clock", clock, NULL);
}

/* Its store on another machine too, at that machine's path. */
static void
copy_store(const struct kiosk *from, const struct kiosk *to)
{
    char there[600], here[600];
    copy_file(from->path, to->path);
    (void)snprintf(there, sizeof there, "%s.credentials", from->path);
    (void)snprintf(here, sizeof here, "%s.credentials", to->path);
    copy_file(there, here);
}

/* Its store is on two machines: P0 comes, then P1 at one, and P2 and P3 at the other. */
static void
two_go_on(void)
{
    (void)kiosk_arrived(&first, people_code(&office, 0));
    second = first;
    second.out = second.diag = NULL;
    second.clock.context = &second;
    (void)snprintf(second.path, sizeof second.path, "%s/other.db", office.folder);
    copy_store(&first, &second);
    second.wall_ms += 1000;
    (void)kiosk_arrived(&first, people_code(&office, 1));
    (void)kiosk_arrived(&second, people_code(&office, 2));
    (void)kiosk_arrived(&second, people_code(&office, 3));
    collect(&first, "2025-03-25T13:31:00");
    collect(&second, "2025-03-25T13:31:30");
}

/* The name of the copy whose last event has this number. */
static const char *
copy_name(int64_t last)
{
    static char name[16];
    enum bw_exit result;
    json_t *answer =
        office_json(&office, &result, "kiosks", "--clock", "2025-03-25T13:32:00", NULL);
    json_t *kiosk = json_array_get(json_object_get(answer, "kiosks"), 0);
    json_t *copies = json_object_get(kiosk, "copies");
    name[0] = '\0';
    for (size_t i = 0; i < json_array_size(copies); i++) {
        json_t *copy = json_array_get(copies, i);
        if (json_number_of(copy, "last") == last) {
            (void)snprintf(name, sizeof name, "%s",
                json_string_value(json_object_get(copy, "copy")));
        }
    }
    json_decref(answer);
    return name;
}

/* It pulled from the stick, as the office wrote it just now. */
static bool
is_stopped(struct kiosk *kiosk)
{
    int64_t restored = 0;
    (void)kiosk_run(
        kiosk, "pull", "--from", stick, "--clock", "2025-03-25T13:33:00", NULL);
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(
        bw_store_get_number(store, BW_NUMBER_RESTORED, 0, &restored, NULL), BW_OK);
    bw_store_close(store);
    return restored != 0;
}

static void
pack(void)
{
    char command[400];
    (void)snprintf(command, sizeof command, "rm -f '%s'/bw-*", stick);
    (void)!system(command);
    (void)office_run(
        &office, "pack", "--out", stick, "--clock", "2025-03-25T13:32:30", NULL);
}

static void
look(struct browser *at, const char *copy, char ret_form[200])
{
    assert_int_equal(desk_get(at, "/zuilen?kopie=1"), 200);
    (void)snprintf(ret_form, 200, "doe=kies&zuil=1&kopie=%s&sinds=%lld&beeld=%s", copy,
        (long long)office_number(&office, "SELECT coalesce(max(step_no), 0) FROM step"),
        desk_field(at, "beeld"));
}

static void
of_two_the_chosen_one_goes_on_the_other_stops_and_both_histories_count(void **state)
{
    char form[200];
    (void)state;
    two_go_on();
    open_at_the_door(&desk);
    assert_int_equal(desk_get(&desk, "/"), 200);
    desk_shows(&desk, "Het logboek van zuil 1 (Balie) is niet heel");
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    desk_shows(&desk, "Balie: er zijn er twee van");
    desk_shows(&desk, "href=\"/zuilen?kopie=1\">Kies welke blijft</a>");
    desk_hides(&desk, "Deze blijft");
    look(&desk, copy_name(3), form);
    desk_shows(&desk, "Van Balie zijn er twee: welke blijft?");
    desk_shows(&desk, "Laatste gebeurtenis: nummer 2. Eigen logboek vanaf nummer 2.");
    desk_shows(&desk, "Laatste gebeurtenis: nummer 3. Eigen logboek vanaf nummer 2.");
    desk_shows(&desk, "Binnengekomen · Piet P1");
    desk_shows(&desk, "Binnengekomen · Piet P3");
    assert_int_equal(desk_post(&desk, "/zuilen", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    desk_shows(&desk, "Van zuil 1 blijft die met gebeurtenis 3 als laatste.");
    desk_hides(&desk, "Kies welke blijft");
    desk_shows(&desk, "Balie");
    assert_int_equal(desk_get(&desk, "/"), 200);
    desk_hides(&desk, "is niet heel");
    desk_close(&desk);
    pack();
    assert_false(is_stopped(&second));
    assert_true(is_stopped(&first));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM event"), 4);
    assert_int_equal(
        office_run(&office, "undo", NULL), BW_EXIT_FAILED); /* nothing before it goes */
    (void)kiosk_arrived(&second, people_code(&office, 4));
    collect(&second, "2025-03-25T13:34:00");
    assert_int_equal(office_number(&office, "SELECT receipt_seq FROM device"), 4);
}

static void
the_command_chooses_as_the_desk_does_and_once(void **state)
{
    (void)state;
    two_go_on();
    assert_int_equal(office_run(&office, "kiosks", NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(office.out, "kiosks keep 1"));
    assert_int_equal(
        office_run(&office, "kiosks", "keep", "1", "00000000", NULL), BW_EXIT_FAILED);
    assert_int_equal(
        office_run(&office, "kiosks", "keep", "2", copy_name(2), NULL), BW_EXIT_FAILED);
    assert_int_equal(
        office_run(&office, "kiosks", "keep", "1", copy_name(2), NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "kiosks", "keep", "1", copy_name(3), NULL), BW_EXIT_FAILED);
    assert_int_equal(office_run(&office, "kiosks", NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT receipt_seq FROM device"), 2);
    pack();
    assert_false(is_stopped(&first));
    assert_true(is_stopped(&second));
}

static void
who_chose_second_is_told_who_was_first_and_what_was_forged_does_nothing(void **state)
{
    char form[200], other[200];
    (void)state;
    two_go_on();
    open_at_the_door(&desk);
    open_at_the_door(&colleague);
    look(&desk, "00000000", form);
    assert_int_equal(desk_post(&desk, "/zuilen", form), 404);
    look(&desk, "", form);
    assert_int_equal(desk_post(&desk, "/zuilen", form), 404);
    assert_int_equal(desk_post(&desk, "/zuilen", "doe=kies&zuil=1"), 303);
    assert_int_equal(desk_post(&desk, "/zuilen", "doe=kies&zuil=7&beeld=x"), 200);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM ruling"), 0);
    look(&desk, copy_name(2), form);
    look(&colleague, copy_name(3), other);
    assert_int_equal(desk_post(&desk, "/zuilen", form), 303);
    assert_int_equal(desk_post(&colleague, "/zuilen", other), 200);
    desk_shows(&colleague, "Iemand anders veranderde dit net");
    desk_shows(&colleague, "Gekozen welke zuil blijft Balie");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM ruling"), 1);
    assert_int_equal(office_number(&office, "SELECT receipt_seq FROM device"), 2);
    desk_close(&desk);
    desk_close(&colleague);
}

/* At a door that is busy no form would ever be new enough. */
static void
what_a_copy_writes_meanwhile_makes_no_choice_old_but_another_copy_does(void **state)
{
    char form[200], old[200];
    struct kiosk third;
    (void)state;
    two_go_on();
    third = second;
    third.out = third.diag = NULL;
    third.clock.context = &third;
    (void)snprintf(third.path, sizeof third.path, "%s/third.db", office.folder);
    copy_store(&second, &third);
    open_at_the_door(&desk);
    look(&desk, copy_name(3), old);
    (void)kiosk_arrived(&second, people_code(&office, 4));
    (void)kiosk_arrived(&third, people_code(&office, 5));
    collect(&third, "2025-03-25T13:31:40");
    collect(&second, "2025-03-25T13:31:50");
    assert_int_equal(desk_post(&desk, "/zuilen", old), 200); /* there are three now */
    desk_shows(&desk, "Er is niets gedaan.");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM ruling"), 0);
    look(&desk, copy_name(2), form);
    (void)kiosk_arrived(&first, people_code(&office, 3));
    collect(&first, "2025-03-25T13:31:55");
    assert_int_equal(desk_post(&desk, "/zuilen", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    desk_shows(&desk, "Van zuil 1 blijft die met gebeurtenis 3 als laatste.");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM ruling"), 1);
    desk_close(&desk);
    kiosk_finish(&third);
}

/* One sheet on two machines. */
static void
sheet_is_used_twice(void)
{
    char command[1400];
    second = first;
    second.out = second.diag = NULL;
    second.clock.context = &second;
    (void)snprintf(second.path, sizeof second.path, "%s/other.db", office.folder);
    (void)snprintf(command, sizeof command, "cp '%s'/kiosk-*.json '%s/sheet.json'",
        office.folder, office.folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(
        kiosk_run(&second, "enrol-device", office_path(&office, "sheet.json"), NULL),
        BW_EXIT_DONE);
    collect(&first, "2025-03-25T13:31:00");
    collect(&second, "2025-03-25T13:31:30");
}

static void
look_at_waiting(struct browser *at, char ret_form[300])
{
    char words[120];
    assert_int_equal(desk_get(at, "/zuilen"), 200);
    (void)snprintf(words, sizeof words, "%s", desk_field(at, "woorden"));
    (void)snprintf(ret_form, 300, "doe=neem-aan&zuil=1&woorden=%s&sinds=%lld&voor=%s",
        words,
        (long long)office_number(&office, "SELECT coalesce(max(step_no), 0) FROM step"),
        desk_field(at, "voor"));
    for (char *c = ret_form; *c != '\0'; c++) {
        *c = *c == ' ' ? '+' : *c;
    }
}

static void
of_two_who_accept_the_second_is_told_who_did_it(void **state)
{
    char form[300], other[300];
    (void)state;
    sheet_is_used_twice();
    open_at_the_door(&desk);
    open_at_the_door(&colleague);
    look_at_waiting(&desk, form);
    look_at_waiting(&colleague, other);
    assert_int_equal(desk_post(&desk, "/zuilen", form), 303);
    assert_int_equal(desk_post(&colleague, "/zuilen", other), 200);
    desk_shows(&colleague, "Iemand anders veranderde dit net");
    desk_shows(&colleague, "Zuil aangenomen Balie");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"
                                            " WHERE what = 'kiosks accept'"),
        1);
    desk_close(&desk);
    desk_close(&colleague);
}

static void
who_accepts_one_that_was_revoked_is_told_and_it_stays_out_of_service(void **state)
{
    char form[300];
    (void)state;
    sheet_is_used_twice();
    open_at_the_door(&desk);
    look_at_waiting(&desk, form);
    assert_int_equal(
        office_run(&office, "revoke", "1", "--why", "weg", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_post(&desk, "/zuilen", form), 200);
    desk_shows(&desk, "Er is niets gedaan.");
    desk_shows(&desk, "Zuil ingetrokken Balie");
    assert_int_equal(office_number(&office, "SELECT state FROM device"), 2);
    desk_close(&desk);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(of_two_the_chosen_one_goes_on_the_other_stops_and_both_histories_count),
        CASE(the_command_chooses_as_the_desk_does_and_once),
        CASE(who_chose_second_is_told_who_was_first_and_what_was_forged_does_nothing),
        CASE(what_a_copy_writes_meanwhile_makes_no_choice_old_but_another_copy_does),
        CASE(of_two_who_accept_the_second_is_told_who_did_it),
        CASE(who_accepts_one_that_was_revoked_is_told_and_it_stays_out_of_service),
    };
    int failed = cmocka_run_group_tests_name("SQLite", tests, NULL, NULL);
    if (postgres_start(&server)) {
        on_server = true;
        failed += cmocka_run_group_tests_name("PostgreSQL", tests, NULL, NULL);
        postgres_stop(&server);
    }
    return failed;
}
