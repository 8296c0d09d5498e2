/* 01: hold your QR code here. 12c: the camera is missing, everything else goes on.
 *
 * Camera at the left (above, in portrait), what to do at the right, the footer below.
 * With little room the tips go first, then the counter. */
#include "screen.h"

#include "ui/ui.h"
#include "ui/widget/widget.h"
#include <math.h>

enum { GUIDE_STEPS = 24 };

struct areas {
    SDL_Rect camera, card, cta, footer;
};

static void
say_doors(
    struct bw_page *page, const struct bw_view *view, const char *key, char *ret_text)
{
    struct bw_values values = {.time_ms = view->overview.doors_ms};
    bw_say_when(page, view, key, &values, ret_text);
}

/* ---- the camera's card ---- */

static int
guide_size(const struct bw_page *page, const SDL_Rect *view)
{
    int most = view->h < view->w ? view->h : view->w;
    int wanted = bw_px(page->kit.metric, 44);
    int fits = most - bw_px(page->kit.metric, 5);
    return wanted < fits ? wanted : fits;
}

static double
breath(struct bw_page *page, const struct bw_view *view)
{
    if (!view->guide_breathes || view->less_motion) {
        return 1;
    }
    bw_page_again(page, BW_GUIDE_MS / GUIDE_STEPS);
    int64_t step = view->mono_ms % BW_GUIDE_MS * GUIDE_STEPS / BW_GUIDE_MS;
    return 1 + 0.01 * (1 - cos(2 * 3.14159265 * (double)step / GUIDE_STEPS));
}

static void
draw_corners(struct bw_page *page, SDL_Rect guide)
{
    const struct bw_metric *m = page->kit.metric;
    int arm = guide.w < bw_px(m, 26) ? guide.w / 4 : bw_px(m, 10);
    for (int corner = 0; corner < 4; corner++) {
        SDL_Rect rect = {.x = corner & 1 ? guide.x + guide.w - arm : guide.x,
            .y = corner & 2 ? guide.y + guide.h - arm : guide.y,
            .w = arm,
            .h = arm};
        bw_page_corner(page, rect, corner, m->r3, bw_px(m, 1.333), BW_ZON);
    }
}

/* What the guide says; nothing where the card beside it says as much and the words would
 * hide the picture. */
static void
draw_pill(struct bw_page *page, const struct bw_view *view, const SDL_Rect *area,
    bool with_card)
{
    static const char *const keys[] = {
        [BW_GUIDE_READY] = "idle.guide",
        [BW_GUIDE_READING] = "idle.reading",
        [BW_GUIDE_CLOSER] = "idle.closer",
        [BW_GUIDE_OTHER] = "idle.other",
        [BW_GUIDE_NOT_YET] = "idle.notyet",
    };
    const struct bw_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    say_doors(page, view, keys[view->guide], text);
    int pad = bw_px(m, 2.2);
    int gap = bw_px(m, 1.2);
    struct bw_block block = {.style = bw_page_style(page, BW_T1, BW_BOLD),
        .leading = 1.15,
        .lines_max = 5,
        .balanced = true};
    int icon = bw_icon_px(page, 3.6, block.style);
    block.width = area->w - 2 * pad - icon - gap - bw_px(m, 3);
    struct bw_block bare = block; /* an icon that costs a line goes */
    bare.width += icon + gap;
    if (bw_block_height(page, &bare, text) < bw_block_height(page, &block, text)) {
        block = bare;
        icon = gap = 0;
    }
    int text_w = bw_block_width(page, &block, text);
    int text_h = bw_block_height(page, &block, text);
    if (with_card && view->guide == BW_GUIDE_READY && text_h > 2 * block.style.px) {
        return;
    }
    int height = text_h + bw_px(m, 1.4);
    height = height < bw_px(m, 5) ? bw_px(m, 5) : height;
    int width = text_w + 2 * pad + icon + gap;
    SDL_Rect pill = {.x = area->x + (area->w - width) / 2,
        .y = area->y + area->h - height - bw_px(m, 1.6),
        .w = width,
        .h = height};
    bw_page_round(page, pill, bw_px(m, 2.5), BW_ZON);
    SDL_Rect at = {
        .x = pill.x + pad, .y = pill.y + (height - icon) / 2, .w = icon, .h = icon};
    if (icon) {
        bool early = view->guide == BW_GUIDE_NOT_YET;
        bw_page_icon(page, early ? "clock" : "qr", at, BW_INKT);
    }
    bw_page_block(
        page, at.x + icon + gap, pill.y + (height - text_h) / 2, &block, BW_INKT, text);
}

