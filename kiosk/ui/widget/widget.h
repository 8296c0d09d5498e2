/* What several screens share: buttons, headers, footers, panels, dialogs. UI thread. */
#ifndef BW_UI_WIDGET_H
#define BW_UI_WIDGET_H

#include "ui/draw/page.h"

/* The key's text into a buffer of BW_WORDING_BYTES. */
void bw_say(struct bw_page *page, const char *key, const struct bw_values *values,
    char ret_text[BW_WORDING_BYTES]);

/* The same; where its time isn't of today and the catalogue has `key.day`, that one. */
void bw_say_when(struct bw_page *page, const struct bw_view *view, const char *key,
    const struct bw_values *values, char ret_text[BW_WORDING_BYTES]);

/* ---- buttons ---- */

struct bw_look {
    enum bw_button_kind kind;
    bw_colour fill, ink, edge; /* 0: the kind's own */
    const char *icon;          /* NULL or "": none */
    const char *text;
    const char *name;  /* what is said for an icon alone; NULL: the text */
    const char *count; /* at the right end; NULL: none */
    bool left;         /* label at the left, not centred */
    bool stacked;      /* icon above the label */
    bool small;        /* t1 */
    enum bw_type type; /* BW_T2 unless larger is asked (0 means T2 here) */
    int radius;        /* 0: r2 */
    int icon_px;       /* 0: 4 u */
};

int bw_look_width(struct bw_page *page, const struct bw_look *look);

/* The same where the text has hard breaks: as wide as its widest line. */
int bw_look_lines_width(struct bw_page *page, const struct bw_look *look);
void bw_look_draw(struct bw_page *page, SDL_Rect rect, const struct bw_look *look,
    enum bw_action action, int index);

/* Buttons side by side from the left (or to the right edge), each as wide as its label
 * where there is room, narrower with two lines where there isn't. Returns the width used.
 * `looks` are in order; `height` of each. */
struct bw_row_button {
    struct bw_look look;
    enum bw_action action;
    int index;
};
int bw_button_row(struct bw_page *page, SDL_Rect area, int height, bool to_right,
    struct bw_row_button *buttons, int count);

/* Least height of a button with that look and width. */
int bw_look_height(struct bw_page *page, const struct bw_look *look, int width);

/* ---- headers ---- */

/* Public header of 01, 08, 12c: logo, session, when, clock. Returns its lower edge. */
int bw_public_header(struct bw_page *page, const struct bw_view *view, bool dark);

/* Header of results: smaller, one line. `logo` is a file of logo/, or "" for the mark in
 * the ink of the text. */
int bw_result_header(struct bw_page *page, const struct bw_view *view, const char *logo,
    bw_colour ink, bool with_session);

/* Staff header with its countdown. Returns its lower edge. */
int bw_staff_header(struct bw_page *page, const struct bw_view *view, const char *detail);

/* After the release somebody who waits may come: that is what has to be read. */
bool bw_whose_turn(const struct bw_view *view);

/* Footer of 01 and 12c: places, sync, language, size, staff. */
int bw_footer_height(struct bw_page *page, const struct bw_view *view);
void bw_public_footer(struct bw_page *page, const struct bw_view *view, SDL_Rect area);

/* "Lees voor" in the lower right corner of the rect, always the same place, and in the
 * upper left one, while it is on, how loud: beside it or `above`. Lit, it is `ink` with a
 * sign in `paper`; the volume's has `field` for its ground. */
SDL_Rect bw_ear_size(const struct bw_page *page, const struct bw_view *view, bool above);
void bw_ear(struct bw_page *page, const struct bw_view *view, SDL_Rect rect,
    bw_colour ink, bw_colour paper, bw_colour field);

void bw_clock(struct bw_page *page, const struct bw_view *view, int right, int y,
    struct bw_style style, bw_colour colour);

/* A name within a sentence: its first words, no more than are called out. */
void bw_first_words(char *name);

/* ---- parts ---- */

/* The mark, in its own colours or, where `ink` is given, in one. */
void bw_logo(
    struct bw_page *page, const char *name, int x, int y, int width, bw_colour ink);

/* Side of an icon beside text of that style: k units, never lower than the text. */
int bw_icon_px(const struct bw_page *page, double k, struct bw_style style);

/* Icon and one line beside it, centred on a line of that height; returns the width. */
int bw_tag(struct bw_page *page, SDL_Rect area, const char *icon, int icon_px,
    struct bw_style style, bw_colour colour, const char *text);

SDL_Rect bw_centred(SDL_Rect area, int width, int height);
SDL_Rect bw_inset(SDL_Rect rect, int by_x, int by_y);

void bw_panel(struct bw_page *page, SDL_Rect rect, bw_colour fill, bw_colour edge);

/* The question over everything, where the view has one open. */
void bw_dialog(struct bw_page *page, const struct bw_view *view);

/* A dialog drawn by hand (07b): scrim and panel; returns the panel's inside. */
int bw_dialog_width(const struct bw_page *page); /* of that inside */
SDL_Rect bw_dialog_panel(struct bw_page *page, int content_height);

/* A line that stands for a moment over the bottom. */
void bw_toast(struct bw_page *page, SDL_Rect area, const char *icon, const char *text,
    const struct bw_row_button *button);

/* Whether that width shows all its words. */
bool bw_toast_fits(struct bw_page *page, int width, const char *text);

#endif
