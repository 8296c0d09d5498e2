/* QR codes, made by libqrencode and drawn as PNG and SVG. Any thread. */
#ifndef BW_PAPER_QR_H
#define BW_PAPER_QR_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
    BW_QR_MODULES_MAX = 177,   /* version 40 */
    BW_QR_TICKET_MODULES = 37, /* version 5 */
    BW_QR_QUIET_MODULES = 4,   /* ISO/IEC 18004: the light border round a symbol */
};

struct bw_qr {
    int size; /* modules along a side, without the quiet zone */
    bool dark[BW_QR_MODULES_MAX * BW_QR_MODULES_MAX]; /* row after row */
};

/* A ticket: version 5, level M, one alphanumeric segment. BW_BAD_INPUT where the text
 * isn't of the alphanumeric alphabet or doesn't fit. */
BW_NODISCARD enum bw_status bw_qr_of_ticket(
    const char *text, struct bw_qr *ret_qr, struct bw_error *err);

/* Any text, in byte mode, level L, as small as it goes: read from near by, once.
 * BW_BAD_INPUT where it doesn't fit, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_qr_of_bytes(
    const char *text, struct bw_qr *ret_qr, struct bw_error *err);

/* Black on white with the quiet zone, `module_px` a module; a bit a pixel.
 * `file` stays open. BW_NO_MEMORY; BW_IO where the file can't be written. */
BW_NODISCARD enum bw_status bw_qr_write_png(
    const struct bw_qr *qr, int module_px, FILE *file, struct bw_error *err);

/* One path, a unit a module, shown `module_mm` a module; `title` is what screen readers
 * say. `file` stays open; what can't be written shows in it. */
void bw_qr_write_svg(
    const struct bw_qr *qr, double module_mm, const char *title, FILE *file);

#endif
