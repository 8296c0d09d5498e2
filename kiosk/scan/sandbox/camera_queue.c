/* The camera's messages: see camera_queue.h. */
#include "camera_queue.h"

#include <string.h>

static bool
is_passing(const struct bw_camera_message *message)
{
    return message->kind == BW_CAMERA_SIGHTING &&
           message->sighting.kind != BW_SIGHTING_TEXT;
}

static void
leave_out(struct bw_camera_queue *queue, int at)
{
    queue->count--;
    memmove(&queue->list[at], &queue->list[at + 1],
        (size_t)(queue->count - at) * sizeof queue->list[0]);
}

void
bw_camera_queue_put(
    struct bw_camera_queue *queue, const struct bw_camera_message *message)
{
    if (queue->count > 0 && is_passing(message) &&
        is_passing(&queue->list[queue->count - 1])) {
        queue->list[queue->count - 1] = *message;
        return;
    }
    if (queue->count == BW_CAMERA_QUEUE) {
        int at = 0;
        while (at < queue->count && !is_passing(&queue->list[at])) {
            at++;
        }
        leave_out(queue, at < queue->count ? at : 0);
    }
    queue->list[queue->count++] = *message;
}

bool
bw_camera_queue_pop(struct bw_camera_queue *queue, struct bw_camera_message *ret_message)
{
    if (queue->count == 0) {
        return false;
    }
    *ret_message = queue->list[0];
    leave_out(queue, 0);
    return true;
}
