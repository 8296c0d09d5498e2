/* The views of a frame, in the order of their turns; scanner.c says why. Its alone.
 *
 * What was learnt on the way (photos: read in the first frame, of 277; changed: of 2,770
 * pictures made of them by turning, scaling, blur, noise, JPEG, light and perspective,
 * within ten frames. Both were asked after every change, so neither is a set that this
 * pipeline had never seen):
 *   - Shift-JIS turned into UTF-8, 11 photos. Erasures: 1 photo, 5 changed ones beside
 *     those texts; and what can't be corrected never reaches zbar, which takes four times
 *     as long where it fails.
 *   - Blur undone in the module grid: 11 changed ones.
 *   - Modules that aren't of one piece in doubt (doubt.c), blocks that were read kept,
 *     what every ticket says known: of 20 drawn tickets behind cracks 18 instead of 10.
 *   - Sharpened views, doubled views that go round the frame, other windows in later
 *     rounds, a longer look in one frame of three: 34 changed ones, 1 photo.
 *   - A grid that follows curved and crumpled paper node by node: 184 of 200 drawn
 *     tickets, where a polynomial over the whole symbol read 66. Settling first takes
 *     longer; it reads no photo more, but 4 changed ones of half the size or blurred.
 *   - Rings traced all round, with corners from lines, make the estimate of the number of
 *     modules right to one size in all 264 readings of a first run.
 *   - The timing patterns sort symbols from noise: 0.78 and more for all that was read.
 *     Asked first, they brought the slowest photo without a code from 41 ms to 18.
 *   - Pairs of finders with the third corner hidden read 25 of 25 tickets with glare and
 *     with a finger over a corner, where triples alone read 16 and 20.
 *   - Finders come in the order of rows that crossed them, less where there should be
 *     more: by rows per module, noise filled the list with patterns of one row.
 *
 * Tried, and left out:
 *   - zbar on the whole picture after all views: it read none of the missed photos but
 *     those whose text was refused, and takes 2 to 46 ms, on tiled finder patterns 200.
 *   - Nodes of curved paper 3 modules apart: 18 of 200 less. Measured again: no more.
 *   - Every extra view in every frame: no photo more in ten frames; for empty frames 8 ms
 *     instead of 2.4. To ask for texture and change first: no photo less, and 0.1 to 1.
 *   - To ask for a ring in 9 of 16 directions in every frame: lost three photos (one cut
 *     at its edge, two torn); every other frame asks for 4.
 *   - zbar's own conversion of texts: wrong for 5 of 14 Japanese symbols (charset.h).
 *   - Large symbols at 3 pixels a module: zbar's failures take 47 ms at version 40, at 2
 *     pixels 4 ms.
 *
 * What is still missed: model 1, dots, a pixel a module in version 40, what is seen
 * through glass, and finder patterns so bent that they mislead about the modules. */
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
    {"outline", BW_CANVAS_HALF, false, 4, 3},
    {"outline, small", BW_CANVAS_QUARTER, false, 4, 3},
    {"outline, inverted", BW_CANVAS_HALF, true, 4, -3},
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
