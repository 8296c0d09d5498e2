/* From the corners of a symbol to its grid: number of modules, fourth corner. Pure; any
 * thread. */
#ifndef BW_SCAN_LOCATE_H
#define BW_SCAN_LOCATE_H

#include "grid.h"
#include "warp.h"
#include "scan/qr/finder/layout.h"

enum { BW_LOCATE_MAX = 3, BW_LOCATE_UNTIMED_MAX = 2 };

/* Of 260 symbols that were read in photos, none had less than 0.78; of what is no symbol,
 * hardly any has more than 0.4. */
#define BW_LOCATE_TIMING_MIN 0.6F

struct bw_located {
    struct bw_grid grid;
    float timing;    /* how well the timing patterns alternate, -1..1 */
    float alignment; /* likeness of the last alignment pattern; 0 where there is none */
    float module_px; /* of the view */
    int hidden;      /* as in the layout */
    struct bw_warp_seed seed[BW_WARP_SEEDS_MAX]; /* where the paper is known */
    int seeds;
};

/* Below this, three rings are no sign of a symbol, not even of a blurred one. */
#define BW_LOCATE_TIMING_LIKE 0.2F

/* Fits grids of up to BW_LOCATE_MAX numbers of modules; the best timing comes first, and
 * none below BW_LOCATE_TIMING_MIN. Returns how many; ret_timing is the best of all. */
int bw_locate(const struct bw_scan_view *view, const struct bw_layout *layout,
    struct bw_located ret_located[BW_LOCATE_MAX], float *ret_timing);

/* Makes a grid's own corners its seeds, but for the hidden one. */
void bw_locate_seed(struct bw_located *located);

/* The grids of a layout with three rings, whatever its timing patterns show: blur hides
 * them, curved paper bends them, glare covers them. That of the estimate, where it is
 * near a size; then a ticket's, where that may be. Returns how many. */
int bw_locate_untimed(const struct bw_scan_view *view, const struct bw_layout *layout,
    struct bw_located ret_located[BW_LOCATE_UNTIMED_MAX]);

#endif
