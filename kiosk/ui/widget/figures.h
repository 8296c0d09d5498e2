/* The house in figures that a person can add up: who is in, who is still to come and what
 * is free make the places. One sentence, the same on every screen. No function here
 * fails. UI thread only. */
#ifndef BW_UI_FIGURES_H
#define BW_UI_FIGURES_H

#include "ui/draw/page.h"

/* "2 binnen · 47 komen nog · 1 vrij"; after the release "2 binnen · 48 vrij". */
void bw_ui_figures(
    struct bw_ui_page *page, const struct bw_view *view, char ret_text[BW_WORDING_BYTES]);

/* What the release did: "47 zijn er niet: hun plek is vrij"; empty before it, and where
 * everybody is there. */
void bw_ui_figures_release(
    struct bw_ui_page *page, const struct bw_view *view, char ret_text[BW_WORDING_BYTES]);

/* The ring of seats that belongs to them. */
void bw_ui_figures_ring(struct bw_ui_page *page, const struct bw_view *view,
    SDL_Rect rect, bw_ui_colour colour);

#endif