/* Where to look: an arrow with a lens at the edge that the camera is at. */
static void
draw_lens(struct bw_page *page, const SDL_Rect *view)
{
    static const char *const arrows[] = {
        [BW_EDGE_TOP] = "chevron-up",
        [BW_EDGE_BOTTOM] = "chevron-down",
        [BW_EDGE_LEFT] = "arrow-left",
        [BW_EDGE_RIGHT] = "arrow-right",
    };
    const struct bw_metric *m = page->kit.metric;
    int size = bw_px(m, 6);
    int icon = bw_px(m, 3);
    int pad = bw_px(m, 1.2);
    bool side =
        page->kit.camera_at == BW_EDGE_LEFT || page->kit.camera_at == BW_EDGE_RIGHT;
    int width = side ? size : size + icon;
    int height = side ? size + icon : size;
    SDL_Rect tab = {.x = view->x + (view->w - width) / 2,
        .y = view->y + pad,
        .w = width,
        .h = height};
    if (page->kit.camera_at == BW_EDGE_BOTTOM) {
        tab.x = view->x + view->w - width - pad * 2;
        tab.y = view->y + view->h - height - pad;
    } else if (side) {
        tab.y = view->y + (view->h - height) / 2;
        tab.x = page->kit.camera_at == BW_EDGE_LEFT ? view->x + pad
                                                    : view->x + view->w - width - pad;
    }
    bw_page_round(page, tab, bw_px(m, 3), BW_DIEP);
    int lens = bw_px(m, 3.4);
    SDL_Rect first = {.x = tab.x + pad,
        .y = tab.y + (side ? pad : (height - lens) / 2),
        .w = lens,
        .h = lens};
    SDL_Rect second = {
        .x = side ? tab.x + (width - icon) / 2 : tab.x + width - icon - pad,
        .y = side ? tab.y + height - icon - pad : tab.y + (height - icon) / 2,
        .w = icon,
        .h = icon};
    if (side) {
        first.x = tab.x + (width - lens) / 2;
    }
    bw_page_icon(page, "camera", first, BW_WIT);
    bw_page_icon(page, arrows[page->kit.camera_at], second, BW_ZON);
}

static void
draw_camera(
    struct bw_page *page, const struct bw_view *view, SDL_Rect card, bool with_card)
{
    const struct bw_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    int pad = bw_px(m, m->portrait || m->room != BW_ROOMY ? 2 : 3);
    bw_say(page, "idle.priv", NULL, text);
    page->must_read = false;
    struct bw_block block = {.style = bw_page_style(page, BW_T1, BW_MEDIUM),
        .leading = 1.15,
        .lines_max = 3,
        .balanced = true};
    int icon = bw_icon_px(page, 4, block.style);
    block.width = card.w - 2 * pad - icon - bw_px(m, 1.5);
    int text_h = bw_block_height(page, &block, text);
    int strip = text_h + bw_px(m, 1.6);
    strip = strip < bw_px(m, 7) ? bw_px(m, 7) : strip;
    SDL_Rect picture = card;
    picture.h -= strip;
    SDL_Rect below = {.x = card.x, .y = card.y + picture.h, .w = card.w, .h = strip};
    int size = (int)lround(guide_size(page, &picture) * breath(page, view));
    SDL_Rect guide = bw_centred(picture, size, size);
    struct bw_mark *mark = bw_page_fill(page, picture, BW_DIEP);
    mark->kind = BW_MARK_CAMERA;
    mark->serial = page->kit.picture_serial;
    mark->guide = guide;
    mark->radius = m->r3;
    bw_page_fill(page, below, BW_DIEP);
    SDL_Rect at = {
        .x = below.x + pad, .y = below.y + (strip - icon) / 2, .w = icon, .h = icon};
    bw_page_icon(page, "eye-off", at, BW_WIT);
    bw_page_block(page, at.x + icon + bw_px(m, 1.5), below.y + (strip - text_h) / 2,
        &block, BW_WIT, text);
    page->must_read = true;
    draw_corners(page, guide);
    draw_lens(page, &picture);
    draw_pill(page, view, &picture, with_card);
    bw_page_mask(page, card, m->r3, BW_PAPIER);
}

