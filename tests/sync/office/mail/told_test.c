/* Who is to be told what: the difference with what they were last told. */
#include "office/mail/told.h"
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <stdlib.h>
#include <string.h>

static const char form[] =
    "Tijdstempel,Naam,Functie,School,E-mailadres\n"
    "10-02-2025 12:01,Anna Vos,brugfunctionaris,De Brug,anna@school.example\n"
    "10-02-2025 12:02,Bas Mol,brugfunctionaris,De Brug,bas@school.example\n"
    "10-02-2025 12:03,Cor Wit,brugfunctionaris,De Brug,cor@school.example\n"
    "10-02-2025 12:04,Dee Bol,brugfunctionaris,De Brug,\n";

static const char *const day = "2025-03-10T10:00:00";

#define RUN(office, ...) office_run(office, __VA_ARGS__, "--clock", day, NULL)

/* Two places, four people. */
static void
open_full(struct office *office)
{
    office_open(office, 2, false);
    assert_int_equal(RUN(office, "import", "registrations",
                         office_write(office, "f.csv", form), "--session", "S-1"),
        BW_EXIT_DONE);
}

static json_t *
check(struct office *office)
{
    enum bw_exit result;
    json_t *root = office_json(office, &result, "mail", "--check", "--clock", day, NULL);
    assert_non_null(root);
    return root;
}

/* "anna:ticket bas:waiting(1)", by first name, in a buffer that the next call takes. */
static const char *
due_of(struct office *office)
{
    static char text[512];
    json_t *root = check(office), *one;
    size_t i, used = 0;
    text[0] = '\0';
    json_array_foreach(json_object_get(root, "due"), i, one)
    {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s:%s",
            used > 0 ? " " : "", json_string_value(json_object_get(one, "first_name")),
            json_string_value(json_object_get(one, "kind")));
        if (json_object_get(one, "position") != NULL) {
            used += (size_t)snprintf(text + used, sizeof text - used, "(%d)",
                (int)json_number_of(one, "position"));
        }
    }
    json_decref(root);
    return text;
}

/* Notes that all who are due were told, as a run would. */
static void
tell_all(struct office *office)
{
    struct bw_central *central = NULL;
    struct bw_told_list list;
    int64_t mailing = 0, told = 0;
    assert_int_equal(
        bw_central_open(office->uri, BW_CENTRAL_OPEN, &central, NULL), BW_OK);
    struct bw_office verbs = {.central = central, .key_path = ""};
    bw_clock_init_system(&verbs.clock);
    bw_clock_inject(&verbs.clock, 1741600000000);
    assert_int_equal(bw_told_read(&verbs, NULL, NULL, &list, NULL), BW_OK);
    assert_int_equal(bw_central_begin(central, NULL), BW_OK);
    assert_int_equal(bw_told_new_mailing(central, &mailing, NULL), BW_OK);
    for (size_t i = 0; i < list.count; i++) {
        struct bw_told_said said = {.due = &list.due[i],
            .way = BW_TOLD_BY_EML,
            .message_id = "",
            .entry = list.due[i].entry};
        if (list.due[i].hindrance == BW_TOLD_NO_HINDRANCE) {
            assert_int_equal(bw_told_note(&verbs, mailing, &said, &told, NULL), BW_OK);
        }
    }
    assert_int_equal(bw_central_commit(central, NULL), BW_OK);
    bw_told_list_finish(&list);
    bw_central_close(central);
}

static void
a_new_sign_up_is_due_and_nobody_is_twice(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    assert_string_equal(due_of(&office), "Anna:ticket Bas:ticket Cor:waiting(1)");
    tell_all(&office);
    assert_string_equal(due_of(&office), ""); /* TM1 */
    office_finish(&office);
}

static void
who_has_no_address_is_named_and_is_something_to_look_at(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    json_t *root = check(&office);
    const json_t *hindered = json_object_get(root, "hindered");
    assert_int_equal(json_array_size(hindered), 1);
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(hindered, 0), "why")),
        "no_address");
    json_decref(root);
    assert_int_equal(RUN(&office, "mail", "--check"), BW_EXIT_LOOK);
    assert_non_null(strstr(office.out, "can't be told by mail"));
    office_finish(&office);
}

