/* Dots by distance, smooth at any place between pixels. Pure. */
#include "ring.h"

#include <math.h>
#include <stdbool.h>

enum { DOTS_MAX = 120 };

#define OUTER_PART 0.57   /* of the seats */
#define OUTER_RADIUS 0.44 /* of the box */
#define INNER_RADIUS 0.31
#define TAU 6.283185307179586

static double
within(double part)
{
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

static void
put(SDL_Surface *surface, int x, int y, bw_ui_colour colour, double cover)
{
    if (x < 0 || y < 0 || x >= surface->w || y >= surface->h || cover <= 0) {
        return;
    }
    uint32_t *pixel =
        (uint32_t *)(void *)((Uint8 *)surface->pixels + y * surface->pitch) + x;
    uint32_t alpha = (uint32_t)lround(within(cover) * 255);
    if (alpha > *pixel >> 24) {
        *pixel = (colour & 0xFFFFFFu) | alpha << 24;
    }
}

/* Filled where `line` is 0, else a ring so thick. */
static void
dot(SDL_Surface *surface, double cx, double cy, double radius, double line,
    bw_ui_colour colour)
{
    for (int y = (int)(cy - radius - 1); y <= (int)(cy + radius + 1); y++) {
        for (int x = (int)(cx - radius - 1); x <= (int)(cx + radius + 1); x++) {
            double distance = hypot(x + 0.5 - cx, y + 0.5 - cy);
            double cover = within(radius - distance + 0.5);
            if (line > 0) {
                cover -= within(radius - line - distance + 0.5);
            }
            put(surface, x, y, colour, cover);
        }
    }
}

static void
seat(SDL_Surface *surface, const struct bw_ui_ring *ring, int number, double x, double y,
    double radius)
{
    if (number < ring->taken) {
        dot(surface, x, y, radius, 0, ring->colour);
    } else if (number < ring->taken + ring->expected) {
        dot(surface, x, y, radius * 0.5, 0, ring->expected_colour);
    } else {
        dot(surface, x, y, radius, fmax(radius * 0.42, 1.2), ring->colour);
    }
}

static void
draw_dots(SDL_Surface *surface, const struct bw_ui_ring *ring)
{
    int outer = (int)lround(ring->seats * OUTER_PART);
    int inner = ring->seats - outer;
    double size = ring->px;
    double pitch = outer ? TAU * OUTER_RADIUS / outer : 1;
    pitch = inner ? fmin(pitch, TAU * INNER_RADIUS / inner) : pitch;
    double radius = fmin(0.37 * pitch, 0.054) * size;
    int i = 0;
    int j = 0;
    for (int number = 0; number < ring->seats; number++) {
        double angle_out = i < outer ? TAU * i / outer : TAU * 2;
        double angle_in = j < inner ? TAU * (j + 0.5) / inner : TAU * 2;
        bool out = angle_out <= angle_in;
        double angle = out ? angle_out : angle_in;
        double far = (out ? OUTER_RADIUS : INNER_RADIUS) * size;
        i += out;
        j += !out;
        seat(surface, ring, number, size / 2 + far * sin(angle),
            size / 2 - far * cos(angle), radius);
    }
}

static bw_ui_colour
arc_colour(const struct bw_ui_ring *ring, double part, double *ret_half)
{
    double taken = (double)ring->taken / ring->seats;
    double expected = (double)ring->expected / ring->seats;
    *ret_half = part < taken ? 0.075 : part < taken + expected ? 0.04 : 0.015;
    return part < taken ? ring->colour : ring->expected_colour;
}

static void
draw_arc(SDL_Surface *surface, const struct bw_ui_ring *ring)
{
    double size = ring->px;
    for (int y = 0; y < ring->px; y++) {
        for (int x = 0; x < ring->px; x++) {
            double dx = x + 0.5 - size / 2;
            double dy = y + 0.5 - size / 2;
            double angle = atan2(dx, -dy);
            double part = (angle < 0 ? angle + TAU : angle) / TAU;
            double half;
            bw_ui_colour colour = arc_colour(ring, part, &half);
            double away = fabs(hypot(dx, dy) - size * 0.4);
            put(surface, x, y, colour, within(half * size - away + 0.5));
        }
    }
}

SDL_Surface *
bw_ui_ring_draw(const struct bw_ui_ring *ring)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(
        0, ring->px, ring->px, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!surface) {
        return NULL;
    }
    SDL_SetSurfaceBlendMode(surface, SDL_BLENDMODE_BLEND);
    if (ring->seats > DOTS_MAX) {
        draw_arc(surface, ring);
    } else if (ring->seats > 0) {
        draw_dots(surface, ring);
    }
    return surface;
}
