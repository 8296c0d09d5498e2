/* What the report says, of days whose every number is known; and its conflicts. */
#include "testing.h"

#include "kiosk_help.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world {
    struct office office;
    struct kiosk kiosk, side;
    char folder[200];
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    office_open(&world->office, 3, false);
    people_sign_up(&world->office, 6); /* P0..P2 have a place, P3..P5 wait */
    kiosk_open(&world->kiosk, &world->office, "Balie", "S-1");
    (void)snprintf(
        world->folder, sizeof world->folder, "%s/report", world->office.folder);
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    kiosk_finish(&world->kiosk);
    kiosk_finish(&world->side);
    folder_remove(world->office.folder);
    free(world->office.out);
    free(world->office.diag);
    free(world);
    return 0;
}

static void
push(struct kiosk *kiosk)
{
    assert_int_equal(
        kiosk_run(kiosk, "push", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
}

/* report.json, read from its file; the caller drops it. */
static json_t *
report(struct world *world, enum bw_exit want)
{
    char path[300];
    enum bw_exit result = office_run(
        &world->office, "report", "--session", "S-1", "--out", world->folder, NULL);
    if (result != want) {
        fail_msg("%d: %s%s", (int)result, world->office.out, world->office.diag);
    }
    (void)snprintf(path, sizeof path, "%s/report.json", world->folder);
    json_t *root = json_load_file(path, 0, NULL);
    assert_non_null(root);
    return root;
}

static json_t *
first_session(const json_t *root)
{
    return json_array_get(json_object_get(root, "sessions"), 0);
}

static void
check_numbers(const json_t *session, const int64_t numbers[7])
{
    static const char *const names[7] = {"registered", "confirmed", "present", "no_show",
        "from_waitlist", "guests", "walk_ins"};
    for (int i = 0; i < 7; i++) {
        if (json_number_of(session, names[i]) != numbers[i]) {
            fail_msg("%s is %lld, not %lld", names[i],
                (long long)json_number_of(session, names[i]), (long long)numbers[i]);
        }
    }
}

static void
basis_arrived(struct kiosk *kiosk, bw_code code, enum bw_basis basis)
{
    (void)kiosk_event(kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = basis,
            .verdict = BW_VERDICT_WELCOME,
            .code = code},
        NULL);
}

static void
day_is_counted_and_complete(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    struct office *office = &world->office;
    (void)kiosk_arrived(kiosk, people_code(office, 0));
    basis_arrived(kiosk, people_code(office, 3), BW_BASIS_WAITLIST);
    (void)kiosk_walk_in(kiosk, "Inez", "=Loper");
    push(kiosk);
    json_t *root = report(world, BW_EXIT_DONE);
    json_t *session = first_session(root);
    check_numbers(session, (const int64_t[7]){6, 3, 3, 2, 1, 0, 1});
    assert_string_equal(json_string_value(json_object_get(session, "code")), "S-1");
    assert_true(json_is_true(json_object_get(session, "complete")));
    assert_int_equal(json_array_size(json_object_get(session, "conflicts")), 0);
    assert_true(json_is_null(json_object_get(root, "series")));
    assert_non_null(json_string_value(json_object_get(root, "generated_at")));
    json_decref(root);
}

static void
four_files_are_written_and_hold_no_formula_or_markup(void **state)
{
    struct world *world = *state;
    static const char *const names[] = {
        "report.html", "report.csv", "report.xlsx", "report.json"};
    char path[300], text[65536];
    (void)kiosk_walk_in(&world->kiosk, "<b>Inez", "=Loper");
    push(&world->kiosk);
    json_decref(report(world, BW_EXIT_DONE));
    for (size_t i = 0; i < 4; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", world->folder, names[i]);
        assert_int_equal(access(path, R_OK), 0);
        FILE *file = fopen(path, "rb");
        size_t length = fread(text, 1, sizeof text - 1, file);
        text[length] = '\0';
        (void)fclose(file);
        if (i == 0) {
            assert_non_null(strstr(text, "&lt;b&gt;Inez"));
            assert_null(strstr(text, "<b>Inez"));
            assert_null(strstr(text, "<script"));
            assert_null(strstr(text, "http://"));
            assert_null(strstr(text, "https://"));
            assert_non_null(strstr(text, "1 van 1 zuilen compleet"));
        } else if (i == 1) {
            assert_non_null(strstr(text, ",'=Loper,"));
        } else if (i == 2) {
            assert_memory_equal(text, "PK\3\4", 4);
        }
    }
}

static void
silent_kiosk_makes_the_report_incomplete_and_is_named(void **state)
{
    struct world *world = *state;
    kiosk_open(&world->side, &world->office, "Zij-ingang", "S-1");
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    push(&world->kiosk);
    json_t *root = report(world, BW_EXIT_LOOK);
    json_t *session = first_session(root);
    assert_true(json_is_false(json_object_get(session, "complete")));
    assert_int_equal(json_number_of(session, "kiosks_complete"), 1);
    assert_int_equal(json_number_of(session, "kiosks_total"), 2);
    assert_non_null(strstr(world->office.out, "1 of 2 kiosks complete"));
    json_decref(root);
    push(&world->side);
    json_decref(report(world, BW_EXIT_DONE));
}

static void
statement_before_the_end_is_not_enough(void **state)
{
    struct world *world = *state;
    assert_int_equal(
        kiosk_run(&world->kiosk, "push", "--clock", "2025-03-25T16:29:00", NULL),
        BW_EXIT_DONE);
    json_decref(report(world, BW_EXIT_LOOK));
    assert_int_equal(
        kiosk_run(&world->kiosk, "push", "--clock", "2025-03-25T16:30:00", NULL),
        BW_EXIT_DONE);
    json_decref(report(world, BW_EXIT_DONE));
}

/* The one conflict there is, of this kind and with these events. */
static void
check_conflict(struct world *world, const char *kind, const char *text, size_t events)
{
    json_t *root = report(world, BW_EXIT_LOOK);
    json_t *conflicts = json_object_get(first_session(root), "conflicts");
    assert_int_equal(json_array_size(conflicts), 1);
    json_t *conflict = json_array_get(conflicts, 0);
    assert_string_equal(json_string_value(json_object_get(conflict, "kind")), kind);
    const char *said = json_string_value(json_object_get(conflict, "text"));
    if (!strstr(said, text)) {
        fail_msg("%s", said);
    }
    assert_int_equal(json_array_size(json_object_get(conflict, "events")), events);
    json_decref(root);
    assert_int_equal(office_run(&world->office, "status", NULL), BW_EXIT_LOOK);
}

static void
cancelled_meanwhile_is_a_conflict_and_counted(void **state)
{
    struct world *world = *state;
    char code[BW_CODE_BYTES];
    bw_code_format(people_code(&world->office, 0), code);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    assert_int_equal(office_run(&world->office, "cancel", code, NULL), BW_EXIT_DONE);
    push(&world->kiosk);
    check_conflict(world, "cancelled", "Piet P0", 1);
    json_t *root = report(world, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(first_session(root), "present"), 1);
    json_decref(root);
}

static void
unknown_code_is_a_conflict(void **state)
{
    struct world *world = *state;
    (void)kiosk_arrived(&world->kiosk, 12345);
    push(&world->kiosk);
    check_conflict(world, "unknown", "geen aanmelding", 1);
}

static void
one_ticket_at_two_kiosks_is_a_conflict_and_counts_once(void **state)
{
    struct world *world = *state;
    kiosk_open(&world->side, &world->office, "Zij-ingang", "S-1");
    world->side.wall_ms += 5 * KIOSK_MINUTE_MS;
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    (void)kiosk_arrived(&world->side, people_code(&world->office, 0));
    push(&world->kiosk);
    push(&world->side);
    check_conflict(world, "double_entry", "Balie om 13.30, Zij-ingang om 13.35", 2);
    json_t *root = report(world, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(first_session(root), "present"), 1);
    json_decref(root);
}

static void
leaving_and_coming_back_is_no_conflict(void **state)
{
    struct world *world = *state;
    bw_code code = people_code(&world->office, 0);
    uint64_t first = kiosk_arrived(&world->kiosk, code);
    struct bw_event left = {.kind = BW_EVENT_LEFT,
        .verdict = BW_VERDICT_WELCOME,
        .code = code,
        .refs_count = 1,
        .refs = {{world->kiosk.device, first}}};
    (void)kiosk_event(&world->kiosk, left, NULL);
    (void)kiosk_arrived(&world->kiosk, code);
    push(&world->kiosk);
    json_decref(report(world, BW_EXIT_DONE));
}

static void
house_over_capacity_is_a_conflict(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < 4; i++) {
        basis_arrived(&world->kiosk, people_code(&world->office, i),
            i < 3 ? BW_BASIS_TICKET : BW_BASIS_WAITLIST);
    }
    push(&world->kiosk);
    check_conflict(world, "over_capacity", "4 mensen binnen; er is plaats voor 3", 1);
}

