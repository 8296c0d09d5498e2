/* The camera as the kiosk sees it: see camera.h. Starting, stopping, taking; what happens
 * to the sandbox is in camera_watch.c. */
#include "camera.h"

#include "camera_watch.h"

#include "scan/camera/frames.h"

#include <brugwachter/said.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { END_LIMIT_MS = 400 };

static uint64_t
monotonic_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

enum bw_status
bw_camera_create(const struct bw_camera_options *options, struct bw_camera **ret_camera,
    struct bw_error *err)
{
    if (!bw_frames_spec_is_good(options->spec)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Choosing the camera '%s': it is none of v4l2:/dev/videoN, images:DIR, "
            "images:DIR,loop and none",
            options->spec);
    }
    struct bw_camera *camera = calloc(1, sizeof *camera);
    if (camera == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "Starting the camera: no memory");
    }
    camera->child.control = camera->child.records = -1;
    camera->start.budget_us = options->budget_us;
    camera->start.enrolment = options->enrolment;
    camera->wake = options->wake;
    camera->wake_context = options->wake_context;
    camera->clock_ms = options->clock_ms == NULL ? monotonic_ms : options->clock_ms;
    camera->any_camera = options->spec == NULL;
    camera->prefer = options->prefer;
    (void)pthread_mutex_init(&camera->lock, NULL);
    camera->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    camera->nudge = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    camera->spec = strdup(options->spec == NULL ? "" : options->spec);
    camera->program =
        strdup(options->program == NULL ? "/proc/self/exe" : options->program);
    if (camera->bell < 0 || camera->nudge < 0 || camera->spec == NULL ||
        camera->program == NULL) {
        int reason = errno;
        bw_camera_destroy(camera);
        return bw_error_set(err, BW_NO_MEMORY, reason, "Starting the camera: %s",
            bw_said(strerror(reason)));
    }
    *ret_camera = camera;
    return BW_OK;
}

/* A folder that isn't there is a mistake in the options; a camera that isn't is life. */
static enum bw_status
check_folder(const struct bw_camera *camera, struct bw_error *err)
{
    char path[4096];
    bool loop;
    if (!bw_frames_spec_folder(camera->spec, path, sizeof path, &loop)) {
        return BW_OK;
    }
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return bw_error_set(err, errno == ENOENT ? BW_NOT_FOUND : BW_IO, errno,
            "Opening the folder of pictures %s: %s; give a folder that can be read", path,
            bw_said(strerror(errno)));
    }
    (void)closedir(dir);
    return BW_OK;
}

static void *
run(void *context)
{
    struct bw_camera *camera = context;
    while (!__atomic_load_n(&camera->stopping, __ATOMIC_SEQ_CST)) {
        bw_camera_watch_wait(camera, camera->clock_ms(), -1);
        bool news = bw_camera_watch(camera, camera->clock_ms());
        if (news && !__atomic_load_n(&camera->stopping, __ATOMIC_SEQ_CST)) {
            camera->wake(camera->wake_context);
        }
    }
    return NULL;
}

enum bw_status
bw_camera_start(struct bw_camera *camera, struct bw_error *err)
{
    if (camera == NULL || camera->started) {
        return BW_OK;
    }
    enum bw_status status = check_folder(camera, err);
    if (status != BW_OK) {
        return status;
    }
    __atomic_store_n(&camera->stopping, false, __ATOMIC_SEQ_CST);
    if (camera->wake != NULL) {
        int failed = pthread_create(&camera->thread, NULL, run, camera);
        if (failed != 0) {
            return bw_error_set(
                err, BW_IO, failed, "Starting the camera: %s", bw_said(strerror(failed)));
        }
        camera->has_thread = true;
    } else {
        (void)bw_camera_watch(camera, camera->clock_ms());
    }
    camera->started = true;
    return BW_OK;
}

void
bw_camera_stop(struct bw_camera *camera)
{
    if (camera != NULL) {
        __atomic_store_n(&camera->stopping, true, __ATOMIC_SEQ_CST);
        (void)eventfd_write(camera->nudge, 1);
    }
}

