/* 02 to 06 and a screen for every other verdict: a colour field, a sentence, a next step.
 *
 * The text column stands at the left above the water (below the header, in portrait), the
 * sign at the right, the buttons in the water, the countdown at the bottom edge. */
#include "screen.h"

#include "ui/widget/column.h"
#include "ui/widget/scene.h"
#include "ui/widget/widget.h"
#include <math.h>
#include <stdio.h>

/* ---- buttons in the water ---- */

static struct bw_look
button_look(
    const struct bw_button *button, const struct bw_tone_look *tone, const char *text)
{
    struct bw_look look = {.kind = button->kind, .icon = button->icon, .text = text};
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
draw_staff(struct bw_page *page, const struct bw_button *button,
    const struct bw_tone_look *tone, SDL_Rect area, int height, int left)
{
    const struct bw_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bool bare = m->room == BW_COMPACT || left < 0;
    bool beside = !m->portrait && m->room != BW_COMPACT;
    bw_say(page, button->key, NULL, text);
    page->must_read = false;
    struct bw_look look = {.kind = BW_BUTTON_QUIET,
        .icon = button->icon,
        .text = bare ? "" : text,
        .name = text,
        .small = true,
        .ink = tone->dark ? BW_WIT : tone->ink,
        .icon_px = bw_px(m, 3.4)};
    int width = bw_look_width(page, &look);
    SDL_Rect rect = {.x = beside ? left : area.x + area.w - width,
        .y = area.y + (area.h - height) / 2,
        .w = width,
        .h = height};
    bw_look_draw(page, rect, &look, button->action, button->index);
    page->must_read = true;
    return width;
}

/* Larger words on a small upright panel: each button has a row of its own. */
static bool
stacks(const struct bw_metric *m)
{
    return m->portrait && m->larger && m->room != BW_ROOMY;
}

static int
bar_height(struct bw_page *page)
{
    const struct bw_metric *m = page->kit.metric;
    int button = bw_px(m, 8.5) > m->touch ? bw_px(m, 8.5) : m->touch;
    int progress = bw_px(m, 1.5);
    int least = bw_px(m, m->portrait ? 14 : m->room == BW_COMPACT ? 10 : 19);
    int height = button + 2 * progress + bw_px(m, 2.5);
    height += stacks(m) ? button + m->gap : 0;
    return height > least ? height : least;
}

static void
draw_buttons(struct bw_page *page, const struct bw_view *view,
    const struct bw_tone_look *tone, SDL_Rect area)
{
    const struct bw_metric *m = page->kit.metric;
    static char texts[BW_VIEW_BUTTONS][BW_WORDING_BYTES];
    struct bw_row_button row[BW_VIEW_BUTTONS];
    const struct bw_button *staff = NULL;
    int count = 0;
    int height = bw_px(m, 8.5) > m->touch ? bw_px(m, 8.5) : m->touch;
    SDL_Rect ear = bw_ear_size(page, view, m->portrait); /* upright, on the water */
    area.w -= ear.w + bw_mm(m, BW_GAP_MM);
    for (int i = 0; i < view->buttons_count; i++) {
        const struct bw_button *button = &view->buttons[i];
        struct bw_values values = view->result.values;
        if (is_staff(button)) {
            staff = button;
            continue;
        }
        values.n = button->action == BW_ACTION_DONE ? view->result.left_s : values.n;
        bw_say(page, button->key, &values, texts[count]);
        row[count] = (struct bw_row_button){
            button_look(button, tone, texts[count]), button->action, button->index};
        count++;
    }
    if (staff && (m->portrait || m->room == BW_COMPACT)) {
        /* with two buttons beside it in portrait, by its lock alone */
        int left = m->portrait && count > 1 ? -1 : 0;
        area.w -= draw_staff(page, staff, tone, area, height, left) + m->gap;
        staff = NULL;
    }
    if (stacks(m) && count == 2) { /* each on a row of its own */
        SDL_Rect upper = area;
        upper.h = height;
        upper.y += (area.h - 2 * height - m->gap) / 2;
        bw_button_row(page, upper, height, false, row + 1, 1);
        area.y = upper.y + height + m->gap;
        area.h = height;
        count = 1;
    }
    int used = count > 0 ? bw_button_row(page, area, height, false, row, count) : -m->gap;
    if (staff) {
        draw_staff(page, staff, tone, area, height, area.x + used + m->gap);
    }
    ear.x = m->width_px - m->margin - ear.w;
    ear.y = area.y + (area.h + m->touch) / 2 - ear.h;
    bw_ear(page, view, ear, tone->dark ? BW_WIT : tone->ink,
        tone->dark ? BW_INKT : BW_WIT, tone->dark ? tone->water : BW_WIT);
}

static void
draw_progress(
    struct bw_page *page, const struct bw_view *view, const struct bw_tone_look *tone)
{
    const struct bw_metric *m = page->kit.metric;
    int height = bw_px(m, 1.5);
    float part = view->result.left_part;
    if (view->result.total_s <= 0) {
        return;
    }
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    SDL_Rect bar = {.y = m->height_px - height,
        .w = (int)lround((double)part * m->width_px),
        .h = height};
    bw_page_fill(page, bar, tone->progress);
    bw_page_again(page, 33);
}

/* ---- the sign ---- */

struct fact {
    const char *icon;
    char text[BW_WORDING_BYTES];
};

static int
sign_facts(struct bw_page *page, const struct bw_view *view, struct fact *facts)
{
    const struct bw_result_view *r = &view->result;
    int count = 0;
    switch (r->sign) {
    case BW_SIGN_NONE:
        break;
    case BW_SIGN_TABLE:
        facts[count].icon = "table";
        snprintf(facts[count].text, BW_WORDING_BYTES, "%.400s", r->table);
        {
            struct bw_values values = {0};
            snprintf(values.x, sizeof values.x, "%s", r->table);
            bw_say(page, "ok.table", &values, facts[count++].text);
        }
        break;
    case BW_SIGN_PLACE:
        if (r->sign_values.date_ms) {
            facts[count].icon = "calendar";
            bw_wording_moment(page->kit.wording, BW_MOMENT_DATE, r->sign_values.date_ms,
                facts[count++].text, BW_WORDING_BYTES);
        }
        if (r->sign_values.time_ms) {
            facts[count].icon = "clock";
            bw_say(page, "when.only", &r->sign_values, facts[count++].text);
        }
        if (r->venue[0]) {
            facts[count].icon = "pin";
            bw_wording_clean(r->venue, facts[count++].text, BW_WORDING_BYTES);
        }
        break;
    case BW_SIGN_FREE: {
        struct bw_values values = {.n = r->values.f};
        facts[count].icon = "seat";
        bw_say(page, "wa.free", &values, facts[count++].text);
        break;
    }
    case BW_SIGN_FULL:
        facts[count].icon = "people";
        bw_say(page, "wa.fullk", &r->values, facts[count++].text);
        break;
    }
    return count;
}

static bw_colour
sign_ink(const struct bw_tone_look *tone)
{
    return tone->dark ? tone->sky : BW_INKT;
}

/* Size of the sign, and its marks where `at` is given. */
static void
lay_sign(struct bw_page *page, const struct bw_view *view,
    const struct bw_tone_look *tone, int width_max, const SDL_Point *at, int *ret_width,
    int *ret_height)
{
    const struct bw_metric *m = page->kit.metric;
    struct fact facts[3];
    int count = sign_facts(page, view, facts);
    bool big = view->result.sign == BW_SIGN_TABLE || view->result.sign == BW_SIGN_FREE;
    bool small = m->room != BW_ROOMY;
    enum bw_type type = big ? (small ? BW_T5 : BW_T6) : count == 1 ? BW_T3 : BW_T2;
    struct bw_block block = {.style = bw_page_style(page, type, big ? BW_BLACK : BW_BOLD),
        .leading = big ? 1.05 : 1.2,
        .lines_max = 2,
        .balanced = true};
    int pad_x = bw_px(m, small ? 2.6 : 3.4);
    int pad_y = bw_px(m, small ? 1.6 : 2.2);
    int gap = bw_px(m, big ? 2.4 : 1.8);
    int between = bw_px(m, 1.4);
    int words = width_max - 2 * pad_x - gap; /* a long one is smaller, not on two lines */
    while (big && type > BW_T3 &&
           bw_text_width(page->kit.text, facts[0].text, block.style) >
               words - block.style.px * 7 / 8) {
        block.style = bw_page_style(page, --type, BW_BLACK);
    }
    int icon = big ? block.style.px * 7 / 8 : bw_icon_px(page, 4, block.style);
    block.width = words - icon;
    int widest = 0;
    int height = 2 * pad_y + between * (count > 0 ? count - 1 : 0);
    int heights[3] = {0};
    for (int i = 0; i < count; i++) {
        int width = bw_block_width(page, &block, facts[i].text);
        widest = width > widest ? width : widest;
        heights[i] = bw_block_height(page, &block, facts[i].text);
        heights[i] = heights[i] > icon ? heights[i] : icon;
        height += heights[i];
    }
    *ret_width = count ? widest + 2 * pad_x + icon + gap : 0;
    *ret_height = count ? height : 0;
    if (!at || !count) {
        return;
    }
    bw_page_round(page,
        (SDL_Rect){.x = at->x, .y = at->y, .w = *ret_width, .h = *ret_height}, m->r3,
        BW_WIT);
    int y = at->y + pad_y;
    for (int i = 0; i < count; i++) {
        SDL_Rect box = {
            .x = at->x + pad_x, .y = y + (heights[i] - icon) / 2, .w = icon, .h = icon};
        bw_page_icon(page, facts[i].icon, box, sign_ink(tone));
        int text_h = bw_block_height(page, &block, facts[i].text);
        bw_page_block(page, box.x + icon + gap, y + (heights[i] - text_h) / 2, &block,
            sign_ink(tone), facts[i].text);
        y += heights[i] + between;
    }
}

/* What stands on the signpost of 04, in the illustration's units: the place (or an arrow
 * where its name is too long) and "Hier". */
static void
draw_signpost(struct bw_page *page, const struct bw_view *view, const SDL_Rect *box)
{
    char text[BW_WORDING_BYTES];
    double unit = box->w / 1080.0;
    const struct bw_metric *m = page->kit.metric;
    SDL_Rect there = {.x = box->x + (int)lround(64 * unit),
        .y = box->y + (int)lround(164 * unit),
        .w = (int)lround(280 * unit),
        .h = (int)lround(104 * unit)};
    SDL_Rect here = {.x = box->x + (int)lround(100 * unit),
        .y = box->y + (int)lround(294 * unit),
        .w = (int)lround(196 * unit),
        .h = (int)lround(96 * unit)};
    struct bw_style style = bw_page_style(page, BW_T2, BW_BOLD);
    bw_wording_clean(view->result.values.place, text, sizeof text);
    int width = bw_text_width(page->kit.text, text, style);
    if (*text && width <= there.w) {
        bw_page_line(page, there.x + (there.w - width) / 2,
            there.y + (there.h - bw_line_height(style)) / 2, style, BW_WIT, text);
    } else {
        int icon = bw_px(m, 6);
        bw_page_icon(page, "arrow-right", bw_centred(there, icon, icon), BW_WIT)
            ->decoration = true;
    }
    bw_say(page, "sign.here", NULL, text);
    width = bw_text_width(page->kit.text, text, style);
    if (width <= here.w) {
        bw_page_line(page, here.x + (here.w - width) / 2,
            here.y + (here.h - bw_line_height(style)) / 2, style, BW_PAARS, text);
    }
}

/* ---- the column of text ---- */

static void
fill_column(struct bw_page *page, const struct bw_view *view,
    const struct bw_tone_look *tone, struct bw_column *column)
{
    const struct bw_result_view *r = &view->result;
    char text[BW_WORDING_BYTES];
    bw_say(page, r->kicker, &r->values, text);
    bw_column_kicker(column, r->badge, text);
    struct bw_values values = r->values;
    bw_first_words(values.name);
    bw_say(page, r->headline, &values, text);
    bw_column_headline(column, text, tone->headline);
    if (r->big_name) {
        bw_wording_clean(r->values.name, text, sizeof text);
        bw_column_name(column, text, tone->headline);
    }
    if (r->go_to[0]) {
        bw_wording_clean(r->go_to, text, sizeof text);
        bw_column_line(column, "arrow-right", text, BW_BLACK);
    }
    if (r->school[0]) {
        bw_wording_clean(r->school, text, sizeof text);
        bw_column_line(column, "school", text, BW_MEDIUM);
    }
    if (r->help[0]) {
        bw_say(page, r->help, &r->values, text);
        bw_column_help(column, text, true);
    }
    if (r->help_quiet[0]) {
        bw_say(page, r->help_quiet, &r->values, text);
        bw_column_help(column, text, false);
    }
}

void
bw_screen_result(struct bw_page *page, const struct bw_view *view)
{
    const struct bw_metric *m = page->kit.metric;
    const struct bw_result_view *r = &view->result;
    const struct bw_tone_look *tone = bw_tone_look(r->tone);
    int64_t since = view->mono_ms - r->shown_ms;
    int bar = bar_height(page);
    struct bw_stage stage;
    bw_stage_init(&stage, m, bar);
    bw_stage_draw(page, &stage, tone, r->scene, since, view->less_motion);
    if (r->scene == BW_SCENE_OTHER && !SDL_RectEmpty(&stage.illustration)) {
        draw_signpost(page, view, &stage.illustration);
    }
    int top = bw_result_header(page, view, tone->logo, tone->ink, true) + bw_px(m, 1.5);
    bool low = m->room == BW_COMPACT && !m->portrait;
    int left = m->portrait || low ? m->margin : bw_px(m, 6);
    bool beside = !m->portrait;
    int sign_w, sign_h;
    int sign_max = m->portrait ? m->width_px - 2 * m->margin : m->width_px * 48 / 100;
    lay_sign(page, view, tone, sign_max, NULL, &sign_w, &sign_h);
    SDL_Rect area = {.x = left,
        .y = top,
        .w = m->width_px - left - m->margin,
        .h = stage.water.y - stage.quay.h - top - bw_px(m, 1)};
    if (!SDL_RectEmpty(&stage.illustration) && m->portrait) {
        area.h = stage.illustration.y + stage.illustration.h / 10 - top;
    }
    struct bw_column column;
    bw_column_init(&column, page, tone, area, since, view->less_motion);
    column.beside_w = beside && sign_w ? sign_w + bw_px(m, 3) : 0;
    column.beside_h = beside && sign_w ? sign_h + bw_px(m, 2) : 0;
    column.scene = r->scene;
    column.box = beside ? stage.illustration : (SDL_Rect){0};
    column.below_h = !beside && sign_h ? sign_h + bw_px(m, 4) : 0;
    fill_column(page, view, tone, &column);
    int end = bw_column_draw(&column);
    SDL_Point at = {
        .x = m->width_px - m->margin - sign_w, .y = top + bw_px(m, low ? 0 : 2)};
    if (!beside) {
        at = (SDL_Point){.x = left, .y = end + bw_px(m, 4)};
    }
    lay_sign(page, view, tone, sign_max, &at, &sign_w, &sign_h);
    int pad = bw_px(m, m->portrait ? 2 : 1.5);
    int bar_y = m->portrait ? m->height_px - bar : stage.water.y;
    draw_buttons(page, view, tone,
        (SDL_Rect){.x = left,
            .y = bar_y,
            .w = m->width_px - left - m->margin,
            .h = m->height_px - bar_y - pad});
    draw_progress(page, view, tone);
}
