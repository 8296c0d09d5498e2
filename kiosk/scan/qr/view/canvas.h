/* Makes the views of a frame: full size, half, quarter, double, softened, sharpened; in
 * either polarity and with windows small and large. Owns the pictures; a view lives until
 * the next one is made. One thread. */
#ifndef BW_SCAN_CANVAS_H
#define BW_SCAN_CANVAS_H

#include "binarise.h"
#include "scan/camera/frame.h"
#include "view.h"

enum { BW_CANVAS_SIDE_MAX_PX = 1280, BW_CANVAS_SIDE_MIN_PX = 24 };

enum bw_canvas_size {
    BW_CANVAS_FULL,
    BW_CANVAS_HALF,
    BW_CANVAS_QUARTER,
    BW_CANVAS_DOUBLE,     /* of small pictures, or of large ones round the focus */
    BW_CANVAS_SOFT,       /* full size, blurred twice by 1 2 1 */
    BW_CANVAS_SHARP,      /* full size, edges made steeper */
    BW_CANVAS_FINE,       /* as DOUBLE, of what is sharp */
    BW_CANVAS_SHADE,      /* full size, softened, clipped to the dark and stretched */
    BW_CANVAS_WHOLE,      /* full size, without lines of 2 pixels, light or dark */
    BW_CANVAS_WHOLE_WIDE, /* … of 4 */
    BW_CANVAS_STEEP,      /* half size, as SHARP: for what is large and out of focus */
};
enum { BW_CANVAS_SIZES = BW_CANVAS_STEEP + 1 };

struct bw_canvas {
    struct bw_binarise binarise;
    uint8_t *grey[BW_CANVAS_SIZES]; /* valid where `made` */
    uint8_t *work, *white;
    bool made[BW_CANVAS_SIZES];
    bool measured[BW_CANVAS_SIZES]; /* whose blocks `binarise` holds */
    struct bw_luma frame;
    float frame_scale;      /* pixels of the caller's frame to one of `frame` */
    int shade;              /* the grey at which SHADE is clipped */
    float focus_x, focus_y; /* parts of the frame (0..1): where a symbol was seen last */
};

/* False when out of memory; finish() accepts a zeroed and a half-made one. */
bool bw_canvas_init(struct bw_canvas *canvas);
void bw_canvas_finish(struct bw_canvas *canvas);

/* Begins a frame, of at least 2 by 2 pixels; borrowed until the next one. */
void bw_canvas_begin(struct bw_canvas *canvas, const struct bw_luma *frame);

/* Measures the blocks of the frame at full size. */
void bw_canvas_measure(struct bw_canvas *canvas);

/* False where the frame has no such view (too small or too large for it). */
bool bw_canvas_view(struct bw_canvas *canvas, enum bw_canvas_size size, bool inverted,
    int radius, int margin, struct bw_scan_view *ret_view);

#endif
