/* Texts of a page: keys of the catalogue, and what the view has for them. No function
 * here fails: a key without a text reads as itself. UI thread only. */
#ifndef BW_UI_SAY_H
#define BW_UI_SAY_H

#include "ui/draw/page.h"

/* The key's text with its values filled in (NULL: none), in the page's language. */
void bw_ui_say(struct bw_ui_page *page, const char *key, const struct bw_values *values,
    char ret_text[BW_WORDING_BYTES]);

/* The same; where `values->time_ms` isn't of the view's today and the catalogue has
 * `key.day`, that one. `values` may not be NULL. */
void bw_ui_say_when(struct bw_ui_page *page, const struct bw_view *view, const char *key,
    const struct bw_values *values, char ret_text[BW_WORDING_BYTES]);

/* After the release somebody who waits may come: that is what has to be read. */
bool bw_ui_whose_turn(const struct bw_view *view);

/* A name within a sentence, cut in place to its first words: no more than are called out
 * (24 characters), a whole word at least. */
void bw_ui_first_words(char *name);

#endif
