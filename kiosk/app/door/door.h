/* `brugwachter-kiosk door`: the desk behind a pipe, as staff, for turnstiles and tests.
 *
 * Commands on stdin, separated by tabs, one a line; one JSON object a line on stdout,
 * written out before the next command is read. No screen, no SDL, no thread. */
#ifndef BW_APP_DOOR_H
#define BW_APP_DOOR_H

#include <brugwachter/error.h>

struct bw_door_options {
    const char *store_path;
    const char *session_code; /* NULL: the desk chooses */
    const char *clock_text;   /* NULL: the system's clock; else ISO 8601, venue time */
    int in_fd, out_fd;
};

/* DONE at the end of input; FAILED when the store can't be opened or the answers can't be
 * written, USAGE for a clock that is no time; each with one line on stderr. */
enum bw_exit bw_door_main(const struct bw_door_options *options);

#endif