static void
who_signed_up_hears_that_it_is_called_off_even_as_the_first_mail(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    assert_int_equal(RUN(&office, "cancel", "anna vos"), BW_EXIT_DONE);
    assert_int_equal(RUN(&office, "session", "cancel", "S-1"), BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "Bas:cancelled Cor:cancelled");
    assert_int_equal(RUN(&office, "mail", "--out", office_path(&office, "mails"),
                         "--mail-from", "ria@x.nl"),
        BW_EXIT_LOOK); /* one has no address */
    assert_string_equal(due_of(&office), "");
    assert_int_equal(
        RUN(&office, "session", "reopen", "S-1", "--why", "toch"), BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "Bas:ticket Cor:waiting(1)");
    office_finish(&office);
}

static void
a_place_from_the_waiting_list_and_a_cancellation_are_told(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    tell_all(&office);
    assert_int_equal(RUN(&office, "cancel", "anna vos"), BW_EXIT_DONE);
    assert_int_equal(RUN(&office, "promote", "--session", "S-1"), BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "Anna:cancelled Cor:place");
    tell_all(&office);
    assert_string_equal(due_of(&office), "");
    office_finish(&office);
}

static void
what_is_undone_before_it_was_told_is_never_told(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    tell_all(&office);
    assert_int_equal(RUN(&office, "cancel", "anna vos"), BW_EXIT_DONE);
    assert_int_equal(RUN(&office, "undo"), BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "");
    office_finish(&office);
}

static void
what_is_undone_after_it_was_told_is_told(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    tell_all(&office);
    assert_int_equal(RUN(&office, "cancel", "anna vos"), BW_EXIT_DONE);
    tell_all(&office);
    assert_int_equal(RUN(&office, "undo"), BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "Anna:ticket");
    office_finish(&office);
}

static void
an_import_that_is_taken_back_is_told_to_who_was_told_of_it(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    tell_all(&office);
    assert_int_equal(RUN(&office, "undo"), BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "Anna:cancelled Bas:cancelled Cor:cancelled");
    tell_all(&office);
    assert_string_equal(due_of(&office), "");
    office_finish(&office);
}

static void
a_new_ticket_and_another_address_are_due_again(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    tell_all(&office);
    assert_int_equal(RUN(&office, "reissue", "anna vos"), BW_EXIT_DONE);
    static const char corrected[] =
        "Tijdstempel,Naam,Functie,School,E-mailadres\n"
        "10-02-2025 12:02,Bas Mol,brugfunctionaris,De Brug,bas.mol@school.example\n";
    assert_int_equal(RUN(&office, "import", "registrations",
                         office_write(&office, "g.csv", corrected), "--session", "S-1"),
        BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "Anna:renewed Bas:renewed");
    office_finish(&office);
}

static void
another_time_is_told_to_who_has_a_place_and_who_waits(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    tell_all(&office);
    static const char moved[] =
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-1,reeks,Leerkring Zwolle,leerkring,Oost,Stadhuis,2025-03-26T13:30,"
        "2025-03-26T16:30,2,brugfunctionaris\n";
    assert_int_equal(
        RUN(&office, "import", "sessions", office_write(&office, "s.csv", moved)),
        BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "Anna:moved Bas:moved Cor:moved(1)");
    json_t *root = check(&office);
    const json_t *was =
        json_object_get(json_array_get(json_object_get(root, "due"), 0), "was");
    assert_string_equal(json_string_value(json_object_get(was, "venue")), "Buurthuis");
    json_decref(root);
    office_finish(&office);
}

static void
nobody_is_told_of_a_session_that_is_over(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    assert_int_equal(office_run(&office, "mail", "--clock", "2025-03-26T10:00:00", NULL),
        BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "Everybody was told"));
    office_finish(&office);
}

static void
who_was_joined_with_another_is_told_once(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    tell_all(&office);
    char first[BW_CODE_SHOWN_BYTES], second[BW_CODE_SHOWN_BYTES];
    (void)snprintf(first, sizeof first, "%s", office_code(&office, "Anna"));
    (void)snprintf(second, sizeof second, "%s", office_code(&office, "Bas"));
    assert_int_equal(RUN(&office, "merge-people", first, second), BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "");
    office_finish(&office);
}

static void
the_log_says_what_went_to_whom_and_goes_with_a_purge(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    tell_all(&office);
    assert_int_equal(RUN(&office, "mail", "--sent"), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "anna@school.example, S-1: ticket, eml"));
    assert_int_equal(
        office_run(&office, "purge", "--before", "2025-03-26", NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 0);
    office_finish(&office);
}

