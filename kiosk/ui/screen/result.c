/* 02 to 06 and a screen for every other verdict: a colour field, a sentence, a next step.
 *
 * The text column stands at the left above the water (below the header, in portrait), the
 * sign at the right, the buttons in the water, the countdown at the bottom edge. */
#include "screen.h"

#include "sign.h"
#include "ui/widget/column.h"
#include "ui/widget/scene.h"
#include "ui/widget/widget.h"
#include <math.h>

/* ---- buttons in the water ---- */

static struct bw_ui_look
button_look(
    const struct bw_button *button, const struct bw_ui_tone_look *tone, const char *text)
{
    struct bw_ui_look look = {.kind = button->kind, .icon = button->icon, .text = text};
    bool main = button->kind == BW_BUTTON_PRIMARY || button->kind == BW_BUTTON_SUN;
    if (button->kind == BW_BUTTON_QUIET) {
        look.ink = tone->dark ? BW_WIT : tone->ink;
    } else if (tone->dark) {
        look.fill = main ? BW_WIT : tone->water;
        look.ink = main ? BW_INKT : BW_WIT;
        look.edge = main ? BW_NO_COLOUR : BW_WIT;
        look.kind = main ? BW_BUTTON_PRIMARY : BW_BUTTON_SECONDARY;
    } else if (main) {
        look.fill = tone->button;
    } else {
        look.ink = look.edge = tone->button;
    }
    return look;
}

static bool
is_staff(const struct bw_button *button)
{
    return button->kind == BW_BUTTON_QUIET &&
           (button->action == BW_ACTION_STAFF || button->action == BW_ACTION_STAFF_ADMIT);
}

/* The staff's entry, quiet; returns its width. At the right edge, but beside the other
 * buttons (from `left`) where the sun stands in between. Negative: by its lock alone. */
static int
draw_staff(struct bw_ui_page *page, const struct bw_button *button,
    const struct bw_ui_tone_look *tone, SDL_Rect area, int height, int left, bool bare)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bare = bare || m->size != BW_UI_ROOMY || left < 0; /* the sun stands close */
    bare = bare && !(m->portrait && left >= 0 && m->size != BW_UI_COMPACT);
    bool beside = !m->portrait && m->size != BW_UI_COMPACT;
    bw_ui_say(page, button->key, NULL, text);
    page->must_read = false;
    struct bw_ui_look look = {.kind = BW_BUTTON_QUIET,
        .icon = button->icon,
        .text = bare ? "" : text,
        .name = text,
        .small = true,
        .ink = tone->dark ? BW_WIT : tone->ink,
        .icon_px = bw_ui_px(m, 3.4)};
    int width = bw_ui_look_width(page, &look);
    SDL_Rect rect = {.x = beside ? left : area.x + area.w - width,
        .y = area.y + (area.h - height) / 2,
        .w = width,
        .h = height};
    bw_ui_look_draw(page, rect, &look, button->action, button->index);
    page->must_read = true;
    return width;
}

/* Larger words on a small upright panel: each button has a row of its own. */
static bool
stacks(const struct bw_ui_metric *m)
{
    return m->portrait && m->larger && m->size != BW_UI_ROOMY;
}

static int
bar_height(struct bw_ui_page *page)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int button = bw_ui_px(m, 8.5) > m->touch ? bw_ui_px(m, 8.5) : m->touch;
    int progress = bw_ui_px(m, 1.5);
    int least = bw_ui_px(m, m->portrait ? 14 : m->size == BW_UI_COMPACT ? 10 : 19);
    int height = button + 2 * progress + bw_ui_px(m, 2.5);
    height += stacks(m) ? button + m->gap : 0;
    return height > least ? height : least;
}

/* The buttons but for the staff's, as they look; returns how many. */
static int
person_buttons(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_ui_tone_look *tone, struct bw_ui_bar_button *buttons,
    const struct bw_button **ret_staff)
{
    static char texts[BW_VIEW_BUTTONS][BW_WORDING_BYTES];
    int count = 0;
    *ret_staff = NULL;
    for (int i = 0; i < view->buttons_count; i++) {
        const struct bw_button *button = &view->buttons[i];
        struct bw_values values = view->result.values;
        if (is_staff(button)) {
            *ret_staff = button;
            continue;
        }
        values.n = button->action == BW_ACTION_DONE ? view->result.left_s : values.n;
        bw_ui_say(page, button->key, &values, texts[count]);
        buttons[count] = (struct bw_ui_bar_button){
            button_look(button, tone, texts[count]), button->action, button->index};
        count++;
    }
    return count;
}

