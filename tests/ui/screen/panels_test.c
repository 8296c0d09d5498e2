/* What has to stand on every panel, of what staff do and visitors are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/draw/page.h"
#include "tests/golden/samples.h"
#include "ui/ui.h"
#include <brugwachter/code.h>

#include <string.h>

#define NBSP "\xC2\xA0"
#define DAY_MS (24 * INT64_C(3600000))

static struct bw_view view;

static void
fill(const char *name)
{
    for (int i = 0; i < samples_count; i++) {
        if (strcmp(samples[i].name, name) == 0) {
            sample_view(i, BW_DUTCH, 8, &view);
            return;
        }
    }
    fail_msg("no sample %s", name);
}

/* Whether a text, or a target, stands on every usual panel. */
static void
expect_on_every_panel(const char *text, enum bw_action action)
{
    for (int i = 0; i < panels_count; i++) {
        struct bw_error err = {0};
        struct bw_ui *ui = NULL;
        struct bw_ui_drawn drawn;
        bool found = false;
        struct bw_ui_options options = {.offscreen = true,
            .width_px = panels[i].width_px,
            .height_px = panels[i].height_px,
            .width_mm = panels[i].width_mm};
        assert_int_equal(bw_ui_create(&options, &ui, &err), BW_OK);
        bw_ui_draw(ui, &view, NULL, &drawn);
        const struct bw_ui_page *page = bw_ui_page(ui);
        static char words[32768]; /* a line a mark: a sentence goes on in the next one */
        words[0] = '\0';
        for (int k = 0; k < page->marks_count; k++) {
            if (page->marks[k].kind == BW_MARK_TEXT) {
                (void)strcat(strcat(words, bw_ui_mark_name(page, &page->marks[k])), " ");
            }
        }
        found = text != NULL && strstr(words, text) != NULL;
        for (int k = 0; text == NULL && k < page->targets_count; k++) {
            found = found || page->targets[k].action == action;
        }
        if (!found) {
            fail_msg("%s: no %s in: %s", panels[i].name, text != NULL ? text : "target",
                words);
        }
        bw_ui_destroy(ui);
    }
}

static void
what_is_typed_on_a_keyboard_of_its_own_is_shown(void **state)
{
    (void)state;
    fill("staff");
    (void)strcpy(view.staff.text, "schur");
    view.staff.found = true;
    expect_on_every_panel("schur", BW_ACTION_NONE);
    expect_on_every_panel(NULL, BW_ACTION_STAFF_SEARCH);
}

static void
pages_are_turned_while_a_toast_stands(void **state)
{
    (void)state;
    fill("staff_toast");
    view.buttons_count = 0;
    expect_on_every_panel(NULL, BW_ACTION_NEXT);
    expect_on_every_panel(NULL, BW_ACTION_PREVIOUS);
}

static void
form_says_whom_it_is_about(void **state)
{
    (void)state;
    fill("form_substitute");
    expect_on_every_panel("Vervanger van Bart", BW_ACTION_NONE);
    fill("form_reason");
    (void)strcpy(view.form.values.name, "Bart Schuringa");
    expect_on_every_panel("Bart Schuringa", BW_ACTION_NONE);
}

static void
yesterdays_time_has_its_day(void **state)
{
    (void)state;
    fill("kiosk");
    expect_on_every_panel("12.40 uur", BW_ACTION_NONE);
    view.kiosk.tiles[0].values.time_ms -= DAY_MS;
    expect_on_every_panel("ma" NBSP "17" NBSP "mrt", BW_ACTION_NONE);
}

static void
kiosk_that_just_began_says_nothing_of_a_broken_camera(void **state)
{
    (void)state;
    fill("no_camera");
    expect_on_every_panel("doet het even niet", BW_ACTION_NONE);
    view.camera_awaited = true;
    expect_on_every_panel("voor de camera", BW_ACTION_NONE);
}

