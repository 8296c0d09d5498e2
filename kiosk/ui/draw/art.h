/* Icons, scenes and QR codes as pictures at the exact size, kept. UI thread only. */
#ifndef BW_UI_ART_H
#define BW_UI_ART_H

#include "theme.h"
#include <SDL.h>
#include <brugwachter/error.h>
#include <stdbool.h>

struct bw_ui_art;

/* `assets_dir` holds icons/, illustrations/ and logo/. BW_NOT_FOUND where it doesn't,
 * BW_NO_MEMORY. The caller destroys *ret_art. */
BW_NODISCARD enum bw_status bw_ui_art_create(
    const char *assets_dir, struct bw_ui_art **ret_art, struct bw_error *err);
void bw_ui_art_destroy(struct bw_ui_art *art);

/* An icon tinted, `px` pixels wide and high; NULL where there is no such file. Borrowed
 * until the next call. */
SDL_Surface *bw_ui_art_icon(
    struct bw_ui_art *art, const char *name, int px, bw_ui_colour colour);

/* An illustration or logo in its own colours, `width` pixels wide. */
SDL_Surface *bw_ui_art_scene(struct bw_ui_art *art, const char *name, int width);

/* A QR code of the text, level M, whole pixels a module, with its quiet zone; at most
 * `px` wide. NULL where the text is too long. */
SDL_Surface *bw_ui_art_qr(struct bw_ui_art *art, const char *text, int px);

/* The pixels to a PNG file. BW_IO where it can't be written. */
BW_NODISCARD enum bw_status bw_ui_art_save(
    SDL_Surface *surface, const char *path, struct bw_error *err);

#endif