/* Without its seconds (the bar at the edge shows them) where words would be broken. */
static void
shorten_done(struct bw_ui_page *page, const struct bw_view *view, int space,
    struct bw_ui_bar_button *buttons, int count)
{
    static char text[BW_WORDING_BYTES];
    bool dark = bw_ui_tone_look(view->result.tone)->dark;
    for (int i = 0; i < count; i++) {
        if (buttons[i].action == BW_ACTION_DONE &&
            !bw_ui_button_bar_fits(page, space, buttons, count)) {
            bw_ui_say(page, dark ? "done" : "close", NULL, text);
            buttons[i].look.text = text;
        }
    }
}

/* A long name of the desk stands in the sentence above: the button says "de balie", where
 * that is shorter. */
static void
shorten_desk(struct bw_ui_page *page, const struct bw_view *view, int space,
    struct bw_ui_bar_button *buttons, int count)
{
    static char text[BW_WORDING_BYTES];
    struct bw_values values = view->result.values;
    values.desk[0] = '\0';
    for (int i = 0; i < count; i++) {
        if (buttons[i].action == BW_ACTION_TO_DESK &&
            !bw_ui_button_bar_fits(page, space, buttons, count)) {
            bw_ui_say(page, "go.desk", &values, text);
            struct bw_ui_look brief = buttons[i].look;
            brief.text = text;
            if (bw_ui_look_width(page, &brief) <
                bw_ui_look_width(page, &buttons[i].look)) {
                buttons[i].look = brief;
            }
        }
    }
}

/* A raised hand says it alone. */
static void
shorten_call(
    struct bw_ui_page *page, int space, struct bw_ui_bar_button *buttons, int count)
{
    for (int i = 0; i < count; i++) {
        struct bw_ui_look *look = &buttons[i].look;
        if (buttons[i].action == BW_ACTION_CALL && look->text[0] != '\0' &&
            !bw_ui_button_bar_fits(page, space, buttons, count)) {
            look->name = look->text;
            look->text = "";
        }
    }
}

static bool
has_call(const struct bw_ui_bar_button *buttons, int count)
{
    bool has = false;
    for (int i = 0; i < count; i++) {
        has = has || buttons[i].action == BW_ACTION_CALL;
    }
    return has;
}

/* What the buttons may take: on a broad panel up to the sun, less the staff's lock. */
static int
bar_space(const struct bw_ui_metric *m, SDL_Rect area, bool staff, bool bare)
{
    int sun = m->width_px * 67 / 100 - area.x;
    bool scene = !m->portrait && m->size != BW_UI_COMPACT;
    int space = scene && sun < area.w ? sun : area.w;
    bool word = m->size == BW_UI_ROOMY && !bare;
    int lock = word ? bw_ui_px(m, 20) : m->touch;
    return space - (staff ? lock + m->gap : 0);
}

/* On a small panel whole words go before larger ones. */
static int
draw_bar(struct bw_ui_page *page, SDL_Rect area, int height,
    struct bw_ui_bar_button *buttons, int count)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct bw_ui_metric usual;
    bw_ui_metric_init(&usual, m->width_px, m->height_px, m->pitch_mm, false);
    if (m->size == BW_UI_COMPACT && !m->portrait &&
        !bw_ui_button_bar_fits(page, area.w, buttons, count)) {
        page->kit.metric = &usual;
    }
    int used = bw_ui_button_bar(page, area, height, false, buttons, count);
    page->kit.metric = m;
    return used;
}

/* Whether the languages have a button each beside the others on a low panel. What ends
 * the screen gives way first: its sign alone says it; then labels stand on two lines. */
static bool
make_room(struct bw_ui_page *page, const struct bw_view *view, int space,
    struct bw_ui_bar_button *buttons, int count)
{
    space -= bw_ui_languages_width(page);
    shorten_desk(page, view, space, buttons, count);
    shorten_call(page, space, buttons, count);
    shorten_done(page, view, space, buttons, count);
    for (int i = 0; i < count; i++) {
        struct bw_ui_look *look = &buttons[i].look;
        if (buttons[i].action == BW_ACTION_DONE &&
            !bw_ui_button_bar_fits(page, space, buttons, count)) {
            look->icon = "close";
            look->name = look->text;
            look->text = "";
        }
    }
    int least = -page->kit.metric->gap;
    for (int i = 0; i < count; i++) {
        least += bw_ui_look_width(page, &buttons[i].look) * 3 / 4 + page->kit.metric->gap;
    }
    return least <= space;
}

