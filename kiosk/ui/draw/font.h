/* Fonts: Lato in three weights, and for what Lato lacks the Noto font that has it, both
 * found through fontconfig. Opened once a size, kept. UI thread only. */
#ifndef BW_UI_FONT_H
#define BW_UI_FONT_H

#include "theme.h"
#include <SDL_ttf.h>
#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdint.h>

/* A size of type. */
struct bw_ui_style {
    enum bw_ui_weight weight;
    int px;
};

struct bw_ui_fonts;

/* Looks for the fonts, which the caller destroys. BW_NOT_FOUND where the machine has no
 * Lato, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_ui_fonts_create(
    struct bw_ui_fonts **ret_fonts, struct bw_error *err);
void bw_ui_fonts_destroy(struct bw_ui_fonts *fonts);

/* Which face draws the character: 0 is Lato; the box of Lato where no font has it. */
int bw_ui_fonts_face(
    struct bw_ui_fonts *fonts, enum bw_ui_weight weight, uint32_t character);

/* True where that face really has the character. */
bool bw_ui_fonts_has(
    struct bw_ui_fonts *fonts, int face, enum bw_ui_weight weight, uint32_t character);

/* The face (0 is Lato, as bw_ui_fonts_face numbers them) at a size in pixels; borrowed.
 * Falls back to Lato; never NULL. */
TTF_Font *bw_ui_fonts_get(struct bw_ui_fonts *fonts, int face, struct bw_ui_style style);

#endif
