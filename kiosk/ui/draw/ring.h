/* The kring: two rows of seats about a common centre. UI thread only. */
#ifndef BW_UI_RING_H
#define BW_UI_RING_H

#include "theme.h"
#include <SDL.h>

struct bw_ui_ring {
    int px; /* of the box */
    int taken, expected, seats;
    bw_ui_colour colour, expected_colour;
};

/* A new picture, owned by the caller; NULL: out of memory. Taken seats are filled,
 * expected ones small dots, free ones open rings: the figure that matters. Above 120
 * seats an arc. */
SDL_Surface *bw_ui_ring_draw(const struct bw_ui_ring *ring);

#endif
