/* The sign is measured first, for the column of text keeps clear of it. */
#include "sign.h"

#include "ui/widget/parts.h"
#include "ui/widget/say.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>

static int
sign_facts(
    struct bw_ui_page *page, const struct bw_view *view, struct bw_ui_sign_fact *facts)
{
    const struct bw_result_view *r = &view->result;
    struct bw_values values = {0};
    int count = 0;
    switch (r->sign) {
    case BW_SIGN_NONE:
        break;
    case BW_SIGN_TABLE:
        snprintf(values.x, sizeof values.x, "%s", r->table);
        facts[count].icon = "table";
        bw_ui_say(page, "ok.table", &values, facts[count++].text);
        break;
    case BW_SIGN_PLACE:
        if (r->sign_values.date_ms) {
            facts[count].icon = "calendar";
            bw_ui_wording_moment(page->kit.wording, BW_MOMENT_DATE,
                r->sign_values.date_ms, facts[count++].text, BW_WORDING_BYTES);
        }
        if (r->sign_values.time_ms) {
            facts[count].icon = "clock";
            bw_ui_say(page, "when.only", &r->sign_values, facts[count++].text);
        }
        if (r->venue[0]) {
            facts[count].icon = "pin";
            bw_ui_wording_clean(r->venue, facts[count++].text, BW_WORDING_BYTES);
        }
        break;
    case BW_SIGN_FREE:
        values.n = r->values.f;
        facts[count].icon = "seat";
        bw_ui_say(page, "wa.free", &values, facts[count++].text);
        break;
    case BW_SIGN_FULL:
        facts[count].icon = "people";
        bw_ui_say(page, "wa.fullk", &r->values, facts[count++].text);
        break;
    }
    return count;
}

static bw_ui_colour
sign_ink(const struct bw_ui_tone_look *tone)
{
    return tone->dark ? tone->sky : BW_INKT;
}

/* A long word is smaller, not on two lines. */
static void
fit_style(struct bw_ui_page *page, const char *text, int words, enum bw_ui_type type,
    struct bw_ui_style *style)
{
    while (type > BW_T3 &&
           bw_ui_text_width(page->kit.text, text, *style) > words - style->px * 7 / 8) {
        *style = bw_ui_page_style(page, --type, BW_BLACK);
    }
}

/* Height of each fact, and the size of the whole. */
static void
measure(struct bw_ui_sign *sign, struct bw_ui_page *page)
{
    int widest = 0;
    sign->height = 2 * sign->pad_y + sign->between * (sign->count - 1);
    for (int i = 0; i < sign->count; i++) {
        const char *text = sign->facts[i].text;
        int width = bw_ui_block_width(page, &sign->block, text);
        int height = bw_ui_block_height(page, &sign->block, text);
        widest = width > widest ? width : widest;
        sign->heights[i] = height > sign->icon ? height : sign->icon;
        sign->height += sign->heights[i];
    }
    sign->width = widest + 2 * sign->pad_x + sign->icon + sign->gap;
}

void
bw_ui_sign_init(struct bw_ui_sign *sign, struct bw_ui_page *page,
    const struct bw_view *view, int width_max)
{
    const struct bw_ui_metric *m = page->kit.metric;
    *sign = (struct bw_ui_sign){0};
    sign->count = sign_facts(page, view, sign->facts);
    assert(sign->count <= BW_UI_SIGN_FACTS);
    if (sign->count == 0) {
        return;
    }
    bool big = view->result.sign == BW_SIGN_TABLE || view->result.sign == BW_SIGN_FREE;
    bool small = m->size != BW_UI_ROOMY;
    enum bw_ui_type type = big                ? (small ? BW_T5 : BW_T6)
                           : sign->count == 1 ? BW_T3
                                              : BW_T2;
    sign->block = (struct bw_ui_block){
        .style = bw_ui_page_style(page, type, big ? BW_BLACK : BW_BOLD),
        .leading = big ? 1.05 : 1.2,
        .lines_max = 2,
        .balanced = true};
    sign->pad_x = bw_ui_px(m, small ? 2.6 : 3.4);
    sign->pad_y = bw_ui_px(m, small ? 1.6 : 2.2);
    sign->gap = bw_ui_px(m, big ? 2.4 : 1.8);
    sign->between = bw_ui_px(m, 1.4);
    int words = width_max - 2 * sign->pad_x - sign->gap;
    if (big) {
        fit_style(page, sign->facts[0].text, words, type, &sign->block.style);
    }
    int px = sign->block.style.px;
    sign->icon = big ? px * 7 / 8 : bw_ui_icon_px(page, 4, sign->block.style);
    sign->block.width = words - sign->icon;
    measure(sign, page);
}

