/* Every screen, state, language and size, laid out and measured: sizes of targets and
 * gaps, heights of letters, contrast, clipping and overlap,
 * all from the marks of the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/golden/frame.h"
#include "ui/draw/metric.h"
#include "ui/draw/page.h"
#include "tests/golden/samples.h"
#include "tests/pace.h"
#include "ui/ui.h"

#include <stdio.h>
#include <string.h>
/* EN 301 549, and the tokens: 7 for text, 4.5 for signs. */
#define TEXT_CONTRAST 7.0
#define SIGN_CONTRAST 4.5
#define EDGE_CONTRAST 3.0
#define ROUNDING_MM 0.06

/* All are laid out and measured. Painting, which no check here looks at and which takes
 * ten times that, is for the sanitizers: of each screen some are, one as a whole, and
 * after it what differs in the next. tests/golden looks at the pictures. */
enum { DRAWN_OF = 14, DRAWN = 2 };

typedef int check_page(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where);

enum check {
    LETTERS,
    ON_SCREEN,
    OVERLAP,
    WHOLE,
    SIZES,
    DISTANCES,
    LABELS,
    WORDS,
    CONTRAST,
    CHECKS
};

/* Faults found by each check, over everything; filled once. */
static int found[CHECKS];

static const struct panel extra_panels[] = {
    {"1280x800 at 10 inch", 1280, 800, 217},
    {"1366x768 at 14 inch", 1366, 768, 310},
    {"1920x1080 at 10 inch", 1920, 1080, 221},
    {"1080x1920 at 15.6 inch", 1080, 1920, 194},
    {"1920x1080 at 27 inch", 1920, 1080, 598},
};

/* Marks below a dialog's scrim don't count: nobody acts on them. */
static int
first_mark(const struct bw_ui_page *page)
{
    int first = 0;
    for (int i = 0; i < page->marks_count; i++) {
        if (page->marks[i].kind == BW_MARK_FILL && page->marks[i].colour == BW_SCRIM) {
            first = i + 1;
        }
    }
    return first;
}

static bool
is_text(const struct bw_ui_mark *mark)
{
    return mark->kind == BW_MARK_TEXT;
}

/* The letters themselves, without the room above and below them. */
static SDL_Rect
ink(const struct bw_ui_mark *mark)
{
    SDL_Rect rect = mark->rect;
    int trim = mark->style.px / 5;
    rect.y += trim;
    rect.h -= 2 * trim;
    return rect;
}

static bool
inside(const SDL_Rect *part, const SDL_Rect *whole, int slack)
{
    return part->x >= whole->x - slack && part->y >= whole->y - slack &&
           part->x + part->w <= whole->x + whole->w + slack &&
           part->y + part->h <= whole->y + whole->h + slack;
}

static int
fault(const char *where, const char *what, const char *text)
{
    print_message("%s: %s: \"%s\"\n", where, what, text);
    return 1;
}

/* ---- the checks ---- */

/* MT3 */
static int
letters_are_large_enough(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where)
{
    int faults = 0;
    for (int i = 0; i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        double least = mark->must_read ? BW_ATTENDEE_CAPITAL_MM : BW_STAFF_CAPITAL_MM;
        double capital = mark->style.px * BW_CAPITAL_PART * metric->pitch_mm;
        if (is_text(mark) && capital < least - ROUNDING_MM) {
            faults += fault(where, "letters too small", bw_ui_mark_name(page, mark));
        }
    }
    return faults;
}

static int
text_stays_on_screen(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where)
{
    SDL_Rect screen = {.w = metric->width_px, .h = metric->height_px};
    int faults = page->overfull ? fault(where, "page overfull", "") : 0;
    for (int i = first_mark(page); i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        SDL_Rect letters = ink(mark);
        if (is_text(mark) && !inside(&letters, &screen, 0)) {
            faults += fault(where, "off the screen", bw_ui_mark_name(page, mark));
        }
    }
    return faults;
}

