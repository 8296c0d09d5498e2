/* Choosing among the cameras that are there: see camera_find.h. Any thread. */
#include "camera_find.h"

#include <stdio.h>

enum { CAMERAS_MAX = 16, TRIES = 3 };

static int
place_of(const struct bw_video_device *devices, int count, int64_t id)
{
    for (int i = 0; i < count; i++) {
        if (devices[i].id == id) {
            return i;
        }
    }
    return -1;
}

static int
most_alike(const struct bw_video_device *devices, int count, int64_t id)
{
    int best = 0;
    for (int i = 1; i < count; i++) {
        if (bw_video_likeness(devices[i].id, id) >
            bw_video_likeness(devices[best].id, id)) {
            best = i;
        }
    }
    return best;
}

static bool
find_fixed(const struct bw_camera_wish *wish, const struct bw_video_device *devices,
    int count, struct bw_video_device *ret_device)
{
    bool there = bw_video_probe(wish->path, ret_device);
    if (wish->prefer != 0 && !(there && ret_device->id == wish->prefer)) {
        int at = place_of(devices, count, wish->prefer);
        if (at >= 0) {
            *ret_device = devices[at];
            return true;
        }
    }
    return there;
}

bool
bw_camera_find(const struct bw_camera_wish *wish, struct bw_camera_found *ret_found)
{
    struct bw_video_device devices[CAMERAS_MAX];
    int count = bw_video_list(devices, CAMERAS_MAX);
    if (wish->path != NULL) {
        ret_found->likeness = 0;
        return find_fixed(wish, devices, count, &ret_found->device);
    }
    if (count == 0) {
        return false;
    }
    int best = most_alike(devices, count, wish->prefer);
    int at = wish->next ? place_of(devices, count, wish->present) + 1
                        : best + wish->failures / TRIES;
    ret_found->device = devices[at % count];
    ret_found->likeness = bw_video_likeness(devices[best].id, wish->prefer);
    return true;
}

int
bw_camera_list(struct bw_camera_choice *ret_choices, int capacity)
{
    struct bw_video_device devices[CAMERAS_MAX];
    int count = bw_video_list(devices, capacity < CAMERAS_MAX ? capacity : CAMERAS_MAX);
    for (int i = 0; i < count; i++) {
        struct bw_camera_choice *choice = &ret_choices[i];
        (void)snprintf(choice->spec, sizeof choice->spec, "v4l2:%.*s",
            BW_VIDEO_PATH_BYTES - 1, devices[i].path);
        (void)snprintf(choice->name, sizeof choice->name, "%.*s", BW_VIDEO_NAME_BYTES - 1,
            devices[i].name);
    }
    return count;
}
