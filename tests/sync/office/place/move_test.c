/* `move`: a person to another circle, by the real command; what mails, kiosks and undo
 * make of it. */

#include "tests/sync/kiosk_help.h"
#include "tests/sync/one_office.h"

#include <brugwachter/session.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define DAY "--clock", "2025-03-10T10:00:00"
#define HEADING "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"

/* S-1 has two places and four people, S-2 two places and one, S-3 is of another series,
 * S-4 for others, S-5 was in February. */
static int
open_circles(void **state)
{
    (void)state;
    office_open(&office, 2, false);
    const char *sessions = office_write(&office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Tilburg,leerkring,Zuid,LocHal,2025-04-10T13:30,"
        "2025-04-10T16:30,2,brugfunctionaris\n"
        "S-3,anders,Leerkring Emmen,leerkring,Noord,Huis,2025-04-11T13:30,"
        "2025-04-11T16:30,2,brugfunctionaris\n"
        "S-4,reeks,Training,training,Oost,Huis,2025-04-12T13:30,2025-04-12T16:30,2,"
        "schoolleider\n"
        "S-5,reeks,Leerkring Arnhem,leerkring,Oost,Huis,2025-02-20T13:30,"
        "2025-02-20T16:30,2,brugfunctionaris\n");
    assert_int_equal(
        office_run(&office, "import", "sessions", sessions, DAY, NULL), BW_EXIT_DONE);
    const char *one = office_write(&office, "one.csv",
        HEADING "10-02-2025 12:01,a@b.example,Anna Vos,O,brugfunctionaris,Oost\n"
                "10-02-2025 12:02,b@b.example,Bo Vos,O,brugfunctionaris,Oost\n"
                "10-02-2025 12:03,c@b.example,Cas Vos,O,brugfunctionaris,Oost\n"
                "10-02-2025 12:04,d@b.example,Dirk Vos,O,brugfunctionaris,Oost\n");
    assert_int_equal(office_run(&office, "import", "registrations", one, "--session",
                         "S-1", DAY, NULL),
        BW_EXIT_DONE);
    const char *two = office_write(&office, "two.csv",
        HEADING "10-02-2025 13:01,z@b.example,Zoë Mol,P,brugfunctionaris,Zuid\n");
    assert_int_equal(office_run(&office, "import", "registrations", two, "--session",
                         "S-2", DAY, NULL),
        BW_EXIT_DONE);
    return 0;
}

static void
move(enum bw_exit want, const char *who, const char *where)
{
    enum bw_exit result = office_run(&office, "move", who, "--session", where, DAY, NULL);
    if (result != want) {
        fail_msg("move %s: %d: %s%s", who, (int)result, office.out, office.diag);
    }
}

/* "0|0|" by session: their statuses, however often they are there. */
static const char *
statuses_of(const char *first_name)
{
    char sql[200];
    (void)snprintf(sql, sizeof sql,
        "SELECT session_no, status FROM registration WHERE first_name = '%s'"
        " ORDER BY session_no",
        first_name);
    return office_text(&office, sql);
}

static void
is_refused(const char *who, const char *where, const char *why)
{
    char *before = office_dump(&office);
    move(BW_EXIT_FAILED, who, where);
    says(why);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
who_is_moved_gives_up_a_place_and_gets_one_with_a_ticket_of_its_own(void **state)
{
    (void)state;
    enum bw_exit result;
    json_t *answer =
        office_json(&office, &result, "move", "anna vos", "--session", "S-2", DAY, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_string_equal(statuses_of("Anna"), "1|2|2|0|");
    assert_string_equal(
        json_string_value(json_object_get(answer, "status")), "confirmed");
    assert_true(json_is_true(json_object_get(answer, "frees")));
    assert_null(json_object_get(answer, "position"));
    assert_non_null(json_object_get(answer, "next")); /* Cas, who waits first */
    json_decref(answer);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM ticket t JOIN registration r"
                               " ON r.code = t.code AND r.session_no = t.session_no"
                               " WHERE r.first_name = 'Anna' AND r.session_no = 2"
                               " AND t.generation = 0"),
        1);
    assert_int_equal(office_number(&office, "SELECT count(DISTINCT person_no)"
                                            " FROM registration WHERE name = 'Vos'"),
        4);
}

