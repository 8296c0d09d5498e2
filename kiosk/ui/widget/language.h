/* The other languages, one touch each: by name where there is room, else by code ("EN").
 * With more than three others there is one button, which takes the next. No function here
 * fails. UI thread only. */
#ifndef BW_UI_LANGUAGE_H
#define BW_UI_LANGUAGE_H

#include "button.h"

enum { BW_UI_LANGUAGE_BUTTONS = 3 };

/* Buttons of that look (its icon, text and name are theirs), at most
 * BW_UI_LANGUAGE_BUTTONS, with their names or codes; returns how many. `one`: a single
 * one all the same. */
int bw_ui_language_buttons(struct bw_ui_page *page, struct bw_ui_look look, bool whole,
    bool one, struct bw_ui_bar_button *ret_buttons);

/* The width in px that bw_ui_languages_draw takes with a button for each. */
int bw_ui_languages_width(struct bw_ui_page *page);

/* By code, in that ink, with their right edge and their middle there (px); returns the
 * width in px that they take, with the gap at their left. */
int bw_ui_languages_draw(
    struct bw_ui_page *page, int right, int middle, bw_ui_colour ink, bool one);

#endif
