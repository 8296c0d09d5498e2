/* 01: hold your QR code here. 12c: the camera is missing, everything else goes on.
 *
 * Camera at the left (above, in portrait), what to do at the right, the footer below.
 * With little room the tips go first, then the counter. */
#include "screen.h"

#include "camera_card.h"
#include "ui/widget/widget.h"

struct idle_areas {
    SDL_Rect camera, card, cta, footer;
};

/* ---- what to do ---- */

struct tip {
    const char *icon, *key;
};

static int
tips_of(const struct bw_view *view, const struct tip **ret_tips)
{
    static const struct tip with_camera[] = {
        {"ticket", "idle.s1"}, {"camera", "idle.s2"}, {"sun", "idle.s3"}};
    static const struct tip with_scanner[] = {{"scanner", "ca.s1"}, {"person", "ca.s3"}};
    static const struct tip by_hand[] = {
        {"ticket", "ca.c1"}, {"keyboard", "ca.c2"}, {"person", "ca.s3"}};
    if (view->guide == BW_GUIDE_OVER) {
        return 0;
    }
    if (view->camera_present) {
        *ret_tips = with_camera;
        return 3;
    }
    *ret_tips = view->hand_scanner ? with_scanner : by_hand;
    return view->hand_scanner ? 2 : 3;
}

static const char *
headline_key(const struct bw_view *view)
{
    if (view->guide == BW_GUIDE_OVER) {
        return "over.p";
    }
    return view->camera_present ? "idle.h" : view->hand_scanner ? "ca.title" : "zo.start";
}

/* Height of the tip's row: of its icon or its lines. */
static int
tip_height(
    struct bw_ui_page *page, const struct bw_ui_block *line, int icon, const char *key)
{
    char text[BW_WORDING_BYTES];
    bw_ui_say(page, key, NULL, text);
    int height = bw_ui_block_height(page, line, text);
    return height > icon ? height : icon;
}

static void
draw_tip(struct bw_ui_page *page, const struct bw_ui_block *line, const struct tip *tip,
    SDL_Rect row, int icon)
{
    char text[BW_WORDING_BYTES];
    bw_ui_say(page, tip->key, NULL, text);
    int text_h = bw_ui_block_height(page, line, text);
    SDL_Rect at = {.x = row.x, .y = row.y + (row.h - icon) / 2, .w = icon, .h = icon};
    bw_ui_page_icon(page, tip->icon, at, BW_ZON);
    bw_ui_page_block(page, row.x + row.w - line->width, row.y + (row.h - text_h) / 2,
        line, BW_WIT, text);
}

/* What to do, then as many tips as there is room for, evenly. */
static void
draw_card(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect card)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    const struct tip *tips = NULL;
    int count = tips_of(view, &tips);
    int pad = bw_ui_px(m, m->size == BW_UI_ROOMY ? 2.8 : 2.6);
    int gap = bw_ui_px(m, m->size == BW_UI_ROOMY ? 1.7 : 1.4);
    bw_ui_page_round(page, card, m->r3, BW_GRACHT);
    SDL_Rect inside = bw_ui_inset(card, pad, pad);
    bw_ui_say(page, headline_key(view), &view->values, text);
    struct bw_ui_block head = {.style = bw_ui_page_style(page, BW_T5, BW_BLACK),
        .leading = 1.08,
        .width = inside.w,
        .lines_max = 5,
        .balanced = true};
    for (int type = BW_T4;
         type >= BW_T2 && bw_ui_block_height(page, &head, text) > inside.h; type--) {
        head.style = bw_ui_page_style(page, (enum bw_ui_type)type, BW_BLACK);
    }
    if (bw_ui_block_height(page, &head, text) > inside.h &&
        view->guide == BW_GUIDE_OVER) { /* the desk's name is a long one */
        bw_ui_say(page, "ca.s3", NULL, text);
    }
    struct bw_ui_block line = {.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM),
        .leading = 1.15,
        .lines_max = 3};
    int icon = bw_ui_icon_px(page, 5, line.style);
    line.width = inside.w - icon - gap;
    int heights[3];
    int shown = 0;
    int spare = inside.h - bw_ui_block_height(page, &head, text);
    for (; shown < count && !m->tiny; shown++) {
        heights[shown] = tip_height(page, &line, icon, tips[shown].key);
        if (heights[shown] + gap > spare) {
            break;
        }
        spare -= heights[shown] + gap;
    }
    int loose = shown ? spare / (shown + 1) : 0;
    int most = bw_ui_px(m, 1.4);
    loose = loose > most ? most : loose;
    int y = inside.y + (spare - loose * (shown + (shown > 0))) / 2;
    page->said = BW_SAID_HEADLINE;
    y += bw_ui_page_block(page, inside.x, y, &head, BW_WIT, text) + loose;
    page->said = BW_SAID_TO_DO;
    for (int i = 0; i < shown; i++) {
        y += gap + loose;
        SDL_Rect row = {.x = inside.x, .y = y, .w = inside.w, .h = heights[i]};
        draw_tip(page, &line, &tips[i], row, icon);
        y += heights[i];
    }
    page->said = BW_SAID_DETAIL;
}

