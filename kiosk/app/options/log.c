/* What the kiosk says of itself: see log.h. */
#include "log.h"

#include <brugwachter/said.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

void
bw_log(enum bw_journal_level level, const char *format, ...)
{
    char text[BW_ERROR_TEXT_BYTES];
    const char *prefix = bw_journal_prefix(level, STDERR_FILENO);
    if (prefix[0] == '\0' && level > BW_JOURNAL_WARNING) {
        return;
    }
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, bw_said(format), args);
    va_end(args);
    for (char *byte = text; *byte != '\0'; byte++) {
        *byte = *byte == '\n' || *byte == '\r' ? ' ' : *byte;
    }
    (void)fprintf(stderr, "%sbrugwachter-kiosk: %s\n", prefix, text);
}
