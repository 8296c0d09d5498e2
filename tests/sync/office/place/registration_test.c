/* cancel, block, unblock, promote, reissue, status, purge: by their real commands. */

#include "tests/sync/one_office.h"

#include <brugwachter/core.h>
#include <brugwachter/session.h>
#include <brugwachter/ticket.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"

static int
open_two_of_five(bool own_region_first)
{
    office_open(&office, 2, own_region_first);
    const char *path = office_write(&office, "f.csv",
        HEADING "10-02-2025 12:01,a@b.example,Anna Vos,O,brugfunctionaris,Oost\n"
                "10-02-2025 12:02,b@b.example,Bo Vos,O,brugfunctionaris,Oost\n"
                "10-02-2025 12:03,c@b.example,Cas Vos,O,brugfunctionaris,Noord\n"
                "10-02-2025 12:04,d@b.example,Dirk Vos,O,brugfunctionaris,OOST\n"
                "10-02-2025 12:05,e@b.example,Eva Vos,O,brugfunctionaris,Zuid\n");
    return office_run(&office, "import", "registrations", path, "--session", "S-1",
               NULL) == BW_EXIT_DONE
               ? 0
               : -1;
}

static int
open_plain(void **state)
{
    (void)state;
    return open_two_of_five(false);
}

static int
open_own_region_first(void **state)
{
    (void)state;
    return open_two_of_five(true);
}

static int64_t
field(const char *first_name, const char *column)
{
    char sql[160];
    (void)snprintf(sql, sizeof sql, "SELECT %s FROM registration WHERE first_name = '%s'",
        column, first_name);
    return office_number(&office, sql);
}

static void
done(enum bw_exit result, enum bw_exit expected)
{
    if (result != expected) {
        fail_msg("exit %d: %s%s", (int)result, office.out, office.diag);
    }
}

