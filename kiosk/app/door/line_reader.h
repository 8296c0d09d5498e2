/* Lines of the door's pipe, read with a limit: a line is hostile until it is read. One
 * thread. */
#ifndef BW_APP_LINE_READER_H
#define BW_APP_LINE_READER_H

#include <stdbool.h>
#include <stddef.h>

enum {
    BW_DOOR_LINE_BYTES = 8192, /* with its end */
    BW_DOOR_BEGUN_BYTES = 16,
};

struct bw_line_reader {
    int fd;
    size_t start, end;    /* what was read and not yet taken */
    bool at_end, passing; /* passing: the rest of a line that is too long … */
    char begun[BW_DOOR_BEGUN_BYTES]; /* … and how that one began */
    char bytes[BW_DOOR_LINE_BYTES];
};

enum bw_line_event {
    BW_LINE_TAKEN,    /* *ret_line and *ret_length: without its end, NUL-terminated */
    BW_LINE_TOO_LONG, /* passed over, but for its first bytes: the same two say them */
    BW_LINE_IDLE,     /* nothing came for a second */
    BW_LINE_END,      /* end of input, or the pipe failed */
};

/* Reads from `fd`, which stays the caller's. */
void bw_line_reader_init(struct bw_line_reader *reader, int fd);

/* Waits a second at most. The line is valid until the next call, and may be written
 * to. */
enum bw_line_event bw_line_next(
    struct bw_line_reader *reader, char **ret_line, size_t *ret_length);

#endif
