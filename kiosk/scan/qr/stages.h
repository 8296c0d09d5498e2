/* The views of a frame, in the order of their turns; scanner.c says why. Its alone. */
#ifndef BW_SCAN_STAGES_H
#define BW_SCAN_STAGES_H

#include "scan/qr/view/canvas.h"

struct view_stage {
    const char *name;
    enum bw_canvas_size size;
    bool inverted;
    int radius, margin; /* of the binarisation */
};

static const struct view_stage stages[] = {
    {"full", BW_CANVAS_FULL, false, 4, 5},
    {"half", BW_CANVAS_HALF, false, 4, 3},
    {"half, inverted", BW_CANVAS_HALF, true, 4, -3},
    {"soft, faint", BW_CANVAS_SOFT, false, 4, 1},
    {"full, inverted", BW_CANVAS_FULL, true, 4, -5},
    {"full, small window", BW_CANVAS_FULL, false, 2, 2},
    {"half, small window", BW_CANVAS_HALF, false, 2, 2},
    {"soft, small window", BW_CANVAS_SOFT, false, 2, 1},
    {"quarter", BW_CANVAS_QUARTER, false, 4, 3},
    {"soft", BW_CANVAS_SOFT, false, 4, 3},
    {"double", BW_CANVAS_DOUBLE, false, 5, 3},
    {"fine", BW_CANVAS_FINE, false, 4, 2},
    {"full, large window", BW_CANVAS_FULL, false, 12, 5},
    {"soft, inverted", BW_CANVAS_SOFT, true, 4, -3},
    {"sharp", BW_CANVAS_SHARP, false, 3, 3},
    {"double, inverted", BW_CANVAS_DOUBLE, true, 5, -3},
    {"quarter, inverted", BW_CANVAS_QUARTER, true, 4, -3},
    {"whole", BW_CANVAS_WHOLE, false, 4, 4},
    {"whole, wide", BW_CANVAS_WHOLE_WIDE, false, 4, 4},
    {"steep", BW_CANVAS_STEEP, false, 4, 3},
    {"soft, faint again", BW_CANVAS_SOFT, false, 4, 1},
    {"shade", BW_CANVAS_SHADE, false, 4, 5},
};

/* Whoever comes round again looks a little otherwise: quarters of a stage's numbers. */
static const struct variation {
    int radius, margin;
} variations[] = {{4, 4}, {6, 2}, {3, 8}, {5, 1}};

enum { VARIATIONS = sizeof variations / sizeof *variations };

/* Where the view that doubles looks when nothing was seen yet: parts of the frame. */
static const float tiles[][2] = {{0.5F, 0.5F}, {0.25F, 0.5F}, {0.75F, 0.5F},
    {0.25F, 0.25F}, {0.75F, 0.25F}, {0.25F, 0.75F}, {0.75F, 0.75F}};

enum { TILES = sizeof tiles / sizeof *tiles };

#endif
