/* The steps of the walk-in's form that are answered with one tap. From `y` down
 * to `bottom`, in pixels of the window. UI thread. */
#ifndef BW_UI_FORM_H
#define BW_UI_FORM_H

#include "ui/draw/page.h"

/* Whether somebody is brugfunctionaris: two buttons. */
void bw_ui_form_audience(struct bw_ui_page *page, int y, int bottom);
/* What there is for who isn't. */
void bw_ui_form_referral(struct bw_ui_page *page, const struct bw_view *view, int y);
/* The regions of the series, and after them another one, to be typed. */
void bw_ui_form_regions(
    struct bw_ui_page *page, const struct bw_view *view, int y, int bottom);

#endif