static int
texts_do_not_overlap(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where)
{
    (void)metric;
    int faults = 0;
    for (int i = first_mark(page); i < page->marks_count; i++) {
        for (int j = i + 1; j < page->marks_count; j++) {
            if (!is_text(&page->marks[i]) || !is_text(&page->marks[j])) {
                continue;
            }
            SDL_Rect one = ink(&page->marks[i]);
            SDL_Rect other = ink(&page->marks[j]);
            if (SDL_HasIntersection(&one, &other)) {
                char both[512];
                snprintf(both, sizeof both, "%.200s | %.200s",
                    bw_ui_mark_name(page, &page->marks[i]),
                    bw_ui_mark_name(page, &page->marks[j]));
                faults += fault(where, "texts overlap", both);
            }
        }
    }
    return faults;
}

/* What an attendee must read is whole; names and schools alone may be shortened. */
static int
sentences_are_whole(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where)
{
    (void)metric;
    int faults = 0;
    bool personal = strstr(where, "_long") != NULL || strstr(where, "agenda") != NULL;
    for (int i = first_mark(page); i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        if (is_text(mark) && mark->must_read && mark->cut && !personal) {
            faults += fault(where, "cut", bw_ui_mark_name(page, mark));
        }
    }
    return faults;
}

/* Of a staff list: as low as BW_STAFF_TOUCH_MM, but as wide and as far from each other
 * along the row as any. */
static bool
is_of_list(const struct bw_ui_target *target)
{
    return target->action == BW_ACTION_ROW || target->action == BW_ACTION_ROW_MORE ||
           target->action == BW_ACTION_TAB;
}

static int
targets_are_large_enough(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where)
{
    SDL_Rect screen = {.w = metric->width_px, .h = metric->height_px};
    int least = bw_ui_mm(metric, BW_TOUCH_MM);
    int faults = 0;
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_ui_target *target = &page->targets[i];
        char text[80];
        snprintf(text, sizeof text, "action %d index %d, %dx%d", (int)target->action,
            target->index, target->rect.w, target->rect.h);
        if (!inside(&target->rect, &screen, 0)) {
            faults += fault(where, "target off the screen", text);
        }
        if (!target->crowded && (target->rect.w < least || target->rect.h < least)) {
            faults += fault(where, "target too small", text);
        }
        if (is_of_list(target) &&
            (target->rect.w < least ||
                target->rect.h < bw_ui_mm(metric, BW_STAFF_TOUCH_MM))) {
            faults += fault(where, "target of a list too small", text);
        }
        if (target->rect.w < least * 3 / 5 || target->rect.h < least * 3 / 5) {
            faults += fault(where, "target far too small", text);
        }
    }
    return faults;
}

static int
targets_keep_their_distance(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where)
{
    int least = bw_ui_mm(metric, BW_GAP_MM) - 1;
    int faults = 0;
    for (int i = 0; i < page->targets_count; i++) {
        for (int j = i + 1; j < page->targets_count; j++) {
            const struct bw_ui_target *a = &page->targets[i];
            const struct bw_ui_target *b = &page->targets[j];
            bool row = is_of_list(a) && is_of_list(b) && a->rect.y == b->rect.y;
            bool crowded = a->crowded && b->crowded && !row;
            int grow = crowded ? 1 : least;
            SDL_Rect wide = {.x = a->rect.x - grow,
                .y = a->rect.y - grow,
                .w = a->rect.w + 2 * grow,
                .h = a->rect.h + 2 * grow};
            if (SDL_HasIntersection(&wide, &b->rect)) {
                char text[120];
                snprintf(text, sizeof text, "actions %d/%d and %d/%d", (int)a->action,
                    a->index, (int)b->action, b->index);
                faults += fault(where, "targets too close", text);
            }
        }
    }
    return faults;
}

