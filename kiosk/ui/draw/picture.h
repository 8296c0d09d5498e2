/* The camera's picture on the screen: cropped to fill, mirrored for the viewer, dimmed
 * outside the guide. UI thread only. */
#ifndef BW_UI_PICTURE_H
#define BW_UI_PICTURE_H

#include "camera.h"
#include <SDL.h>
#include <stdbool.h>

struct bw_ui_camera_picture;

/* Without a picture yet. The caller destroys it. NULL: out of memory. */
struct bw_ui_camera_picture *bw_ui_camera_picture_create(void);
/* NULL is fine. */
void bw_ui_camera_picture_destroy(struct bw_ui_camera_picture *picture);

/* Keeps a copy of the frame. False, and what was kept stays, where its measures make no
 * sense or there is no memory. */
bool bw_ui_camera_picture_set(
    struct bw_ui_camera_picture *picture, const struct bw_ui_camera_frame *frame);

/* Whether a frame was ever kept. */
bool bw_ui_camera_picture_has(const struct bw_ui_camera_picture *picture);

/* Paints the newest frame (one must have been kept) into the rectangle, within the clip
 * of the surface, which is the caller's. The surface has 32 bits a pixel, XRGB. Outside
 * `guide` (rounded by `radius`) it is dimmed; an empty guide dims nothing. False where
 * the rectangle is out of sight or too wide: nothing is painted. */
bool bw_ui_camera_picture_paint(struct bw_ui_camera_picture *picture, SDL_Surface *target,
    SDL_Rect rect, SDL_Rect guide, int radius);

#endif
