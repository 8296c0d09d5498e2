/* What is painted and when, what reacts, and what the keyboard does. */
#include "tests/golden/frame.h"
#include "tests/ui/ui_help.h"
#include <SDL.h>

#include <stdlib.h>
#include <string.h>

static struct bw_ui_drawn drawn;

static void
show(const char *name)
{
    sample_view(number_of(name), BW_DUTCH, bw_ui_list_rows(ui), &view);
    bw_ui_draw(ui, &view, NULL, &drawn);
}

/* UI2 */
static void
nothing_is_painted_when_nothing_changes(void **state)
{
    (void)state;
    for (int i = 0; i < samples_count; i++) {
        show(samples[i].name);
        view.now_ms += 400; /* time passes, within the minute */
        bw_ui_draw(ui, &view, NULL, &drawn);
        if (drawn.areas != 0) {
            fail_msg("%s painted %ld pixels", samples[i].name, drawn.pixels);
        }
    }
}

static void
new_minute_paints_the_clock_alone(void **state)
{
    (void)state;
    show("idle");
    view.now_ms += 60000;
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_in_range(drawn.pixels, 1, 400 * 200);
}

static void
camera_frame_paints_the_camera_alone(void **state)
{
    (void)state;
    struct bw_ui_camera_frame picture = test_picture();
    show("idle");
    bw_ui_draw(ui, &view, &picture, &drawn);
    assert_in_range(drawn.pixels, 1, 1092 * 700);
    show("staff");
    bw_ui_draw(ui, &view, &picture, &drawn);
    assert_int_equal(drawn.areas, 0);
}

/* Painting only the differences leaves the very pixels that painting everything leaves
 * (PG2, UI1). */
static void
changed_areas_leave_the_same_pixels_as_a_whole_paint(void **state)
{
    (void)state;
    const struct SDL_Surface *surface = bw_ui_surface(ui);
    size_t bytes = (size_t)surface->pitch * (size_t)surface->h;
    void *kept = malloc(bytes);
    assert_non_null(kept);
    for (int i = 0; i < samples_count; i++) {
        show(samples[(i * 7) % samples_count].name);
        memcpy(kept, surface->pixels, bytes);
        bw_ui_expose(ui);
        bw_ui_draw(ui, &view, NULL, &drawn);
        assert_int_equal(drawn.pixels, 1920L * 1080);
        if (memcmp(kept, surface->pixels, bytes) != 0) {
            fail_msg("%s", samples[(i * 7) % samples_count].name);
        }
    }
    free(kept);
}

static void
movement_asks_to_be_drawn_again_and_ends(void **state)
{
    (void)state;
    show("welcome_walking");
    assert_in_range(drawn.again_ms, 1, 33);
    view.result.total_s = 0; /* without its countdown */
    view.result.shown_ms = view.mono_ms - 2000;
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_int_equal(drawn.again_ms, 0);
}

static void
less_motion_moves_nothing(void **state)
{
    (void)state;
    sample_view(number_of("welcome_walking"), BW_DUTCH, 4, &view);
    view.less_motion = true;
    view.result.total_s = 0;
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_int_equal(drawn.again_ms, 0);
    sample_view(number_of("idle"), BW_DUTCH, 4, &view);
    view.less_motion = true;
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_int_equal(drawn.again_ms, 0);
}

/* One stroll in five minutes; in between nothing is drawn, with less motion never. */
static void
bridge_by_night_is_walked_seldom(void **state)
{
    (void)state;
    enum { FIVE_MINUTES = 300000 };
    show("agenda");
    view.mono_ms = FIVE_MINUTES * 3 + 4000;
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_in_range(drawn.again_ms, 40, 200);
    view.mono_ms += 80;
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_in_range(drawn.pixels, 1, 1920L * 1080 / 20);
    view.mono_ms = FIVE_MINUTES * 3 + 61000;
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_in_range(drawn.again_ms, 30000, 60000);
    view.mono_ms = FIVE_MINUTES * 3 + 8000;
    view.less_motion = true;
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_int_equal(drawn.again_ms, 0);
}

/* What the ring shows: its mark lies round the target that Enter would take. */
static void
focus_ring_is_drawn_round_its_target_in_reading_order(void **state)
{
    (void)state;
    for (int i = 0; i < samples_count; i++) {
        show(samples[i].name);
        int count = bw_ui_page(ui)->targets_count;
        int before_y = -1;
        bw_ui_focus(ui, BW_FOCUS_OFF);
        for (int step = 0; step < count; step++) {
            bw_ui_focus(ui, BW_FOCUS_NEXT);
            bw_ui_draw(ui, &view, NULL, &drawn);
            const struct bw_ui_page *page = bw_ui_page(ui);
            const struct bw_ui_mark *ring = &page->marks[page->marks_count - 1];
            struct bw_ui_hit hit = bw_ui_focused(ui);
            int x = ring->rect.x + ring->rect.w / 2;
            int y = ring->rect.y + ring->rect.h / 2;
            assert_int_equal(ring->kind, BW_MARK_FRAME);
            assert_int_equal(bw_ui_hit(ui, x, y).action, hit.action);
            assert_int_equal(bw_ui_hit(ui, x, y).index, hit.index);
            /* the languages come last, wherever they stand */
            if (hit.action != BW_ACTION_LANGUAGE && y < before_y - ring->rect.h) {
                fail_msg("%s: step %d goes up", samples[i].name, step);
            }
            before_y = y;
        }
        bw_ui_focus(ui, BW_FOCUS_OFF);
    }
}

