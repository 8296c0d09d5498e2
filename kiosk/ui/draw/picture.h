/* The camera's picture on the screen: cropped to fill, mirrored for the viewer, dimmed
 * outside the guide. UI thread only. */
#ifndef BW_UI_PICTURE_H
#define BW_UI_PICTURE_H

#include "camera.h"
#include <SDL.h>
#include <stdbool.h>

struct bw_ui_camera_picture;

struct bw_ui_camera_picture *bw_ui_camera_picture_create(void); /* NULL: out of memory */
void bw_ui_camera_picture_destroy(struct bw_ui_camera_picture *picture);

/* Keeps a copy of the frame. False where its measures make no sense. */
bool bw_ui_camera_picture_set(
    struct bw_ui_camera_picture *picture, const struct bw_ui_camera_frame *frame);

bool bw_ui_camera_picture_has(const struct bw_ui_camera_picture *picture);

/* Paints the newest frame into the rectangle, within the surface's clip. The surface has
 * 32 bits a pixel, XRGB. Outside `guide` (rounded by `radius`) it is dimmed; an empty
 * guide dims nothing. */
void bw_ui_camera_picture_paint(struct bw_ui_camera_picture *picture, SDL_Surface *target,
    SDL_Rect rect, SDL_Rect guide, int radius);

#endif
