/* Pictures made to stop a scanner, or to keep it busy. */
#ifndef BW_TEST_SCAN_HOSTILE_H
#define BW_TEST_SCAN_HOSTILE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    SCAN_HOSTILE_WIDTH = 1280,
    SCAN_HOSTILE_HEIGHT = 720,
    SCAN_HOSTILE_PIXELS = SCAN_HOSTILE_WIDTH * SCAN_HOSTILE_HEIGHT,
    SCAN_HOSTILE_ECI_MAX = 999999,
    SCAN_HOSTILE_NO_ECI,
};

/* Draws the n-th picture and returns its name; NULL when there are no more. None has a
 * text that may be told. */
const char *scan_hostile_draw(int n, uint8_t ret_pixels[static SCAN_HOSTILE_PIXELS]);

/* Fills the picture with symbols of that version; `broken` ones can't be read. */
void scan_hostile_symbols(
    int version, bool broken, uint8_t ret_pixels[static SCAN_HOSTILE_PIXELS]);

/* One symbol that says NOTHING in the charset of the n-th number: all that were given
 * out, the ends of each length, and others. False when it has no room. */
bool scan_hostile_eci(int n, int version, uint8_t ret_pixels[static SCAN_HOSTILE_PIXELS]);

enum { SCAN_HOSTILE_ECIS = 120 };

#endif
