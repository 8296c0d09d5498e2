/* Buttons: the only things that react to a finger. Lengths are pixels of the window; the
 * texts of a look are borrowed for the call, and no function fails: what doesn't fit is
 * made smaller, broken into two lines, or cut. UI thread only. */
#ifndef BW_UI_BUTTON_H
#define BW_UI_BUTTON_H

#include "ui/draw/page.h"

enum { BW_UI_BAR_MAX = 8 }; /* buttons side by side */

struct bw_ui_look {
    enum bw_button_kind kind;
    bw_ui_colour fill, ink, edge; /* 0: the kind's own */
    const char *icon;             /* NULL or "": none */
    const char *text;
    const char *name;     /* what is said for an icon alone; NULL: the text */
    const char *count;    /* at the right end; NULL: none */
    bool left;            /* label at the left, not centred */
    bool stacked;         /* icon above the label */
    bool small;           /* t1 */
    bool tight;           /* half the air beside the label */
    enum bw_ui_type type; /* BW_T2 unless larger is asked (0 means T2 here) */
    int radius;           /* px; 0: r2 */
    int icon_px;          /* 0: 4 u */
};

/* Width of the button with its label on one line. */
int bw_ui_look_width(struct bw_ui_page *page, const struct bw_ui_look *look);

/* The same where the text has hard breaks: as wide as its widest line. */
int bw_ui_look_lines_width(struct bw_ui_page *page, const struct bw_ui_look *look);

/* Least height of a button with that look and width. */
int bw_ui_look_height(struct bw_ui_page *page, const struct bw_ui_look *look, int width);

/* Draws it, and makes it a target; BW_ACTION_NONE: only a picture of one. */
void bw_ui_look_draw(struct bw_ui_page *page, SDL_Rect rect,
    const struct bw_ui_look *look, enum bw_action action, int index);

/* Buttons side by side from the left (or to the right edge), each as wide as its label
 * where there is space, narrower with two lines where there isn't. Returns the width
 * used. `buttons` are in order, BW_UI_BAR_MAX at most, and lose their icons where that
 * saves the words; `height` of each. */
struct bw_ui_bar_button {
    struct bw_ui_look look;
    enum bw_action action;
    int index;
};
int bw_ui_button_bar(struct bw_ui_page *page, SDL_Rect area, int height, bool to_right,
    struct bw_ui_bar_button *buttons, int count);

/* Whether they stand side by side on one line each, without their icons if need be. */
bool bw_ui_button_bar_fits(struct bw_ui_page *page, int space,
    const struct bw_ui_bar_button *buttons, int count);

#endif