static void
draw_no_camera(struct bw_page *page, const struct bw_view *view, SDL_Rect card)
{
    const struct bw_metric *m = page->kit.metric;
    char head[BW_WORDING_BYTES], more[BW_WORDING_BYTES];
    bw_page_round(page, card, m->r3, BW_MIST);
    bw_say(page, "ca.h", NULL, head);
    say_doors(page, view, view->guide == BW_GUIDE_NOT_YET ? "idle.notyet" : "ca.p", more);
    struct bw_block block = {.style = bw_page_style(page, BW_T4, BW_BLACK),
        .leading = 1.15,
        .width = card.w - bw_px(m, 12),
        .lines_max = 3,
        .balanced = true,
        .align = BW_CENTRE};
    struct bw_block body = block;
    body.style = bw_page_style(page, BW_T2, BW_MEDIUM);
    int head_h = bw_block_height(page, &block, head);
    int more_h = bw_block_height(page, &body, more);
    int disc = bw_px(m, m->room == BW_COMPACT ? 12 : 20);
    int total = disc + bw_px(m, 3) + head_h + bw_px(m, 1.2) + more_h;
    int y = card.y + (card.h - total) / 2;
    SDL_Rect round = {.x = card.x + (card.w - disc) / 2, .y = y, .w = disc, .h = disc};
    bw_page_round(page, round, disc / 2, BW_WIT);
    bw_page_icon(page, "camera-off", bw_centred(round, disc / 2, disc / 2), BW_GRACHT);
    y += disc + bw_px(m, 3);
    y += bw_page_block(page, card.x + bw_px(m, 6), y, &block, BW_INKT, head);
    bw_page_block(page, card.x + bw_px(m, 6), y + bw_px(m, 1.2), &body, BW_INKT, more);
}

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
    return view->camera_present ? "idle.h" : view->hand_scanner ? "ca.title" : "zo.start";
}

/* Height of the tip's row: of its icon or its lines. */
static int
tip_height(struct bw_page *page, const struct bw_block *line, int icon, const char *key)
{
    char text[BW_WORDING_BYTES];
    bw_say(page, key, NULL, text);
    int height = bw_block_height(page, line, text);
    return height > icon ? height : icon;
}

static void
draw_tip(struct bw_page *page, const struct bw_block *line, const struct tip *tip,
    SDL_Rect row, int icon)
{
    char text[BW_WORDING_BYTES];
    bw_say(page, tip->key, NULL, text);
    int text_h = bw_block_height(page, line, text);
    SDL_Rect at = {.x = row.x, .y = row.y + (row.h - icon) / 2, .w = icon, .h = icon};
    bw_page_icon(page, tip->icon, at, BW_ZON);
    bw_page_block(page, row.x + row.w - line->width, row.y + (row.h - text_h) / 2, line,
        BW_WIT, text);
}

/* What to do, then as many tips as there is room for, evenly. */
static void
draw_card(struct bw_page *page, const struct bw_view *view, SDL_Rect card)
{
    const struct bw_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    const struct tip *tips;
    int count = tips_of(view, &tips);
    int pad = bw_px(m, m->room == BW_ROOMY ? 3.4 : 2.6);
    int gap = bw_px(m, m->room == BW_ROOMY ? 1.7 : 1.4);
    bw_page_round(page, card, m->r3, BW_GRACHT);
    SDL_Rect inside = bw_inset(card, pad, pad);
    bw_say(page, headline_key(view), NULL, text);
    struct bw_block head = {.style = bw_page_style(page, BW_T5, BW_BLACK),
        .leading = 1.08,
        .width = inside.w,
        .lines_max = 5,
        .balanced = true};
    for (int type = BW_T4; type >= BW_T2 && bw_block_height(page, &head, text) > inside.h;
         type--) {
        head.style = bw_page_style(page, (enum bw_type)type, BW_BLACK);
    }
    struct bw_block line = {
        .style = bw_page_style(page, BW_T2, BW_MEDIUM), .leading = 1.15, .lines_max = 3};
    int icon = bw_icon_px(page, 5, line.style);
    line.width = inside.w - icon - gap;
    int heights[3];
    int shown = 0;
    int spare = inside.h - bw_block_height(page, &head, text);
    for (; shown < count && !m->tiny; shown++) {
        heights[shown] = tip_height(page, &line, icon, tips[shown].key);
        if (heights[shown] + gap > spare) {
            break;
        }
        spare -= heights[shown] + gap;
    }
    int loose = shown ? spare / (shown + 1) : 0;
    int most = bw_px(m, 1.4);
    loose = loose > most ? most : loose;
    int y = inside.y + (spare - loose * (shown + (shown > 0))) / 2;
    y += bw_page_block(page, inside.x, y, &head, BW_WIT, text) + loose;
    for (int i = 0; i < shown; i++) {
        y += gap + loose;
        SDL_Rect row = {.x = inside.x, .y = y, .w = inside.w, .h = heights[i]};
        draw_tip(page, &line, &tips[i], row, icon);
        y += heights[i];
    }
}