static void
where_it_is_full_they_wait_behind_everybody(void **state)
{
    (void)state;
    move(BW_EXIT_DONE, "anna vos", "S-2"); /* now it's full */
    move(BW_EXIT_DONE, "dirk vos", "S-2");
    says("1 on the waiting list there");
    move(BW_EXIT_DONE, "cas vos", "S-2"); /* signed up before Dirk, asked after him */
    says("2 on the waiting list there");
    move(BW_EXIT_DONE, "zoë mol", "S-1"); /* a place is free there, and nobody waits */
    says("with a place there");
    assert_int_equal(
        office_run(&office, "promote", "--session", "S-2", DAY, NULL), BW_EXIT_DONE);
    assert_string_equal(statuses_of("Dirk"), "1|2|2|0|");
    assert_string_equal(statuses_of("Cas"), "1|2|2|1|");
}

static void
nobody_passes_those_who_wait_where_a_place_is_free(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "cancel", "bo vos", DAY, NULL), BW_EXIT_DONE);
    move(BW_EXIT_DONE, "zoë mol", "S-1");
    says("3 on the waiting list there");
    assert_string_equal(statuses_of("Zoë"), "1|1|2|2|");
}

static void
what_cant_be_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    is_refused("anna vos", "S-1", "they are in it already");
    is_refused("anna vos", "S-3", "another series");
    is_refused("anna vos", "S-4", "for others than their role says");
    is_refused("anna vos", "S-5", "it is over");
    is_refused("anna vos", "S-9", "S-9");
    is_refused("annabel", "S-2", "annabel");
    assert_int_equal(
        office_run(&office, "block", "anna vos", "--why", "x", DAY, NULL), BW_EXIT_DONE);
    is_refused("anna vos", "S-2", "it is blocked");
    assert_int_equal(office_run(&office, "cancel", "bo vos", DAY, NULL), BW_EXIT_DONE);
    is_refused("bo vos", "S-2", "it is cancelled");
    assert_int_equal(
        office_run(&office, "session", "cancel", "S-2", DAY, NULL), BW_EXIT_DONE);
    is_refused("cas vos", "S-2", "called off");
    assert_int_equal(office_run(&office, "move", "cas vos", NULL), BW_EXIT_USAGE);
}

static void
whose_sign_up_is_in_doubt_stays_until_it_is_settled(void **state)
{
    (void)state;
    const char *form = office_write(&office, "doubt.csv",
        HEADING "11-02-2025 12:01,a@b.example,Karel Bos,O,brugfunctionaris,Oost\n");
    assert_int_equal(office_run(&office, "import", "registrations", form, "--session",
                         "S-1", DAY, NULL),
        BW_EXIT_LOOK);
    is_refused("karel bos", "S-2", "in doubt");
}

static void
a_circle_that_is_called_off_lets_its_people_go_elsewhere(void **state)
{
    (void)state;
    assert_int_equal(
        office_run(&office, "session", "cancel", "S-1", DAY, NULL), BW_EXIT_DONE);
    move(BW_EXIT_DONE, "anna vos", "S-2");
    assert_null(strstr(office.out, "is free"));
    assert_string_equal(statuses_of("Anna"), "1|2|2|0|");
}

