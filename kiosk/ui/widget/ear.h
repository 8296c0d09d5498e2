/* "Lees voor", and while it is on, how loud. UI thread only. */
#ifndef BW_UI_EAR_H
#define BW_UI_EAR_H

#include "ui/draw/page.h"

/* Width and height that both take (px), the volume beside the ear or `above` it. */
SDL_Rect bw_ui_ear_size(
    const struct bw_ui_page *page, const struct bw_view *view, bool above);

/* The ear in the lower right corner of the rect, always the same place, the volume in the
 * upper left one. Lit, it is `ink` with a sign in `paper`; the volume's has `field` for
 * its ground. */
void bw_ui_ear(struct bw_ui_page *page, const struct bw_view *view, SDL_Rect rect,
    bw_ui_colour ink, bw_ui_colour paper, bw_ui_colour field);

#endif
