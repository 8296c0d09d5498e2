/* `export-person` and `forget` of who has no registration, and of what waits in
 * quarantine: all of theirs, and nobody else's. */
#include "tests/sync/day_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN(day, ...) office_run(&(day)->office, __VA_ARGS__, NULL)
#define NUMBER(day, sql) office_number(&(day)->office, sql)
#define LATER "2025-03-27T09:00:00"

static void
merge(struct day *day)
{
    day_push(&day->kiosk);
    (void)RUN(day, "merge", "--clock", KIOSK_AFTER);
}

static void
done(struct day *day, enum bw_exit result)
{
    if (result != BW_EXIT_DONE) {
        fail_msg("%s%s", day->office.out, day->office.diag);
    }
}

static uint64_t
event(struct day *day, struct bw_event event, const char *first_name, const char *name)
{
    struct bw_event_details details = {.person = {.school = "Leegte"}};
    (void)snprintf(
        details.person.first_name, sizeof details.person.first_name, "%s", first_name);
    (void)snprintf(details.person.name, sizeof details.person.name, "%s", name);
    return kiosk_event(&day->kiosk, event, &details);
}

/* Stamped three days on: what the office puts into quarantine. */
static uint64_t
late_event(
    struct day *day, struct bw_event late, const char *first_name, const char *name)
{
    int64_t now_ms = day->kiosk.wall_ms;
    day->kiosk.wall_ms += 3 * 24 * 60 * KIOSK_MINUTE_MS;
    uint64_t seq = event(day, late, first_name, name);
    day->kiosk.wall_ms = now_ms;
    return seq;
}

static const struct bw_event walk_in = {.kind = BW_EVENT_ARRIVED,
    .basis = BW_BASIS_WALK_IN,
    .verdict = BW_VERDICT_WELCOME,
    .code = BW_CODE_NONE};

static const char *
walk_in_code(struct day *day, uint64_t seq)
{
    static char shown[BW_CODE_SHOWN_BYTES];
    char sql[120];
    (void)snprintf(sql, sizeof sql, "SELECT code FROM walk_in WHERE seq = %d", (int)seq);
    bw_code_format_shown((bw_code)NUMBER(day, sql), shown);
    return shown;
}

static const char *
entry(struct day *day, uint64_t seq)
{
    static char shown[BW_EVENT_ID_BYTES];
    bw_event_id_format((struct bw_event_id){day->kiosk.device, seq}, shown);
    return shown;
}

/* Ines waits, comes in, leaves and comes back; Otto comes in. */
static uint64_t
ines_and_otto(struct day *day)
{
    struct bw_event step = walk_in;
    step.kind = BW_EVENT_WAITING;
    uint64_t first = event(day, step, "Ines", "Inloper");
    step.refs_count = 1;
    step.refs[0] = (struct bw_event_id){day->kiosk.device, first};
    step.kind = BW_EVENT_ARRIVED;
    step.refs[0].seq = event(day, step, "Ines", "Inloper");
    step.kind = BW_EVENT_LEFT;
    step.refs[0].seq = kiosk_event(&day->kiosk, step, NULL);
    step.kind = BW_EVENT_ARRIVED;
    (void)event(day, step, "Ines", "Teruggekomen");
    (void)event(day, walk_in, "Otto", "Ander");
    merge(day);
    return first;
}

static void
a_walk_in_is_exported_by_code_and_by_any_entry(void **state)
{
    struct day *day = *state;
    uint64_t first = ines_and_otto(day);
    char code[BW_CODE_SHOWN_BYTES];
    (void)snprintf(code, sizeof code, "%s", walk_in_code(day, first));
    for (uint64_t seq = first; seq <= first + 4; seq++) {
        const char *typed = seq == first + 4 ? code : entry(day, seq);
        enum bw_exit result;
        json_t *root = office_json(&day->office, &result, "export-person", typed, NULL);
        assert_int_equal(result, BW_EXIT_DONE);
        assert_int_equal(json_array_size(json_object_get(root, "events")), 4);
        assert_non_null(strstr(day->office.out, "Inloper"));
        assert_non_null(strstr(day->office.out, "Teruggekomen"));
        assert_null(strstr(day->office.out, "Otto"));
        json_decref(root);
    }
    assert_int_equal(RUN(day, "export-person", "77-1"), BW_EXIT_FAILED);
    assert_int_equal(RUN(day, "export-person", "ZZZZ-ZZZZ"), BW_EXIT_FAILED);
}

/* EN1 */
static void
a_walk_in_is_forgotten_by_code_and_nobody_else_is(void **state)
{
    struct day *day = *state;
    uint64_t first = ines_and_otto(day);
    assert_true(office_holds(&day->office, "Teruggekomen"));
    done(day, RUN(day, "forget", walk_in_code(day, first), "--clock", LATER));
    assert_non_null(strstr(day->office.out, "the details of 3 events"));
    assert_false(office_holds(&day->office, "Teruggekomen"));
    assert_false(office_holds(&day->office, "Inloper"));
    assert_true(office_holds(&day->office, "Otto"));
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM event"), 5);
    done(day, RUN(day, "verify"));
    /* a letter that comes again brings nothing back */
    (void)RUN(day, "merge", "--clock", KIOSK_AFTER);
    assert_false(office_holds(&day->office, "Teruggekomen"));
}

