/* A line of text cut into runs of one face, script and direction, in the order of the
 * eye. Pure but for the fonts it asks; UI thread. */
#ifndef BW_UI_RUN_H
#define BW_UI_RUN_H

#include "font.h"
#include <stdbool.h>

enum { BW_RUNS_MAX = 48, BW_RUN_CHARS = 1024 };

struct bw_ui_run {
    int first, count; /* characters of the line, in writing order */
    int face;
    bool right_to_left;
    char script[5]; /* ISO 15924 */
};

struct bw_ui_runs {
    uint32_t characters[BW_RUN_CHARS];
    int characters_count;
    int count;
    struct bw_ui_run runs[BW_RUNS_MAX];
};

/* Reads at most `bytes` of the text. A character that no font has is one that is read
 * (`?`, or what a wide form is a form of) or nothing (a mark), never an empty box. */
void bw_ui_runs_split(struct bw_ui_fonts *fonts, enum bw_ui_weight weight,
    const char *utf8, size_t bytes, struct bw_ui_runs *ret_runs);

/* The run as UTF-8 to be drawn: without characters that draw nothing, and in Lato with a
 * zero-width non-joiner after t and f, which keeps "ti" and "ft" apart. At most
 * `capacity` bytes with the NUL. */
void bw_ui_run_spell(const struct bw_ui_runs *runs, const struct bw_ui_run *run,
    char *ret_text, size_t capacity);

/* Next character of UTF-8, U+FFFD for bytes that are none; 0 at the end or a NUL.
 * Advances *cursor, which points into the caller's text, `end` past it. */
uint32_t bw_ui_utf8_next(const char **cursor, const char *end);

/* Writes at most 4 bytes; returns how many. */
int bw_ui_utf8_put(uint32_t character, char *ret_bytes);

#endif
