/* The house's figures: ones that a person can add up, in the same words on the start
 * screen, the list and the form, in every size. */
#include "tests/ui/ui_help.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const shown_on[] = {"idle", "idle_larger", "no_camera", "staff",
    "staff_toast", "staff_waitlist", "form_audience", "form_region", "form_fields"};

/* All that stands on the page, lines of a sentence joined by blanks. */
static const char *
words_of_page(const struct bw_ui_page *page)
{
    static char words[BW_NAMES_BYTES];
    size_t used = 0;
    words[0] = '\0';
    for (int i = 0; i < page->marks_count; i++) {
        if (page->marks[i].kind == BW_MARK_TEXT) {
            used += (size_t)snprintf(words + used, sizeof words - used, "%s ",
                bw_ui_mark_name(page, &page->marks[i]));
        }
    }
    return words;
}

static void
set_house(struct bw_ledger *ledger, bool released)
{
    *ledger = (struct bw_ledger){.capacity = 50,
        .present = 2,
        .expected = 47,
        .held = released ? 0 : 47,
        .free = released ? 48 : 1,
        .released = released};
}

static void
expect_on_all(const struct panel *panel, bool released, enum bw_language language,
    const char *figures)
{
    struct bw_error err;
    struct bw_ui *own = NULL;
    struct bw_ui_drawn drawn;
    struct bw_ui_options options = {.offscreen = true,
        .width_px = panel->width_px,
        .height_px = panel->height_px,
        .width_mm = panel->width_mm};
    assert_int_equal(bw_ui_create(&options, &own, &err), BW_OK);
    for (size_t i = 0; i < sizeof shown_on / sizeof *shown_on; i++) {
        sample_view(number_of(shown_on[i]), language, bw_ui_list_rows(own), &view);
        set_house(&view.overview.ledger, released);
        bw_ui_draw(own, &view, NULL, &drawn);
        const char *words = words_of_page(bw_ui_page(own));
        bool twice = strstr(words, "van 50") || (released && strstr(words, "· 47"));
        if (!strstr(words, figures) || twice) {
            fail_msg("%s %s: no \"%s\" in: %s", shown_on[i], panel->name, figures, words);
        }
    }
    bw_ui_destroy(own);
}

static void
figures_add_up_to_the_places_on_every_screen_and_size(void **state)
{
    (void)state;
    for (int i = 0; i < panels_count; i++) {
        expect_on_all(&panels[i], false, BW_DUTCH, "2 binnen · 47 komen nog · 1 vrij");
        expect_on_all(
            &panels[i], false, BW_ENGLISH, "2 inside · 47 still to come · 1 free");
    }
}

static void
after_the_release_nobody_is_counted_twice(void **state)
{
    (void)state;
    for (int i = 0; i < panels_count; i++) {
        expect_on_all(&panels[i], true, BW_DUTCH, "2 binnen · 48 vrij");
    }
}

static void
release_is_told_where_there_is_room(void **state)
{
    (void)state;
    static const char did[] = "47 zijn er niet: hun plek is vrij";
    static const char *const names[] = {"staff", "form_audience"};
    for (int i = 0; i < 2; i++) {
        struct bw_ui_drawn drawn;
        sample_view(number_of(names[i]), BW_DUTCH, 4, &view);
        set_house(&view.overview.ledger, true);
        view.overview.present_waiting = 0;
        bw_ui_draw(ui, &view, NULL, &drawn);
        assert_non_null(strstr(words_of_page(bw_ui_page(ui)), did));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_add_up_to_the_places_on_every_screen_and_size),
        cmocka_unit_test(after_the_release_nobody_is_counted_twice),
        cmocka_unit_test_setup_teardown(
            release_is_told_where_there_is_room, open_ui, close_ui),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
