/* How far long work is, told to whoever watches: a terminal, a page. One thread.
 *
 * The work doesn't know who watches: it calls bw_progress_step for every row, and the
 * watcher decides how often that is worth showing. */
#ifndef BW_SYNC_PROGRESS_H
#define BW_SYNC_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* First member of a watcher's own struct. */
struct bw_progress {
    void (*step)(struct bw_progress *self, const char *what, int64_t done, int64_t total);
    void (*end)(struct bw_progress *self); /* what was shown goes */
    /* Whether the watcher wants it to stop; NULL: never. */
    bool (*is_stopped)(struct bw_progress *self);
};

/* `done` rows of `total` are done (0 where the total isn't known). `what` is borrowed for
 * the call. NULL for `progress`: nobody watches. */
void bw_progress_step(
    struct bw_progress *progress, const char *what, int64_t done, int64_t total);

/* The work is over, or stopped. NULL is fine, and so is a second call. */
void bw_progress_end(struct bw_progress *progress);

/* True where whoever watches wants the work to stop: it then changes nothing more. NULL:
 * false. */
bool bw_progress_is_stopped(struct bw_progress *progress);

#ifdef __cplusplus
}
#endif

#endif
