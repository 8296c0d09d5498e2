/* Specs, and the way from a source's head to its functions: see frames.h. */
#include "frames.h"

#include "video.h"

#include <string.h>

static bool
starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

bool
bw_frames_spec_folder(const char *spec, char *ret_path, size_t path_bytes, bool *ret_loop)
{
    static const char kind[] = "images:", loop[] = ",loop";
    if (spec == NULL || !starts_with(spec, kind)) {
        return false;
    }
    const char *path = spec + sizeof kind - 1;
    size_t length = strlen(path);
    bool loops =
        length >= sizeof loop - 1 && strcmp(path + length - (sizeof loop - 1), loop) == 0;
    if (loops) {
        length -= sizeof loop - 1;
    }
    if (length == 0 || length >= path_bytes) {
        return false;
    }
    memcpy(ret_path, path, length);
    ret_path[length] = '\0';
    *ret_loop = loops;
    return true;
}

bool
bw_frames_spec_is_good(const char *spec)
{
    char path[4096];
    bool loop;
    return spec == NULL || strcmp(spec, "none") == 0 ||
           (starts_with(spec, "v4l2:/") &&
               strlen(spec) < strlen("v4l2:") + BW_VIDEO_PATH_BYTES) ||
           bw_frames_spec_folder(spec, path, sizeof path, &loop);
}

enum bw_status
bw_frames_open(const char *spec, const struct bw_frames_options *options,
    struct bw_frames **ret_frames, struct bw_error *err)
{
    char folder[4096];
    bool loop = false;
    if (spec == NULL || !bw_frames_spec_is_good(spec)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Opening the camera '%s': it is none of v4l2:/dev/videoN, images:DIR, "
            "images:DIR,loop and none",
            spec == NULL ? "" : spec);
    }
    if (bw_frames_spec_folder(spec, folder, sizeof folder, &loop)) {
        return bw_frames_images_open(folder, loop, options, ret_frames, err);
    }
    if (starts_with(spec, "v4l2:")) {
        return bw_frames_video_open(spec + strlen("v4l2:"), ret_frames, err);
    }
    *ret_frames = NULL; /* none: every function takes NULL for it */
    return BW_OK;
}

void
bw_frames_destroy(struct bw_frames *frames)
{
    if (frames != NULL) {
        frames->table->destroy(frames);
    }
}

int
bw_frames_fd(const struct bw_frames *frames)
{
    return frames == NULL ? -1 : frames->table->fd(frames);
}

uint64_t
bw_frames_due_ms(const struct bw_frames *frames)
{
    return frames == NULL ? UINT64_MAX : frames->table->due_ms(frames);
}

enum bw_frames_state
bw_frames_next(struct bw_frames *frames, uint64_t now_ms, struct bw_frame *ret_frame,
    struct bw_error *err)
{
    return frames == NULL ? BW_FRAMES_WAIT
                          : frames->table->next(frames, now_ms, ret_frame, err);
}

enum bw_status
bw_frames_load(struct bw_frames *frames, struct bw_frame *frame, struct bw_error *err)
{
    if (frames == NULL) {
        return bw_error_set(
            err, BW_NOT_FOUND, 0, "Reading a picture: there is no camera");
    }
    return frames->table->load(frames, frame, err);
}

void
bw_frames_drop(struct bw_frames *frames)
{
    if (frames != NULL) {
        frames->table->drop(frames);
    }
}

void
bw_frames_pause(struct bw_frames *frames, bool paused)
{
    if (frames != NULL) {
        frames->table->pause(frames, paused);
    }
}
