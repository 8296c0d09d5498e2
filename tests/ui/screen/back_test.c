/* "Terug" stands bottom left on every screen of the staff, and of what stands over one,
 * on every panel and in every language. */
#include "tests/ui/ui_help.h"

static bool
goes_back(const struct bw_ui_target *target)
{
    return target->action == BW_ACTION_BACK || target->action == BW_ACTION_NO ||
           (target->action == BW_ACTION_STAFF_SEARCH && view.staff.searching) ||
           (target->action == BW_ACTION_ROW_MORE && view.staff.more_row >= 0);
}

static bool
is_of_staff(enum bw_screen screen)
{
    return screen == BW_SCREEN_PIN || screen == BW_SCREEN_STAFF ||
           screen == BW_SCREEN_FORM || screen == BW_SCREEN_KIOSK ||
           screen == BW_SCREEN_EVACUATION || screen == BW_SCREEN_CHECK;
}

/* A corner to touch is no button. */
static bool
is_button(const struct bw_ui_target *target)
{
    return !(view.screen == BW_SCREEN_CHECK && target->action == BW_ACTION_FIELD);
}

/* Nothing else begins lower, nor further to the left on its line. */
static bool
is_lowest_left(const struct bw_ui_page *page, const struct bw_ui_target *back)
{
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_ui_target *other = &page->targets[i];
        bool lower = other->rect.y >= back->rect.y + back->rect.h;
        bool beside = other->rect.y + other->rect.h > back->rect.y && !lower;
        if (other != back && is_button(other) &&
            (lower || (beside && other->rect.x < back->rect.x))) {
            return false;
        }
    }
    return true;
}

static bool
has_back(const struct bw_ui_page *page)
{
    for (int i = 0; i < page->targets_count; i++) {
        if (goes_back(&page->targets[i]) && is_lowest_left(page, &page->targets[i])) {
            return !page->targets[i].primary;
        }
    }
    return false;
}

static void
back_stands_bottom_left_on_every_screen_of_the_staff(void **state)
{
    (void)state;
    int faults = 0;
    for (int p = 0; p < panels_count; p++) {
        struct bw_error err;
        struct bw_ui *other = NULL;
        struct bw_ui_options options = {.offscreen = true,
            .width_px = panels[p].width_px,
            .height_px = panels[p].height_px,
            .width_mm = panels[p].width_mm};
        assert_int_equal(bw_ui_create(&options, &other, &err), BW_OK);
        for (int i = 0; i < samples_count * bw_ui_languages(other); i++) {
            sample_view(i % samples_count, (enum bw_language)(i / samples_count),
                bw_ui_list_rows(other), &view);
            if (!is_of_staff(view.screen)) {
                continue;
            }
            bw_ui_lay_out(other, &view);
            if (!has_back(bw_ui_page(other))) {
                print_message("%s on %s: no way back, bottom left\n",
                    samples[i % samples_count].name, panels[p].name);
                faults++;
            }
        }
        bw_ui_destroy(other);
    }
    assert_int_equal(faults, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(back_stands_bottom_left_on_every_screen_of_the_staff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
