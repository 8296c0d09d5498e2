/* 10: somebody who isn't on the list, in three taps and a name. Also a substitute's name
 * and the reason for an override: the same form with one field. */
#include "screen.h"

#include "ui/widget/form.h"
#include "ui/widget/keyboard.h"
#include "ui/widget/widget.h"
#include <stdio.h>

/* ---- the bottom bar ---- */

static void
draw_buttons(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    static char texts[BW_VIEW_BUTTONS][BW_WORDING_BYTES];
    struct bw_ui_bar_button row[BW_VIEW_BUTTONS] = {0};
    const struct bw_ui_metric *m = page->kit.metric;
    int count = view->buttons_count;
    for (int i = 0; i < count; i++) {
        const struct bw_button *button = &view->buttons[i];
        bw_ui_say(page, button->key, &view->form.values, texts[i]);
        row[i] = (struct bw_ui_bar_button){
            {.kind = button->kind, .icon = button->icon, .text = texts[i]},
            button->action, button->index};
    }
    if (m->portrait) { /* the main one on top */
        SDL_Rect line = {.x = area.x, .y = area.y, .w = area.w, .h = m->touch};
        for (int i = count - 1; i >= 0; i--, line.y += m->touch + m->gap) {
            bw_ui_look_draw(page, line, &row[i].look, row[i].action, row[i].index);
        }
        return;
    }
    if (count == 0) {
        return;
    }
    int first = bw_ui_look_width(page, &row[0].look);
    SDL_Rect left = {.x = area.x, .y = area.y, .w = first, .h = m->touch};
    bw_ui_look_draw(page, left, &row[0].look, row[0].action, row[0].index);
    SDL_Rect rest = {.x = area.x + first + m->gap,
        .y = area.y,
        .w = area.w - first - m->gap,
        .h = m->touch};
    if (count > 1) {
        bw_ui_button_bar(page, rest, m->touch, true, row + 1, count - 1);
    }
}

static int
bar_height(const struct bw_ui_metric *m, const struct bw_view *view)
{
    int rows = m->portrait ? view->buttons_count : 1;
    return rows * m->touch + (rows - 1) * m->gap;
}

/* ---- title and places ---- */

static const char *
title_key(const struct bw_form_view *form)
{
    if (form->field == BW_FIELD_REASON) {
        return form->values.name[0] ? "wi.reason.who" : "wi.reason.h";
    }
    if (form->field == BW_FIELD_REGION) {
        return "wi.otherq";
    }
    return form->kind == BW_FORM_SUBSTITUTE ? "wi.subst.h"
           : form->step == BW_STEP_REFERRAL ? "wi.noh"
                                            : "wi.h";
}

static void
note_of(struct bw_ui_page *page, const struct bw_view *view, char *ret_text)
{
    const struct bw_form_view *form = &view->form;
    struct bw_values values = form->values;
    ret_text[0] = '\0';
    if (form->field == BW_FIELD_REASON) {
        bw_ui_say(page, "wi.reason.p", &values, ret_text);
    } else if (form->step == BW_STEP_REFERRAL) {
        return;
    } else if (form->kind == BW_FORM_WALK_IN && view->overview.present_waiting > 0) {
        values.n = view->overview.present_waiting;
        bw_ui_say(page, "wi.first", &values, ret_text);
    } else if (form->kind == BW_FORM_WALK_IN) {
        bw_ui_figures_release(page, view, ret_text);
    }
}

static struct bw_ui_block
note_block(struct bw_ui_page *page, int width)
{
    return (struct bw_ui_block){.style = bw_ui_page_style(page, BW_T1, BW_MEDIUM),
        .leading = 1.25,
        .width = width,
        .lines_max = 2};
}

/* How full the house is, in a ring and words. */
static void
draw_places(struct bw_ui_page *page, const struct bw_view *view, const char *detail,
    SDL_Rect rect, int ring)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char figures[BW_WORDING_BYTES];
    bw_ui_figures(page, view, figures);
    bw_ui_figures_ring(page, view,
        (SDL_Rect){.x = rect.x, .y = rect.y + (rect.h - ring) / 2, .w = ring, .h = ring},
        BW_GRACHT);
    int x = rect.x + ring + bw_ui_px(m, 2.4);
    struct bw_ui_block body = note_block(page, rect.x + rect.w - x);
    struct bw_ui_block strong = body;
    strong.style = bw_ui_page_style(page, BW_T2, BW_BLACK);
    strong.balanced = true;
    int figures_h = bw_ui_block_height(page, &strong, figures);
    int detail_h = *detail ? bw_ui_block_height(page, &body, detail) : 0;
    int y = rect.y + (rect.h - figures_h - detail_h) / 2;
    bw_ui_page_block(page, x, y, &strong, BW_INKT, figures);
    if (*detail) {
        bw_ui_page_block(page, x, y + figures_h, &body, BW_INKT, detail);
    }
}

