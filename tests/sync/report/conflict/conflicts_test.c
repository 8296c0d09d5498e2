/* What the organiser is told to look at; each kind has a day of its own. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include <string.h>

/* The one conflict there is, of this kind and with these events. */
static void
check_conflict(struct day *day, const char *kind, const char *text, size_t events)
{
    json_t *root = day_report(day, BW_EXIT_LOOK);
    json_t *conflicts = json_object_get(day_session(root), "conflicts");
    assert_int_equal(json_array_size(conflicts), 1);
    json_t *conflict = json_array_get(conflicts, 0);
    assert_string_equal(json_string_value(json_object_get(conflict, "kind")), kind);
    const char *said = json_string_value(json_object_get(conflict, "text"));
    if (!strstr(said, text)) {
        fail_msg("%s", said);
    }
    assert_int_equal(json_array_size(json_object_get(conflict, "events")), events);
    json_decref(root);
    assert_int_equal(office_run(&day->office, "status", NULL), BW_EXIT_LOOK);
}

static void
cancelled_meanwhile_is_a_conflict_and_counted(void **state)
{
    struct day *day = *state;
    char code[BW_CODE_BYTES];
    bw_code_format(people_code(&day->office, 0), code);
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    assert_int_equal(office_run(&day->office, "cancel", code, NULL), BW_EXIT_DONE);
    day_push(&day->kiosk);
    check_conflict(day, "cancelled", "Piet P0", 1);
    json_t *root = day_report(day, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(day_session(root), "present"), 1);
    json_decref(root);
}

static void
conflict_of_somebody_purged_names_the_code_alone(void **state)
{
    struct day *day = *state;
    char code[BW_CODE_BYTES], shown[BW_CODE_SHOWN_BYTES], text[64];
    bw_code_format(people_code(&day->office, 0), code);
    bw_code_format_shown(people_code(&day->office, 0), shown);
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    assert_int_equal(office_run(&day->office, "cancel", code, NULL), BW_EXIT_DONE);
    day_push(&day->kiosk);
    assert_int_equal(
        office_run(&day->office, "purge", "--before", "2025-03-26", NULL), BW_EXIT_DONE);
    (void)snprintf(text, sizeof text, "Code %s was binnen", shown);
    check_conflict(day, "cancelled", text, 1);
}

static void
unknown_code_is_a_conflict(void **state)
{
    struct day *day = *state;
    (void)kiosk_arrived(&day->kiosk, 12345);
    day_push(&day->kiosk);
    check_conflict(day, "unknown", "geen aanmelding", 1);
}

static void
one_ticket_at_two_kiosks_is_a_conflict_and_counts_once(void **state)
{
    struct day *day = *state;
    kiosk_open(&day->side, &day->office, "Zij-ingang", "S-1");
    day->side.wall_ms += 5 * KIOSK_MINUTE_MS;
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_arrived(&day->side, people_code(&day->office, 0));
    day_push(&day->kiosk);
    day_push(&day->side);
    check_conflict(day, "double_entry", "Balie om 13.30, Zij-ingang om 13.35", 2);
    json_t *root = day_report(day, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(day_session(root), "present"), 1);
    json_decref(root);
}

static void
leaving_and_coming_back_is_no_conflict(void **state)
{
    struct day *day = *state;
    bw_code code = people_code(&day->office, 0);
    uint64_t first = kiosk_arrived(&day->kiosk, code);
    struct bw_event left = {.kind = BW_EVENT_LEFT,
        .verdict = BW_VERDICT_WELCOME,
        .code = code,
        .refs_count = 1,
        .refs = {{day->kiosk.device, first}}};
    (void)kiosk_event(&day->kiosk, left, NULL);
    (void)kiosk_arrived(&day->kiosk, code);
    day_push(&day->kiosk);
    json_decref(day_report(day, BW_EXIT_DONE));
}

static void
house_over_capacity_is_a_conflict(void **state)
{
    struct day *day = *state;
    for (int i = 0; i < 4; i++) {
        day_arrived(&day->kiosk, people_code(&day->office, i),
            i < 3 ? BW_BASIS_TICKET : BW_BASIS_WAITLIST);
    }
    day_push(&day->kiosk);
    check_conflict(day, "over_capacity", "4 mensen binnen; er is plaats voor 3", 1);
}