static void
doors_of_another_day_are_told_with_their_day(void **state)
{
    (void)state;
    fill("no_camera");
    view.guide = BW_GUIDE_NOT_YET;
    view.overview.doors_ms = view.now_ms + DAY_MS;
    expect_on_every_panel("wo" NBSP "19" NBSP "mrt", BW_ACTION_NONE);
    view.camera_present = true;
    expect_on_every_panel("wo" NBSP "19" NBSP "mrt", BW_ACTION_NONE);
}

static void
whose_turn_it_is_can_be_read(void **state)
{
    (void)state;
    fill("idle");
    view.overview.ledger.released = true;
    view.overview.next_position = 3;
    expect_on_every_panel("mag naar", BW_ACTION_NONE);
}

static bool
lies_in(const SDL_Rect *inner, const SDL_Rect *outer)
{
    SDL_Rect both;
    return SDL_IntersectRect(inner, outer, &both) && SDL_RectEquals(&both, inner);
}

static bool
has_icon(const struct bw_ui_page *page, const SDL_Rect *rect, const char *name)
{
    for (int i = 0; i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        if (mark->kind == BW_MARK_ICON && lies_in(&mark->rect, rect) &&
            (name == NULL || strcmp(bw_ui_mark_name(page, mark), name) == 0)) {
            return true;
        }
    }
    return false;
}

/* Above the buttons. */
static int
count_titles_with_icon(const struct bw_ui_page *page)
{
    SDL_Rect above = {.w = page->kit.metric->width_px, .h = page->targets[0].rect.y};
    int count = 0;
    for (int i = 0; i < BW_TILES; i++) {
        count += has_icon(page, &above, view.kiosk.tiles[i].icon);
    }
    return count;
}

/* Whether the buttons of each row are alike. */
static bool
rows_are_alike(const struct bw_ui_page *page)
{
    for (int i = 0; i < page->targets_count; i++) {
        for (int k = 0; k < i; k++) {
            const SDL_Rect *one = &page->targets[i].rect;
            const SDL_Rect *other = &page->targets[k].rect;
            if (one->y == other->y &&
                has_icon(page, one, NULL) != has_icon(page, other, NULL)) {
                return false;
            }
        }
    }
    return true;
}

static void
expect_icons_alike(const char *name, const struct panel *panel, enum bw_language language)
{
    struct bw_error err = {0};
    struct bw_ui *ui = NULL;
    struct bw_ui_drawn drawn;
    struct bw_ui_options options = {.offscreen = true,
        .width_px = panel->width_px,
        .height_px = panel->height_px,
        .width_mm = panel->width_mm};
    fill(name);
    view.language = language;
    assert_int_equal(bw_ui_create(&options, &ui, &err), BW_OK);
    bw_ui_draw(ui, &view, NULL, &drawn);
    int titles = count_titles_with_icon(bw_ui_page(ui));
    if ((titles != 0 && titles != BW_TILES) || !rows_are_alike(bw_ui_page(ui))) {
        fail_msg("%s %s %d: %d titles have an icon; buttons of a row %s", name,
            panel->name, (int)language, titles,
            rows_are_alike(bw_ui_page(ui)) ? "are alike" : "aren't alike");
    }
    bw_ui_destroy(ui);
}

static void
tiles_and_each_row_of_buttons_have_their_icons_or_none(void **state)
{
    static const char *const names[] = {"kiosk", "kiosk_waiting", "kiosk_low"};
    (void)state;
    for (int name = 0; name < 3; name++) {
        for (int i = 0; i < panels_count; i++) {
            for (int language = 0; language < 3; language++) {
                expect_icons_alike(names[name], &panels[i], (enum bw_language)language);
            }
        }
    }
}

static void
tiles_of_the_kiosk_are_told_whole_above_ten_buttons(void **state)
{
    (void)state;
    fill("kiosk_waiting");
    expect_on_every_panel("Opgehaald om 12.40 uur", BW_ACTION_NONE);
    expect_on_every_panel("geen stekker", BW_ACTION_NONE);
}

/* Where their state has no column of its own, the tab's name says it of all of them. */
static void
school_of_who_is_expected_is_read_whole(void **state)
{
    (void)state;
    fill("staff");
    expect_on_every_panel("obs De Kade", BW_ACTION_NONE);
}

