/* Rows of a camera's YUY2 (Y0 U Y1 V; BT.601, limited range, as cameras give it) as
 * pixels of a window, 0xFFRRGGBB: red is (298 (Y-16) + 409 (V-128) + 128) / 256, and so
 * on, cut to a byte. Any thread; can't fail. */
#ifndef BW_UI_YUY2_H
#define BW_UI_YUY2_H

#include <stdint.h>

/* Converts `width_px` pixels, an even number, in plain C. */
void bw_ui_yuy2_plain(const uint8_t *from, int width_px, uint32_t *ret_row);

/* The same pixels, in the fastest way that this machine has. */
void bw_ui_yuy2_convert(const uint8_t *from, int width_px, uint32_t *ret_row);

#endif
