/* Where pictures come from: a V4L2 camera, a folder played as one, or nowhere.
 *
 * A source is asked in two steps, so that the watchdog knows which picture is in work
 * before anything is decoded: next chooses one and says its fingerprint, load makes
 * pixels of it. Time is the caller's (`now_ms`, CLOCK_MONOTONIC): nothing here sleeps or
 * reads a clock. One thread. */
#ifndef BW_SCAN_FRAMES_H
#define BW_SCAN_FRAMES_H

#include "frame.h"

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stddef.h>

struct bw_frames;

struct bw_frame {
    struct bw_luma luma; /* after load; borrowed until the next next or destroy */
    struct bw_yuy2 yuy2;
    uint64_t taken_ms;
    uint64_t since_ms;    /* when the source first showed this very picture */
    uint64_t fingerprint; /* of the bytes as they came, before decoding */
    uint32_t picture;     /* number of the file in the folder, from 0; 0 for a camera */
    const char *name;     /* of the file or camera; borrowed until destroy */
};

enum bw_frames_state {
    BW_FRAMES_READY, /* a frame was chosen: load it, drop it, or ask again to let it go */
    BW_FRAMES_WAIT,  /* not now: when the fd is readable, or at due_ms */
    BW_FRAMES_GONE,  /* no more will come; the error says why */
};

/* What every kind of source does; see the functions below for the contracts. */
struct bw_frames_table {
    int (*fd)(const struct bw_frames *frames);
    uint64_t (*due_ms)(const struct bw_frames *frames);
    enum bw_frames_state (*next)(struct bw_frames *frames, uint64_t now_ms,
        struct bw_frame *ret_frame, struct bw_error *err);
    enum bw_status (*load)(
        struct bw_frames *frames, struct bw_frame *frame, struct bw_error *err);
    void (*drop)(struct bw_frames *frames);
    void (*pause)(struct bw_frames *frames, bool paused);
    void (*destroy)(struct bw_frames *frames);
};

/* Head of every source. */
struct bw_frames {
    const struct bw_frames_table *table;
    char name[64]; /* for people: the camera's own name, or the folder */
};

struct bw_frames_options {
    uint32_t first_picture; /* where a folder begins; past its end: with the last */
};

/* Opens `v4l2:PATH`, `images:DIR`, `images:DIR,loop` or `none`.
 * images: plays the files named *.png, *.jpg, *.jpeg, *.pgm, *.webp in byte order of
 * their names, every one for a thirtieth of a second, or for two as NAME@2s.png, and
 * stays on the last; a picture is never passed over because the reader was slow. All are
 * read into memory here (at most 2,000 files and 256 MB),
 * and are decoded when their turn comes.
 *
 * The caller destroys *ret_frames; it is NULL for `none`.
 *
 * BW_BAD_INPUT no such kind; BW_NOT_FOUND no such folder, device, or no picture in it, or
 * no mode that we read; BW_FULL over a limit; BW_BUSY device in use; BW_IO;
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_frames_open(const char *spec,
    const struct bw_frames_options *options, struct bw_frames **ret_frames,
    struct bw_error *err);

/* Is this a spec? For options, before anything is opened. NULL is one. */
bool bw_frames_spec_is_good(const char *spec);

/* A folder's path out of an images: spec; false for other kinds. */
bool bw_frames_spec_folder(
    const char *spec, char *ret_path, size_t path_bytes, bool *ret_loop);

/* All below accept NULL: a source that never has anything. */
void bw_frames_destroy(struct bw_frames *frames);

/* To poll for reading; -1: goes by time alone. */
int bw_frames_fd(const struct bw_frames *frames);

/* When next is worth asking again; UINT64_MAX: only when the fd says so. */
uint64_t bw_frames_due_ms(const struct bw_frames *frames);

/* Chooses the newest frame. *ret_frame is written for READY, `err` for GONE. */
enum bw_frames_state bw_frames_next(struct bw_frames *frames, uint64_t now_ms,
    struct bw_frame *ret_frame, struct bw_error *err);

/* Makes pixels of the frame that next chose; they stay the source's. BW_BAD_INPUT: this
 * picture can't be read, others may; BW_NO_MEMORY; BW_NOT_FOUND without a source. */
BW_NODISCARD enum bw_status bw_frames_load(
    struct bw_frames *frames, struct bw_frame *frame, struct bw_error *err);

/* Never chooses the present picture again (folders; nothing to a camera). */
void bw_frames_drop(struct bw_frames *frames);

/* A paused camera's stream stands still. */
void bw_frames_pause(struct bw_frames *frames, bool paused);

/* The kinds, each in a file of its own. Of a folder: BW_NOT_FOUND, BW_FULL, BW_IO; of a
 * device: BW_NOT_FOUND, BW_BUSY, BW_IO; of both BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_frames_images_open(const char *folder, bool loop,
    const struct bw_frames_options *options, struct bw_frames **ret_frames,
    struct bw_error *err);
BW_NODISCARD enum bw_status bw_frames_video_open(
    const char *path, struct bw_frames **ret_frames, struct bw_error *err);

#endif
