/* Before the kiosk can work: 12 first start, 12b no roster yet, 12d a store that can't be
 * used. The last two have the composition of a result. */
#include "screen.h"

#include "ui/widget/column.h"
#include "ui/widget/widget.h"
#include <stdio.h>

/* ---- 12 ---- */

struct way {
    enum bw_action action;
    const char *icon, *head, *text;
    bw_ui_colour fill;
};

static void
draw_way(struct bw_ui_page *page, const struct way *way, SDL_Rect card)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char head[BW_WORDING_BYTES], text[BW_WORDING_BYTES];
    bool pressed = page->kit.pressed == way->action;
    bw_ui_page_round(
        page, card, m->r3, pressed ? bw_ui_colour_pressed(way->fill) : way->fill);
    int pad = bw_ui_px(m, m->size == BW_UI_COMPACT ? 2 : 3);
    int icon = bw_ui_px(m, m->size == BW_UI_COMPACT ? 7 : 10);
    SDL_Rect inside = bw_ui_inset(card, pad, pad);
    bw_ui_say(page, way->head, NULL, head);
    bw_ui_say(page, way->text, NULL, text);
    bool flat = m->portrait;
    int x = flat ? inside.x + icon + bw_ui_px(m, 4) : inside.x;
    struct bw_ui_block title = {.style = bw_ui_page_style(page, BW_T3, BW_BLACK),
        .leading = 1.15,
        .width = inside.x + inside.w - x,
        .lines_max = 3};
    struct bw_ui_block body = title;
    body.style = bw_ui_page_style(page, BW_T1, BW_MEDIUM);
    body.leading = 1.25;
    int title_h = bw_ui_block_height(page, &title, head);
    int body_h = bw_ui_block_height(page, &body, text);
    int total = title_h + bw_ui_px(m, 1) + body_h;
    int y = flat ? inside.y + (inside.h - total) / 2 : inside.y + inside.h - total;
    int icon_y = flat ? inside.y + (inside.h - icon) / 2 : inside.y;
    bw_ui_page_icon(page, way->icon,
        (SDL_Rect){.x = inside.x, .y = icon_y, .w = icon, .h = icon}, BW_GRACHT);
    page->said = BW_SAID_BY_NAME;
    bw_ui_page_block(page, x, y, &title, BW_INKT, head);
    page->said = BW_SAID_DETAIL;
    bw_ui_page_block(page, x, y + title_h + bw_ui_px(m, 1), &body, BW_INKT, text);
    bw_ui_page_target(page, card, way->action, 0);
    bw_ui_page_name(page, head);
    page->targets[page->targets_count - 1].sunny = way->fill == BW_ZON;
}

/* The camera stands in the first card while an enrolment is being looked for. */
static void
draw_scanning(struct bw_ui_page *page, SDL_Rect card)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int size = (card.w < card.h ? card.w : card.h) - bw_ui_px(m, 6);
    struct bw_ui_mark *mark = bw_ui_page_fill(page, card, BW_DIEP);
    mark->kind = BW_MARK_CAMERA;
    mark->serial = page->kit.picture_serial;
    mark->guide = bw_ui_centred(card, size, size);
    mark->radius = m->r3;
    for (int corner = 0; corner < 4; corner++) {
        int arm = size / 4;
        SDL_Rect guide = mark->guide;
        SDL_Rect rect = {.x = corner & 1 ? guide.x + size - arm : guide.x,
            .y = corner & 2 ? guide.y + size - arm : guide.y,
            .w = arm,
            .h = arm};
        bw_ui_page_corner(page, rect, corner, m->r3, bw_ui_px(m, 1.333), BW_ZON);
    }
    bw_ui_page_mask(page, card, m->r3, BW_GRACHT);
}

static int
draw_welcome(struct bw_ui_page *page, const struct bw_view *view, int left, int y)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char head[BW_WORDING_BYTES], text[BW_WORDING_BYTES];
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    int logo = bw_ui_px(m, low ? 10 : 16);
    bw_ui_logo(page, "logo-mark-on-dark", left, y, logo, BW_NO_COLOUR);
    const char *key = view->kiosk.outcome[0] ? view->kiosk.outcome
                      : view->kiosk.busy[0]  ? view->kiosk.busy
                                             : "en.p";
    bw_ui_say(page, "en.h", NULL, head);
    bw_ui_say(page, key, NULL, text);
    int x = m->portrait ? left : left + logo + bw_ui_px(m, 4);
    struct bw_ui_block title = {.style = bw_ui_page_style(page, BW_T5, BW_BLACK),
        .leading = 1.15,
        .width = m->width_px - left - x,
        .lines_max = 2,
        .balanced = true};
    struct bw_ui_block body = title;
    body.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM);
    body.leading = 1.28;
    body.balanced = false;
    int title_h = bw_ui_block_height(page, &title, head);
    int body_h = bw_ui_block_height(page, &body, text);
    int total = title_h + bw_ui_px(m, 1.4) + body_h;
    int top = m->portrait ? y + logo + bw_ui_px(m, 3)
                          : y + (logo > total ? logo - total : 0) / 2;
    page->said = BW_SAID_HEADLINE;
    bw_ui_page_block(page, x, top, &title, BW_WIT, head);
    page->said = BW_SAID_TO_DO;
    bw_ui_page_block(page, x, top + title_h + bw_ui_px(m, 1.4), &body, BW_WIT, text);
    page->said = BW_SAID_DETAIL;
    int end = top + total;
    return end > y + logo ? end : y + logo;
}