/* TM2. */
static void
one_program_tells_at_a_time(void **state)
{
    (void)state;
    struct office office;
    struct bw_central *one = NULL, *other = NULL;
    struct bw_error err = {.text = ""};
    office_open(&office, 2, false);
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &one, NULL), BW_OK);
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &other, NULL), BW_OK);
    assert_int_equal(bw_central_take_turn(one, NULL), BW_OK);
    assert_int_equal(bw_central_take_turn(one, NULL), BW_OK);
    assert_int_equal(bw_central_take_turn(other, &err), BW_BUSY);
    assert_non_null(strstr(err.text, "another program is at it"));
    bw_central_close(one);
    assert_int_equal(bw_central_take_turn(other, NULL), BW_OK);
    bw_central_close(other);
    office_finish(&office);
}

/* TM3. */
static void
what_may_have_gone_is_due_still_under_the_same_name(void **state)
{
    (void)state;
    struct office office;
    struct bw_central *central = NULL;
    struct bw_told_list list;
    int64_t mailing = 0, told = 0;
    open_full(&office);
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, NULL), BW_OK);
    struct bw_office verbs = {.central = central, .key_path = ""};
    bw_clock_init_system(&verbs.clock);
    bw_clock_inject(&verbs.clock, 1741600000000);
    assert_int_equal(bw_told_read(&verbs, "s-1", NULL, &list, NULL), BW_OK);
    assert_int_equal(bw_central_begin(central, NULL), BW_OK);
    assert_int_equal(bw_told_new_mailing(central, &mailing, NULL), BW_OK);
    struct bw_told_said said = {.due = &list.due[0],
        .way = BW_TOLD_BY_SMTP,
        .message_id = "x@y",
        .entry = {"u@y", 0, BW_TOLD_ENTRY_STANDS},
        .on_its_way = true};
    assert_int_equal(bw_told_note(&verbs, mailing, &said, &told, NULL), BW_OK);
    assert_int_equal(bw_central_commit(central, NULL), BW_OK);
    bw_told_list_finish(&list);
    assert_int_equal(bw_told_read(&verbs, "s-1", NULL, &list, NULL), BW_OK);
    assert_int_equal(list.unsure, 1);
    assert_true(list.due[0].unsure);
    assert_string_equal(list.due[0].message_id, "x@y");
    assert_int_equal(bw_told_settle(&verbs, 1, told, true, NULL), BW_OK);
    bw_told_list_finish(&list);
    assert_int_equal(bw_told_read(&verbs, "s-1", NULL, &list, NULL), BW_OK);
    assert_int_equal(list.unsure, 0);
    assert_string_equal(list.due[0].first_name, "Bas");
    bw_told_list_finish(&list);
    bw_central_close(central);
    office_finish(&office);
}

static void
an_unknown_session_or_series_is_refused(void **state)
{
    (void)state;
    struct office office;
    office_open(&office, 2, false);
    assert_int_equal(RUN(&office, "mail", "--session", "NO"), BW_EXIT_FAILED);
    assert_int_equal(RUN(&office, "mail", "--series", "NO"), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "no series NO"));
    office_finish(&office);
}

static void
what_is_to_be_told_is_the_difference(void **state)
{
    (void)state;
    struct bw_told_state was = {.status = BW_CONFIRMED,
        .venue = "A",
        .address = "",
        .title = "T",
        .mail = "a@b.nl"};
    struct bw_told_state now = was;
    enum bw_told_kind kind = BW_TOLD_TICKET;
    assert_false(bw_told_decide(&now, &was, &kind));
    now.title = "Better";
    now.mail = "A@B.nl";
    assert_false(bw_told_decide(&now, &was, &kind));
    now.status = BW_BLOCKED;
    assert_false(bw_told_decide(&now, &was, &kind));
    now.status = BW_WAITLISTED;
    assert_true(bw_told_decide(&now, &was, &kind));
    assert_int_equal(kind, BW_TOLD_WAITING);
    was.status = BW_CANCELLED;
    now.status = BW_CANCELLED;
    assert_false(bw_told_decide(&now, &was, &kind));
    assert_false(bw_told_decide(&now, NULL, &kind));
}

static void
an_address_that_could_end_a_header_or_a_command_is_none(void **state)
{
    (void)state;
    static const char *const fine[] = {"a@b.nl", "x.y+z@sub.school.example"};
    static const char *const none[] = {"", "a", "a@b", "@b.nl", "a@", "a b@c.nl",
        "a@b.nl\r\nBcc: c@d.nl", "a@b.nl>", "<a@b.nl", "a@b..nl", "a..b@c.nl", ".a@b.nl",
        "a@-b.nl", "a@b.nl.", "a@b.nl,c@d.nl", "\"a\"@b.nl", "é@b.nl", "a@b@c.nl"};
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        assert_true(bw_told_address_is_fine(fine[i]));
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        if (bw_told_address_is_fine(none[i])) {
            fail_msg("%s", none[i]);
        }
    }
}