/* A small panel has no room to close what closes by itself, and by the next step. */
static int
leave_out_done(struct bw_ui_bar_button *buttons, int count)
{
    bool leaves = has_call(buttons, count) && buttons[0].action == BW_ACTION_DONE;
    for (int i = 1; leaves && i < count; i++) {
        buttons[i - 1] = buttons[i];
    }
    return count - leaves;
}

/* The next step above the others, which stand in what is left of the area. */
static int
stack(struct bw_ui_page *page, SDL_Rect *area, int height,
    struct bw_ui_bar_button *buttons, int count)
{
    int gap = page->kit.metric->gap;
    SDL_Rect upper = *area;
    upper.h = height;
    upper.y += (area->h - 2 * height - gap) / 2;
    int lead = buttons[0].action == BW_ACTION_TO_DESK ? 0 : 1;
    bw_ui_button_bar(page, upper, height, false, buttons + lead, 1);
    area->y = upper.y + height + gap;
    area->h = height;
    for (int i = lead; i + 1 < count; i++) {
        buttons[i] = buttons[i + 1];
    }
    return count - 1;
}

static void
draw_buttons(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_ui_tone_look *tone, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct bw_ui_bar_button buttons[BW_VIEW_BUTTONS];
    const struct bw_button *staff;
    int height = bw_ui_px(m, 8.5) > m->touch ? bw_ui_px(m, 8.5) : m->touch;
    SDL_Rect ear = bw_ui_ear_size(page, view, m->portrait); /* upright, on the water */
    area.w -= ear.w + bw_ui_mm(m, BW_GAP_MM);
    int count = person_buttons(page, view, tone, buttons, &staff);
    count = m->size == BW_UI_COMPACT ? leave_out_done(buttons, count) : count;
    if (m->size == BW_UI_COMPACT && !m->portrait) { /* else they stand beside the clock */
        int lock = staff ? m->touch + m->gap : 0;
        bool each = make_room(page, view, area.w - lock, buttons, count);
        area.w -= bw_ui_languages_draw(page, area.x + area.w, area.y + area.h / 2,
            tone->dark ? BW_WIT : tone->ink, !each);
    }
    if (staff && (m->portrait || m->size == BW_UI_COMPACT)) {
        /* with two buttons beside it in portrait, by its lock alone */
        int left = m->portrait && count > 1 ? -1 : 0;
        area.w -= draw_staff(page, staff, tone, area, height, left, false) + m->gap;
        staff = NULL;
    }
    bool calls = has_call(buttons, count); /* then the lock has no word */
    int space = bar_space(m, area, staff != NULL, calls);
    shorten_desk(page, view, space, buttons, count);
    if (stacks(m) && count >= 2) {
        count = stack(page, &area, height, buttons, count);
    }
    shorten_done(page, view, space, buttons, count);
    shorten_call(page, space, buttons, count);
    if (!bw_ui_button_bar_fits(page, space, buttons, count)) {
        count = leave_out_done(buttons, count);
    }
    area.w = space;
    int used = count > 0 ? draw_bar(page, area, height, buttons, count) : -m->gap;
    if (staff) {
        int left = area.x + used + m->gap;
        (void)draw_staff(page, staff, tone, area, height, left, calls);
    }
    ear.x = m->width_px - m->margin - ear.w;
    ear.y = area.y + (area.h + m->touch) / 2 - ear.h;
    bw_ui_ear(page, view, ear, tone->dark ? BW_WIT : tone->ink,
        tone->dark ? BW_INKT : BW_WIT, tone->dark ? tone->water : BW_WIT);
}

static void
draw_progress(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_ui_tone_look *tone)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int height = bw_ui_px(m, 1.5);
    float part = view->result.left_part;
    if (view->result.total_s <= 0) {
        return;
    }
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    SDL_Rect bar = {.y = m->height_px - height,
        .w = (int)lround((double)part * m->width_px),
        .h = height};
    bw_ui_page_fill(page, bar, tone->progress);
    bw_ui_page_again(page, 33);
}