/* The two ways, beside each other or one above the other. */
static void
place_ways(const struct bw_ui_metric *m, int left, int end, int foot,
    SDL_Rect ret_ways[static 2])
{
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    int top = m->height_px / 3 + bw_ui_px(m, m->portrait ? 2 : 3);
    top = end + bw_ui_px(m, low ? 2 : 4) > top ? end + bw_ui_px(m, low ? 2 : 4) : top;
    int width = m->width_px - 2 * left;
    int apart = low ? bw_ui_mm(m, BW_GAP_MM) : bw_ui_px(m, 5);
    int height = foot - apart - top;
    int most = bw_ui_px(m, m->portrait ? 64 : 40);
    height = height > most ? most : height;
    SDL_Rect first = {.x = left, .y = top, .w = (width - m->gap) / 2, .h = height};
    SDL_Rect second = first;
    second.x += first.w + m->gap;
    if (m->portrait) {
        first.w = second.w = width;
        first.h = second.h = (height - m->gap) / 2;
        second.x = left;
        second.y = top + first.h + m->gap;
    }
    ret_ways[0] = first;
    ret_ways[1] = second;
}

/* The way back, where there was a store before, and the other languages. */
static void
draw_foot(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect bar)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    struct bw_ui_look look = {
        .kind = BW_BUTTON_SECONDARY, .fill = BW_GRACHT, .ink = BW_WIT, .edge = BW_WIT};
    struct bw_ui_bar_button others[BW_UI_LANGUAGE_BUTTONS];
    int count = bw_ui_language_buttons(page, look, true, false, others);
    if (view->buttons_count > 0) { /* enrolled again: back to what there was */
        struct bw_ui_look back = look;
        back.icon = view->buttons[0].icon;
        back.text = text;
        bw_ui_say(page, view->buttons[0].key, NULL, text);
        SDL_Rect at = bar;
        at.w = bw_ui_look_width(page, &back);
        bw_ui_look_draw(page, at, &back, view->buttons[0].action, 0);
        bar.x += at.w + m->gap;
        bar.w -= at.w + m->gap;
    }
    bw_ui_button_bar(page, bar, m->touch, true, others, count);
}

void
bw_ui_screen_first_start(struct bw_ui_page *page, const struct bw_view *view)
{
    static const struct way ways[] = {
        {BW_ACTION_SCAN_ENROLMENT, "qr", "en.a", "en.ap", BW_ZON},
        {BW_ACTION_USB_ENROLMENT, "usb", "en.b", "en.bp", BW_WIT},
    };
    const struct bw_ui_metric *m = page->kit.metric;
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    SDL_Rect places[2];
    page->reader = BW_STAFF;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_GRACHT);
    int left = m->portrait ? bw_ui_px(m, 5) : bw_ui_px(m, low ? 3 : 8);
    int end = draw_welcome(page, view, left, bw_ui_px(m, low ? 2 : m->portrait ? 14 : 8));
    int foot = m->height_px - bw_ui_px(m, m->portrait ? 7 : low ? 1.5 : 5) - m->touch;
    place_ways(m, left, end, foot, places);
    if (view->camera_wanted && view->kiosk.camera_test && view->camera_present) {
        draw_scanning(page, places[0]);
    } else {
        draw_way(page, &ways[0], places[0]);
    }
    draw_way(page, &ways[1], places[1]);
    draw_foot(page, view,
        (SDL_Rect){.x = left, .y = foot, .w = m->width_px - 2 * left, .h = m->touch});
}

/* ---- 12b and 12d ---- */