/* ---- the whole ---- */

static void
find_areas(
    const struct bw_ui_page *page, int top, int cta, int footer, struct idle_areas *areas)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int gap = m->size == BW_UI_COMPACT ? bw_ui_px(m, 2) : bw_ui_px(m, 3);
    int left = m->margin;
    int width = m->width_px - 2 * m->margin;
    int y = top + bw_ui_px(m, m->size == BW_UI_COMPACT ? 1.5 : 2.5);
    int apart = bw_ui_mm(m, BW_GAP_MM) - bw_ui_px(m, 0.5);
    int above = bw_ui_px(m, m->size == BW_UI_COMPACT ? 1.5 : 2.5);
    int bottom = m->height_px - footer - (above > apart ? above : apart);
    areas->footer = (SDL_Rect){.y = m->height_px - footer, .w = m->width_px, .h = footer};
    if (m->portrait) {
        int below = bottom - cta - gap;
        int card = bw_ui_px(m, m->larger ? 44 : 40);
        areas->cta = (SDL_Rect){.x = left, .y = bottom - cta, .w = width, .h = cta};
        areas->card = (SDL_Rect){.x = left, .y = below - card, .w = width, .h = card};
        areas->camera =
            (SDL_Rect){.x = left, .y = y, .w = width, .h = below - card - gap - y};
        return;
    }
    int wide = (width - gap) * (m->size == BW_UI_COMPACT ? 80 : 86) / 147;
    int right = left + wide + gap;
    areas->camera = (SDL_Rect){.x = left, .y = y, .w = wide, .h = bottom - y};
    areas->cta =
        (SDL_Rect){.x = right, .y = bottom - cta, .w = width - wide - gap, .h = cta};
    areas->card = (SDL_Rect){
        .x = right, .y = y, .w = width - wide - gap, .h = bottom - cta - gap - y};
}

void
bw_ui_screen_idle(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    struct idle_areas areas;
    char text[BW_WORDING_BYTES];
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_PAPIER);
    int top = bw_ui_public_header(page, view, false);
    bw_ui_say(page, "idle.cta", NULL, text);
    struct bw_ui_look find = {.kind = BW_BUTTON_SUN,
        .icon = "search",
        .text = text,
        .radius = m->r3,
        .icon_px = bw_ui_px(m, 5)};
    int column = m->portrait ? m->width_px - 2 * m->margin
                             : (m->width_px - 2 * m->margin) * 61 / 150;
    int cta = bw_ui_look_height(page, &find, column);
    cta = cta > bw_ui_px(m, 12) ? cta : bw_ui_px(m, 12);
    find_areas(page, top, cta, bw_ui_footer_height(page, view), &areas);
    int least = bw_ui_line_height(bw_ui_page_style(page, BW_T2, BW_BLACK)) * 5 / 2;
    if (view->camera_present) {
        bw_ui_camera_card(page, view, areas.camera, areas.card.h >= least);
    } else {
        bw_ui_no_camera_card(page, view, areas.camera);
    }
    if (view->guide == BW_GUIDE_OVER) { /* nobody is asked to type either */
        areas.card.h = areas.cta.y + areas.cta.h - areas.card.y;
        draw_card(page, view, areas.card);
        bw_ui_public_footer(page, view, areas.footer);
        return;
    }
    if (areas.card.h < least) {
        areas.cta.h += areas.cta.y - areas.card.y; /* no room for both: the way on */
        areas.cta.y = areas.card.y;
    } else {
        draw_card(page, view, areas.card);
    }
    bw_ui_look_draw(page, areas.cta, &find, BW_ACTION_FIND, 0);
    bw_ui_public_footer(page, view, areas.footer);
}
