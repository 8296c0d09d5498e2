/* Marks to pixels. UI thread only. */
#ifndef BW_UI_PAINT_H
#define BW_UI_PAINT_H

#include "art.h"
#include "page.h"
#include "picture.h"
#include "shape.h"

struct bw_ui_painter {
    struct bw_ui_art *art;
    struct bw_ui_shapes *shapes;
    struct bw_ui_text *text;
    struct bw_ui_camera_picture *camera;
    SDL_Surface *ring; /* the last one, and what it shows */
    struct bw_ui_mark ring_mark;
};

/* Makes the pictures that the page's texts and icons are, and paints nothing. */
void bw_ui_paint_prepare(struct bw_ui_painter *painter, const struct bw_ui_page *page);

/* Paints the page's marks within the area, into the caller's surface of 32 bits a pixel,
 * XRGB. What can't be painted is left out. */
void bw_ui_paint(struct bw_ui_painter *painter, const struct bw_ui_page *page,
    SDL_Surface *target, const SDL_Rect *area);

#endif
