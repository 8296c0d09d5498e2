/* A camera that isn't there: draws a QR symbol as a camera would see it on paper or on a
 * phone. The same scene gives the same picture, on every machine. */
#ifndef BW_TEST_SCAN_RENDER_H
#define BW_TEST_SCAN_RENDER_H

#include "scan/camera/frame.h"

#include <stdbool.h>
#include <stdint.h>

/* The modules of a symbol, 1 dark, row after row. */
struct scan_symbol {
    int modules;
    uint8_t cells[177 * 177];
};

/* Level 0 to 3 (L, M, Q, H); version 0: the smallest. False when the text doesn't fit. */
bool scan_symbol_encode(
    const char *text, int version, int level, struct scan_symbol *ret_symbol);

/* How paper stands out of its plane: as a wave, or with creases (a wave of straight
 * pieces) at every half length. */
struct scan_fold {
    double modules; /* out of place at a crest; 0: none */
    double length;  /* modules from crest to crest */
    double deg;     /* across the crests */
    double start;   /* 0..1, of a length */
    bool sharp;     /* creased */
};

enum { SCAN_FOLDS = 3 };

struct scan_scene {
    int width_px, height_px;
    double module_px;             /* before perspective, at the symbol's middle */
    double middle_x, middle_y;    /* of the symbol, parts of the picture (0..1) */
    double roll_deg;              /* in the picture */
    double tilt_deg, tilt_to_deg; /* out of the picture, and to which side */
    double blur_px;               /* sigma */
    double motion_px, motion_deg;
    double noise;        /* sigma, grey levels */
    double dark, light;  /* grey of the modules */
    double background;   /* grey of what lies behind the paper */
    double glare;        /* part of the symbol's side that a bright spot covers */
    double grid;         /* depth of a phone's pixel grid, 0..1 */
    double grid_modules; /* its pitch, in modules */
    int finger;          /* 1 to 4: a finger over that corner, 0 none */
    double finger_reach; /* how far in, parts of the side */
    double bend;         /* paper bent: modules out of line in the middle */
    struct scan_fold fold[SCAN_FOLDS];
    double lift_deg; /* to which side what stands out of the paper is seen moved */
    bool inverted, mirrored;
    uint32_t seed;
};

/* A scene with nothing wrong: 1280 by 720, 6 pixels a module, black on white. */
struct scan_scene scan_scene_plain(void);

/* Draws into `ret_pixels` (width times height). False when out of memory. */
bool scan_render(const struct scan_symbol *symbol, const struct scan_scene *scene,
    uint8_t *ret_pixels);

/* Even numbers 0..1 from a seed that it moves on. */
double scan_random(uint32_t *seed);

#endif