/* ---- the whole ---- */

static void
find_areas(const struct bw_page *page, int top, int cta, int footer, struct areas *areas)
{
    const struct bw_metric *m = page->kit.metric;
    int gap = m->room == BW_COMPACT ? bw_px(m, 2) : bw_px(m, 3);
    int left = m->margin;
    int width = m->width_px - 2 * m->margin;
    int y = top + bw_px(m, m->room == BW_COMPACT ? 1.5 : 2.5);
    int apart = bw_mm(m, BW_GAP_MM) - bw_px(m, 0.5);
    int above = bw_px(m, m->room == BW_COMPACT ? 1.5 : 2.5);
    int bottom = m->height_px - footer - (above > apart ? above : apart);
    areas->footer = (SDL_Rect){.y = m->height_px - footer, .w = m->width_px, .h = footer};
    if (m->portrait) {
        int below = bottom - cta - gap;
        int card = bw_px(m, m->larger ? 44 : 40);
        areas->cta = (SDL_Rect){.x = left, .y = bottom - cta, .w = width, .h = cta};
        areas->card = (SDL_Rect){.x = left, .y = below - card, .w = width, .h = card};
        areas->camera =
            (SDL_Rect){.x = left, .y = y, .w = width, .h = below - card - gap - y};
        return;
    }
    int wide = (width - gap) * (m->room == BW_COMPACT ? 80 : 86) / 147;
    int right = left + wide + gap;
    areas->camera = (SDL_Rect){.x = left, .y = y, .w = wide, .h = bottom - y};
    areas->cta =
        (SDL_Rect){.x = right, .y = bottom - cta, .w = width - wide - gap, .h = cta};
    areas->card = (SDL_Rect){
        .x = right, .y = y, .w = width - wide - gap, .h = bottom - cta - gap - y};
}

void
bw_screen_idle(struct bw_page *page, const struct bw_view *view)
{
    const struct bw_metric *m = page->kit.metric;
    struct areas areas;
    char text[BW_WORDING_BYTES];
    bw_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_PAPIER);
    int top = bw_public_header(page, view, false);
    bw_say(page, "idle.cta", NULL, text);
    struct bw_look find = {.kind = BW_BUTTON_SUN,
        .icon = "search",
        .text = text,
        .radius = m->r3,
        .icon_px = bw_px(m, 5)};
    int column = m->portrait ? m->width_px - 2 * m->margin
                             : (m->width_px - 2 * m->margin) * 61 / 150;
    int cta = bw_look_height(page, &find, column);
    cta = cta > bw_px(m, 12) ? cta : bw_px(m, 12);
    find_areas(page, top, cta, bw_footer_height(page, view), &areas);
    int least = bw_line_height(bw_page_style(page, BW_T2, BW_BLACK)) * 5 / 2;
    if (view->camera_present) {
        draw_camera(page, view, areas.camera, areas.card.h >= least);
    } else {
        draw_no_camera(page, view, areas.camera);
    }
    if (areas.card.h < least) {
        areas.cta.h += areas.cta.y - areas.card.y; /* no room for both: the way on */
        areas.cta.y = areas.card.y;
    } else {
        draw_card(page, view, areas.card);
    }
    bw_look_draw(page, areas.cta, &find, BW_ACTION_FIND, 0);
    bw_public_footer(page, view, areas.footer);
}