/* What waits apart has its details there. */
static void
what_waits_in_quarantine_is_exported_and_forgotten_by_its_number(void **state)
{
    struct day *day = *state;
    uint64_t seq = late_event(day, walk_in, "Quinta", "Apart");
    (void)late_event(day, walk_in, "Otto", "Ander");
    merge(day);
    assert_int_equal(NUMBER(day, "SELECT count(*) FROM quarantine"), 2);
    enum bw_exit result;
    json_t *root =
        office_json(&day->office, &result, "export-person", entry(day, seq), NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    json_t *rows = json_object_get(root, "quarantine");
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(rows, 0), "name")), "Apart");
    json_decref(root);

    done(day, RUN(day, "forget", entry(day, seq), "--clock", LATER));
    assert_false(office_holds(&day->office, "Quinta"));
    assert_true(office_holds(&day->office, "Otto"));
    /* taken in afterwards, it is as empty */
    done(day, RUN(day, "settle", "1", "in", "--why", "x", "--clock", LATER));
    (void)RUN(day, "merge", "--clock", KIOSK_AFTER);
    assert_false(office_holds(&day->office, "Quinta"));
    done(day, RUN(day, "verify"));
}

/* Of somebody registered: who came in their stead. */
static void
who_is_registered_is_forgotten_in_quarantine_too(void **state)
{
    struct day *day = *state;
    bw_code code = people_code(&day->office, 0);
    char typed[BW_CODE_SHOWN_BYTES];
    struct bw_event instead = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_SUBSTITUTE,
        .verdict = BW_VERDICT_WELCOME,
        .code = code};
    (void)late_event(day, instead, "Stefan", "Vervanger");
    instead.code = people_code(&day->office, 1);
    (void)late_event(day, instead, "Sara", "Blijft");
    merge(day);
    done(day,
        RUN(day, "settle", "1", "out", "--why", "Vervanger belde", "--clock", LATER));
    bw_code_format_shown(code, typed);
    done(day, RUN(day, "export-person", typed));
    assert_null(strstr(day->office.out, "Stefan")); /* somebody else's name */
    done(day, RUN(day, "forget", typed, "--clock", LATER));
    assert_false(office_holds(&day->office, "Vervanger"));
    assert_false(office_holds(&day->office, "Stefan"));
    assert_true(office_holds(&day->office, "Blijft"));
}

/* Settled to be somebody: then the entry is that person's, the waiting before it too. */
static void
a_walk_in_that_is_somebody_goes_with_them(void **state)
{
    struct day *day = *state;
    uint64_t first = ines_and_otto(day);
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(people_code(&day->office, 3), code);
    done(day, RUN(day, "settle", entry(day, first + 1), "is", code, "--why",
                  "zij was het", "--clock", KIOSK_AFTER));
    done(day, RUN(day, "export-person", entry(day, first + 1)));
    assert_non_null(strstr(day->office.out, "P3"));
    assert_non_null(strstr(day->office.out, "Teruggekomen"));
    done(day, RUN(day, "forget", code, "--clock", LATER));
    assert_false(office_holds(&day->office, "Inloper"));
    assert_false(office_holds(&day->office, "Teruggekomen"));
    assert_false(office_holds(&day->office, "zij was het"));
    assert_true(office_holds(&day->office, "Otto"));
}

static void
the_kiosk_that_wrote_it_forgets_with_its_next_roster(void **state)
{
    struct day *day = *state;
    uint64_t first = ines_and_otto(day);
    uint64_t apart = late_event(day, walk_in, "Quinta", "Apart");
    merge(day);
    assert_true(kiosk_holds(&day->kiosk, "Quinta"));
    assert_true(kiosk_holds(&day->kiosk, "Teruggekomen"));
    done(day, RUN(day, "forget", entry(day, apart), "--clock", LATER));
    done(day, RUN(day, "forget", entry(day, first), "--clock", LATER));
    assert_int_equal(
        kiosk_run(&day->kiosk, "pull", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    assert_false(kiosk_holds(&day->kiosk, "Quinta"));
    assert_false(kiosk_holds(&day->kiosk, "Teruggekomen"));
    assert_false(kiosk_holds(&day->kiosk, "Inloper"));
    assert_true(kiosk_holds(&day->kiosk, "Otto"));
    assert_int_equal(kiosk_run(&day->kiosk, "verify", NULL), BW_EXIT_DONE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_walk_in_is_exported_by_code_and_by_any_entry),
        CASE(a_walk_in_is_forgotten_by_code_and_nobody_else_is),
        CASE(what_waits_in_quarantine_is_exported_and_forgotten_by_its_number),
        CASE(who_is_registered_is_forgotten_in_quarantine_too),
        CASE(a_walk_in_that_is_somebody_goes_with_them),
        CASE(the_kiosk_that_wrote_it_forgets_with_its_next_roster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
