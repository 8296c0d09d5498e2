/* Text as pictures: one line at a time, in runs of one font, script and direction, shaped
 * by HarfBuzz through SDL_ttf, ordered by the Unicode bidi algorithm, and kept.
 *
 * Texts are UTF-8; what isn't is left out. Control and bidi-override characters draw
 * nothing. UI thread only. */
#ifndef BW_UI_TEXT_H
#define BW_UI_TEXT_H

#include "font.h"
#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

enum { BW_LINE_BYTES = 1024, BW_LINES_MAX = 12 };

struct bw_ui_text;

/* `fonts` is borrowed and has to outlive it. The caller destroys *ret_text.
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_ui_text_create(
    struct bw_ui_fonts *fonts, struct bw_ui_text **ret_text, struct bw_error *err);
/* NULL is fine. */
void bw_ui_text_destroy(struct bw_ui_text *text);

/* How much may be kept, if less than the most that ever is (96 MB); the line drawn last
 * is kept in any case. And how much is. */
void bw_ui_text_keep(struct bw_ui_text *text, size_t most_bytes);
size_t bw_ui_text_kept(const struct bw_ui_text *text);

/* Width in pixels of the whole text as one line. */
int bw_ui_text_width(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style);
int bw_ui_text_width_of(
    struct bw_ui_text *text, const char *utf8, size_t bytes, struct bw_ui_style style);

/* Above the baseline, and ascent plus descent. */
int bw_ui_text_ascent(struct bw_ui_text *text, struct bw_ui_style style);
int bw_ui_text_height(struct bw_ui_text *text, struct bw_ui_style style);

/* The line as a picture (borrowed until the next call that makes one), NULL where nothing
 * is to be seen. `ret_above`: pixels by which it passes the ascent
 * (marks on capitals). */
SDL_Surface *bw_ui_text_picture(struct bw_ui_text *text, const char *utf8,
    struct bw_ui_style style, bw_ui_colour colour, int *ret_above);

/* Cuts with an ellipsis so that it fits the width; `ret_line` has BW_LINE_BYTES. True
 * where something was cut. */
bool bw_ui_text_fit(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style,
    int width, char *ret_line);

struct bw_ui_lines {
    int count;
    bool cut;                                     /* an ellipsis ends the last line */
    int start[BW_LINES_MAX], bytes[BW_LINES_MAX]; /* into the text */
    int width[BW_LINES_MAX];
    int widest;
};

/* Breaks at blanks and at \n, never at a hyphen. `balanced`: as many lines as at full
 * width, and as even as they go. More than `lines_max`: the last is cut. A word that is
 * too wide for a line is broken where it must be. */
void bw_ui_text_wrap(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style,
    int width, int lines_max, bool balanced, struct bw_ui_lines *ret_lines);

/* What it has drawn so far: for tests and benches. */
long bw_ui_text_drawn(const struct bw_ui_text *text);

#endif