static void
check_shows_it_and_changes_nothing(void **state)
{
    (void)state;
    char *before = office_dump(&office);
    assert_int_equal(
        office_run(&office, "move", "anna vos", "--session", "S-2", "--check", DAY, NULL),
        BW_EXIT_DONE);
    says("goes from S-1 to S-2");
    says("waits first");
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* All but revisions, which only grow, and tickets, which were issued once and for all. */
static char *
people(void)
{
    return strdup(office_text(&office,
        "SELECT r.code, r.session_no, r.person_no, r.status, r.status_before,"
        " r.generation, r.signed_up_ms, r.line, r.batch_no, r.answers_ms, r.first_name,"
        " r.name, r.school, r.role, r.region, r.table_name, r.why, r.attention,"
        " coalesce(r.followed_by, -1), coalesce(r.placed_ms, -1), r.changed_ms, p.mail"
        " FROM person p LEFT JOIN registration r"
        " ON p.person_no = r.person_no ORDER BY p.person_no, r.code"));
}

static void
undo_gives_back_the_same_people_and_places(void **state)
{
    (void)state;
    char *before = people();
    move(BW_EXIT_DONE, "anna vos", "S-2");
    char *moved = people();
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    says("Anna Vos, S-1: confirmed");
    says("Anna Vos, S-2: gone");
    char *after = people();
    assert_string_equal(before, after);
    free(after);
    assert_int_equal(office_run(&office, "undo", "6", DAY, NULL), BW_EXIT_DONE);
    after = people();
    assert_string_equal(moved, after);
    free(before);
    free(moved);
    free(after);
}

/* S-2 has one place free: who signed up first gets it, however they are named. */
static void
several_go_as_one_step_in_the_order_of_their_sign_up(void **state)
{
    (void)state;
    char *before = people();
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    assert_int_equal(
        office_run(&office, "move", "bo vos", "anna vos", "--session", "S-2", DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps + 1);
    assert_string_equal(statuses_of("Anna"), "1|2|2|0|");
    assert_string_equal(statuses_of("Bo"), "1|2|2|1|");
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    says("Anna Vos, S-1: confirmed");
    says("Bo Vos, S-1: confirmed");
    char *after = people();
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
where_one_of_several_is_refused_nobody_goes(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "cancel", "bo vos", DAY, NULL), BW_EXIT_DONE);
    char *before = office_dump(&office);
    assert_int_equal(
        office_run(&office, "move", "anna vos", "bo vos", "--session", "S-2", DAY, NULL),
        BW_EXIT_FAILED);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
a_place_that_was_given_to_the_next_is_not_taken_back(void **state)
{
    (void)state;
    move(BW_EXIT_DONE, "anna vos", "S-2");
    assert_int_equal(
        office_run(&office, "promote", "--session", "S-1", DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "undo", "5", DAY, NULL), BW_EXIT_FAILED);
    says("given to somebody else");
}

/* FO1: what was first leads to where they are now. FO2: and where they are leads nowhere.
 */
static void
who_is_moved_on_or_back_is_led_to_at_once(void **state)
{
    (void)state;
    static const char leads[] = "SELECT count(*) FROM registration r JOIN registration f"
                                " ON f.code = r.followed_by WHERE r.first_name = 'Anna'"
                                " AND f.status = 0 AND f.session_no = 1";
    move(BW_EXIT_DONE, "anna vos", "S-2");
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(
        (bw_code)office_number(&office, "SELECT code FROM registration WHERE first_name"
                                        " = 'Anna' AND session_no = 2"),
        code);
    assert_int_equal(office_run(&office, "cancel", "cas vos", DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "cancel", "dirk vos", DAY, NULL), BW_EXIT_DONE);
    move(BW_EXIT_DONE, code, "S-1");
    assert_string_equal(statuses_of("Anna"), "1|0|2|2|");
    assert_int_equal(office_number(&office, leads), 1);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE session_no = 1"
                               " AND first_name = 'Anna' AND followed_by IS NULL"),
        1);
}

/* ---- what mails say (TM5) ---- */

/* "Anna:moved:S-2 …", in a buffer that the next call takes. */
static const char *
due(void)
{
    static char text[512];
    enum bw_exit result;
    size_t i, used = 0;
    json_t *root = office_json(&office, &result, "mail", "--check", DAY, NULL), *one;
    text[0] = '\0';
    json_array_foreach(json_object_get(root, "due"), i, one)
    {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s:%s:%s",
            used > 0 ? " " : "", json_string_value(json_object_get(one, "first_name")),
            json_string_value(json_object_get(one, "kind")),
            json_string_value(json_object_get(one, "session")));
    }
    json_decref(root);
    return text;
}

static void
tell(const char *folder)
{
    enum bw_exit result = office_run(&office, "mail", "--out",
        office_path(&office, folder), "--mail-from", "ria@x.nl", DAY, NULL);
    assert_in_range(result, BW_EXIT_DONE, BW_EXIT_LOOK);
    assert_string_equal(due(), "");
}

static void
one_mail_tells_of_both_places_and_the_same_entry_moves(void **state)
{
    (void)state;
    tell("first");
    move(BW_EXIT_DONE, "anna vos", "S-2");
    assert_string_equal(due(), "Anna:moved:S-2");
    tell("second");
    assert_int_equal(
        office_number(&office, "SELECT count(DISTINCT uid) FROM told"
                               " WHERE first_name = 'Anna' AND calendar = 1"),
        1);
    assert_int_equal(office_number(&office, "SELECT max(sequence) - min(sequence)"
                                            " FROM told WHERE first_name = 'Anna'"),
        1);
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    assert_string_equal(due(), "Anna:moved:S-1");
    tell("third");
    char step[24];
    (void)snprintf(step, sizeof step, "%" PRId64,
        office_number(&office, "SELECT max(step_no) FROM step"));
    assert_int_equal(office_run(&office, "undo", step, DAY, NULL), BW_EXIT_DONE);
    assert_string_equal(due(), "Anna:moved:S-2");
}

