/* Small parts: tags, the mark, the clock, panels. Lengths are pixels. UI thread only. */
#ifndef BW_UI_PARTS_H
#define BW_UI_PARTS_H

#include "ui/draw/page.h"

/* A rectangle of that size in the middle of the area;
 * and one that is smaller all round. */
SDL_Rect bw_ui_centred(SDL_Rect area, int width, int height);
SDL_Rect bw_ui_inset(SDL_Rect rect, int by_x, int by_y);

/* Side of an icon beside text of that style: k units, never lower than the text. */
int bw_ui_icon_px(const struct bw_ui_page *page, double k, struct bw_ui_style style);

/* Icon and one line beside it, centred on a line of the area's height;
 * returns the width used. */
int bw_ui_tag(struct bw_ui_page *page, SDL_Rect area, const char *icon, int icon_px,
    struct bw_ui_style style, bw_ui_colour colour, const char *text);

/* The mark: the file `name` of logo/ in its own colours or, where `ink` is given, the
 * plain one in that. */
void bw_ui_logo(
    struct bw_ui_page *page, const char *name, int x, int y, int width, bw_ui_colour ink);

/* The view's time of day, with its right edge and its top there. */
void bw_ui_clock(struct bw_ui_page *page, const struct bw_view *view, int right, int y,
    struct bw_ui_style style, bw_ui_colour colour);

/* A round box with a border, to group what stands on it. */
void bw_ui_panel(
    struct bw_ui_page *page, SDL_Rect rect, bw_ui_colour fill, bw_ui_colour edge);

#endif
