/* Rounded boxes and discs, smooth, from small pictures of their corners that are kept.
 * Lengths are pixels, `part` is an opacity of 255. A surface is the caller's, 32 bits a
 * pixel. UI thread only. */
#ifndef BW_UI_SHAPE_H
#define BW_UI_SHAPE_H

#include "theme.h"
#include <SDL.h>
#include <stdbool.h>

struct bw_ui_shapes;

/* Nothing is kept yet. The caller destroys it. NULL: out of memory. */
struct bw_ui_shapes *bw_ui_shapes_create(void);
/* NULL is fine. */
void bw_ui_shapes_destroy(struct bw_ui_shapes *shapes);

struct bw_ui_round {
    SDL_Rect rect;
    int radius, border;
    bw_ui_colour fill, edge; /* fill with alpha 0: the border alone */
    bool dashed;
    int part; /* opacity */
};

/* Paints within the surface's clip. */
void bw_ui_shapes_round(
    struct bw_ui_shapes *shapes, SDL_Surface *target, const struct bw_ui_round *round);

/* One corner (0 to 3: nw ne sw se) of a rounded frame: an arc and its two arms. */
void bw_ui_shapes_corner(struct bw_ui_shapes *shapes, SDL_Surface *target, SDL_Rect rect,
    int corner, int radius, int thick, bw_ui_colour colour);

/* Paints over what lies in the rectangle but outside its round corners. */
void bw_ui_shapes_mask(struct bw_ui_shapes *shapes, SDL_Surface *target, SDL_Rect rect,
    int radius, bw_ui_colour colour);

/* A rectangle; translucent where the colour's alpha or `part` says so. */
void bw_ui_fill(SDL_Surface *target, SDL_Rect rect, bw_ui_colour colour, int part);

#endif
