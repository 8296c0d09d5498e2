/* Lines of the door's pipe, read: see line_reader.h. */
#include "line_reader.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { IDLE_MS = 1000 };

void
bw_line_reader_init(struct bw_line_reader *reader, int fd)
{
    reader->fd = fd;
    reader->start = 0;
    reader->end = 0;
    reader->at_end = false;
    reader->passing = false;
    memset(reader->begun, 0, sizeof reader->begun);
}

/* False where nothing came for a second. */
static bool
fill(struct bw_line_reader *reader)
{
    struct pollfd wait = {.fd = reader->fd, .events = POLLIN};
    int ready = poll(&wait, 1, IDLE_MS);
    if (ready == 0 || (ready < 0 && errno == EINTR)) {
        return false;
    }
    if (reader->start > 0) {
        memmove(
            reader->bytes, reader->bytes + reader->start, reader->end - reader->start);
        reader->end -= reader->start;
        reader->start = 0;
    }
    /* one byte stays free for the NUL of a last line without an end */
    ssize_t got = read(
        reader->fd, reader->bytes + reader->end, sizeof reader->bytes - 1 - reader->end);
    if (got > 0) {
        reader->end += (size_t)got;
    } else if (got == 0 || errno != EINTR) {
        reader->at_end = true;
    }
    return true;
}

static enum bw_line_event
take(struct bw_line_reader *reader, size_t length, size_t taken, char **ret_line,
    size_t *ret_length)
{
    char *line = reader->bytes + reader->start;
    reader->start += taken;
    if (reader->passing) {
        reader->passing = false;
        *ret_line = reader->begun;
        *ret_length = strlen(reader->begun);
        return BW_LINE_TOO_LONG;
    }
    if (length > 0 && line[length - 1] == '\r') {
        length--;
    }
    line[length] = '\0';
    *ret_line = line;
    *ret_length = length;
    return BW_LINE_TAKEN;
}

enum bw_line_event
bw_line_next(struct bw_line_reader *reader, char **ret_line, size_t *ret_length)
{
    for (;;) {
        size_t length = reader->end - reader->start;
        char *line = reader->bytes + reader->start;
        char *newline = memchr(line, '\n', length);
        if (newline != NULL) {
            size_t upto = (size_t)(newline - line);
            return take(reader, upto, upto + 1, ret_line, ret_length);
        }
        if (reader->at_end) {
            return length == 0 && !reader->passing
                       ? BW_LINE_END
                       : take(reader, length, length, ret_line, ret_length);
        }
        if (length >= sizeof reader->bytes - 1) {
            if (!reader->passing) {
                memcpy(reader->begun, line, sizeof reader->begun - 1);
            }
            reader->passing = true;
            reader->start = 0;
            reader->end = 0;
        }
        if (!fill(reader)) {
            return BW_LINE_IDLE;
        }
    }
}