/* Title at the left, places at the right (or below); returns the lower edge. */
static int
draw_top(struct bw_ui_page *page, const struct bw_view *view, int y)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES], note[BW_WORDING_BYTES];
    int width = m->width_px - 2 * m->margin;
    bool walk_in = view->form.kind == BW_FORM_WALK_IN;
    bool keys = view->form.step == BW_STEP_FIELDS;
    bool low = m->size == BW_UI_COMPACT || (keys && m->size != BW_UI_ROOMY);
    bool with_ring = walk_in && view->form.step != BW_STEP_REFERRAL && !low;
    bool waiting = view->overview.present_waiting > 0;
    bw_ui_say(page, title_key(&view->form), &view->form.values, text);
    note_of(page, view, note);
    int part = m->portrait || !with_ring ? width : width * 55 / 100;
    struct bw_ui_block title = {
        .style = bw_ui_page_style(page, low ? BW_T3 : BW_T5, BW_BLACK),
        .leading = 1.12,
        .width = part,
        .lines_max = 2,
        .balanced = true};
    int title_h = bw_ui_block_height(page, &title, text);
    int ring = bw_ui_px(m, keys ? 9 : 12);
    int row_h = with_ring && !m->portrait && ring > title_h ? ring : title_h;
    bw_ui_page_block(page, m->margin, y + (row_h - title_h) / 2, &title, BW_INKT, text);
    bool beside = with_ring && (keys || !waiting); /* the note, under the figures */
    if (with_ring) {
        int apart = part + bw_ui_px(m, 2), below = title_h + bw_ui_px(m, 2);
        SDL_Rect rect =
            m->portrait
                ? (SDL_Rect){.x = m->margin, .y = y + below, .w = width, .h = ring}
                : (SDL_Rect){
                      .x = m->margin + apart, .y = y, .w = width - apart, .h = row_h};
        draw_places(page, view, beside ? note : "", rect, ring);
        row_h = m->portrait ? below + ring : row_h;
    }
    y += row_h;
    if (*note && !beside && !(low && walk_in && !m->portrait)) {
        struct bw_ui_block body = note_block(page, width);
        y += bw_ui_px(m, keys ? 0.6 : 1.5);
        y += bw_ui_page_block(page, m->margin, y, &body, BW_INKT, note);
    }
    return y;
}

/* ---- the steps ---- */

struct form_field {
    enum bw_form_field field;
    const char *key, *text;
};

static void
draw_field(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect rect,
    const struct form_field *field, bool single)
{
    const struct bw_form_view *form = &view->form;
    char label[BW_WORDING_BYTES], missing[BW_WORDING_BYTES];
    bool active = form->field == field->field;
    bool empty_now = form->missing && active && !field->text[0];
    bw_ui_say(page, field->key, NULL, label);
    if (empty_now) {
        bw_ui_say(page, "wi.miss", NULL, missing);
        size_t used = SDL_strlen(label);
        snprintf(label + used, sizeof label - used, ": %.*s", 200, missing);
    }
    struct bw_ui_field box = {.icon = empty_now ? "alert" : NULL,
        .text = field->text,
        .placeholder = label,
        .active = active,
        .missing = empty_now,
        .mono_ms = view->mono_ms,
        .still = view->less_motion};
    bw_ui_field_draw(page, rect, &box);
    if (!single && !active) {
        bw_ui_page_target(page, rect, BW_ACTION_FIELD, (int)field->field);
    }
}

static void
draw_suggestions(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_form_view *form = &view->form;
    int count = form->suggestions_count < 3 ? form->suggestions_count : 3;
    int gap = bw_ui_mm(m, BW_GAP_MM);
    int part = count ? (area.w - (count - 1) * gap) / count : 0;
    for (int i = 0; i < count; i++) {
        char raw[BW_WORDING_BYTES];
        char text[BW_LINE_BYTES];
        bw_ui_wording_clean(form->suggestions[i], raw, sizeof raw);
        struct bw_ui_look look = {.kind = BW_BUTTON_SECONDARY,
            .icon = "school",
            .text = text,
            .edge = BW_RAND,
            .ink = BW_INKT,
            .small = true};
        int space = part - bw_ui_px(m, 12);
        bw_ui_text_fit(
            page->kit.text, raw, bw_ui_page_style(page, BW_T1, BW_BOLD), space, text);
        SDL_Rect rect = {
            .x = area.x + i * (part + gap), .y = area.y, .w = part, .h = area.h};
        bw_ui_look_draw(page, rect, &look, BW_ACTION_ROW, i);
    }
}

