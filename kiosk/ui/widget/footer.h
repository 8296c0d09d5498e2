/* Footer of 01 and 12c: places, sync, language, size of type, staff. UI thread only. */
#ifndef BW_UI_FOOTER_H
#define BW_UI_FOOTER_H

#include "ui/draw/page.h"

/* Height that it takes, px. */
int bw_ui_footer_height(struct bw_ui_page *page, const struct bw_view *view);

/* Draws it into the area, which is that high. What has no space there is left out. */
void bw_ui_public_footer(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect area);

#endif
