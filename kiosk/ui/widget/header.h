/* Headers: who, when, and the clock. Each draws along the top of the page and returns its
 * lower edge in pixels; a title that is too long ends with an ellipsis. UI thread. */
#ifndef BW_UI_HEADER_H
#define BW_UI_HEADER_H

#include "ui/draw/page.h"

/* Of 01, 08 and 12c: mark, session, when, clock; `dark`: on a dark ground. */
int bw_ui_public_header(struct bw_ui_page *page, const struct bw_view *view, bool dark);

/* Of results: lower, one line. `logo` is a file of logo/, or "" for the mark in the ink
 * of the text. */
int bw_ui_result_header(struct bw_ui_page *page, const struct bw_view *view,
    const char *logo, bw_ui_colour ink, bool with_session);

/* Of staff's screens, with the time till they lock; the texts that follow are staff's.
 * `detail` says what this one is about; NULL: nothing. */
int bw_ui_staff_header(
    struct bw_ui_page *page, const struct bw_view *view, const char *detail);

#endif
