/* Frames of a door where something is wrong that scene.h doesn't have: another code in
 * view, light from behind, cracks, stickers, receipts. A fixed seed gives the same
 * frames. */
#ifndef BW_TEST_SCAN_KIND_H
#define BW_TEST_SCAN_KIND_H

#include "hall.h"
#include "scene.h"

enum scan_kind {
    SCAN_POSTER_DIM,    /* a poster's code, and a ticket of little contrast */
    SCAN_POSTER_DARK,   /* … in dark mode, dim */
    SCAN_POSTER_CUT,    /* … over the edge of the picture */
    SCAN_POSTER_MOTION, /* … moving */
    SCAN_CORNER,        /* scene.h's troubles by turns, a small code in the corner */
    SCAN_BACKLIGHT,     /* all white, but for the ticket, nearly black */
    SCAN_CRACK,         /* a cracked screen: lines and shards */
    SCAN_STICKER,       /* opaque patches and blots */
    SCAN_RECEIPT,       /* thermal paper: pale, dead dots of the print head, a fold */
    SCAN_MOTION_WIDE,   /* 1.6 to 2.6 modules */
    SCAN_DEFOCUS,       /* near and out of focus: a disc of 0.8 to 1.4 modules */
    SCAN_CUT,           /* up to three modules outside the picture */
    SCAN_ANY_CORNER,    /* as SCAN_CORNER: in any corner, size, polarity, quiet zone */
};
enum { SCAN_KINDS = SCAN_ANY_CORNER + 1, SCAN_KIND_WIDTH = 1280, SCAN_KIND_HEIGHT = 720 };

const char *scan_kind_name(enum scan_kind kind);

/* Draws the n-th frame of a kind; ret_text is what its ticket says.
 * False when out of memory. */
bool scan_kind_draw(enum scan_kind kind, int n,
    uint8_t ret_pixels[static SCAN_KIND_WIDTH * SCAN_KIND_HEIGHT],
    char ret_text[static SCAN_TICKET_BYTES]);

/* The poster of the first kinds, alone. */
bool scan_kind_poster(
    int n, uint8_t ret_pixels[static SCAN_KIND_WIDTH * SCAN_KIND_HEIGHT]);

#endif
