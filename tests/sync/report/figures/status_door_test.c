/* How a circle stands at its door: the ledger, who is first, and how it filled. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include "report/figures/status_door.h"

/* As the door wrote it by now: what the kiosk has is merged, and its book opened. */
static struct bw_book *
open_book(struct day *day, struct bw_central **ret_central)
{
    struct bw_book *book = NULL;
    struct bw_error err = {.text = ""};
    day_push(&day->kiosk);
    assert_int_equal(
        office_run(&day->office, "merge", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    assert_int_equal(
        bw_central_open(day->office.uri, BW_CENTRAL_OPEN, ret_central, &err), BW_OK);
    assert_int_equal(bw_book_open(*ret_central, 1, NULL, &book, &err), BW_OK);
    return book;
}

static struct bw_status_door
door_of(struct day *day)
{
    struct bw_central *central = NULL;
    struct bw_book *book = open_book(day, &central);
    struct bw_status_door door;
    bw_status_door_read(book, &door);
    bw_book_close(book);
    bw_central_close(central);
    return door;
}

static struct bw_status_curve
curve_of(struct day *day, int minutes)
{
    struct bw_central *central = NULL;
    struct bw_book *book = open_book(day, &central);
    struct bw_status_curve curve;
    bw_status_curve_read(book, KIOSK_START_MS + minutes * KIOSK_MINUTE_MS, &curve);
    bw_book_close(book);
    bw_central_close(central);
    return curve;
}

static void
waits(struct day *day, bw_code code, const char *name)
{
    struct bw_event_details details = {.person = {.first_name = ""}};
    (void)snprintf(
        details.person.first_name, sizeof details.person.first_name, "%s", name);
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_WAITING,
            .basis = code == BW_CODE_NONE ? BW_BASIS_WALK_IN : BW_BASIS_NAME,
            .verdict = code == BW_CODE_NONE ? BW_VERDICT_FULL : BW_VERDICT_WAITLISTED,
            .code = code},
        code == BW_CODE_NONE ? &details : NULL);
}

static void
places_are_kept_for_who_is_expected_until_the_door_gives_them_free(void **state)
{
    struct day *day = *state;
    struct bw_status_door door = door_of(day);
    assert_int_equal(door.expected, 3);
    assert_int_equal(door.free, 0);
    assert_int_equal(door.release_ms, KIOSK_START_MS + 15 * KIOSK_MINUTE_MS);
    assert_false(door.released);
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    door = door_of(day);
    assert_int_equal(door.inside, 1);
    assert_int_equal(door.expected, 2);
    assert_int_equal(door.free, 0);
    (void)kiosk_event(&day->kiosk, (struct bw_event){.kind = BW_EVENT_RELEASED}, NULL);
    door = door_of(day);
    assert_true(door.released);
    assert_int_equal(door.expected, 2);
    assert_int_equal(door.free, 2);
}

/* Who came to the door later, but signed up, goes before a walk-in. */
static void
first_at_the_door_is_the_waiting_list_and_then_who_came_first(void **state)
{
    struct day *day = *state;
    assert_false(door_of(day).named);
    waits(day, BW_CODE_NONE, "Inez");
    waits(day, BW_CODE_NONE, "Joep");
    struct bw_status_door door = door_of(day);
    assert_int_equal(door.at_door, 2);
    assert_true(door.named);
    assert_string_equal(door.first_name, "Inez");
    waits(day, people_code(&day->office, 4), "");
    waits(day, people_code(&day->office, 3), "");
    door = door_of(day);
    assert_int_equal(door.at_door, 4);
    assert_string_equal(door.name, "P3"); /* signed up before P4 */
}

static void
the_curve_begins_at_ten_minutes_and_adds_up_each_five(void **state)
{
    struct day *day = *state;
    static const int came[] = {-38, -33, 2};
    for (int i = 0; i < 3; i++) {
        day->kiosk.wall_ms = KIOSK_START_MS + came[i] * KIOSK_MINUTE_MS;
        (void)kiosk_arrived(&day->kiosk, people_code(&day->office, i));
    }
    struct bw_status_curve curve = curve_of(day, 3);
    assert_int_equal(curve.from_ms, KIOSK_START_MS - 40 * KIOSK_MINUTE_MS);
    assert_int_equal(curve.count, 12); /* to twenty minutes past the start */
    assert_int_equal(curve.known, 9);
    static const int64_t want[] = {1, 2, 2, 2, 2, 2, 2, 2, 3};
    for (int i = 0; i < 9; i++) {
        assert_int_equal(curve.inside[i], want[i]);
    }
    assert_int_equal(curve.came, 3);
    assert_int_equal(curve.most, 3);
    assert_int_equal(curve.most_at, 8);
    curve = curve_of(day, 100); /* it grows with the day */
    assert_int_equal(curve.count, 28);
    assert_int_equal(curve.known, 28);
    curve = curve_of(day, 24 * 60);
    assert_int_equal(curve.count, BW_STATUS_CURVE_MAX);
    assert_int_equal(curve.inside[curve.known - 1], 3);
}

static void
before_anybody_came_there_is_a_curve_of_nothing(void **state)
{
    struct day *day = *state;
    struct bw_status_curve curve = curve_of(day, -300);
    assert_int_equal(curve.came, 0);
    assert_int_equal(curve.known, 1);
    assert_int_equal(curve.inside[0], 0);
    assert_in_range(curve.count, 1, BW_STATUS_CURVE_MAX);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(places_are_kept_for_who_is_expected_until_the_door_gives_them_free),
        CASE(first_at_the_door_is_the_waiting_list_and_then_who_came_first),
        CASE(the_curve_begins_at_ten_minutes_and_adds_up_each_five),
        CASE(before_anybody_came_there_is_a_curve_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