/* A label doesn't stick out of its button. */
static int
labels_fit_their_buttons(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where)
{
    (void)metric;
    int faults = 0;
    for (int i = first_mark(page); i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        if (!is_text(mark)) {
            continue;
        }
        const struct bw_ui_target *target = bw_ui_page_hit(
            page, mark->rect.x + mark->rect.w / 2, mark->rect.y + mark->rect.h / 2);
        SDL_Rect letters = ink(mark);
        if (target && !inside(&letters, &target->rect, 0)) {
            faults +=
                fault(where, "sticks out of its button", bw_ui_mark_name(page, mark));
        }
    }
    return faults;
}

static bool
is_letter(char byte)
{
    return byte != '\0' && !strchr(" \n-", byte);
}

/* A line of a label begins and ends where a word of what the button is called does. */
static int
words_of_buttons_are_whole(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where)
{
    (void)metric;
    int faults = 0;
    for (int i = first_mark(page); i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        const struct bw_ui_target *target =
            is_text(mark) ? bw_ui_page_hit(page, mark->rect.x + mark->rect.w / 2,
                                mark->rect.y + mark->rect.h / 2)
                          : NULL;
        const char *line = is_text(mark) ? bw_ui_mark_name(page, mark) : "";
        const char *name = target ? page->names + target->name : "";
        const char *at = *line ? strstr(name, line) : NULL;
        if (at && ((at > name && is_letter(at[-1]) && is_letter(*line)) ||
                      (is_letter(at[strlen(line)]) && is_letter(at[strlen(line) - 1])))) {
            faults += fault(where, "broken word on a button", line);
        }
    }
    return faults;
}

/* The colour behind a mark: of the last opaque shape under its middle. */
static bool
colour_behind(const struct bw_ui_page *page, int number, bw_ui_colour *ret_colour)
{
    const struct bw_ui_mark *mark = &page->marks[number];
    SDL_Point middle = {
        .x = mark->rect.x + mark->rect.w / 2, .y = mark->rect.y + mark->rect.h / 2};
    for (int i = number - 1; i >= 0; i--) {
        const struct bw_ui_mark *under = &page->marks[i];
        if (!SDL_PointInRect(&middle, &under->rect)) {
            continue;
        }
        if (under->kind == BW_MARK_SCENE || under->kind == BW_MARK_CAMERA) {
            return false; /* not one colour */
        }
        bool shape = under->kind == BW_MARK_FILL || under->kind == BW_MARK_ROUND;
        if (shape && under->colour >> 24 == 0xFF) {
            *ret_colour = under->colour;
            return true;
        }
    }
    return false;
}

/* What reacts is seen to be there: its edge or its field stands out. */
static bool
edge_is_seen(const struct bw_ui_mark *mark, bw_ui_colour behind)
{
    bool field = mark->colour >> 24 == 0xFF &&
                 bw_ui_colour_contrast(mark->colour, behind) >= EDGE_CONTRAST;
    return field || bw_ui_colour_contrast(mark->colour2, behind) >= EDGE_CONTRAST;
}

static int
contrast_suffices(
    const struct bw_ui_page *page, const struct bw_ui_metric *metric, const char *where)
{
    (void)metric;
    int faults = 0;
    for (int i = first_mark(page); i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        bool text = is_text(mark);
        bw_ui_colour behind;
        bool reacts = bw_ui_page_hit(page, mark->rect.x + mark->rect.w / 2,
                          mark->rect.y + mark->rect.h / 2) != NULL;
        if (mark->kind == BW_MARK_ROUND && mark->border && !mark->decoration && reacts &&
            colour_behind(page, i, &behind) && !edge_is_seen(mark, behind)) {
            char edge[80];
            snprintf(edge, sizeof edge, "edge %06X on %06X", mark->colour2 & 0xFFFFFF,
                behind & 0xFFFFFF);
            faults += fault(where, edge, "");
        }
        if ((!text && mark->kind != BW_MARK_ICON) || mark->decoration ||
            !colour_behind(page, i, &behind)) {
            continue;
        }
        double ratio = bw_ui_colour_contrast(mark->colour, behind);
        if (ratio < (text ? TEXT_CONTRAST : SIGN_CONTRAST)) {
            char what[160];
            snprintf(what, sizeof what, "contrast %.2f of %06X on %06X", ratio,
                mark->colour & 0xFFFFFF, behind & 0xFFFFFF);
            faults += fault(where, what, bw_ui_mark_name(page, mark));
        }
    }
    return faults;
}

