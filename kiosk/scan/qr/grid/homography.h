/* How a flat symbol lies in the picture: places in it (-1..1) to pixels. Pure; any
 * thread. */
#ifndef BW_SCAN_HOMOGRAPHY_H
#define BW_SCAN_HOMOGRAPHY_H

#include "scan/qr/view/view.h"

struct bw_homography {
    double h[8]; /* x = (h0 s + h1 t + h2) / (h6 s + h7 t + 1), y with h3..h5 */
};

/* A place of the symbol and where it is seen. */
struct bw_match {
    float s, t, x, y;
    float weight;
};

/* Fits to 4 matches and more, least squares. False, and *ret_map untouched, when they
 * don't fix one; `size_px` is about the size of the symbol in pixels, to balance the
 * sums. */
bool bw_homography_fit(const struct bw_match *matches, int count, float size_px,
    struct bw_homography *ret_map);

/* Where a place of the symbol is seen, in pixels; finite for every place. */
static inline struct bw_point
bw_homography_at(const struct bw_homography *map, float s, float t)
{
    double w = map->h[6] * (double)s + map->h[7] * (double)t + 1;
    w = w > 1e-3 ? w : 1e-3; /* behind the eye: far away, and still finite */
    return (struct bw_point){
        (float)((map->h[0] * (double)s + map->h[1] * (double)t + map->h[2]) / w),
        (float)((map->h[3] * (double)s + map->h[4] * (double)t + map->h[5]) / w)};
}

#endif
