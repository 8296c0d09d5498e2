/* The real `brugwachter-kiosk door` behind pipes. Waits by poll, never by sleeping. */
#ifndef BW_TESTS_DOOR_PIPE_H
#define BW_TESTS_DOOR_PIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { DOOR_LINE_BYTES = 1 << 20, DOOR_WAIT_MS = 300000 };

struct door_pipe {
    pid_t pid;
    int in_fd, out_fd; /* its standard input and output */
    size_t start, end;
    char *bytes; /* what it said and nobody took yet */
};

/* Starts `program`, its arguments ended by NULL (the first is its name). stderr stays
 * ours, or goes to `stderr_path`. */
bool door_pipe_start(struct door_pipe *door, const char *program,
    const char *const arguments[], const char *stderr_path);

/* False where it's gone. */
bool door_pipe_send(struct door_pipe *door, const char *bytes, size_t length);

/* The next line without its end, valid until the next call; NULL at the end of output, or
 * after a minute of silence. */
const char *door_pipe_line(struct door_pipe *door);

/* Closes its input, waits for it; the exit status, or minus the signal that ended it.
 * What it still said can be read before by door_pipe_line. */
int door_pipe_stop(struct door_pipe *door);

#endif