static check_page *const checks[CHECKS] = {
    [LETTERS] = letters_are_large_enough,
    [ON_SCREEN] = text_stays_on_screen,
    [OVERLAP] = texts_do_not_overlap,
    [WHOLE] = sentences_are_whole,
    [SIZES] = targets_are_large_enough,
    [DISTANCES] = targets_keep_their_distance,
    [LABELS] = labels_fit_their_buttons,
    [WORDS] = words_of_buttons_are_whole,
    [CONTRAST] = contrast_suffices,
};

static void
measure_panel(const struct panel *panel)
{
    static struct bw_view view;
    struct bw_error err;
    struct bw_ui *ui = NULL;
    struct bw_ui_drawn drawn;
    struct bw_ui_options options = {.offscreen = true,
        .width_px = panel->width_px,
        .height_px = panel->height_px,
        .width_mm = panel->width_mm};
    if (bw_ui_create(&options, &ui, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    struct bw_ui_camera_frame picture = test_picture();
    int languages = bw_ui_languages(ui);
    for (int number = 0; number < samples_count * 4 * languages;
         number += pace_stride(1)) {
        char where[160];
        int sample = number / 4 / languages;
        bool stretched = number & 1;
        enum bw_language language = (enum bw_language)(number / 4 % languages);
        sample_view(sample, language, bw_ui_list_rows(ui), &view);
        if (stretched) { /* none, one and two of everything, by turns */
            sample_stretch(&view, (sample + number + panel->width_px / 128) % 3);
        }
        view.aloud = number & 2; /* with the volume's button */
        view.volume = BW_VOLUME_LEVELS;
        if (view.aloud && view.screen > BW_SCREEN_RESULT) {
            continue;
        }
        if (number % DRAWN_OF < DRAWN) {
            bw_ui_draw(ui, &view, &picture, &drawn);
        } else {
            bw_ui_lay_out(ui, &view);
        }
        snprintf(where, sizeof where, "%s%s%s %s %s", samples[sample].name,
            view.aloud ? " aloud" : "", stretched ? "_long" : "", panel->name,
            bw_ui_language_code(ui, language));
        for (int check = 0; check < CHECKS; check++) {
            found[check] += checks[check](bw_ui_page(ui), bw_ui_metric(ui), where);
        }
    }
    bw_ui_destroy(ui);
}

static int
measure_all(void **state)
{
    (void)state;
    for (int i = 0; i < panels_count; i++) {
        measure_panel(&panels[i]);
    }
    for (size_t i = 0; i < sizeof extra_panels / sizeof extra_panels[0]; i++) {
        measure_panel(&extra_panels[i]);
    }
    return 0;
}

#define TESTS(X)                                                                         \
    X(letters_are_large_enough, LETTERS)                                                 \
    X(text_stays_on_screen, ON_SCREEN)                                                   \
    X(texts_do_not_overlap, OVERLAP)                                                     \
    X(sentences_are_whole, WHOLE)                                                        \
    X(targets_are_large_enough, SIZES)                                                   \
    X(targets_keep_their_distance, DISTANCES)                                            \
    X(labels_fit_their_buttons, LABELS)                                                  \
    X(words_of_buttons_are_whole, WORDS)                                                 \
    X(contrast_suffices, CONTRAST)
#define TEST(name, check)                                                                \
    static void test_##name(void **state)                                                \
    {                                                                                    \
        (void)state;                                                                     \
        assert_int_equal(found[check], 0);                                               \
    }
#define RUN(name, check) cmocka_unit_test(test_##name),
TESTS(TEST)

int
main(void)
{
    const struct CMUnitTest tests[] = {TESTS(RUN)};
    return cmocka_run_group_tests(tests, measure_all, NULL);
}
