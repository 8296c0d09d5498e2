/* The list of those inside, for the fire officer, as a text file on a stick. UI thread:
 * it is a few kilobytes, written once, while nobody looks at the camera's picture. */
#ifndef BW_APP_INSIDE_H
#define BW_APP_INSIDE_H

#include <brugwachter/command.h>
#include <flow/flow.h>
#include <stdio.h>

struct bw_inside {
    FILE *file;                     /* of the list under way; NULL: none */
    enum bw_helper_outcome outcome; /* of its pages so far */
};

/* Writes a page of the list (`effect` is SAVE_INSIDE): the first one finds the stick and
 * makes the file, `inside-YYYYMMDD-HHMM.txt` by the session's own clock; the last one
 * brings all of it to the stick. A line a person: number, name, school, since when, with
 * tabs between. `root` as in bw_stick_find. Returns how it went so far: of the whole list
 * with the last page. */
enum bw_helper_outcome bw_inside_save(struct bw_inside *inside, const char *root,
    const struct bw_overview *overview, const struct bw_effect *effect, int64_t now_ms);

/* Closes what is under way. NULL is fine. */
void bw_inside_finish(struct bw_inside *inside);

#endif