/* In another language too: one name for one place. */
static void
button_names_the_desk_as_the_sentence_does(void **state)
{
    (void)state;
    fill("other_session");
    view.language = (enum bw_language)2;
    expect_on_every_panel("Weiter: de balie", BW_ACTION_NONE);
}

/* Of a long name the first words are called: what to do is told whole. */
static void
longest_names_leave_room_for_what_to_do(void **state)
{
    (void)state;
    fill("waitlisted");
    sample_stretch(&view, 2);
    expect_on_every_panel("Anna-Sophia Wilhelmina, je bent", BW_ACTION_NONE);
    fill("other_session");
    sample_stretch(&view, 2);
    expect_on_every_panel(
        "Er is nog plek. Vraag het bij de ontvangstbalie", BW_ACTION_NONE);
    fill("other_session_full");
    sample_stretch(&view, 2);
    expect_on_every_panel("eigen leerkring.", BW_ACTION_NONE);
}

/* A queue of ten is looked through in two pages. */
static void
staff_list_shows_many_rows(void **state)
{
    (void)state;
    static const struct {
        int width_px, height_px, rows;
        double width_mm;
    } wanted[] = {{1920, 1080, 7, 476}, {1280, 800, 6, 331}};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        struct bw_error err = {0};
        struct bw_ui *ui = NULL;
        struct bw_ui_options options = {.offscreen = true,
            .width_px = wanted[i].width_px,
            .height_px = wanted[i].height_px,
            .width_mm = wanted[i].width_mm};
        assert_int_equal(bw_ui_create(&options, &ui, &err), BW_OK);
        assert_true(bw_ui_list_rows(ui) >= wanted[i].rows);
        bw_ui_destroy(ui);
    }
}

/* Two of one name: school, or code where that is one too, and neither is cut. */
static void
equal_names_are_told_apart_by_what_differs(void **state)
{
    (void)state;
    for (int school = 0; school < 2; school++) {
        for (int i = 0; i < samples_count; i++) {
            if (strcmp(samples[i].name, "staff") == 0) {
                sample_view(i, BW_DUTCH, 2, &view);
            }
        }
        for (int i = 0; i < 2; i++) {
            struct bw_row_view *row = &view.staff.rows[i];
            row->ambiguous = true;
            (void)strcpy(row->row.person.first_name, "Anna");
            (void)strcpy(row->row.person.name, "de Vries");
            (void)strcpy(row->row.person.school, school && i ? "obs Zuid" : "obs Noord");
        }
        expect_on_every_panel(school ? "obs Zuid" : "Anna de Vries", BW_ACTION_NONE);
        if (!school) {
            char code[BW_CODE_SHOWN_BYTES];
            bw_code_format_shown(view.staff.rows[0].row.code, code);
            expect_on_every_panel(code + 5, BW_ACTION_NONE);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_names_are_told_apart_by_what_differs),
        cmocka_unit_test(staff_list_shows_many_rows),
        cmocka_unit_test(what_is_typed_on_a_keyboard_of_its_own_is_shown),
        cmocka_unit_test(pages_are_turned_while_a_toast_stands),
        cmocka_unit_test(form_says_whom_it_is_about),
        cmocka_unit_test(yesterdays_time_has_its_day),
        cmocka_unit_test(whose_turn_it_is_can_be_read),
        cmocka_unit_test(tiles_and_each_row_of_buttons_have_their_icons_or_none),
        cmocka_unit_test(tiles_of_the_kiosk_are_told_whole_above_ten_buttons),
        cmocka_unit_test(school_of_who_is_expected_is_read_whole),
        cmocka_unit_test(button_names_the_desk_as_the_sentence_does),
        cmocka_unit_test(longest_names_leave_room_for_what_to_do),
        cmocka_unit_test(kiosk_that_just_began_says_nothing_of_a_broken_camera),
        cmocka_unit_test(doors_of_another_day_are_told_with_their_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