void
bw_camera_join(struct bw_camera *camera)
{
    if (camera == NULL || !camera->started) {
        return;
    }
    if (camera->has_thread) {
        (void)pthread_join(camera->thread, NULL);
        camera->has_thread = false;
    }
    (void)pthread_mutex_lock(&camera->lock);
    bw_child_end(&camera->child, END_LIMIT_MS);
    camera->state = BW_CAMERA_LOOKING; /* as new, should it be started again */
    camera->look_at_ms = 0;
    (void)pthread_mutex_unlock(&camera->lock);
    eventfd_t nudged;
    (void)eventfd_read(camera->nudge, &nudged);
    camera->started = false;
}

static void
free_mailbox(struct bw_mailbox *mailbox)
{
    bw_mailbox_finish(mailbox);
    free(mailbox);
}

void
bw_camera_destroy(struct bw_camera *camera)
{
    if (camera == NULL) {
        return;
    }
    bw_camera_stop(camera);
    bw_camera_join(camera);
    if (camera->lent != camera->live) {
        free_mailbox(camera->lent);
    }
    free_mailbox(camera->live);
    if (camera->bell >= 0) {
        (void)close(camera->bell);
    }
    if (camera->nudge >= 0) {
        (void)close(camera->nudge);
    }
    (void)pthread_mutex_destroy(&camera->lock);
    free(camera->spec);
    free(camera->program);
    free(camera);
}

void
bw_camera_step(struct bw_camera *camera, uint64_t now_ms, int wait_ms)
{
    if (camera == NULL || !camera->started || camera->has_thread ||
        __atomic_load_n(&camera->stopping, __ATOMIC_SEQ_CST)) {
        return;
    }
    if (wait_ms > 0) {
        bw_camera_watch_wait(camera, now_ms, wait_ms);
    }
    (void)bw_camera_watch(camera, now_ms);
}

int
bw_camera_fd(const struct bw_camera *camera)
{
    return camera == NULL ? -1 : camera->bell;
}

/* The bell rings on while something waits. Lock held. */
static void
settle_bell(struct bw_camera *camera)
{
    if (camera->queue.count == 0 && !bw_mailbox_fresh(camera->live)) {
        eventfd_t rung;
        (void)eventfd_read(camera->bell, &rung);
    }
}

bool
bw_camera_pop(struct bw_camera *camera, struct bw_camera_message *ret_message)
{
    if (camera == NULL) {
        return false;
    }
    (void)pthread_mutex_lock(&camera->lock);
    bool taken = bw_camera_queue_pop(&camera->queue, ret_message);
    settle_bell(camera);
    (void)pthread_mutex_unlock(&camera->lock);
    return taken;
}

bool
bw_camera_frame(struct bw_camera *camera, struct bw_camera_frame *ret_frame)
{
    if (camera == NULL) {
        return false;
    }
    (void)pthread_mutex_lock(&camera->lock);
    struct bw_mailbox_stamp stamp;
    bool taken = bw_mailbox_get(camera->live, &ret_frame->picture, &stamp);
    if (taken) {
        ret_frame->seq = stamp.seq;
        ret_frame->taken_ms = stamp.taken_ms;
        if (camera->lent != camera->live) {
            free_mailbox(camera->lent);
            camera->lent = camera->live;
        }
    }
    settle_bell(camera);
    (void)pthread_mutex_unlock(&camera->lock);
    return taken;
}

void
bw_camera_set_enrolment(struct bw_camera *camera, bool enrolment)
{
    if (camera != NULL) {
        (void)pthread_mutex_lock(&camera->lock);
        camera->start.enrolment = enrolment;
        bw_child_tell(
            &camera->child, enrolment ? BW_SANDBOX_LONG_TEXTS : BW_SANDBOX_SHORT_TEXTS);
        (void)pthread_mutex_unlock(&camera->lock);
    }
}

void
bw_camera_set_paused(struct bw_camera *camera, bool paused)
{
    if (camera != NULL) {
        (void)pthread_mutex_lock(&camera->lock);
        camera->paused = paused;
        camera->heard_ms = camera->clock_ms(); /* silence counts from here */
        bw_child_tell(&camera->child, paused ? BW_SANDBOX_PAUSE : BW_SANDBOX_GO_ON);
        (void)pthread_mutex_unlock(&camera->lock);
    }
}

void
bw_camera_next(struct bw_camera *camera)
{
    if (camera != NULL && camera->any_camera) {
        (void)pthread_mutex_lock(&camera->lock);
        camera->wants_next = true;
        (void)pthread_mutex_unlock(&camera->lock);
        (void)eventfd_write(camera->nudge, 1);
    }
}
