/* Pictures made to stop a scanner, or to keep it busy. */
#ifndef BW_TEST_SCAN_HOSTILE_H
#define BW_TEST_SCAN_HOSTILE_H

#include <stdbool.h>
#include <stdint.h>

enum { SCAN_HOSTILE_WIDTH = 1280, SCAN_HOSTILE_HEIGHT = 720 };

/* Draws the n-th picture and returns its name; NULL when there are no more. */
const char *scan_hostile_draw(int n, uint8_t ret_pixels[static 1]);

/* Fills the picture with symbols of that version; `broken` ones can't be read. */
void scan_hostile_symbols(int version, bool broken, uint8_t ret_pixels[static 1]);

#endif