static void
draw_bar(struct bw_ui_page *page, const struct bw_view *view,
    const struct bw_ui_tone_look *tone, SDL_Rect area)
{
    static char texts[BW_VIEW_BUTTONS][BW_WORDING_BYTES];
    struct bw_ui_bar_button row[BW_VIEW_BUTTONS];
    const struct bw_ui_metric *m = page->kit.metric;
    for (int i = 0; i < view->buttons_count; i++) {
        const struct bw_button *button = &view->buttons[i];
        bw_ui_say(page, button->key, &view->values, texts[i]);
        row[i] = (struct bw_ui_bar_button){
            {.kind = button->kind, .icon = button->icon, .text = texts[i]},
            button->action, button->index};
        if (button->kind == BW_BUTTON_SECONDARY) {
            row[i].look.ink = row[i].look.edge = tone->button;
        }
    }
    int height = bw_ui_px(m, 8.5) > m->touch ? bw_ui_px(m, 8.5) : m->touch;
    if (view->buttons_count > 0) {
        bw_ui_button_bar(page, area, height, false, row, view->buttons_count);
    }
}

/* The composition of a result, with the column that the caller fills. */
static void
begin(struct bw_ui_page *page, const struct bw_view *view, enum bw_tone tone,
    enum bw_scene scene, struct bw_ui_column *column)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_ui_tone_look *look = bw_ui_tone_look(tone);
    struct bw_ui_stage stage;
    int bar = m->touch + bw_ui_px(m, 4);
    bw_ui_stage_init(&stage, m, bar);
    bw_ui_stage_draw(page, &stage, look, scene, -1, true);
    int top = bw_ui_result_header(
                  page, view, look->logo, look->ink, view->overview.has_roster) +
              bw_ui_px(m, 1.5);
    int left = m->portrait || m->size == BW_UI_COMPACT ? m->margin : bw_ui_px(m, 6);
    SDL_Rect area = {.x = left,
        .y = top,
        .w = m->width_px - left - m->margin,
        .h = stage.water.y - stage.quay.h - top - bw_ui_px(m, 1)};
    bool shown = !SDL_RectEmpty(&stage.illustration);
    if (shown && m->portrait) {
        area.h = stage.illustration.y + stage.illustration.h / 10 - top;
    }
    bw_ui_column_init(column, page, look, area, -1, true);
    column->scene = scene;
    column->box = shown && !m->portrait ? stage.illustration : (SDL_Rect){0};
    SDL_Rect foot = {.x = left,
        .y = m->portrait ? m->height_px - bw_ui_px(m, 14) : stage.water.y,
        .w = m->width_px - left - m->margin,
        .h = m->portrait ? bw_ui_px(m, 14) : m->height_px - stage.water.y};
    if (m->size == BW_UI_COMPACT && !m->portrait) { /* else beside the clock */
        foot.w -= bw_ui_languages_draw(
            page, foot.x + foot.w, foot.y + foot.h / 2, look->ink, false);
    }
    draw_bar(page, view, look, foot);
}

void
bw_ui_screen_no_roster(struct bw_ui_page *page, const struct bw_view *view)
{
    char text[BW_WORDING_BYTES];
    struct bw_values values = view->values;
    struct bw_ui_column column;
    begin(page, view, BW_TONE_PAPER, BW_SCENE_LIST, &column);
    snprintf(values.id, sizeof values.id, "%s", view->overview.device_name);
    bw_ui_say(page, "de.name", &values, text);
    bw_ui_column_kicker(&column, "kiosk-ok", text);
    bw_ui_say(page, "nl.h", &values, text);
    bw_ui_column_headline(&column, text, BW_INKT);
    bw_ui_say(page, "nl.p", &values, text);
    bw_ui_column_help(&column, text, true);
    if (view->kiosk.busy[0]) {
        bw_ui_say(page, view->kiosk.busy, &values, text);
        bw_ui_column_help(&column, text, false);
    } else if (view->kiosk.outcome[0]) {
        bw_ui_say(page, view->kiosk.outcome, &values, text);
        bw_ui_column_help(&column, text, false);
    } else if (values.time_ms) {
        bw_ui_say(page, "nl.last", &values, text);
        bw_ui_column_help(&column, text, false);
    }
    bw_ui_column_draw(&column);
}

void
bw_ui_screen_fault(struct bw_ui_page *page, const struct bw_view *view)
{
    char text[BW_WORDING_BYTES];
    struct bw_ui_column column;
    begin(page, view, BW_TONE_HELP, BW_SCENE_HELP, &column);
    bw_ui_say(page, "df.k", &view->values, text);
    bw_ui_column_kicker(&column, "storage-full", text);
    bool details = view->fault_text[0]; /* staff asked what it is */
    bw_ui_say(page, details ? "ft.staff" : view->fault, &view->values, text);
    bw_ui_column_headline(&column, text, BW_INKT);
    if (details) {
        page->reader = BW_STAFF;
        page->must_read = false;
        bw_ui_wording_clean(view->fault_text, text, sizeof text);
    } else {
        bw_ui_say(page, view->fault_help, &view->values, text);
    }
    bw_ui_column_help(&column, text, true);
    bw_ui_column_draw(&column);
}