/* The badge's icon, the words and what stands in the scene of a result. */
struct twin {
    const char *name;
    char icon[32], kicker[256], headline[256];
    bw_ui_colour field;
};

static void
read_twin(const char *name, struct twin *twin)
{
    show(name);
    const struct bw_ui_page *page = bw_ui_page(ui);
    *twin = (struct twin){.name = name, .field = page->marks[0].colour};
    for (int i = 0; i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        bool badge = mark->kind == BW_MARK_ICON && i > 0 &&
                     page->marks[i - 1].kind == BW_MARK_ROUND &&
                     !bw_ui_page_hit(page, mark->rect.x, mark->rect.y);
        if (badge && !twin->icon[0]) {
            SDL_strlcpy(twin->icon, bw_ui_mark_name(page, mark), sizeof twin->icon);
            SDL_strlcpy(
                twin->kicker, bw_ui_mark_name(page, mark + 1), sizeof twin->kicker);
            SDL_strlcpy(
                twin->headline, bw_ui_mark_name(page, mark + 2), sizeof twin->headline);
        }
    }
}

/* Colour is never the only signal: without it any two verdicts still differ in their icon
 * and in their words. */
static void
verdicts_differ_without_their_colour(void **state)
{
    (void)state;
    static const char *const names[] = {"welcome", "already_in", "other_session",
        "forged", "replaced", "blocked", "cancelled", "too_early", "session_over",
        "waitlisted", "full"};
    enum { COUNT = sizeof names / sizeof names[0] };
    struct twin twins[COUNT];
    for (int i = 0; i < COUNT; i++) {
        read_twin(names[i], &twins[i]);
        assert_true(twins[i].icon[0] && twins[i].kicker[0] && twins[i].headline[0]);
        for (int j = 0; j < i; j++) {
            bool icon = strcmp(twins[i].icon, twins[j].icon) != 0;
            bool words = strcmp(twins[i].headline, twins[j].headline) != 0 ||
                         strcmp(twins[i].kicker, twins[j].kicker) != 0;
            if (!words || !icon) {
                fail_msg("%s and %s: %s", names[i], names[j], words ? "icon" : "words");
            }
        }
    }
}

static void
touch_beside_every_target_is_a_touch(void **state)
{
    (void)state;
    show("welcome");
    assert_int_equal(bw_ui_hit(ui, 1900, 20).action, BW_ACTION_TOUCH);
    assert_int_equal(bw_ui_hit(ui, -5, 4000).action, BW_ACTION_TOUCH);
}

static void
every_target_is_hit_in_its_middle(void **state)
{
    (void)state;
    for (int i = 0; i < samples_count; i++) {
        show(samples[i].name);
        const struct bw_ui_page *page = bw_ui_page(ui);
        for (int t = 0; t < page->targets_count; t++) {
            const struct bw_ui_target *target = &page->targets[t];
            struct bw_ui_hit hit = bw_ui_hit(ui, target->rect.x + target->rect.w / 2,
                target->rect.y + target->rect.h / 2);
            assert_int_equal(hit.action, target->action);
            assert_int_equal(hit.index, target->index);
        }
    }
}

static void
dialog_covers_what_lies_below(void **state)
{
    (void)state;
    show("search_confirm");
    const struct bw_ui_page *page = bw_ui_page(ui);
    assert_int_equal(page->targets_count, 2);
    assert_int_equal(page->targets[0].action, BW_ACTION_NO);
    assert_int_equal(page->targets[1].action, BW_ACTION_YES);
}

static void
tab_reaches_every_target_of_every_screen(void **state)
{
    (void)state;
    for (int i = 0; i < samples_count; i++) {
        show(samples[i].name);
        bool reached[BW_TARGETS_MAX] = {false};
        const struct bw_ui_page *page = bw_ui_page(ui);
        bw_ui_focus(ui, BW_FOCUS_OFF);
        for (int step = 0; step < page->targets_count; step++) {
            bw_ui_focus(ui, BW_FOCUS_NEXT);
            struct bw_ui_hit hit = bw_ui_focused(ui);
            for (int t = 0; t < page->targets_count; t++) {
                reached[t] = reached[t] || (page->targets[t].action == hit.action &&
                                               page->targets[t].index == hit.index);
            }
        }
        for (int t = 0; t < page->targets_count; t++) {
            if (!reached[t]) {
                fail_msg("%s: action %d/%d", samples[i].name,
                    (int)page->targets[t].action, page->targets[t].index);
            }
        }
    }
    bw_ui_focus(ui, BW_FOCUS_OFF);
}

