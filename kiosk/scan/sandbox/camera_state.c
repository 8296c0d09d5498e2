/* What look and watch do to a camera alike: see camera_state.h. Under its lock. */
#include "camera_state.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
bw_camera_tell(
    struct bw_camera *camera, enum bw_camera_message_kind kind, const char *format, ...)
{
    struct bw_camera_message message = {
        .kind = kind, .seq = camera->start.first_seq, .camera = camera->present};
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message.text, sizeof message.text, format, args);
    va_end(args);
    bw_camera_queue_put(&camera->queue, &message);
    camera->news = true;
}

/* GONE is said once, however often it is looked for. */
void
bw_camera_tell_gone(struct bw_camera *camera, uint64_t now_ms, const char *why)
{
    bw_child_kill(&camera->child, NULL);
    camera->failures += camera->state == BW_CAMERA_STARTING;
    camera->state = BW_CAMERA_LOOKING;
    camera->look_at_ms = now_ms + BW_CAMERA_LOOK_AGAIN_MS;
    camera->stopped_by[0] = '\0';
    if (!camera->said_gone) {
        camera->said_gone = true;
        bw_camera_tell(camera, BW_CAMERA_GONE, "%s", why);
    }
}

/* Each child gets a mailbox of its own (CW2); a borrowed picture stays (CW3). */
static bool
renew_mailbox(struct bw_camera *camera, struct bw_error *err)
{
    struct bw_mailbox *fresh = calloc(1, sizeof *fresh);
    if (fresh == NULL || bw_mailbox_init(fresh, err) != BW_OK) {
        free(fresh);
        return false;
    }
    if (camera->live != camera->lent) {
        bw_mailbox_finish(camera->live);
        free(camera->live);
    }
    camera->live = fresh;
    assert(camera->live != camera->lent); /* CW2, CW3 */
    return true;
}

void
bw_camera_start_sandbox(struct bw_camera *camera, uint64_t now_ms)
{
    struct bw_error err = {0};
    assert(camera->child.pid == 0); /* CW1 */
    camera->start.spec =
        camera->found_spec[0] != '\0' ? camera->found_spec : camera->spec;
    if (!renew_mailbox(camera, &err) ||
        bw_child_start(&camera->child, &camera->start, camera->program, camera->live,
            &err) != BW_OK) {
        bw_camera_tell_gone(camera, now_ms, err.text);
        return;
    }
    if (camera->paused) {
        bw_child_tell(&camera->child, BW_SANDBOX_PAUSE);
    }
    camera->state = BW_CAMERA_STARTING;
    camera->start_limit_ms = now_ms + BW_CAMERA_START_LIMIT_MS;
}