static void
undone_in_time_is_no_one_too_many(void **state)
{
    struct day *day = *state;
    uint64_t seq = kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    for (int i = 1; i < 4; i++) {
        day_arrived(&day->kiosk, people_code(&day->office, i),
            i < 3 ? BW_BASIS_TICKET : BW_BASIS_WAITLIST);
    }
    struct bw_event undone = {.kind = BW_EVENT_UNDONE,
        .verdict = BW_VERDICT_WELCOME,
        .code = people_code(&day->office, 0),
        .refs_count = 1,
        .refs = {{day->kiosk.device, seq}}};
    (void)kiosk_event(&day->kiosk, undone, NULL);
    day_push(&day->kiosk);
    json_decref(day_report(day, BW_EXIT_DONE));
}

static void
old_ticket_at_a_kiosk_that_did_not_know_is_a_conflict(void **state)
{
    struct day *day = *state;
    char code[BW_CODE_BYTES];
    bw_code_format(people_code(&day->office, 0), code);
    assert_int_equal(office_run(&day->office, "reissue", code, NULL), BW_EXIT_DONE);
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    check_conflict(day, "replaced", "door een nieuwer is vervangen", 1);
}

static void
waiting_person_let_in_unlisted_is_a_conflict_but_one_with_a_place_is_not(void **state)
{
    struct day *day = *state;
    struct bw_event event = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .flags = BW_EVENT_UNLISTED,
        .code = people_code(&day->office, 0)};
    (void)kiosk_event(&day->kiosk, event, NULL);
    day_push(&day->kiosk);
    json_decref(day_report(day, BW_EXIT_DONE));
    event.code = people_code(&day->office, 3);
    (void)kiosk_event(&day->kiosk, event, NULL);
    day_push(&day->kiosk);
    check_conflict(day, "unlisted", "maar staat op de wachtlijst", 1);
}

static void
suspect_clock_is_a_conflict_but_a_given_one_is_not(void **state)
{
    struct day *day = *state;
    struct bw_event event = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .flags = BW_EVENT_CLOCK_SUSPECT,
        .code = people_code(&day->office, 0)};
    day->kiosk.clock.injected = true;
    (void)kiosk_event(&day->kiosk, event, NULL);
    day_push(&day->kiosk);
    json_decref(day_report(day, BW_EXIT_DONE));
    day->kiosk.clock.injected = false;
    event.code = people_code(&day->office, 1);
    (void)kiosk_event(&day->kiosk, event, NULL);
    day_push(&day->kiosk);
    check_conflict(day, "clock", "De klok van Balie", 1);
}

/* A walk-in is known by name and school alone. */
static void
walk_in_who_is_registered_and_in_too_is_a_conflict(void **state)
{
    struct day *day = *state;
    struct bw_event_details details = {
        .person = {.first_name = "Piet", .name = "p0", .school = "obs de Brug"}};
    struct bw_event walk_in = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_WALK_IN,
        .verdict = BW_VERDICT_WELCOME,
        .code = BW_CODE_NONE};
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    (void)kiosk_event(&day->kiosk, walk_in, &details);
    day_push(&day->kiosk);
    check_conflict(day, "twice", "meer dan eens", 2);
}

/* A session at the same time as S-1, with the person of P0 in it too. */
static void
open_elders(struct day *day, const char *starts_at, const char *ends_at)
{
    struct office *office = &day->office;
    char sessions[400];
    (void)snprintf(sessions, sizeof sessions,
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,%s,%s,9,brugfunctionaris\n",
        starts_at, ends_at);
    const char *path = office_write(office, "more.csv", sessions);
    assert_int_equal(office_run(office, "import", "sessions", path, NULL), BW_EXIT_DONE);
    path = office_write(office, "elders.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "10-02-2025 13:00:00,p0@voorbeeld.example,Piet P0,OBS De Brug,"
        "brugfunctionaris,Oost\n");
    assert_int_equal(
        office_run(office, "import", "registrations", path, "--session", "S-2", NULL),
        BW_EXIT_DONE);
    kiosk_open(&day->side, office, "Elders", "S-2");
}

static bw_code
elders_code(const struct day *day)
{
    return (bw_code)office_number(
        &day->office, "SELECT code FROM registration WHERE session_no = 2");
}

static void
arrived_at(struct kiosk *kiosk, uint32_t session_no, uint32_t home, bw_code code)
{
    (void)kiosk_event(kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = session_no == home ? BW_BASIS_TICKET : BW_BASIS_GUEST,
            .verdict = BW_VERDICT_WELCOME,
            .session_no = session_no,
            .home_session_no = home,
            .code = code},
        NULL);
}