static void
draw_fields(struct bw_ui_page *page, const struct bw_view *view, int y, int bottom)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_form_view *form = &view->form;
    const struct form_field all[] = {{BW_FIELD_NAME, "wi.name", form->name},
        {BW_FIELD_SCHOOL, "wi.school", form->school},
        {BW_FIELD_REGION, "wi.region", form->region},
        {BW_FIELD_REASON, "wi.reason", form->reason}};
    /* a region or a reason is asked by itself, also in a walk-in's form */
    bool alone = form->field == BW_FIELD_REGION || form->field == BW_FIELD_REASON;
    bool single = form->kind != BW_FORM_WALK_IN || alone;
    const struct form_field *fields = alone ? all + form->field : all;
    int count = single ? 1 : 2;
    int left = m->margin;
    int width = m->width_px - 2 * left;
    int gap = bw_ui_mm(m, BW_GAP_MM);
    int keys_h = bw_ui_keyboard_height(m, false);
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    bool hints = form->suggestions_count > 0 && !low;
    int field_h = single && low ? bw_ui_px(m, 8) : m->touch;
    int need = field_h + gap + (hints ? m->touch + gap : 0);
    if (keys_h > bottom - y - need) {
        keys_h = bottom - y - need;
    }
    int third = m->height_px / 3;
    int space = bottom - keys_h - need;
    y = third > y && third <= space ? third
        : y > space                 ? y
        : space < third             ? space
                                    : third;
    int part = (width - (count - 1) * gap) / count;
    for (int i = 0; i < count; i++) {
        SDL_Rect rect = {.x = left + i * (part + gap), .y = y, .w = part, .h = field_h};
        draw_field(page, view, rect, &fields[i], single);
    }
    y += field_h + gap;
    if (hints) {
        draw_suggestions(
            page, view, (SDL_Rect){.x = left, .y = y, .w = width, .h = m->touch});
    }
    struct bw_ui_keyboard keyboard = {
        .area = {.x = left, .y = bottom - keys_h, .w = width, .h = keys_h},
        .shift = form->shift,
        .has_shift = true};
    bw_ui_keyboard_draw(page, &keyboard);
}

/* Whether a heading leaves the keys the room they like;
 * else the bar at the top says it. */
static bool
top_fits(struct bw_ui_page *page, const struct bw_view *view, int space)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bool reason = view->form.field == BW_FIELD_REASON;
    bw_ui_say(page, title_key(&view->form), &view->form.values, text);
    struct bw_ui_block title = {.style = bw_ui_page_style(page, BW_T3, BW_BLACK),
        .leading = 1.12,
        .width = m->width_px - 2 * m->margin,
        .lines_max = 2};
    int note = reason ? bw_ui_line_height(bw_ui_page_style(page, BW_T1, BW_MEDIUM)) : 0;
    int top = bw_ui_block_height(page, &title, text) + note + bw_ui_px(m, 2.5);
    int field = m->touch + bw_ui_mm(m, BW_GAP_MM);
    return space >= top + field + bw_ui_keyboard_height(m, false);
}

void
bw_ui_screen_form(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char detail[BW_WORDING_BYTES];
    page->reader = BW_STAFF;
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_PAPIER);
    int foot = bw_ui_px(m, m->portrait ? 6 : low ? 1 : 2);
    int bar = bar_height(m, view);
    SDL_Rect area = {.x = m->margin,
        .y = m->height_px - foot - bar,
        .w = m->width_px - 2 * m->margin,
        .h = bar};
    int bottom = area.y - bw_ui_mm(m, BW_GAP_MM);
    bool keys = view->form.step == BW_STEP_FIELDS;
    bool brief = low && keys && !top_fits(page, view, bottom - bw_ui_px(m, 10.5));
    bool ringless = m->size == BW_UI_COMPACT || (keys && m->size != BW_UI_ROOMY);
    if (ringless && view->form.kind == BW_FORM_WALK_IN &&
        view->form.field != BW_FIELD_REASON) {
        bw_ui_figures(page, view, detail);
    } else if (brief) {
        bw_ui_say(page, title_key(&view->form), &view->form.values, detail);
    } else {
        bw_ui_wording_clean(view->overview.session.title, detail, sizeof detail);
    }
    int y = bw_ui_staff_header(page, view, detail) + bw_ui_px(m, low ? 0.6 : 2);
    if (!brief) {
        y = draw_top(page, view, y) + bw_ui_px(m, 1.5);
    }
    if (keys) {
        draw_fields(page, view, y, bottom);
    } else if (view->form.step == BW_STEP_AUDIENCE) {
        bw_ui_form_audience(page, y, bottom);
    } else if (view->form.step == BW_STEP_REGION) {
        bw_ui_form_regions(page, view, y, bottom);
    } else {
        bw_ui_form_referral(page, view, y);
    }
    draw_buttons(page, view, area);
}
