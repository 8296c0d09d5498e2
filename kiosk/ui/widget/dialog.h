/* A question over everything. What stands below it no longer reacts. UI thread only. */
#ifndef BW_UI_DIALOG_H
#define BW_UI_DIALOG_H

#include "ui/draw/page.h"

/* The view's own, where it has one open. */
void bw_ui_dialog(struct bw_ui_page *page, const struct bw_view *view);

/* For one that is drawn by hand (a row's further actions): the width inside, px; then
 * scrim and panel for a content of that height. Returns the panel's inside. */
int bw_ui_dialog_width(const struct bw_ui_page *page);
SDL_Rect bw_ui_dialog_panel(struct bw_ui_page *page, int content_height);

#endif
