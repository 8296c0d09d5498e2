/* The list of those inside, for the fire officer: a text file on a stick, or the text
 * that a printer gets. UI thread: it is a few kilobytes, written once, while nobody looks
 * at the camera's picture. */
#ifndef BW_APP_INSIDE_H
#define BW_APP_INSIDE_H

#include <brugwachter/command.h>
#include <flow/flow.h>
#include <stdio.h>

struct bw_inside {
    FILE *file;                     /* of the list under way; NULL: none */
    enum bw_helper_outcome outcome; /* of its pages so far */
    char *text; /* owned: what is to be printed, after the last page; else NULL */
    size_t text_bytes;
};

/* Writes a page of the list (`effect` is SAVE_INSIDE). For a stick the first one finds it
 * and makes the file, `inside-YYYYMMDD-HHMM.txt` by the session's own clock; the last one
 * brings all of it there: a line a person: number, name, school, since when, with tabs
 * between. For a printer those stand in columns, with a box to tick. `root` as in
 * bw_stick_find. Returns how it went so far: of the whole list with the last page. */
enum bw_helper_outcome bw_inside_save(struct bw_inside *inside, const char *root,
    const struct bw_overview *overview, const struct bw_effect *effect, int64_t now_ms);

/* Closes what is under way, and forgets the text. NULL is fine. */
void bw_inside_finish(struct bw_inside *inside);

#endif
