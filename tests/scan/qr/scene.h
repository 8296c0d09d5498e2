/* Tickets as a kiosk's camera meets them: a fixed seed gives the same thousand frames. */
#ifndef BW_TEST_SCAN_SCENE_H
#define BW_TEST_SCAN_SCENE_H

#include "render.h"

enum scan_trouble {
    SCAN_PLAIN,
    SCAN_PERSPECTIVE, /* 25 to 55 degrees */
    SCAN_BLUR,        /* sigma up to half a module */
    SCAN_MOTION,      /* up to 1.2 modules */
    SCAN_NOISE,       /* sigma up to 30 */
    SCAN_CONTRAST,    /* down to 14 grey levels */
    SCAN_GLARE,       /* a spot up to half the symbol wide */
    SCAN_GRID,        /* a phone's pixels */
    SCAN_DARK,        /* dark mode */
    SCAN_FINGER,      /* over a corner, up to a seventh of the side deep */
    SCAN_MIX,         /* a little of much */
    SCAN_WAVE,        /* curved paper, up to 1.5 modules out of place */
    SCAN_CREASE,      /* crumpled paper: creases in three directions */
};
enum { SCAN_TROUBLES = SCAN_CREASE + 1, SCAN_TICKET_BYTES = 118 };

const char *scan_trouble_name(enum scan_trouble trouble);

/* A text of the form and length of a ticket; not signed by anybody. */
void scan_ticket_text(uint32_t *seed, char ret_text[static SCAN_TICKET_BYTES]);

struct scan_scene scan_trouble_scene(enum scan_trouble trouble, uint32_t *seed);

#endif
