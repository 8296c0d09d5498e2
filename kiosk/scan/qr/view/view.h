/* One way of looking at a frame: a grey picture at some scale, and its black and white.
 *
 * Borrowed memory, 8 bits a pixel, stride equal to the width. A place in the view times
 * `scale`, plus (x, y), is the place in the frame. Pure; any thread. */
#ifndef BW_SCAN_VIEW_H
#define BW_SCAN_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bw_scan_view {
    const uint8_t *grey;
    const uint8_t *white; /* 0 or 255 */
    int width_px, height_px;
    float x, y, scale;
    bool inverted; /* light modules on dark: `white` was made with the margin turned */
};

struct bw_point {
    float x, y;
};

/* Does the place lie in the view? */
static inline bool
bw_scan_view_holds(const struct bw_scan_view *view, float x, float y)
{
    return x >= 0 && y >= 0 && x <= (float)(view->width_px - 1) &&
           y <= (float)(view->height_px - 1);
}

/* Grey between the pixels; the edge goes on for ever outside. Inverted views give 255 -
 * grey, so that whoever samples sees dark modules on light.
 * Views are 2 by 2 pixels or more. */
static inline float
bw_scan_view_sample(const struct bw_scan_view *view, float x, float y)
{
    float x_max = (float)view->width_px - 1.001F, y_max = (float)view->height_px - 1.001F;
    x = x > 0 ? (x < x_max ? x : x_max) : 0; /* a NaN becomes 0 */
    y = y > 0 ? (y < y_max ? y : y_max) : 0;
    int column = (int)x, row = (int)y;
    float right = x - (float)column, below = y - (float)row;
    const uint8_t *at = view->grey + (ptrdiff_t)row * view->width_px + column;
    float top = (float)at[0] + right * (float)(at[1] - at[0]);
    const uint8_t *under = at + view->width_px;
    float bottom = (float)under[0] + right * (float)(under[1] - under[0]);
    float grey = top + below * (bottom - top);
    return view->inverted ? 255 - grey : grey;
}

/* Is the pixel dark, as the symbol sees it? The place must be in the view. */
static inline bool
bw_scan_view_is_dark(const struct bw_scan_view *view, int x, int y)
{
    return (view->white[(ptrdiff_t)y * view->width_px + x] == 0) != view->inverted;
}

#endif
