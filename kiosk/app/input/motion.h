/* Does something move before the camera? A coarse grid of brightness is compared with the
 * one before; pictures are not kept. One thread. */
#ifndef BW_APP_MOTION_H
#define BW_APP_MOTION_H

#include <scan/camera/frame.h>
#include <stdbool.h>

enum { BW_MOTION_COLUMNS = 16, BW_MOTION_ROWS = 9 };

struct bw_motion {
    int step; /* every so many pixels of so many rows are looked at; 0: 8 */
    bool started;
    int means[BW_MOTION_ROWS]
             [BW_MOTION_COLUMNS]; /* slowly following, in 1/16 of a level */
};

/* True where the picture differs from what stood there before. */
bool bw_motion_see(struct bw_motion *motion, const struct bw_yuy2 *picture);

/* The same, by a look that nothing is learned from: what is compared with stays. */
bool bw_motion_glance(const struct bw_motion *motion, const struct bw_yuy2 *picture);

#endif
