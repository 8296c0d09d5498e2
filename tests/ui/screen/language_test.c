/* Each language is one touch away, on every screen that a visitor sees and on every
 * panel. */
#include "tests/ui/ui_help.h"

static bool
is_for_visitors(enum bw_screen screen)
{
    return screen == BW_SCREEN_IDLE || screen == BW_SCREEN_RESULT ||
           screen == BW_SCREEN_SEARCH || screen == BW_SCREEN_PIN ||
           screen == BW_SCREEN_FIRST_START || screen == BW_SCREEN_NO_ROSTER ||
           screen == BW_SCREEN_FAULT || screen == BW_SCREEN_AGENDA;
}

/* Bits of those that a target takes at once. */
static unsigned
languages_on(const struct bw_ui_page *page)
{
    unsigned found = 0;
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_ui_target *target = &page->targets[i];
        if (target->action == BW_ACTION_LANGUAGE && target->index > 0) {
            found |= 1u << (target->index - 1);
        }
    }
    return found;
}

static int
check_panel(const struct panel *panel)
{
    struct bw_error err;
    struct bw_ui *other = NULL;
    int faults = 0;
    struct bw_ui_options options = {.offscreen = true,
        .width_px = panel->width_px,
        .height_px = panel->height_px,
        .width_mm = panel->width_mm};
    assert_int_equal(bw_ui_create(&options, &other, &err), BW_OK);
    int languages = bw_ui_languages(other);
    for (int i = 0; i < samples_count * languages; i++) {
        int language = i / samples_count;
        sample_view(i % samples_count, (enum bw_language)language, 8, &view);
        if (!is_for_visitors(view.screen) || view.dialog.open) {
            continue;
        }
        bw_ui_lay_out(other, &view);
        unsigned wanted = ((1u << languages) - 1) & ~(1u << language);
        if (languages_on(bw_ui_page(other)) != wanted) {
            print_message("%s, %s on %s: not each language is one touch away\n",
                samples[i % samples_count].name,
                bw_ui_language_code(other, (enum bw_language)language), panel->name);
            faults++;
        }
    }
    bw_ui_destroy(other);
    return faults;
}

static void
each_language_is_one_touch_away(void **state)
{
    (void)state;
    int faults = 0;
    for (int i = 0; i < panels_count; i++) {
        faults += check_panel(&panels[i]);
    }
    assert_int_equal(faults, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_language_is_one_touch_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
