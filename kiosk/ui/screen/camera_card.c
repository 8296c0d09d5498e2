/* The guide breathes while nobody stands there; its pill says what the camera sees. */
#include "camera_card.h"

#include "ui/widget/parts.h"
#include "ui/widget/say.h"
#include <math.h>

enum { GUIDE_STEPS = 24 };

static void
say_doors(
    struct bw_ui_page *page, const struct bw_view *view, const char *key, char *ret_text)
{
    struct bw_values values = view->values;
    values.time_ms = view->overview.doors_ms;
    bw_ui_say_when(page, view, key, &values, ret_text);
}

static int
guide_size(const struct bw_ui_page *page, const SDL_Rect *view)
{
    int most = view->h < view->w ? view->h : view->w;
    int wanted = bw_ui_px(page->kit.metric, 44);
    int fits = most - bw_ui_px(page->kit.metric, 5);
    return wanted < fits ? wanted : fits;
}

static double
breath(struct bw_ui_page *page, const struct bw_view *view)
{
    if (!view->guide_breathes || view->less_motion) {
        return 1;
    }
    bw_ui_page_again(page, BW_GUIDE_MS / GUIDE_STEPS);
    int64_t step = view->mono_ms % BW_GUIDE_MS * GUIDE_STEPS / BW_GUIDE_MS;
    return 1 + 0.01 * (1 - cos(2 * 3.14159265 * (double)step / GUIDE_STEPS));
}

static void
draw_corners(struct bw_ui_page *page, SDL_Rect guide)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int arm = guide.w < bw_ui_px(m, 26) ? guide.w / 4 : bw_ui_px(m, 10);
    for (int corner = 0; corner < 4; corner++) {
        SDL_Rect rect = {.x = corner & 1 ? guide.x + guide.w - arm : guide.x,
            .y = corner & 2 ? guide.y + guide.h - arm : guide.y,
            .w = arm,
            .h = arm};
        bw_ui_page_corner(page, rect, corner, m->r3, bw_ui_px(m, 1.333), BW_ZON);
    }
}

/* The words of the pill, and its icon's side: 0 where that costs a line. */
static int
pill_block(struct bw_ui_page *page, const char *text, int width, int gap,
    struct bw_ui_block *block)
{
    *block = (struct bw_ui_block){.style = bw_ui_page_style(page, BW_T1, BW_BOLD),
        .leading = 1.15,
        .lines_max = 5,
        .balanced = true};
    int icon = bw_ui_icon_px(page, 3.6, block->style);
    block->width = width - icon - gap;
    struct bw_ui_block bare = *block;
    bare.width += icon + gap;
    if (bw_ui_block_height(page, &bare, text) < bw_ui_block_height(page, block, text)) {
        *block = bare;
        return 0;
    }
    return icon;
}

/* What the guide says; nothing where the card beside it says as much and the words would
 * hide the picture. */
static void
draw_pill(struct bw_ui_page *page, const struct bw_view *view, const SDL_Rect *area,
    SDL_Rect guide, bool with_card)
{
    static const char *const keys[] = {
        [BW_GUIDE_READY] = "idle.guide",
        [BW_GUIDE_READING] = "idle.reading",
        [BW_GUIDE_CLOSER] = "idle.closer",
        [BW_GUIDE_OTHER] = "idle.other",
        [BW_GUIDE_CERTIFICATE] = "idle.cert",
        [BW_GUIDE_NOT_YET] = "idle.notyet",
        [BW_GUIDE_AWAY] = "idle.away",
        [BW_GUIDE_LIGHT] = "idle.light",
        [BW_GUIDE_WHOLE] = "idle.whole",
        [BW_GUIDE_OVER] = "over.h",
    };
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    struct bw_ui_block block;
    say_doors(page, view, keys[view->guide], text);
    int pad = bw_ui_px(m, 2.2);
    int gap = bw_ui_px(m, 1.2);
    int icon = pill_block(page, text, area->w - 2 * pad - bw_ui_px(m, 3), gap, &block);
    gap = icon ? gap : 0;
    int text_w = bw_ui_block_width(page, &block, text);
    int text_h = bw_ui_block_height(page, &block, text);
    if (with_card && view->guide == BW_GUIDE_READY && text_h > 2 * block.style.px) {
        return;
    }
    int height = text_h + bw_ui_px(m, 1.4);
    height = height < bw_ui_px(m, 5) ? bw_ui_px(m, 5) : height;
    int width = text_w + 2 * pad + icon + gap;
    int inside = guide.y + guide.h - height - bw_ui_px(m, 2);
    bool fits = width <= guide.w - bw_ui_px(m, 4); /* inside the guide where it can */
    SDL_Rect pill = {.x = area->x + (area->w - width) / 2,
        .y = fits ? inside : area->y + area->h - height - bw_ui_px(m, 1.6),
        .w = width,
        .h = height};
    bw_ui_page_round(page, pill, bw_ui_px(m, 2.5), BW_ZON);
    SDL_Rect at = {
        .x = pill.x + pad, .y = pill.y + (height - icon) / 2, .w = icon, .h = icon};
    if (icon) {
        bool early = view->guide == BW_GUIDE_NOT_YET;
        bw_ui_page_icon(page, early ? "clock" : "qr", at, BW_INKT);
    }
    page->said = BW_SAID_TO_DO;
    bw_ui_page_block(
        page, at.x + icon + gap, pill.y + (height - text_h) / 2, &block, BW_INKT, text);
    page->said = BW_SAID_DETAIL;
}

