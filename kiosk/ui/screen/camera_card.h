/* The camera's card of 01: picture, guide and where to look; and of 12c: it is missing.
 * UI thread only. */
#ifndef BW_UI_CAMERA_CARD_H
#define BW_UI_CAMERA_CARD_H

#include "ui/draw/page.h"

/* Draws it into `card` (px). `with_card`: the tips stand beside it. */
void bw_ui_camera_card(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect card, bool with_card);
void bw_ui_no_camera_card(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect card);

#endif
