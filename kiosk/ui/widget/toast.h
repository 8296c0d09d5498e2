/* A line that stands for a moment over the bottom. UI thread only. */
#ifndef BW_UI_TOAST_H
#define BW_UI_TOAST_H

#include "button.h"

/* In two lines at most, with a button at its right where there is one (NULL: none). */
void bw_ui_toast(struct bw_ui_page *page, SDL_Rect area, const char *icon,
    const char *text, const struct bw_ui_bar_button *button);

/* Whether that width (px) shows all its words. */
bool bw_ui_toast_fits(struct bw_ui_page *page, int width, const char *text);

#endif