static void
undone_in_time_is_no_one_too_many(void **state)
{
    struct world *world = *state;
    uint64_t seq = kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    for (int i = 1; i < 4; i++) {
        basis_arrived(&world->kiosk, people_code(&world->office, i),
            i < 3 ? BW_BASIS_TICKET : BW_BASIS_WAITLIST);
    }
    struct bw_event undone = {.kind = BW_EVENT_UNDONE,
        .verdict = BW_VERDICT_WELCOME,
        .code = people_code(&world->office, 0),
        .refs_count = 1,
        .refs = {{world->kiosk.device, seq}}};
    (void)kiosk_event(&world->kiosk, undone, NULL);
    push(&world->kiosk);
    json_decref(report(world, BW_EXIT_DONE));
}

static void
old_ticket_at_a_kiosk_that_did_not_know_is_a_conflict(void **state)
{
    struct world *world = *state;
    char code[BW_CODE_BYTES];
    bw_code_format(people_code(&world->office, 0), code);
    assert_int_equal(office_run(&world->office, "reissue", code, NULL), BW_EXIT_DONE);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    push(&world->kiosk);
    check_conflict(world, "replaced", "door een nieuwer is vervangen", 1);
}

static void
suspect_clock_is_a_conflict_but_a_given_one_is_not(void **state)
{
    struct world *world = *state;
    struct bw_event event = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .flags = BW_EVENT_CLOCK_SUSPECT,
        .code = people_code(&world->office, 0)};
    world->kiosk.clock.injected = true;
    (void)kiosk_event(&world->kiosk, event, NULL);
    push(&world->kiosk);
    json_decref(report(world, BW_EXIT_DONE));
    world->kiosk.clock.injected = false;
    event.code = people_code(&world->office, 1);
    (void)kiosk_event(&world->kiosk, event, NULL);
    push(&world->kiosk);
    check_conflict(world, "clock", "De klok van Balie", 1);
}

