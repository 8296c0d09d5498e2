/* Frames of a door without a code. A fixed seed gives the same frames. */
#ifndef BW_TEST_SCAN_HALL_H
#define BW_TEST_SCAN_HALL_H

#include <stdint.h>

enum scan_hall {
    SCAN_HALL_WALL,  /* grey, a little noise */
    SCAN_HALL_NIGHT, /* dark, much noise */
    SCAN_HALL_PRINT, /* a patterned fabric or wallpaper */
    SCAN_HALL_TEXT,  /* a page of letters */
    SCAN_HALL_ROOM,  /* boxes and edges */
};
enum { SCAN_HALLS = SCAN_HALL_ROOM + 1 };

const char *scan_hall_name(enum scan_hall hall);
void scan_hall_draw(
    enum scan_hall hall, int n, int width_px, int height_px, uint8_t *ret_pixels);

#endif