static void
back_and_forth_before_a_mail_is_no_news(void **state)
{
    (void)state;
    tell("first");
    move(BW_EXIT_DONE, "anna vos", "S-2");
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    assert_string_equal(due(), "");
}

static void
who_loses_a_place_by_it_hears_that_and_their_number(void **state)
{
    (void)state;
    tell("first");
    move(BW_EXIT_DONE, "anna vos", "S-2");
    tell("second");
    move(BW_EXIT_DONE, "bo vos", "S-2");
    assert_string_equal(due(), "Bo:cancelled:S-1 Bo:waiting:S-2");
    tell("third");
    assert_int_equal(office_run(&office, "cancel", "zoë mol", DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "promote", "--session", "S-2", DAY, NULL), BW_EXIT_DONE);
    assert_string_equal(due(), "Zoë:cancelled:S-2 Bo:place:S-2");
}

static void
who_was_never_told_anything_gets_a_ticket(void **state)
{
    (void)state;
    move(BW_EXIT_DONE, "anna vos", "S-2");
    assert_non_null(strstr(due(), "Anna:ticket:S-2"));
    assert_null(strstr(due(), "Anna:cancelled"));
}

/* ---- what kiosks hear ---- */

static void
the_kiosk_of_the_circle_they_left_says_where_they_went(void **state)
{
    (void)state;
    struct kiosk kiosk;
    kiosk_open(&kiosk, &office, "Zuil", "S-1");
    move(BW_EXIT_DONE, "anna vos", "S-2");
    assert_int_equal(kiosk_run(&kiosk, "pull", DAY, NULL), BW_EXIT_DONE);
    assert_true(kiosk_holds(&kiosk, "verplaatst naar Leerkring Tilburg"));
    assert_int_equal(office_run(&office, "undo", DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(kiosk_run(&kiosk, "pull", DAY, NULL), BW_EXIT_DONE);
    struct bw_store *store = kiosk_store(&kiosk, BW_STORE_READ);
    struct bw_registration anna;
    bw_code code = (bw_code)office_number(
        &office, "SELECT code FROM registration WHERE first_name = 'Anna'");
    assert_int_equal(bw_store_registration(store, code, &anna, NULL), BW_OK);
    assert_int_equal(anna.status, BW_CONFIRMED);
    assert_string_equal(anna.person.attention, "");
    bw_store_close(store);
    kiosk_finish(&kiosk);
}

int
main(void)
{
#define WITH_CIRCLES(test)                                                               \
    cmocka_unit_test_setup_teardown(test, open_circles, close_office)
    const struct CMUnitTest tests[] = {
        WITH_CIRCLES(who_is_moved_gives_up_a_place_and_gets_one_with_a_ticket_of_its_own),
        WITH_CIRCLES(where_it_is_full_they_wait_behind_everybody),
        WITH_CIRCLES(nobody_passes_those_who_wait_where_a_place_is_free),
        WITH_CIRCLES(what_cant_be_is_refused_and_changes_nothing),
        WITH_CIRCLES(whose_sign_up_is_in_doubt_stays_until_it_is_settled),
        WITH_CIRCLES(a_circle_that_is_called_off_lets_its_people_go_elsewhere),
        WITH_CIRCLES(check_shows_it_and_changes_nothing),
        WITH_CIRCLES(undo_gives_back_the_same_people_and_places),
        WITH_CIRCLES(several_go_as_one_step_in_the_order_of_their_sign_up),
        WITH_CIRCLES(where_one_of_several_is_refused_nobody_goes),
        WITH_CIRCLES(a_place_that_was_given_to_the_next_is_not_taken_back),
        WITH_CIRCLES(who_is_moved_on_or_back_is_led_to_at_once),
        WITH_CIRCLES(one_mail_tells_of_both_places_and_the_same_entry_moves),
        WITH_CIRCLES(back_and_forth_before_a_mail_is_no_news),
        WITH_CIRCLES(who_loses_a_place_by_it_hears_that_and_their_number),
        WITH_CIRCLES(who_was_never_told_anything_gets_a_ticket),
        WITH_CIRCLES(the_kiosk_of_the_circle_they_left_says_where_they_went),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