static void
cancel_frees_a_place_and_raises_the_revision(void **state)
{
    (void)state;
    int64_t revision = office_number(&office, "SELECT revision FROM session");
    done(office_run(&office, "cancel", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    assert_int_equal(field("Anna", "status"), BW_CANCELLED);
    assert_true(field("Anna", "revision") > revision);
    revision = office_number(&office, "SELECT revision FROM session");
    done(office_run(&office, "cancel", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT revision FROM session"), revision);
}

static void
an_unknown_code_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    static const char *const commands[] = {"cancel", "unblock", "reissue"};
    char *before = office_dump(&office);
    for (size_t i = 0; i < 3; i++) {
        done(office_run(&office, commands[i], "zzzz-zzzz", NULL), BW_EXIT_FAILED);
        done(office_run(&office, commands[i], "Annabel", NULL), BW_EXIT_FAILED);
    }
    done(office_run(&office, "block", "ZZZZZZZZ", "--why", "x", NULL), BW_EXIT_FAILED);
    done(office_run(&office, "promote", "--session", "S-2", NULL), BW_EXIT_FAILED);
    char *after = office_dump(&office);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void
the_waitlist_moves_up_in_order_with_new_tickets(void **state)
{
    (void)state;
    done(office_run(&office, "cancel", office_code(&office, "Bo"), NULL), BW_EXIT_DONE);
    done(office_run(&office, "cancel", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    enum bw_exit result;
    json_t *answer = office_json(
        &office, &result, "promote", "--session", "S-1", "--count", "1", NULL);
    done(result, BW_EXIT_DONE);
    assert_int_equal(json_array_size(json_object_get(answer, "promoted")), 1);
    assert_int_equal(json_number_of(answer, "free"), 1);
    assert_int_equal(json_number_of(answer, "waitlisted"), 2);
    json_decref(answer);
    assert_int_equal(field("Cas", "status"), BW_CONFIRMED);
    assert_int_equal(field("Cas", "generation"), 1);
    assert_int_equal(field("Dirk", "status"), BW_WAITLISTED);
    assert_int_equal(field("Dirk", "generation"), 0);
    done(office_run(&office, "promote", "--session", "s-1", NULL), BW_EXIT_DONE);
    assert_int_equal(field("Dirk", "status"), BW_CONFIRMED);
    assert_int_equal(field("Eva", "status"), BW_WAITLISTED);
    done(office_run(&office, "promote", "--session", "S-1", NULL), BW_EXIT_DONE);
    assert_int_equal(field("Eva", "status"), BW_WAITLISTED);
    done(office_run(&office, "promote", "--session", "S-1", "--count", "1", NULL),
        BW_EXIT_LOOK);
}

/* Whom the office chooses goes before who waits first, and why stays with the step. */
static void
a_place_goes_out_of_turn_with_a_reason_that_is_kept(void **state)
{
    (void)state;
    done(office_run(&office, "promote", office_code(&office, "Dirk"), "--session", "S-1",
             "--why", "no place is free", NULL),
        BW_EXIT_FAILED);
    done(office_run(&office, "cancel", office_code(&office, "Bo"), NULL), BW_EXIT_DONE);
    char *before = office_dump(&office);
    done(office_run(
             &office, "promote", office_code(&office, "Dirk"), "--session", "S-1", NULL),
        BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "--why"));
    done(office_run(&office, "promote", office_code(&office, "Anna"), "--session", "S-1",
             "--why", "has one", NULL),
        BW_EXIT_FAILED);
    done(office_run(&office, "promote", "--session", "S-1", "--why", "who?", NULL),
        BW_EXIT_USAGE);
    char *after = office_dump(&office);
    assert_string_equal(after, before);
    free(before);
    free(after);
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "promote",
        office_code(&office, "Dirk"), "--session", "S-1", "--why", "speaks there", NULL);
    done(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "passed"), 1);
    assert_int_equal(json_number_of(answer, "waitlisted"), 2);
    json_decref(answer);
    assert_int_equal(field("Dirk", "status"), BW_CONFIRMED);
    assert_int_equal(field("Dirk", "generation"), 1);
    assert_int_equal(field("Cas", "status"), BW_WAITLISTED);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM step WHERE what = 'promote'"
                               " AND about = 'S-1' AND why = 'speaks there'"),
        1);
    done(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(field("Dirk", "status"), BW_WAITLISTED);
}

/* Whose turn it is needs no reason. */
static void
a_place_goes_to_who_is_next_without_a_reason(void **state)
{
    (void)state;
    done(office_run(&office, "cancel", office_code(&office, "Bo"), NULL), BW_EXIT_DONE);
    done(office_run(
             &office, "promote", office_code(&office, "Cas"), "--session", "S-1", NULL),
        BW_EXIT_DONE);
    assert_int_equal(field("Cas", "status"), BW_CONFIRMED);
}

static void
the_own_region_comes_first_only_where_the_series_says_so(void **state)
{
    (void)state;
    done(office_run(&office, "cancel", office_code(&office, "Bo"), NULL), BW_EXIT_DONE);
    done(office_run(&office, "promote", "--session", "S-1", NULL), BW_EXIT_DONE);
    assert_int_equal(
        field("Dirk", "status"), BW_CONFIRMED); /* Cas came before, from Noord */
    assert_int_equal(field("Cas", "status"), BW_WAITLISTED);
}

/* Each form by itself, so that lines tie: the kiosk, which knows of no forms, orders such
 * people by their codes. */
static void
ties_of_second_and_line_go_by_code_as_at_the_kiosk(void **state)
{
    (void)state;
    static const char *const names[] = {"Gijs", "Huub", "Ida", "Jet", "Kik", "Wouter"};
    enum { TIES = sizeof names / sizeof names[0] };
    for (size_t i = 0; i < TIES; i++) {
        char form[256];
        (void)snprintf(form, sizeof form,
            HEADING "10-02-2025 12:00,%s@b.example,%s Mol,O,brugfunctionaris,Oost\n",
            names[i], names[i]);
        const char *path = office_write(&office, "tie.csv", form);
        done(office_run(
                 &office, "import", "registrations", path, "--session", "S-1", NULL),
            BW_EXIT_DONE);
    }
    done(office_run(&office, "cancel", office_code(&office, "Bo"), NULL), BW_EXIT_DONE);
    for (size_t i = 0; i < TIES; i++) {
        done(office_run(&office, "promote", "--session", "S-1", NULL), BW_EXIT_DONE);
        bw_code promoted = (bw_code)office_number(
            &office, "SELECT code FROM registration WHERE name = 'Mol' AND status = 0");
        assert_int_equal(promoted,
            office_number(&office,
                "SELECT min(code) FROM registration WHERE name = 'Mol' AND status < 2"));
        char code[BW_CODE_BYTES];
        bw_code_format(promoted, code);
        done(office_run(&office, "cancel", code, NULL), BW_EXIT_DONE);
    }
}

static void
a_block_is_lifted_to_what_was_before(void **state)
{
    (void)state;
    done(office_run(&office, "block", office_code(&office, "Cas"), NULL), BW_EXIT_USAGE);
    done(office_run(&office, "block", office_code(&office, "Cas"), "--why", "", NULL),
        BW_EXIT_FAILED);
    done(
        office_run(&office, "block", office_code(&office, "Cas"), "--why", "ruzie", NULL),
        BW_EXIT_DONE);
    assert_int_equal(field("Cas", "status"), BW_BLOCKED);
    done(
        office_run(&office, "cancel", office_code(&office, "Cas"), NULL), BW_EXIT_FAILED);
    done(office_run(&office, "block", office_code(&office, "Cas"), "--why", "meer", NULL),
        BW_EXIT_DONE);
    done(office_run(&office, "unblock", office_code(&office, "Cas"), NULL), BW_EXIT_DONE);
    assert_int_equal(field("Cas", "status"), BW_WAITLISTED);
    assert_string_equal(
        office_text(&office, "SELECT why FROM registration WHERE first_name = 'Cas'"),
        "|");
    done(office_run(&office, "unblock", office_code(&office, "Cas"), NULL),
        BW_EXIT_FAILED);
}

static void
a_blocked_person_whose_place_is_gone_waits_again(void **state)
{
    (void)state;
    done(office_run(&office, "block", office_code(&office, "Anna"), "--why", "x", NULL),
        BW_EXIT_DONE);
    done(office_run(&office, "promote", "--session", "S-1", NULL), BW_EXIT_DONE);
    done(
        office_run(&office, "unblock", office_code(&office, "Anna"), NULL), BW_EXIT_LOOK);
    assert_int_equal(field("Anna", "status"), BW_WAITLISTED);
}

static void
reissue_is_for_people_with_a_place(void **state)
{
    (void)state;
    assert_int_equal(bw_core_init(NULL), BW_OK);
    done(
        office_run(&office, "reissue", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    done(
        office_run(&office, "reissue", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    assert_int_equal(field("Anna", "generation"), 2);
    assert_int_equal(office_number(&office,
                         "SELECT count(*) FROM ticket WHERE code = (SELECT code FROM"
                         " registration WHERE first_name = 'Anna')"),
        3);
    done(office_run(&office, "reissue", office_code(&office, "Cas"), NULL),
        BW_EXIT_FAILED);
    assert_int_equal(field("Cas", "generation"), 0);
}

static void
tickets_hold_against_the_public_key_that_status_tells(void **state)
{
    (void)state;
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "status", NULL);
    done(result, BW_EXIT_DONE);
    const json_t *key = json_array_get(json_object_get(answer, "keys"), 0);
    struct bw_keyring keyring = {.count = 1};
    keyring.keys[0].key = (uint8_t)json_number_of(key, "key");
    const char *hex = json_string_value(json_object_get(key, "public"));
    assert_int_equal(strlen(hex), 64);
    for (size_t i = 0; i < 32; i++) {
        unsigned byte;
        assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
        keyring.keys[0].bytes[i] = (uint8_t)byte;
    }
    json_decref(answer);
    char text[256];
    (void)snprintf(text, sizeof text, "%s",
        office_text(&office, "SELECT text FROM ticket ORDER BY code LIMIT 1"));
    text[strlen(text) - 1] = '\0';
    struct bw_ticket ticket;
    assert_int_equal(bw_ticket_read(text, &keyring, &ticket), BW_TICKET_SIGNED);
    assert_int_equal(ticket.code,
        office_number(&office, "SELECT code FROM ticket ORDER BY code LIMIT 1"));
}

static void
status_tells_the_counts(void **state)
{
    (void)state;
    done(office_run(&office, "cancel", office_code(&office, "Bo"), NULL), BW_EXIT_DONE);
    done(office_run(&office, "block", office_code(&office, "Eva"), "--why", "x", NULL),
        BW_EXIT_DONE);
    enum bw_exit result;
    json_t *answer = office_json(&office, &result, "status", NULL);
    done(result, BW_EXIT_DONE);
    const json_t *session = json_array_get(json_object_get(answer, "sessions"), 0);
    static const struct {
        const char *name;
        int value;
    } expected[] = {{"session_no", 1}, {"capacity", 2}, {"confirmed", 1},
        {"waitlisted", 2}, {"cancelled", 1}, {"blocked", 1}, {"present", 0},
        {"walk_ins", 0}, {"guests", 0}, {"conflicts", 0}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_int_equal(json_number_of(session, expected[i].name), expected[i].value);
    }
    assert_int_equal(json_array_size(json_object_get(answer, "devices")), 0);
    json_decref(answer);
}

/* True where a file of the office holds the bytes. */
static bool
file_holds(const char *name, const char *bytes)
{
    FILE *file = fopen(office_path(&office, name), "rb");
    if (file == NULL) {
        return false;
    }
    char *text = NULL;
    size_t capacity = 0;
    FILE *copy = open_memstream(&text, &capacity);
    for (int c; (c = fgetc(file)) != EOF;) {
        (void)fputc(c, copy);
    }
    (void)fclose(file);
    (void)fclose(copy);
    bool holds = memmem(text, capacity, bytes, strlen(bytes)) != NULL;
    free(text);
    return holds;
}

static void
purge_leaves_counts_and_no_trace_of_people(void **state)
{
    (void)state;
    assert_true(file_holds("central.db", "c@b.example") ||
                file_holds("central.db-wal", "c@b.example"));
    done(office_run(&office, "purge", "--before", "2025-03-25", NULL), BW_EXIT_DONE);
    assert_int_equal(field("Anna", "status"), BW_CONFIRMED); /* ends that day: stays */
    enum bw_exit result;
    json_t *answer =
        office_json(&office, &result, "purge", "--before", "2025-03-26", NULL);
    done(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "people"), 5);
    const json_t *line = json_array_get(json_object_get(answer, "sessions"), 0);
    assert_int_equal(json_number_of(line, "registrations"), 5);
    assert_int_equal(json_number_of(line, "tickets"), 5);
    json_decref(answer);
    assert_string_equal(
        office_text(
            &office, "SELECT registered, confirmed, waitlisted FROM purged_session"),
        "5|2|3|");
    static const char *const files[] = {"central.db", "central.db-wal"};
    for (size_t i = 0; i < 2; i++) {
        assert_false(file_holds(files[i], "c@b.example"));
        assert_false(file_holds(files[i], "Dirk"));
        assert_false(file_holds(files[i], "BW1:"));
    }
    answer = office_json(&office, &result, "import", "registrations",
        office_path(&office, "f.csv"), "--session", "S-1", NULL);
    done(result, BW_EXIT_LOOK);
    assert_int_equal(json_array_size(json_object_get(answer, "rejected")), 5);
    json_decref(answer);
}

static void
purge_takes_no_date_to_come(void **state)
{
    (void)state;
    done(office_run(&office, "purge", "--before", "2025-03-26", "--clock",
             "2025-03-01T12:00:00", NULL),
        BW_EXIT_USAGE);
    done(office_run(&office, "purge", "--before", "maart", NULL), BW_EXIT_USAGE);
    assert_int_equal(field("Anna", "status"), BW_CONFIRMED);
}

static void
several_are_one_step_that_is_taken_back_whole(void **state)
{
    (void)state;
    done(office_run(
             &office, "cancel", "Anna Vos", "Bo Vos", "Cas Vos", "--why", "griep", NULL),
        BW_EXIT_DONE);
    assert_int_equal(field("Anna", "status"), BW_CANCELLED);
    assert_int_equal(field("Cas", "status"), BW_CANCELLED);
    assert_string_equal(
        office_text(&office, "SELECT why FROM step WHERE what = 'cancel'"), "griep|");
    done(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(field("Anna", "status"), BW_CONFIRMED);
    assert_int_equal(field("Bo", "status"), BW_CONFIRMED);
    assert_int_equal(field("Cas", "status"), BW_WAITLISTED);
    done(office_run(&office, "reissue", "Anna Vos", "Bo Vos", NULL), BW_EXIT_DONE);
    assert_int_equal(field("Bo", "generation"), 1);
    done(office_run(&office, "undo", NULL), BW_EXIT_DONE);
    assert_int_equal(field("Anna", "generation"), 0);
    assert_int_equal(field("Bo", "generation"), 0);
}

static void
where_one_of_several_is_refused_nobody_is_changed(void **state)
{
    (void)state;
    done(office_run(&office, "block", "Bo Vos", "--why", "x", NULL), BW_EXIT_DONE);
    done(office_run(&office, "cancel", "Anna Vos", "Bo Vos", NULL), BW_EXIT_FAILED);
    assert_int_equal(field("Anna", "status"), BW_CONFIRMED);
    assert_string_equal(office.out, "");
    done(office_run(&office, "reissue", "Anna Vos", "Eva Vos", NULL), BW_EXIT_FAILED);
    assert_int_equal(field("Anna", "generation"), 0);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_plain, close_office)
        WITH_OFFICE(cancel_frees_a_place_and_raises_the_revision),
        WITH_OFFICE(an_unknown_code_is_refused_and_changes_nothing),
        WITH_OFFICE(the_waitlist_moves_up_in_order_with_new_tickets),
        WITH_OFFICE(a_place_goes_out_of_turn_with_a_reason_that_is_kept),
        WITH_OFFICE(a_place_goes_to_who_is_next_without_a_reason),
        cmocka_unit_test_setup_teardown(
            the_own_region_comes_first_only_where_the_series_says_so,
            open_own_region_first, close_office),
        WITH_OFFICE(ties_of_second_and_line_go_by_code_as_at_the_kiosk),
        WITH_OFFICE(a_block_is_lifted_to_what_was_before),
        WITH_OFFICE(a_blocked_person_whose_place_is_gone_waits_again),
        WITH_OFFICE(reissue_is_for_people_with_a_place),
        WITH_OFFICE(several_are_one_step_that_is_taken_back_whole),
        WITH_OFFICE(where_one_of_several_is_refused_nobody_is_changed),
        WITH_OFFICE(tickets_hold_against_the_public_key_that_status_tells),
        WITH_OFFICE(status_tells_the_counts),
        WITH_OFFICE(purge_leaves_counts_and_no_trace_of_people),
        WITH_OFFICE(purge_takes_no_date_to_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