static bool
has_target(enum bw_action action)
{
    const struct bw_ui_page *page = bw_ui_page(ui);
    for (int i = 0; i < page->targets_count; i++) {
        if (page->targets[i].action == action) {
            return true;
        }
    }
    return false;
}

static void
ok_is_off_until_the_last_digit(void **state)
{
    (void)state;
    show("pin");
    for (view.pin.digits = 0; view.pin.digits < 6; view.pin.digits++) {
        bw_ui_draw(ui, &view, NULL, &drawn);
        assert_false(has_target(BW_ACTION_ENTER));
    }
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_true(has_target(BW_ACTION_ENTER));
}

static void
arrows_walk_the_pin_pad(void **state)
{
    (void)state;
    show("pin");
    bw_ui_focus(ui, BW_FOCUS_OFF);
    bw_ui_focus(ui, BW_FOCUS_NEXT);
    assert_int_equal(bw_ui_focused(ui).index, '1');
    bw_ui_focus(ui, BW_FOCUS_RIGHT);
    bw_ui_focus(ui, BW_FOCUS_DOWN);
    assert_int_equal(bw_ui_focused(ui).index, '5');
    bw_ui_focus(ui, BW_FOCUS_UP);
    bw_ui_focus(ui, BW_FOCUS_LEFT);
    assert_int_equal(bw_ui_focused(ui).index, '1');
    bw_ui_focus(ui, BW_FOCUS_OFF);
    assert_int_equal(bw_ui_focused(ui).action, BW_ACTION_NONE);
}

static void
pressed_button_shows_it(void **state)
{
    (void)state;
    show("idle");
    bw_ui_press(ui, (struct bw_ui_hit){.action = BW_ACTION_FIND});
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_in_range(drawn.pixels, 1, 800 * 200);
    bw_ui_press(ui, (struct bw_ui_hit){.action = BW_ACTION_NONE});
    bw_ui_draw(ui, &view, NULL, &drawn);
    assert_in_range(drawn.pixels, 1, 800 * 200);
}

static void
loudspeaker_says_neither_name_nor_school(void **state)
{
    (void)state;
    char heard[4096];
    show("welcome");
    bw_ui_read_aloud(ui, &view, true, heard, sizeof heard);
    assert_non_null(strstr(heard, "Fatima"));
    assert_non_null(strstr(heard, "De Zonnewijzer"));
    bw_ui_read_aloud(ui, &view, false, heard, sizeof heard);
    assert_null(strstr(heard, "Fatima"));
    assert_null(strstr(heard, "De Zonnewijzer"));
    assert_non_null(strstr(heard, "Tafel 4"));
    assert_int_equal(bw_ui_hit(ui, 100, 950).action, BW_ACTION_DONE);
}

static void
warming_ends(void **state)
{
    (void)state;
    int steps = 0;
    show("idle");
    while (bw_ui_warm(ui)) {
        steps++;
        assert_in_range(steps, 1, 200);
    }
    assert_true(steps > 20);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_painted_when_nothing_changes),
        cmocka_unit_test(new_minute_paints_the_clock_alone),
        cmocka_unit_test(camera_frame_paints_the_camera_alone),
        cmocka_unit_test(changed_areas_leave_the_same_pixels_as_a_whole_paint),
        cmocka_unit_test(movement_asks_to_be_drawn_again_and_ends),
        cmocka_unit_test(less_motion_moves_nothing),
        cmocka_unit_test(bridge_by_night_is_walked_seldom),
        cmocka_unit_test(focus_ring_is_drawn_round_its_target_in_reading_order),
        cmocka_unit_test(verdicts_differ_without_their_colour),
        cmocka_unit_test(touch_beside_every_target_is_a_touch),
        cmocka_unit_test(every_target_is_hit_in_its_middle),
        cmocka_unit_test(dialog_covers_what_lies_below),
        cmocka_unit_test(tab_reaches_every_target_of_every_screen),
        cmocka_unit_test(ok_is_off_until_the_last_digit),
        cmocka_unit_test(arrows_walk_the_pin_pad),
        cmocka_unit_test(pressed_button_shows_it),
        cmocka_unit_test(loudspeaker_says_neither_name_nor_school),
        cmocka_unit_test(warming_ends),
    };
    return cmocka_run_group_tests(tests, open_ui, close_ui);
}
