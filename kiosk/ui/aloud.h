/* The page as words, for the ear. Pure, but for the wording it asks; UI thread. */
#ifndef BW_UI_ALOUD_H
#define BW_UI_ALOUD_H

#include "ui/draw/page.h"

/* Takes names, schools and what was typed out of the view. */
void bw_ui_aloud_veil(struct bw_view *view);

/* What an attendee reads, a line a sentence: headline, what to do, details (page.h, enum
 * bw_ui_said), then the buttons by their names, in the order of the ring; at most
 * `capacity` bytes with the NUL. Returns bytes written. */
int bw_ui_aloud_write(const struct bw_ui_page *page, char *ret_text, int capacity);

/* What the target is called, and what it is: "Groter, knop"; in the page's language, a
 * line of its own. At most `capacity` bytes with the NUL; returns bytes written. */
int bw_ui_aloud_write_target(struct bw_ui_page *page, const struct bw_ui_target *target,
    char *ret_text, int capacity);

#endif