void
bw_ui_sign_draw(const struct bw_ui_sign *sign, struct bw_ui_page *page,
    const struct bw_ui_tone_look *tone, int x, int y)
{
    if (sign->count == 0) {
        return;
    }
    SDL_Rect box = {.x = x, .y = y, .w = sign->width, .h = sign->height};
    bw_ui_page_round(page, box, page->kit.metric->r3, BW_WIT);
    y += sign->pad_y;
    for (int i = 0; i < sign->count; i++) {
        const struct bw_ui_sign_fact *fact = &sign->facts[i];
        SDL_Rect icon = {.x = x + sign->pad_x,
            .y = y + (sign->heights[i] - sign->icon) / 2,
            .w = sign->icon,
            .h = sign->icon};
        bw_ui_page_icon(page, fact->icon, icon, sign_ink(tone));
        int text_h = bw_ui_block_height(page, &sign->block, fact->text);
        bw_ui_page_block(page, icon.x + sign->icon + sign->gap,
            y + (sign->heights[i] - text_h) / 2, &sign->block, sign_ink(tone),
            fact->text);
        y += sign->heights[i] + sign->between;
    }
}

/* What stands on the signpost of 04, in the illustration's units: the place (or an arrow
 * where its name is too long) and "Hier". */
void
bw_ui_signpost_draw(
    struct bw_ui_page *page, const struct bw_view *view, const SDL_Rect *box)
{
    char text[BW_WORDING_BYTES];
    double unit = box->w / 1080.0;
    const struct bw_ui_metric *m = page->kit.metric;
    SDL_Rect there = {.x = box->x + (int)lround(64 * unit),
        .y = box->y + (int)lround(164 * unit),
        .w = (int)lround(280 * unit),
        .h = (int)lround(104 * unit)};
    SDL_Rect here = {.x = box->x + (int)lround(100 * unit),
        .y = box->y + (int)lround(294 * unit),
        .w = (int)lround(196 * unit),
        .h = (int)lround(96 * unit)};
    struct bw_ui_style style = bw_ui_page_style(page, BW_T2, BW_BOLD);
    page->said = BW_SAID_NOT;
    bw_ui_wording_clean(view->result.values.place, text, sizeof text);
    int width = bw_ui_text_width(page->kit.text, text, style);
    if (*text && width <= there.w) {
        bw_ui_page_line(page, there.x + (there.w - width) / 2,
            there.y + (there.h - bw_ui_line_height(style)) / 2, style, BW_WIT, text);
    } else {
        int icon = bw_ui_px(m, 6);
        bw_ui_page_icon(page, "arrow-right", bw_ui_centred(there, icon, icon), BW_WIT)
            ->decoration = true;
    }
    bw_ui_say(page, "sign.here", NULL, text);
    width = bw_ui_text_width(page->kit.text, text, style);
    if (width <= here.w) {
        bw_ui_page_line(page, here.x + (here.w - width) / 2,
            here.y + (here.h - bw_ui_line_height(style)) / 2, style, BW_PAARS, text);
    }
    page->said = BW_SAID_DETAIL;
}
