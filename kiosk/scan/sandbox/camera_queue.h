/* Messages between the camera's thread and the screen's: bounded. Over the limit the
 * oldest sighting without a text goes first, then the oldest of all. A sighting without a
 * text takes the place of one that nobody took. The caller's lock guards it. */
#ifndef BW_SCAN_CAMERA_QUEUE_H
#define BW_SCAN_CAMERA_QUEUE_H

#include "camera.h"

struct bw_camera_queue {
    struct bw_camera_message list[BW_CAMERA_QUEUE]; /* oldest first */
    int count;
};

/* Adds a copy at the end. */
void bw_camera_queue_put(
    struct bw_camera_queue *queue, const struct bw_camera_message *message);

/* Takes the oldest out. False, and nothing written, where there is none. */
bool bw_camera_queue_pop(
    struct bw_camera_queue *queue, struct bw_camera_message *ret_message);

#endif