static void
series_counts_each_person_once_and_says_who_went_where(void **state)
{
    struct world *world = *state;
    struct office *office = &world->office;
    enum bw_exit result;
    const char *sessions = office_write(office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,2025-03-25T13:30,"
        "2025-03-25T16:30,9,brugfunctionaris\n");
    assert_int_equal(
        office_run(office, "import", "sessions", sessions, NULL), BW_EXIT_DONE);
    kiosk_open(&world->side, office, "Elders", "S-2");
    (void)kiosk_arrived(&world->kiosk, people_code(office, 0));
    (void)kiosk_arrived(&world->kiosk, people_code(office, 1));
    (void)kiosk_walk_in(&world->kiosk, "Inez", "Loper");
    (void)kiosk_event(&world->side,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_GUEST,
            .verdict = BW_VERDICT_WELCOME,
            .session_no = 2,
            .home_session_no = 1,
            .code = people_code(office, 0)},
        NULL);
    push(&world->kiosk);
    push(&world->side);
    json_t *root = office_json(
        office, &result, "report", "--series", "reeks", "--out", world->folder, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    json_t *series = json_object_get(root, "series");
    assert_string_equal(json_string_value(json_object_get(series, "code")), "reeks");
    assert_int_equal(json_number_of(series, "unique_people"), 3);
    json_t *from = json_object_get(json_object_get(series, "regions"), "Oost");
    assert_int_equal(json_number_of(from, "Oost"), 3);
    assert_int_equal(json_number_of(from, "Noord"), 1);
    assert_int_equal(
        json_number_of(json_array_get(json_object_get(root, "sessions"), 1), "guests"),
        1);
    json_decref(root);
}

static void
unknown_session_or_none_is_told(void **state)
{
    struct world *world = *state;
    struct office *office = &world->office;
    assert_int_equal(
        office_run(office, "report", "--session", "X-9", "--out", world->folder, NULL),
        BW_EXIT_FAILED);
    assert_int_equal(
        office_run(office, "report", "--series", "X-9", "--out", world->folder, NULL),
        BW_EXIT_FAILED);
    assert_int_equal(
        office_run(office, "report", "--out", world->folder, NULL), BW_EXIT_USAGE);
    assert_int_not_equal(access(world->folder, F_OK), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(day_is_counted_and_complete),
        CASE(four_files_are_written_and_hold_no_formula_or_markup),
        CASE(silent_kiosk_makes_the_report_incomplete_and_is_named),
        CASE(statement_before_the_end_is_not_enough),
        CASE(cancelled_meanwhile_is_a_conflict_and_counted),
        CASE(unknown_code_is_a_conflict),
        CASE(one_ticket_at_two_kiosks_is_a_conflict_and_counts_once),
        CASE(leaving_and_coming_back_is_no_conflict),
        CASE(house_over_capacity_is_a_conflict),
        CASE(undone_in_time_is_no_one_too_many),
        CASE(old_ticket_at_a_kiosk_that_did_not_know_is_a_conflict),
        CASE(suspect_clock_is_a_conflict_but_a_given_one_is_not),
        CASE(series_counts_each_person_once_and_says_who_went_where),
        CASE(unknown_session_or_none_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
