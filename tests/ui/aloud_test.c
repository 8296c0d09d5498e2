/* The screens for the ear: what is read, what the keyboard's ring says, and where the
 * buttons for it stand. */
#include "ui_help.h"

#include <string.h>

static char heard[4096];

static void
fill(const char *name, enum bw_language language)
{
    sample_view(number_of(name), language, bw_ui_list_rows(ui), &view);
    bw_ui_focus(ui, BW_FOCUS_OFF);
    bw_ui_lay_out(ui, &view);
}

static bool
is_heard(enum bw_screen screen)
{
    return screen == BW_SCREEN_IDLE || screen == BW_SCREEN_RESULT ||
           screen == BW_SCREEN_SEARCH || screen == BW_SCREEN_FIRST_START ||
           screen == BW_SCREEN_NO_ROSTER || screen == BW_SCREEN_FAULT ||
           screen == BW_SCREEN_AGENDA;
}

static const struct bw_ui_target *
target_of(enum bw_action action)
{
    const struct bw_ui_page *page = bw_ui_page(ui);
    for (int i = 0; i < page->targets_count; i++) {
        if (page->targets[i].action == action) {
            return &page->targets[i];
        }
    }
    return NULL;
}

/* Moves the ring to the action, and takes what is said there. */
static void
hear(enum bw_action action, int index)
{
    struct bw_ui_hit at;
    int steps = 0;
    do {
        bw_ui_focus(ui, BW_FOCUS_NEXT);
        at = bw_ui_focused(ui);
        assert_in_range(++steps, 1, BW_TARGETS_MAX);
    } while (at.action != action || at.index != index);
    (void)bw_ui_read_focus(ui, &view, false, heard, sizeof heard);
}

static void
ring_says_name_and_role_in_the_screens_language(void **state)
{
    (void)state;
    fill("idle", BW_DUTCH);
    hear(BW_ACTION_LARGER, 0);
    assert_string_equal(heard, "Groter, knop\n");
    hear(BW_ACTION_FIND, 0);
    assert_string_equal(heard, "Geen QR-code? Typ je code of je naam, knop\n");
    fill("idle", BW_ENGLISH);
    hear(BW_ACTION_READ_ALOUD, 0);
    assert_string_equal(heard, "Read aloud, button\n");
    fill("search", BW_DUTCH);
    hear(BW_ACTION_KEY, 'q');
    assert_string_equal(heard, "q, toets\n");
    hear(BW_ACTION_KEY, '-');
    assert_string_equal(heard, "streepje, toets\n");
    hear(BW_ACTION_DELETE, 0);
    assert_string_equal(heard, "Wis, toets\n");
}

static void
ring_says_whether_it_is_read_aloud_and_how_loud(void **state)
{
    (void)state;
    fill("idle", BW_DUTCH);
    view.aloud = true;
    view.volume = 2;
    bw_ui_lay_out(ui, &view);
    hear(BW_ACTION_LOUDER, 0);
    assert_string_equal(heard, "Harder, nu 2 van 4, knop\n");
    hear(BW_ACTION_READ_ALOUD, 0);
    assert_string_equal(heard, "Lees voor, aan, knop\n");
}

static void
nothing_is_said_where_there_is_no_ring(void **state)
{
    (void)state;
    fill("idle", BW_DUTCH);
    assert_int_equal(bw_ui_read_focus(ui, &view, false, heard, sizeof heard), 0);
    assert_string_equal(heard, "");
}

/* Also those that show as an icon, in both languages. */
static void
every_target_that_is_heard_has_a_name(void **state)
{
    (void)state;
    int count = 0;
    for (int number = 0; number < samples_count * 2; number++) {
        sample_view(
            number / 2, number % 2 ? BW_ENGLISH : BW_DUTCH, bw_ui_list_rows(ui), &view);
        view.aloud = true;
        view.volume = 1 + number % BW_VOLUME_LEVELS;
        bw_ui_lay_out(ui, &view);
        const struct bw_ui_page *page = bw_ui_page(ui);
        for (int i = 0; is_heard(view.screen) && i < page->targets_count; i++, count++) {
            if (!page->names[page->targets[i].name]) {
                fail_msg("%s: action %d", samples[number / 2].name,
                    (int)page->targets[i].action);
            }
        }
    }
    assert_true(count > 200);
}

/* The one who stands there is asked by name; the hall hears the question without it. */
static void
question_is_heard_without_the_name_and_without_what_lies_below(void **state)
{
    (void)state;
    fill("search_confirm", BW_DUTCH);
    (void)bw_ui_read_aloud(ui, &view, true, heard, sizeof heard);
    assert_non_null(strstr(heard, "Fatima"));
    assert_null(strstr(heard, "spatie"));
    assert_null(strstr(heard, "13.12"));
    (void)bw_ui_read_aloud(ui, &view, false, heard, sizeof heard);
    assert_null(strstr(heard, "Fatima"));
    assert_non_null(strstr(heard, "Ben jij"));
    hear(BW_ACTION_YES, 0);
    assert_null(strstr(heard, "Fatima"));
    assert_non_null(strstr(heard, ", knop\n"));
}

static void
volume_stands_beside_read_aloud_which_stays_where_it_was(void **state)
{
    (void)state;
    static const char *const names[] = {"idle", "welcome", "waitlisted"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fill(names[i], BW_DUTCH);
        assert_null(target_of(BW_ACTION_LOUDER));
        SDL_Rect before = target_of(BW_ACTION_READ_ALOUD)->rect;
        view.aloud = true;
        view.volume = 4;
        bw_ui_lay_out(ui, &view);
        assert_memory_equal(
            &target_of(BW_ACTION_READ_ALOUD)->rect, &before, sizeof before);
        const struct bw_ui_target *louder = target_of(BW_ACTION_LOUDER);
        assert_non_null(louder);
        assert_int_equal(louder->rect.y, before.y);
        assert_int_equal(louder->rect.w, before.w);
        assert_true(louder->rect.x + louder->rect.w < before.x);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ring_says_name_and_role_in_the_screens_language),
        cmocka_unit_test(ring_says_whether_it_is_read_aloud_and_how_loud),
        cmocka_unit_test(nothing_is_said_where_there_is_no_ring),
        cmocka_unit_test(every_target_that_is_heard_has_a_name),
        cmocka_unit_test(question_is_heard_without_the_name_and_without_what_lies_below),
        cmocka_unit_test(volume_stands_beside_read_aloud_which_stays_where_it_was),
    };
    return cmocka_run_group_tests(tests, open_ui, close_ui);
}
