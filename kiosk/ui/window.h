/* The window and its pixels, or pixels alone. UI thread only. */
#ifndef BW_UI_WINDOW_H
#define BW_UI_WINDOW_H

#include "ui.h"
#include <SDL.h>

struct bw_ui_window {
    SDL_Window *window;   /* NULL off-screen */
    SDL_Surface *shown;   /* SDL's own, of the window */
    SDL_Surface *surface; /* painted: `shown` itself where its pixels fit, else ours */
    double pitch_mm;      /* 0: not known */
};

BW_NODISCARD enum bw_status bw_ui_window_open(struct bw_ui_window *window,
    const struct bw_ui_options *options, struct bw_error *err);
void bw_ui_window_close(struct bw_ui_window *window);

/* The surface of now; true where it is another than before (resized). */
bool bw_ui_window_refresh(struct bw_ui_window *window);

void bw_ui_window_present(struct bw_ui_window *window, const SDL_Rect *areas, int count);

#endif