/* Where to look: an arrow with a lens at the edge that the camera is at. */
static void
draw_lens(struct bw_ui_page *page, const SDL_Rect *view)
{
    static const char *const arrows[] = {
        [BW_EDGE_TOP] = "chevron-up",
        [BW_EDGE_BOTTOM] = "chevron-down",
        [BW_EDGE_LEFT] = "arrow-left",
        [BW_EDGE_RIGHT] = "arrow-right",
    };
    const struct bw_ui_metric *m = page->kit.metric;
    int size = bw_ui_px(m, 6);
    int icon = bw_ui_px(m, 3);
    int pad = bw_ui_px(m, 1.2);
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
    bw_ui_page_round(page, tab, bw_ui_px(m, 3), BW_DIEP);
    int lens = bw_ui_px(m, 3.4);
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
    bw_ui_page_icon(page, "camera", first, BW_WIT);
    bw_ui_page_icon(page, arrows[page->kit.camera_at], second, BW_ZON);
}

void
bw_ui_camera_card(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect card, bool with_card)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    int pad = bw_ui_px(m, m->portrait || m->size != BW_UI_ROOMY ? 2 : 3);
    bw_ui_say(page, "idle.priv", NULL, text);
    page->must_read = false;
    struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T1, BW_MEDIUM),
        .leading = 1.15,
        .lines_max = 3,
        .balanced = true};
    int icon = bw_ui_icon_px(page, 4, block.style);
    block.width = card.w - 2 * pad - icon - bw_ui_px(m, 1.5);
    int text_h = bw_ui_block_height(page, &block, text);
    int strip = text_h + bw_ui_px(m, 1.6);
    strip = strip < bw_ui_px(m, 7) ? bw_ui_px(m, 7) : strip;
    SDL_Rect picture = card;
    picture.h -= strip;
    SDL_Rect below = {.x = card.x, .y = card.y + picture.h, .w = card.w, .h = strip};
    int size = (int)lround(guide_size(page, &picture) * breath(page, view));
    SDL_Rect guide = bw_ui_centred(picture, size, size);
    struct bw_ui_mark *mark = bw_ui_page_fill(page, picture, BW_DIEP);
    mark->kind = BW_MARK_CAMERA;
    mark->serial = page->kit.picture_serial;
    mark->guide = guide;
    mark->radius = m->r3;
    bw_ui_page_fill(page, below, BW_DIEP);
    SDL_Rect at = {
        .x = below.x + pad, .y = below.y + (strip - icon) / 2, .w = icon, .h = icon};
    bw_ui_page_icon(page, "eye-off", at, BW_WIT);
    bw_ui_page_block(page, at.x + icon + bw_ui_px(m, 1.5), below.y + (strip - text_h) / 2,
        &block, BW_WIT, text);
    page->must_read = true;
    draw_corners(page, guide);
    draw_lens(page, &picture);
    draw_pill(page, view, &picture, guide, with_card);
    bw_ui_page_mask(page, card, m->r3, BW_PAPIER);
}

void
bw_ui_no_camera_card(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect card)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char head[BW_WORDING_BYTES], more[BW_WORDING_BYTES];
    bw_ui_page_round(page, card, m->r3, BW_MIST);
    /* none was wanted: nothing is out of order */
    bw_ui_say(page, view->camera_wanted ? "ca.h" : "ca.none", NULL, head);
    const char *key = view->guide == BW_GUIDE_NOT_YET ? "idle.notyet"
                      : view->guide == BW_GUIDE_OVER  ? "over.h"
                      : view->camera_wanted           ? "ca.p"
                                                      : "idle.s1";
    say_doors(page, view, key, more);
    struct bw_ui_block block = {.style = bw_ui_page_style(page, BW_T4, BW_BLACK),
        .leading = 1.15,
        .width = card.w - bw_ui_px(m, 12),
        .lines_max = 3,
        .balanced = true,
        .align = BW_CENTRE};
    struct bw_ui_block body = block;
    body.style = bw_ui_page_style(page, BW_T2, BW_MEDIUM);
    int head_h = bw_ui_block_height(page, &block, head);
    int more_h = bw_ui_block_height(page, &body, more);
    int disc = bw_ui_px(m, m->size == BW_UI_COMPACT ? 12 : 20);
    int total = disc + bw_ui_px(m, 3) + head_h + bw_ui_px(m, 1.2) + more_h;
    int y = card.y + (card.h - total) / 2;
    SDL_Rect round = {.x = card.x + (card.w - disc) / 2, .y = y, .w = disc, .h = disc};
    bw_ui_page_round(page, round, disc / 2, BW_WIT);
    bw_ui_page_icon(page, view->camera_wanted ? "camera-off" : "scanner",
        bw_ui_centred(round, disc / 2, disc / 2), BW_GRACHT);
    y += disc + bw_ui_px(m, 3);
    y += bw_ui_page_block(page, card.x + bw_ui_px(m, 6), y, &block, BW_INKT, head);
    bw_ui_page_block(
        page, card.x + bw_ui_px(m, 6), y + bw_ui_px(m, 1.2), &body, BW_INKT, more);
}
