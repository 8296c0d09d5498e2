/* One line on a terminal that says how far long work is: see terminal.h. */
#include "cli/terminal.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <unistd.h>

/* Work is counted in rows; drawing every row would cost more than the row. */
enum { ROWS_A_LINE = 512 };

static void
on_step(struct bw_progress *self, const char *what, int64_t done, int64_t total)
{
    const struct bw_terminal *terminal = (const struct bw_terminal *)self;
    if (done % ROWS_A_LINE != 0) {
        return;
    }
    (void)fputc('\r', terminal->to);
    if (total > 0) {
        (void)fprintf(terminal->to, bw_said("%s: %" PRId64 " of %" PRId64), bw_said(what),
            done, total);
    } else {
        (void)fprintf(terminal->to, "%s: %" PRId64, bw_said(what), done);
    }
    (void)fputs("\033[K", terminal->to);
    (void)fflush(terminal->to);
}

static void
on_end(struct bw_progress *self)
{
    const struct bw_terminal *terminal = (const struct bw_terminal *)self;
    fputs("\r\033[K", terminal->to);
    (void)fflush(terminal->to);
}

struct bw_progress *
bw_terminal_init(struct bw_terminal *terminal, FILE *to)
{
    *terminal = (struct bw_terminal){.base = {.step = on_step, .end = on_end}, .to = to};
    return isatty(fileno(to)) == 1 ? &terminal->base : NULL;
}
