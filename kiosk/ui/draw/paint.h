/* Marks to pixels. UI thread only. */
#ifndef BW_UI_PAINT_H
#define BW_UI_PAINT_H

#include "art.h"
#include "page.h"
#include "picture.h"
#include "shape.h"

struct bw_painter {
    struct bw_art *art;
    struct bw_shapes *shapes;
    struct bw_text *text;
    struct bw_camera_picture *camera;
    SDL_Surface *ring; /* the last one, and what it shows */
    struct bw_mark ring_mark;
};

/* Paints the page's marks within the area; 32 bits a pixel, XRGB. */
void bw_paint(struct bw_painter *painter, const struct bw_page *page, SDL_Surface *target,
    const SDL_Rect *area);

#endif
