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

/* Whoever stands here may hold a ticket up: the first picture is about to come. */
static bool
by_camera(const struct bw_view *view)
{
    return view->camera_present || view->camera_awaited;
}

static int
tips_of(const struct bw_view *view, const struct bw_ui_tip **ret_tips)
{
    static const struct bw_ui_tip with_camera[] = {
        {"ticket", "idle.s1"}, {"camera", "idle.s2"}, {"sun", "idle.s3"}};
    static const struct bw_ui_tip with_scanner[] = {
        {"scanner", "ca.s1"}, {"person", "ca.s3"}};
    static const struct bw_ui_tip by_hand[] = {
        {"ticket", "ca.c1"}, {"keyboard", "ca.c2"}, {"person", "ca.s3"}};
    if (view->guide == BW_GUIDE_OVER) {
        return 0;
    }
    if (by_camera(view)) {
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
    return by_camera(view) ? "idle.h" : view->hand_scanner ? "ca.title" : "zo.start";
}

static void
draw_card(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect card)
{
    char text[BW_WORDING_BYTES], shorter[BW_WORDING_BYTES];
    const struct bw_ui_tip *tips = NULL;
    int count = tips_of(view, &tips);
    bool over = view->guide == BW_GUIDE_OVER; /* the desk's name is a long one */
    bw_ui_say(page, headline_key(view), &view->values, text);
    bw_ui_say(page, "ca.s3", NULL, shorter);
    bw_ui_tips_card(page, card, text, over ? shorter : NULL, tips, count);
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
    if (by_camera(view)) {
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
