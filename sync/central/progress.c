/* How far long work is: see progress.h. */
#include "central/progress.h"

#include <stddef.h>

void
bw_progress_step(
    struct bw_progress *progress, const char *what, int64_t done, int64_t total)
{
    if (progress != NULL) {
        progress->step(progress, what, done, total);
    }
}

void
bw_progress_end(struct bw_progress *progress)
{
    if (progress != NULL) {
        progress->end(progress);
    }
}

bool
bw_progress_is_stopped(struct bw_progress *progress)
{
    return progress != NULL && progress->is_stopped != NULL &&
           progress->is_stopped(progress);
}
