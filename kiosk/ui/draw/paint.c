/* One function a kind of mark, from back to front, within a clip. */
#include "paint.h"

#include "ring.h"

static void
paint_surface(SDL_Surface *surface, SDL_Surface *target, int x, int y, int part)
{
    if (!surface) {
        return;
    }
    SDL_Rect at = {.x = x, .y = y};
    SDL_SetSurfaceAlphaMod(surface, (Uint8)part);
    SDL_BlitSurface(surface, NULL, target, &at);
}

static void
paint_round(
    struct bw_ui_painter *painter, const struct bw_ui_mark *mark, SDL_Surface *target)
{
    struct bw_ui_round round = {.rect = mark->rect,
        .radius = mark->radius,
        .border = mark->border,
        .fill = mark->colour,
        .edge = mark->colour2,
        .dashed = mark->dashed,
        .part = mark->part};
    bw_ui_shapes_round(painter->shapes, target, &round);
}

static void
paint_text(struct bw_ui_painter *painter, const struct bw_ui_page *page,
    const struct bw_ui_mark *mark, SDL_Surface *target)
{
    int above = 0;
    SDL_Surface *line = bw_ui_text_picture(
        painter->text, bw_ui_mark_name(page, mark), mark->style, mark->colour, &above);
    paint_surface(line, target, mark->rect.x, mark->rect.y - above, mark->part);
}

static void
paint_camera(
    struct bw_ui_painter *painter, const struct bw_ui_mark *mark, SDL_Surface *target)
{
    if (!bw_ui_camera_picture_has(painter->camera) ||
        !bw_ui_camera_picture_paint(
            painter->camera, target, mark->rect, mark->guide, mark->radius)) {
        SDL_FillRect(target, &mark->rect, BW_DIEP);
    }
}

static void
paint_qr(struct bw_ui_painter *painter, const struct bw_ui_page *page,
    const struct bw_ui_mark *mark, SDL_Surface *target)
{
    SDL_Surface *code =
        bw_ui_art_qr(painter->art, bw_ui_mark_name(page, mark), mark->rect.w);
    if (code) {
        paint_surface(code, target, mark->rect.x + (mark->rect.w - code->w) / 2,
            mark->rect.y + (mark->rect.h - code->h) / 2, mark->part);
    }
}

static void
paint_ring(
    struct bw_ui_painter *painter, const struct bw_ui_mark *mark, SDL_Surface *target)
{
    const struct bw_ui_mark *known = &painter->ring_mark;
    if (!painter->ring || known->rect.w != mark->rect.w || known->taken != mark->taken ||
        known->expected != mark->expected || known->seats != mark->seats ||
        known->colour != mark->colour || known->colour2 != mark->colour2) {
        struct bw_ui_ring ring = {.px = mark->rect.w,
            .taken = mark->taken,
            .expected = mark->expected,
            .seats = mark->seats,
            .colour = mark->colour,
            .expected_colour = mark->colour2};
        SDL_FreeSurface(painter->ring);
        painter->ring = bw_ui_ring_draw(&ring);
        painter->ring_mark = *mark;
    }
    paint_surface(painter->ring, target, mark->rect.x, mark->rect.y, mark->part);
}

/* Sun-coloured ring on the target's edge, ink outside it. */
static void
paint_frame(
    struct bw_ui_painter *painter, const struct bw_ui_mark *mark, SDL_Surface *target)
{
    struct bw_ui_round round = {.border = mark->border, .part = 255};
    for (int ring = 2; ring >= 1; ring--) {
        int out = mark->border * ring;
        round.rect = (SDL_Rect){.x = mark->rect.x - out,
            .y = mark->rect.y - out,
            .w = mark->rect.w + 2 * out,
            .h = mark->rect.h + 2 * out};
        round.radius = mark->radius + out;
        round.edge = ring == 2 ? mark->colour2 : mark->colour;
        bw_ui_shapes_round(painter->shapes, target, &round);
    }
}

static void
paint_mark(struct bw_ui_painter *painter, const struct bw_ui_page *page,
    const struct bw_ui_mark *mark, SDL_Surface *target)
{
    switch (mark->kind) {
    case BW_MARK_FILL:
        bw_ui_fill(target, mark->rect, mark->colour, mark->part);
        break;
    case BW_MARK_ROUND:
        paint_round(painter, mark, target);
        break;
    case BW_MARK_TEXT:
        paint_text(painter, page, mark, target);
        break;
    case BW_MARK_ICON:
        paint_surface(bw_ui_art_icon(painter->art, bw_ui_mark_name(page, mark),
                          mark->rect.w, mark->colour),
            target, mark->rect.x, mark->rect.y, mark->part);
        break;
    case BW_MARK_SCENE:
        paint_surface(
            bw_ui_art_scene(painter->art, bw_ui_mark_name(page, mark), mark->rect.w),
            target, mark->rect.x, mark->rect.y, mark->part);
        break;
    case BW_MARK_CAMERA:
        paint_camera(painter, mark, target);
        break;
    case BW_MARK_QR:
        paint_qr(painter, page, mark, target);
        break;
    case BW_MARK_RING:
        paint_ring(painter, mark, target);
        break;
    case BW_MARK_FRAME:
        paint_frame(painter, mark, target);
        break;
    case BW_MARK_CORNER:
        bw_ui_shapes_corner(painter->shapes, target, mark->rect, mark->corner,
            mark->radius, mark->border, mark->colour);
        break;
    case BW_MARK_MASK:
        bw_ui_shapes_mask(
            painter->shapes, target, mark->rect, mark->radius, mark->colour);
        break;
    }
}

void
bw_ui_paint_prepare(struct bw_ui_painter *painter, const struct bw_ui_page *page)
{
    int above;
    for (int i = 0; i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        const char *name = bw_ui_mark_name(page, mark);
        if (mark->kind == BW_MARK_TEXT) {
            (void)bw_ui_text_picture(
                painter->text, name, mark->style, mark->colour, &above);
        } else if (mark->kind == BW_MARK_ICON) {
            (void)bw_ui_art_icon(painter->art, name, mark->rect.w, mark->colour);
        }
    }
}

static bool
is_opaque(const struct bw_ui_mark *mark)
{
    return mark->kind == BW_MARK_CAMERA ||
           (mark->kind == BW_MARK_FILL && mark->colour >> 24 == 255 && mark->part == 255);
}

/* The last mark that covers the whole area: what lies under it isn't seen. */
static int
find_ground(const struct bw_ui_page *page, const SDL_Rect *area)
{
    for (int i = page->marks_count - 1; i > 0; i--) {
        const struct bw_ui_mark *mark = &page->marks[i];
        SDL_Rect covered;
        if (is_opaque(mark) && SDL_IntersectRect(&mark->rect, area, &covered) &&
            SDL_RectEquals(&covered, area)) {
            return i;
        }
    }
    return 0;
}

void
bw_ui_paint(struct bw_ui_painter *painter, const struct bw_ui_page *page,
    SDL_Surface *target, const SDL_Rect *area)
{
    SDL_SetClipRect(target, area);
    for (int i = find_ground(page, area); i < page->marks_count; i++) {
        SDL_Rect bounds = bw_ui_mark_bounds(&page->marks[i]);
        if (SDL_HasIntersection(&bounds, area)) {
            paint_mark(painter, page, &page->marks[i], target);
        }
    }
    SDL_SetClipRect(target, NULL);
}