static void
two_places_in_two_sessions_at_once_are_a_conflict_of_both(void **state)
{
    struct day *day = *state;
    open_elders(day, "2025-03-25T13:00", "2025-03-25T16:00");
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    arrived_at(&day->side, 2, 2, elders_code(day));
    day_push(&day->kiosk);
    day_push(&day->side);
    check_conflict(day, "twice", "bij Leerkring Elders (S-2)", 2);
    enum bw_exit result;
    json_t *root = office_json(&day->office, &result, "status", NULL);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(
            json_number_of(
                json_array_get(json_object_get(root, "sessions"), i), "conflicts"),
            1);
    }
    json_decref(root);
    assert_int_equal(office_run(&day->office, "conflicts", NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "twice: Piet P0"));
}

static void
guest_who_is_at_home_too_is_a_conflict(void **state)
{
    struct day *day = *state;
    open_elders(day, "2025-03-25T13:00", "2025-03-25T16:00");
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 1));
    arrived_at(&day->side, 2, 1, people_code(&day->office, 1));
    day_push(&day->kiosk);
    day_push(&day->side);
    check_conflict(day, "twice", "Piet P1", 2);
    enum bw_exit result;
    json_t *root = office_json(
        &day->office, &result, "report", "--session", "S-2", "--out", day->folder, NULL);
    assert_int_equal(json_array_size(json_object_get(day_session(root), "conflicts")), 1);
    json_decref(root);
}

static void
guest_who_waits_here_too_and_is_let_in_on_both_is_a_conflict(void **state)
{
    struct day *day = *state;
    struct office *office = &day->office;
    open_elders(day, "2025-03-25T19:00", "2025-03-25T21:00");
    const char *path = office_write(office, "elders2.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"
        "10-02-2025 13:00:00,p3@voorbeeld.example,Piet P3,OBS De Brug,"
        "brugfunctionaris,Oost\n");
    assert_int_equal(
        office_run(office, "import", "registrations", path, "--session", "S-2", NULL),
        BW_EXIT_DONE);
    bw_code elsewhere = (bw_code)office_number(
        office, "SELECT code FROM registration WHERE session_no = 2 AND name = 'P3'");
    arrived_at(&day->kiosk, 1, 2, elsewhere);
    day_arrived(&day->kiosk, people_code(office, 3), BW_BASIS_WAITLIST);
    day_push(&day->kiosk);
    check_conflict(day, "twice", "op twee plaatsen", 2);
}

/* Who went home, was undone, or came instead isn't there twice. */
static void
one_session_after_another_is_no_conflict(void **state)
{
    struct day *day = *state;
    open_elders(day, "2025-03-25T13:00", "2025-03-25T16:00");
    bw_code code = people_code(&day->office, 0);
    uint64_t seq = kiosk_arrived(&day->kiosk, code);
    struct bw_event left = {.kind = BW_EVENT_LEFT,
        .verdict = BW_VERDICT_WELCOME,
        .code = code,
        .refs_count = 1,
        .refs = {{day->kiosk.device, seq}}};
    (void)kiosk_event(&day->kiosk, left, NULL);
    seq = kiosk_arrived(&day->kiosk, people_code(&day->office, 1));
    struct bw_event undone = {.kind = BW_EVENT_UNDONE,
        .verdict = BW_VERDICT_WELCOME,
        .code = people_code(&day->office, 1),
        .refs_count = 1,
        .refs = {{day->kiosk.device, seq}}};
    (void)kiosk_event(&day->kiosk, undone, NULL);
    day_arrived(&day->kiosk, people_code(&day->office, 2), BW_BASIS_SUBSTITUTE);
    day->side.wall_ms += 30 * KIOSK_MINUTE_MS;
    arrived_at(&day->side, 2, 2, elders_code(day));
    arrived_at(&day->side, 2, 1, people_code(&day->office, 1));
    arrived_at(&day->side, 2, 1, people_code(&day->office, 2));
    day_push(&day->kiosk);
    day_push(&day->side);
    json_decref(day_report(day, BW_EXIT_DONE));
}

