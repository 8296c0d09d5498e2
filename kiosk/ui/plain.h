/* A sentence in a window that needs nothing: no fonts, no pictures, no settings. For what
 * keeps the kiosk from starting; letters of five by seven dots are compiled in. */
#ifndef BW_UI_PLAIN_H
#define BW_UI_PLAIN_H

#include <SDL.h>
#include <stdbool.h>

/* Draws the sentence in the middle of the surface (32 bits), as large as it fits. What
 * isn't ASCII is drawn as `?`. UI thread. */
void bw_ui_plain_draw(SDL_Surface *surface, const char *sentence);

/* Shows it till somebody touches, types or closes it, and for `most_ms` at most. False
 * where there is no display. UI thread, before or after the window of the kiosk. */
bool bw_ui_plain_show(const char *sentence, int most_ms);

#endif
