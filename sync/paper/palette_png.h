/* Pictures of few colours as PNG, half a byte a pixel or less: a tenth of what 8 bits a
 * colour cost in time. Any thread; libpng. */
#ifndef BW_PAPER_PALETTE_PNG_H
#define BW_PAPER_PALETTE_PNG_H

#include <brugwachter/error.h>
#include <cairo.h>
#include <stdint.h>
#include <stdio.h>

enum { BW_PALETTE_PNG_COLOURS_MAX = 16 };

/* A picture: an index a pixel, row after row, into `colours` (red, green, blue). */
struct bw_palette_png {
    int width_px, height_px;
    const uint8_t *indices;
    int colours_count; /* at most BW_PALETTE_PNG_COLOURS_MAX */
    const uint8_t (*colours)[3];
};

/* Writes it; `what` is written: "a QR picture". `file` stays open. BW_NO_MEMORY;
 * BW_IO where the file can't be written. */
BW_NODISCARD enum bw_status bw_palette_png_write(const struct bw_palette_png *picture,
    const char *what, FILE *file, struct bw_error *err);

/* What was drawn on the context's picture (RGB24), each pixel as the nearest of the
 * colours that paper has. The errors of the context (BW_NO_MEMORY), and those above. */
BW_NODISCARD enum bw_status bw_palette_png_write_drawn(
    cairo_t *cairo, const char *what, FILE *file, struct bw_error *err);

#endif
