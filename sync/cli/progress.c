/* One line on a terminal that says how far long work is: see command.h. */
#include "cli/command.h"

#include <inttypes.h>

/* Work is counted in rows; drawing every row would cost more than the row. */
enum { ROWS_A_LINE = 512 };

void
bw_progress(struct bw_call *call, const char *what, int64_t done, int64_t total)
{
    if (call->progress == NULL || done % ROWS_A_LINE != 0) {
        return;
    }
    if (total > 0) {
        fprintf(
            call->progress, "\r%s: %" PRId64 " of %" PRId64 "\033[K", what, done, total);
    } else {
        fprintf(call->progress, "\r%s: %" PRId64 "\033[K", what, done);
    }
    (void)fflush(call->progress);
}

void
bw_progress_end(struct bw_call *call)
{
    if (call->progress != NULL) {
        fputs("\r\033[K", call->progress);
        (void)fflush(call->progress);
    }
}
