/* Lines fit for a terminal: see plain.h. */
#include "cli/plain.h"

#include <brugwachter/text.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct plain_lines {
    FILE *to;
    char *line; /* what came of a line so far */
    size_t used, capacity;
    bool failed; /* a line is lost: what comes after it would hide that */
};

static bool
line_end(struct plain_lines *plain, bool whole)
{
    if (plain->used > 0) {
        plain->line[plain->used] = '\0';
        bw_text_defuse(plain->line, '?');
        plain->used = 0;
        if (fputs(plain->line, plain->to) == EOF) {
            return false;
        }
    }
    return !whole || fputc('\n', plain->to) != EOF;
}

static bool
take(struct plain_lines *plain, char byte)
{
    if (plain->used + 1 >= plain->capacity) {
        size_t capacity = plain->capacity == 0 ? 256 : 2 * plain->capacity;
        char *wider = realloc(plain->line, capacity);
        if (wider == NULL) {
            return false;
        }
        plain->line = wider;
        plain->capacity = capacity;
    }
    plain->line[plain->used++] = byte != '\0' ? byte : '?';
    return true;
}

static ssize_t
on_write(void *cookie, const char *bytes, size_t length)
{
    struct plain_lines *plain = cookie;
    for (size_t i = 0; !plain->failed && i < length; i++) {
        plain->failed =
            !(bytes[i] == '\n' ? line_end(plain, true) : take(plain, bytes[i]));
    }
    plain->failed = plain->failed || fflush(plain->to) != 0;
    return plain->failed ? 0 : (ssize_t)length;
}

static int
on_close(void *cookie)
{
    struct plain_lines *plain = cookie;
    bool fine = !plain->failed && line_end(plain, false);
    free(plain->line);
    free(plain);
    return fine ? 0 : EOF;
}

FILE *
bw_plain_open(FILE *to)
{
    struct plain_lines *plain = calloc(1, sizeof *plain);
    if (plain == NULL) {
        return NULL;
    }
    plain->to = to;
    FILE *file = fopencookie(
        plain, "w", (cookie_io_functions_t){.write = on_write, .close = on_close});
    if (file == NULL) {
        free(plain);
    } else if (isatty(fileno(to)) != 0) {
        (void)setvbuf(file, NULL, _IOLBF, 0);
    }
    return file;
}