/* ---- the column of text ---- */

static void
fill_column(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_ui_tone_look *tone, struct bw_ui_column *column)
{
    const struct bw_result_view *r = &view->result;
    char text[BW_WORDING_BYTES];
    bw_ui_say(page, r->kicker, &r->values, text);
    bw_ui_column_kicker(column, r->badge, text);
    struct bw_values values = r->values;
    bw_ui_first_words(values.name);
    bw_ui_say(page, r->headline, &values, text);
    bw_ui_column_headline(column, text, tone->headline);
    if (r->big_name) {
        bw_ui_wording_clean(r->values.name, text, sizeof text);
        bw_ui_column_name(column, text, tone->headline);
    }
    if (r->go_to[0]) {
        bw_ui_wording_clean(r->go_to, text, sizeof text);
        bw_ui_column_line(column, "arrow-right", text, BW_BLACK);
    }
    if (r->school[0]) {
        bw_ui_wording_clean(r->school, text, sizeof text);
        bw_ui_column_line(column, "school", text, BW_MEDIUM);
    }
    if (r->help[0]) {
        bw_ui_say(page, r->help, &r->values, text);
        bw_ui_column_help(column, text, true);
    }
    if (r->help_quiet[0]) {
        bw_ui_say(page, r->help_quiet, &r->values, text);
        bw_ui_column_help(column, text, false);
    }
}

/* The column of text, and the sign beside it, or under it in portrait. */
static void
draw_words(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_ui_tone_look *tone, const struct bw_ui_stage *stage, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    struct bw_ui_sign sign;
    bw_ui_sign_init(&sign, page, view,
        m->portrait ? m->width_px - 2 * m->margin : m->width_px * 48 / 100);
    struct bw_ui_column column;
    bw_ui_column_init(&column, page, tone, area, view->mono_ms - view->result.shown_ms,
        view->less_motion);
    column.scene = view->result.scene;
    if (m->portrait) {
        column.below_h = sign.height ? sign.height + bw_ui_px(m, 4) : 0;
    } else {
        column.beside_w = sign.width ? sign.width + bw_ui_px(m, 3) : 0;
        column.beside_h = sign.width ? sign.height + bw_ui_px(m, 2) : 0;
        column.box = stage->illustration;
    }
    fill_column(page, view, tone, &column);
    int end = bw_ui_column_draw(&column);
    if (m->portrait) {
        bw_ui_sign_draw(&sign, page, tone, area.x, end + bw_ui_px(m, 4));
    } else {
        bw_ui_sign_draw(&sign, page, tone, m->width_px - m->margin - sign.width,
            area.y + bw_ui_px(m, low ? 0 : 2));
    }
}

void
bw_ui_screen_result(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_result_view *r = &view->result;
    const struct bw_ui_tone_look *tone = bw_ui_tone_look(r->tone);
    int bar = bar_height(page);
    struct bw_ui_stage stage;
    bw_ui_stage_init(&stage, m, bar);
    bw_ui_stage_draw(
        page, &stage, tone, r->scene, view->mono_ms - r->shown_ms, view->less_motion);
    if (r->scene == BW_SCENE_OTHER && !SDL_RectEmpty(&stage.illustration)) {
        bw_ui_signpost_draw(page, view, &stage.illustration);
    }
    int top =
        bw_ui_result_header(page, view, tone->logo, tone->ink, true) + bw_ui_px(m, 1.5);
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    int left = m->portrait || low ? m->margin : bw_ui_px(m, 6);
    SDL_Rect area = {.x = left,
        .y = top,
        .w = m->width_px - left - m->margin,
        .h = stage.water.y - stage.quay.h - top - bw_ui_px(m, 1)};
    if (!SDL_RectEmpty(&stage.illustration) && m->portrait) {
        area.h = stage.illustration.y + stage.illustration.h / 10 - top;
    }
    draw_words(page, view, tone, &stage, area);
    int pad = bw_ui_px(m, m->portrait ? 2 : 1.5);
    int bar_y = m->portrait ? m->height_px - bar : stage.water.y;
    draw_buttons(page, view, tone,
        (SDL_Rect){.x = left,
            .y = bar_y,
            .w = m->width_px - left - m->margin,
            .h = m->height_px - bar_y - pad});
    draw_progress(page, view, tone);
}
