/* Lines of the door's pipe, as commands.
 *
 * A line is hostile until it is read: holding a NUL byte or not UTF-8 it is an error and
 * nothing else. Blanks of a scanned text are kept; what a scanner puts before a
 * ticket is taken off. One thread. */
#ifndef BW_APP_LINE_H
#define BW_APP_LINE_H

#include <brugwachter/command.h>
#include <brugwachter/zone.h>
#include <stdbool.h>
#include <stddef.h>

/* Is a line that begins so a scan's? Its text is no ticket when it is too long. */
bool bw_line_is_scan(const char *begun);

/* Reads a line as a command of `operator` DOOR; times without an offset are local to
 * `zone`. BW_BAD_INPUT with a sentence for a line that is none. `line` is taken apart. */
BW_NODISCARD enum bw_status bw_line_parse(char *line, size_t length,
    const struct bw_zone *zone, struct bw_command *ret_command, struct bw_error *err);

#endif
