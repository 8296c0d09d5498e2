/* Corners are one square picture of (2r) by (2r) with both circles in it, coverage by
 * distance; a box is four quarters of it, and plain rectangles between. */
#include "shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DISCS = 96, DASH_PARTS = 3 };

struct disc {
    int radius, border;
    bw_ui_colour fill, edge;
    bool outside; /* the fill stands outside the disc */
    SDL_Surface *surface;
    uint64_t used;
};

struct bw_ui_shapes {
    struct disc discs[DISCS];
    uint64_t tick;
};

struct bw_ui_shapes *
bw_ui_shapes_create(void)
{
    return calloc(1, sizeof(struct bw_ui_shapes));
}

void
bw_ui_shapes_destroy(struct bw_ui_shapes *shapes)
{
    if (!shapes) {
        return;
    }
    for (int i = 0; i < DISCS; i++) {
        SDL_FreeSurface(shapes->discs[i].surface);
    }
    free(shapes);
}

static double
within(double part)
{
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

/* Fill inside, edge in the ring, nothing outside; straight alpha. */
static bw_ui_colour
disc_pixel(const struct disc *disc, double distance)
{
    double outer = within(disc->radius - distance + 0.5);
    if (disc->outside) {
        return (disc->fill & 0xFFFFFFu) | (unsigned)lround((1 - outer) * 255) << 24;
    }
    double inner =
        disc->border ? within(disc->radius - disc->border - distance + 0.5) : outer;
    double fill = disc->fill >> 24 ? inner : 0;
    double edge = disc->border ? outer - inner : 0;
    double alpha = fill + edge;
    if (alpha <= 0) {
        return 0;
    }
    bw_ui_colour mixed = bw_ui_colour_mix(disc->fill | 0xFF000000u,
        disc->edge | 0xFF000000u, (int)lround(255 * edge / alpha));
    unsigned strength = (unsigned)lround(alpha * 255);
    return (mixed & 0xFFFFFFu) | strength << 24;
}

static bw_ui_colour *
row_of(const SDL_Surface *surface, int y)
{
    return (bw_ui_colour *)(void *)((Uint8 *)surface->pixels + y * surface->pitch);
}

static SDL_Surface *
draw_disc(const struct disc *disc)
{
    int size = disc->radius * 2;
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, size, size, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!surface) {
        return NULL;
    }
    for (int y = 0; y < disc->radius; y++) { /* a quarter; the others mirror it */
        bw_ui_colour *row = row_of(surface, y);
        for (int x = 0; x < disc->radius; x++) {
            row[x] = row[size - 1 - x] =
                disc_pixel(disc, hypot(x + 0.5 - disc->radius, y + 0.5 - disc->radius));
        }
        memcpy(row_of(surface, size - 1 - y), row, (size_t)size * sizeof *row);
    }
    SDL_SetSurfaceBlendMode(surface, SDL_BLENDMODE_BLEND);
    return surface;
}

static SDL_Surface *
find_disc(struct bw_ui_shapes *shapes, const struct bw_ui_round *round, bool outside)
{
    struct disc *oldest = &shapes->discs[0];
    shapes->tick++;
    for (int i = 0; i < DISCS; i++) {
        struct disc *disc = &shapes->discs[i];
        if (disc->surface && disc->radius == round->radius &&
            disc->border == round->border && disc->fill == round->fill &&
            disc->edge == round->edge && disc->outside == outside) {
            disc->used = shapes->tick;
            return disc->surface;
        }
        oldest = disc->used < oldest->used ? disc : oldest;
    }
    SDL_FreeSurface(oldest->surface);
    *oldest = (struct disc){.radius = round->radius,
        .border = round->border,
        .fill = round->fill,
        .edge = round->edge,
        .outside = outside,
        .used = shapes->tick};
    oldest->surface = draw_disc(oldest);
    return oldest->surface;
}

static void
blend_fill(SDL_Surface *target, SDL_Rect rect, bw_ui_colour colour, unsigned alpha)
{
    SDL_Rect clipped;
    if (!SDL_IntersectRect(&rect, &target->clip_rect, &clipped)) {
        return;
    }
    unsigned rest = 255 - alpha;
    unsigned red_blue = (colour & 0xFF00FFu) * alpha;
    unsigned green = (colour & 0x00FF00u) * alpha;
    for (int y = clipped.y; y < clipped.y + clipped.h; y++) {
        uint32_t *row =
            (uint32_t *)(void *)((Uint8 *)target->pixels + y * target->pitch) + clipped.x;
        for (int x = 0; x < clipped.w; x++) {
            unsigned rb = ((row[x] & 0xFF00FFu) * rest + red_blue) >> 8;
            unsigned g = ((row[x] & 0x00FF00u) * rest + green) >> 8;
            row[x] = 0xFF000000u | (rb & 0xFF00FFu) | (g & 0x00FF00u);
        }
    }
}

void
bw_ui_fill(SDL_Surface *target, SDL_Rect rect, bw_ui_colour colour, int part)
{
    unsigned alpha = (colour >> 24) * (unsigned)part / 255;
    if (alpha == 255) {
        SDL_FillRect(target, &rect, colour);
    } else if (alpha) {
        blend_fill(target, rect, colour, alpha);
    }
}

