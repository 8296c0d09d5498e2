/* Looking for a camera, and changing it: see camera_look.h. */
#include "camera_look.h"

#include <stdio.h>
#include <string.h>

static const char device_kind[] = "v4l2:";

static bool
is_device(const struct bw_camera_look *look)
{
    return look->wish.path != NULL || look->any;
}

bool
bw_camera_look_find(const struct bw_camera_look *look, struct bw_camera_found *ret_found)
{
    return !is_device(look) || bw_camera_find(&look->wish, ret_found);
}

static void
take_camera(
    struct bw_camera *camera, uint64_t now_ms, const struct bw_camera_found *found)
{
    bw_child_kill(&camera->child, NULL);
    camera->present = found->device.id;
    (void)snprintf(camera->found_spec, sizeof camera->found_spec, "%s%s", device_kind,
        found->device.path);
    camera->stopped_by[0] = '\0';
    camera->renewing = false;
    bw_camera_start_sandbox(camera, now_ms);
}

static void
begin(struct bw_camera *camera, uint64_t now_ms, const struct bw_camera_look *look,
    const struct bw_camera_found *found)
{
    if (strcmp(camera->spec, "none") == 0) {
        camera->state = BW_CAMERA_OVER;
        camera->said_gone = true;
        bw_camera_tell(camera, BW_CAMERA_GONE, "No camera was asked for");
    } else if (found == NULL) {
        bw_camera_tell_gone(camera, now_ms,
            "Looking for a camera: there is none, or another "
            "program has it; connect one");
    } else if (is_device(look)) {
        take_camera(camera, now_ms, found);
    } else {
        bw_camera_start_sandbox(camera, now_ms);
    }
}

/* A look while one runs: staff want another, or the preferred one may be back. */
static void
change_camera(struct bw_camera *camera, uint64_t now_ms,
    const struct bw_camera_look *look, const struct bw_camera_found *found)
{
    int likeness = found != NULL ? found->likeness : 0;
    bool other = found != NULL && found->device.id != camera->present;
    camera->look_at_ms = now_ms + BW_CAMERA_LOOK_AGAIN_MS;
    if (other && (look->wish.next || likeness > camera->likeness_seen)) {
        take_camera(camera, now_ms, found);
    } else if (look->wish.next && camera->state == BW_CAMERA_RUNNING) {
        bw_camera_tell(camera, BW_CAMERA_PRESENT, "%s", camera->present_name);
    }
}

void
bw_camera_look_done(struct bw_camera *camera, uint64_t now_ms,
    const struct bw_camera_look *look, const struct bw_camera_found *found)
{
    if (look->wish.next && found != NULL) {
        camera->prefer = found->device.id;
    }
    if (camera->state == BW_CAMERA_LOOKING) {
        begin(camera, now_ms, look, found);
    } else if (camera->state != BW_CAMERA_OVER) {
        change_camera(camera, now_ms, look, found);
    }
    camera->likeness_seen = look->wish.next ? 2 : found != NULL ? found->likeness : 0;
}

bool
bw_camera_look_due(
    struct bw_camera *camera, uint64_t now_ms, struct bw_camera_look *ret_look)
{
    size_t kind = sizeof device_kind - 1;
    (void)pthread_mutex_lock(&camera->lock);
    bool fixed = strncmp(camera->spec, device_kind, kind) == 0;
    *ret_look = (struct bw_camera_look){.any = camera->any_camera,
        .wish = {.path = fixed ? camera->spec + kind : NULL,
            .prefer = camera->prefer,
            .present = camera->present,
            .next = camera->wants_next,
            .failures = camera->failures}};
    bool second_best = camera->state == BW_CAMERA_RUNNING && camera->any_camera &&
                       camera->present != camera->prefer;
    bool due = now_ms >= camera->look_at_ms &&
               (camera->state == BW_CAMERA_LOOKING || second_best);
    bool wanted = camera->wants_next && camera->state != BW_CAMERA_OVER;
    camera->wants_next = false;
    (void)pthread_mutex_unlock(&camera->lock);
    return due || wanted;
}