/* B3 */
static void
who_came_before_the_session_was_moved_is_told_and_not_counted(void **state)
{
    struct day *day = *state;
    struct office *office = &day->office;
    (void)kiosk_arrived(&day->kiosk, people_code(office, 0));
    (void)kiosk_walk_in(&day->kiosk, "Inez", "Loper");
    day_push(&day->kiosk);
    const char *moved = office_write(office, "moved.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-1,reeks,Leerkring Zwolle,leerkring,Oost,Huis,2025-03-26T13:30,"
        "2025-03-26T16:30,3,brugfunctionaris\n");
    assert_int_equal(office_run(office, "import", "sessions", moved, NULL), BW_EXIT_DONE);
    enum bw_exit result;
    json_t *root = office_json(office, &result, "status", NULL);
    assert_int_equal(json_number_of(day_session(root), "present"), 0);
    assert_int_equal(json_number_of(day_session(root), "walk_ins"), 0);
    json_decref(root);
    check_conflict(day, "moved", "2 keer", 2);
    day->kiosk.wall_ms += INT64_C(86400000);
    (void)kiosk_arrived(&day->kiosk, people_code(office, 1));
    assert_int_equal(
        kiosk_run(&day->kiosk, "push", "--clock", "2025-03-26T17:00:00", NULL),
        BW_EXIT_DONE);
    root = day_report(day, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(day_session(root), "present"), 1);
    assert_int_equal(json_number_of(day_session(root), "no_show"), 2);
    json_decref(root);
}

/* Of the one conflict or decision: what the report of that language says. */
static const char *
said_in(struct day *day, const char *language, const char *list, json_t **ret_root)
{
    char path[300];
    enum bw_exit result = office_run(&day->office, "report", "--session", "S-1", "--out",
        day->folder, "--language", language, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    (void)snprintf(path, sizeof path, "%s/report.json", day->folder);
    *ret_root = json_load_file(path, 0, NULL);
    json_t *items = json_object_get(day_session(*ret_root), list);
    assert_int_equal(json_array_size(items), 1);
    return json_string_value(json_object_get(json_array_get(items, 0), "text"));
}

static void
report_tells_conflicts_and_decisions_in_its_own_language(void **state)
{
    struct day *day = *state;
    struct bw_event_details why = {.reason = "de burgemeester"};
    char code[BW_CODE_BYTES];
    json_t *root;
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_CODE,
            .verdict = BW_VERDICT_WELCOME,
            .flags = BW_EVENT_OVERRIDE,
            .code = people_code(&day->office, 0)},
        &why);
    bw_code_format(people_code(&day->office, 0), code);
    assert_int_equal(office_run(&day->office, "cancel", code, NULL), BW_EXIT_DONE);
    day_push(&day->kiosk);
    const struct {
        const char *language, *list, *text;
    } cases[] = {
        {"en", "conflicts",
            "was in (Balie at 13:30), but the registration is cancelled."},
        {"nl", "conflicts", "was binnen (Balie om 13.30), maar de aanmelding is geann"},
        {"en", "decisions", "came in past a rule (Balie at 13:30): de burgemeester"},
        {"nl", "decisions", "kwam binnen langs een regel (Balie om 13.30): de burgem"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *said = said_in(day, cases[i].language, cases[i].list, &root);
        if (strstr(said, cases[i].text) == NULL) {
            fail_msg("%s", said);
        }
        json_decref(root);
    }
    /* a terminal's language is English here; programs get what they always got */
    assert_int_equal(office_run(&day->office, "conflicts", NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "but the registration is cancelled."));
    assert_int_equal(office_run(&day->office, "conflicts", "--json", NULL), BW_EXIT_LOOK);
    assert_non_null(strstr(day->office.out, "maar de aanmelding is geannuleerd."));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(cancelled_meanwhile_is_a_conflict_and_counted),
        CASE(conflict_of_somebody_purged_names_the_code_alone),
        CASE(unknown_code_is_a_conflict),
        CASE(one_ticket_at_two_kiosks_is_a_conflict_and_counts_once),
        CASE(leaving_and_coming_back_is_no_conflict),
        CASE(house_over_capacity_is_a_conflict),
        CASE(undone_in_time_is_no_one_too_many),
        CASE(old_ticket_at_a_kiosk_that_did_not_know_is_a_conflict),
        CASE(waiting_person_let_in_unlisted_is_a_conflict_but_one_with_a_place_is_not),
        CASE(walk_in_who_is_registered_and_in_too_is_a_conflict),
        CASE(two_places_in_two_sessions_at_once_are_a_conflict_of_both),
        CASE(guest_who_is_at_home_too_is_a_conflict),
        CASE(guest_who_waits_here_too_and_is_let_in_on_both_is_a_conflict),
        CASE(one_session_after_another_is_no_conflict),
        CASE(who_came_before_the_session_was_moved_is_told_and_not_counted),
        CASE(suspect_clock_is_a_conflict_but_a_given_one_is_not),
        CASE(report_tells_conflicts_and_decisions_in_its_own_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