static void
paint_corner(
    SDL_Surface *disc, SDL_Surface *target, const SDL_Rect *rect, int radius, int corner)
{
    bool right = corner & 1;
    bool low = corner & 2;
    SDL_Rect from = {
        .x = right ? radius : 0, .y = low ? radius : 0, .w = radius, .h = radius};
    SDL_Rect to = {.x = right ? rect->x + rect->w - radius : rect->x,
        .y = low ? rect->y + rect->h - radius : rect->y};
    SDL_BlitSurface(disc, &from, target, &to);
}

/* One straight side of the border, along x or y, whole or in dashes. */
static void
paint_side(
    SDL_Surface *target, SDL_Rect side, bool along_x, const struct bw_ui_round *round)
{
    if (!round->dashed) {
        bw_ui_fill(target, side, round->edge, round->part);
        return;
    }
    int dash = round->border * DASH_PARTS;
    int length = along_x ? side.w : side.h;
    for (int at = 0; at < length; at += 2 * dash) {
        int part = length - at < dash ? length - at : dash;
        SDL_Rect piece = side;
        if (along_x) {
            piece.x += at;
            piece.w = part;
        } else {
            piece.y += at;
            piece.h = part;
        }
        bw_ui_fill(target, piece, round->edge, round->part);
    }
}

static void
paint_border(SDL_Surface *target, const struct bw_ui_round *round)
{
    const SDL_Rect *rect = &round->rect;
    int r = round->radius;
    int b = round->border;
    SDL_Rect top = {.x = rect->x + r, .y = rect->y, .w = rect->w - 2 * r, .h = b};
    SDL_Rect bottom = top;
    bottom.y = rect->y + rect->h - b;
    SDL_Rect left = {.x = rect->x, .y = rect->y + r, .w = b, .h = rect->h - 2 * r};
    SDL_Rect right = left;
    right.x = rect->x + rect->w - b;
    paint_side(target, top, true, round);
    paint_side(target, bottom, true, round);
    paint_side(target, left, false, round);
    paint_side(target, right, false, round);
}

void
bw_ui_shapes_round(
    struct bw_ui_shapes *shapes, SDL_Surface *target, const struct bw_ui_round *round)
{
    const SDL_Rect *rect = &round->rect;
    int r = round->radius;
    int b = round->border;
    SDL_Surface *disc = r > 0 ? find_disc(shapes, round, false) : NULL;
    if (disc) {
        SDL_SetSurfaceAlphaMod(disc, (Uint8)round->part);
        for (int corner = 0; corner < 4; corner++) {
            paint_corner(disc, target, rect, r, corner);
        }
    }
    if (round->fill >> 24) {
        SDL_Rect middle = {.x = rect->x + b,
            .y = rect->y + r,
            .w = rect->w - 2 * b,
            .h = rect->h - 2 * r};
        SDL_Rect above = {
            .x = rect->x + r, .y = rect->y + b, .w = rect->w - 2 * r, .h = r - b};
        SDL_Rect below = above;
        below.y = rect->y + rect->h - r;
        bw_ui_fill(target, middle, round->fill, round->part);
        if (r > b) {
            bw_ui_fill(target, above, round->fill, round->part);
            bw_ui_fill(target, below, round->fill, round->part);
        }
    }
    if (b > 0) {
        paint_border(target, round);
    }
}

void
bw_ui_shapes_corner(struct bw_ui_shapes *shapes, SDL_Surface *target, SDL_Rect rect,
    int corner, int radius, int thick, bw_ui_colour colour)
{
    struct bw_ui_round round = {.radius = radius, .border = thick, .edge = colour};
    SDL_Surface *disc = find_disc(shapes, &round, false);
    if (disc) {
        SDL_SetSurfaceAlphaMod(disc, 255);
        paint_corner(disc, target, &rect, radius, corner);
    }
    bool right = corner & 1;
    bool low = corner & 2;
    SDL_Rect across = {.x = right ? rect.x : rect.x + radius,
        .y = low ? rect.y + rect.h - thick : rect.y,
        .w = rect.w - radius,
        .h = thick};
    SDL_Rect down = {.x = right ? rect.x + rect.w - thick : rect.x,
        .y = low ? rect.y : rect.y + radius,
        .w = thick,
        .h = rect.h - radius};
    bw_ui_fill(target, across, colour, 255);
    bw_ui_fill(target, down, colour, 255);
}

void
bw_ui_shapes_mask(struct bw_ui_shapes *shapes, SDL_Surface *target, SDL_Rect rect,
    int radius, bw_ui_colour colour)
{
    struct bw_ui_round round = {.radius = radius, .fill = colour};
    SDL_Surface *disc = find_disc(shapes, &round, true);
    for (int corner = 0; disc && corner < 4; corner++) {
        SDL_SetSurfaceAlphaMod(disc, 255);
        paint_corner(disc, target, &rect, radius, corner);
    }
}