static void
who_was_told_by_phone_is_due_no_longer_until_that_is_taken_back(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    assert_int_equal(RUN(&office, "mail", "--told", "Dee Bol", "--check"), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 0);
    assert_int_equal(RUN(&office, "mail", "--told", "Dee Bol"), BW_EXIT_DONE);
    json_t *root = check(&office);
    assert_int_equal(json_array_size(json_object_get(root, "hindered")), 0);
    json_decref(root);
    assert_string_equal(due_of(&office), "Anna:ticket Bas:ticket Cor:waiting(1)");
    assert_int_equal(RUN(&office, "mail", "--told", "Dee Bol"), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "they heard how things are already"));
    assert_int_equal(RUN(&office, "mail", "--sent"), BW_EXIT_DONE);
    assert_non_null(strstr(office.out, "voice"));
    assert_int_equal(RUN(&office, "mail", "--not-sent"), BW_EXIT_DONE);
    root = check(&office);
    assert_int_equal(json_array_size(json_object_get(root, "hindered")), 1);
    json_decref(root);
    office_finish(&office);
}

static void
several_who_were_told_by_phone_are_one_run_and_all_or_none(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    assert_int_equal(
        RUN(&office, "mail", "--told", "Dee Bol", "Anna", "Nobody"), BW_EXIT_FAILED);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 0);
    assert_int_equal(RUN(&office, "mail", "--told", "Anna"), BW_EXIT_DONE);
    assert_int_equal(RUN(&office, "mail", "--told", "Dee Bol", "Anna"), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "they heard how things are already"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 1);
    assert_int_equal(RUN(&office, "mail", "--told", "Dee Bol", "Bas"), BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "Cor:waiting(1)");
    assert_int_equal(RUN(&office, "mail", "--not-sent"), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 1);
    office_finish(&office);
}

static void
everybody_of_a_circle_was_told_by_phone_where_the_circle_is_named(void **state)
{
    (void)state;
    struct office office;
    open_full(&office);
    assert_int_equal(RUN(&office, "mail", "--told", "all"), BW_EXIT_USAGE);
    assert_int_equal(
        RUN(&office, "mail", "--told", "all", "Anna", "--session", "S-1"), BW_EXIT_USAGE);
    assert_int_equal(RUN(&office, "mail", "Anna"), BW_EXIT_USAGE);
    assert_int_equal(RUN(&office, "mail", "--told", "all", "--session", "S-1", "--check"),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 0);
    assert_int_equal(
        RUN(&office, "mail", "--told", "all", "--session", "S-1"), BW_EXIT_DONE);
    assert_string_equal(due_of(&office), "");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM told"), 4);
    assert_int_equal(
        RUN(&office, "mail", "--told", "all", "--session", "S-1"), BW_EXIT_FAILED);
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_sign_up_is_due_and_nobody_is_twice),
        cmocka_unit_test(who_has_no_address_is_named_and_is_something_to_look_at),
        cmocka_unit_test(
            who_signed_up_hears_that_it_is_called_off_even_as_the_first_mail),
        cmocka_unit_test(a_place_from_the_waiting_list_and_a_cancellation_are_told),
        cmocka_unit_test(what_is_undone_before_it_was_told_is_never_told),
        cmocka_unit_test(what_is_undone_after_it_was_told_is_told),
        cmocka_unit_test(an_import_that_is_taken_back_is_told_to_who_was_told_of_it),
        cmocka_unit_test(a_new_ticket_and_another_address_are_due_again),
        cmocka_unit_test(another_time_is_told_to_who_has_a_place_and_who_waits),
        cmocka_unit_test(nobody_is_told_of_a_session_that_is_over),
        cmocka_unit_test(who_was_joined_with_another_is_told_once),
        cmocka_unit_test(the_log_says_what_went_to_whom_and_goes_with_a_purge),
        cmocka_unit_test(who_was_told_by_phone_is_due_no_longer_until_that_is_taken_back),
        cmocka_unit_test(several_who_were_told_by_phone_are_one_run_and_all_or_none),
        cmocka_unit_test(
            everybody_of_a_circle_was_told_by_phone_where_the_circle_is_named),
        cmocka_unit_test(one_program_tells_at_a_time),
        cmocka_unit_test(what_may_have_gone_is_due_still_under_the_same_name),
        cmocka_unit_test(an_unknown_session_or_series_is_refused),
        cmocka_unit_test(what_is_to_be_told_is_the_difference),
        cmocka_unit_test(an_address_that_could_end_a_header_or_a_command_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
