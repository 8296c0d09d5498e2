/* Lines of the door's pipe: read with a limit, and read as commands.
 *
 * A line is hostile until it is read: too long, holding a NUL byte or not UTF-8 it is an
 * error and nothing else. Blanks of a scanned text are kept. One thread. */
#ifndef BW_APP_LINE_H
#define BW_APP_LINE_H

#include <brugwachter/command.h>
#include <brugwachter/zone.h>
#include <stddef.h>

enum { BW_DOOR_LINE_BYTES = 8192 }; /* with its end */

struct bw_line_reader {
    int fd;
    size_t start, end;    /* what was read and not yet taken */
    bool at_end, passing; /* passing: the rest of a line that is too long */
    char bytes[BW_DOOR_LINE_BYTES];
};

enum bw_line_event {
    BW_LINE_TAKEN,    /* *ret_line and *ret_length: without its end, NUL-terminated */
    BW_LINE_TOO_LONG, /* passed over whole */
    BW_LINE_IDLE,     /* nothing came for a second */
    BW_LINE_END,      /* end of input, or the pipe failed */
};

void bw_line_reader_init(struct bw_line_reader *reader, int fd);

/* The line is valid until the next call, and may be written to. */
enum bw_line_event bw_line_next(
    struct bw_line_reader *reader, char **ret_line, size_t *ret_length);

/* Reads a line as a command of `operator` DOOR; times without an offset are local to
 * `zone`. BW_BAD_INPUT with a sentence for a line that is none. `line` is taken apart. */
BW_NODISCARD enum bw_status bw_line_parse(char *line, size_t length,
    const struct bw_zone *zone, struct bw_command *ret_command, struct bw_error *err);

#endif
