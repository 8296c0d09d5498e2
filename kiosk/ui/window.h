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
    bool video;           /* SDL's video was started, and is to be given back */
};

/* Opens the window and starts SDL's video with it, or, off-screen, makes the pixels
 * alone. The options are borrowed for the call; the caller closes it. BW_IO: no display,
 * or one that refuses; BW_NO_MEMORY. Nothing stays open then. */
BW_NODISCARD enum bw_status bw_ui_window_open(struct bw_ui_window *window,
    const struct bw_ui_options *options, struct bw_error *err);
/* Gives window, pixels and video back. A zeroed one is fine. */
void bw_ui_window_close(struct bw_ui_window *window);

/* The surface of now; true where it is another than before (resized). It is NULL where
 * the display gives none at the moment. */
bool bw_ui_window_refresh(struct bw_ui_window *window);

/* Has the system hand out the surface's memory, which is lost: any thread, while nobody
 * uses the pixels, and nobody refreshes or closes the window. */
void bw_ui_window_touch(struct bw_ui_window *window);

/* Asks for the keyboard where another window has it. Off-screen, nothing. */
void bw_ui_window_take_keys(struct bw_ui_window *window);

/* Shows what was painted in these areas of the surface, in pixels. Off-screen,
 * nothing. */
void bw_ui_window_present(struct bw_ui_window *window, const SDL_Rect *areas, int count);

#endif
