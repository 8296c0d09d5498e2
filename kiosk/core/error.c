/* Errors as values: see brugwachter/error.h. Any thread. */
#include <brugwachter/error.h>

#include <stdio.h>
#include <string.h>

static void
neutralise(char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f) {
            *text = '?';
        }
    }
}

enum bw_status
bw_error_set(
    struct bw_error *err, enum bw_status status, int os_errno, const char *format, ...)
{
    if (err != NULL) {
        err->status = status;
        err->os_errno = os_errno;
        va_list args;
        va_start(args, format);
        (void)vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        neutralise(err->text);
    }
    return status;
}

enum bw_status
bw_error_prefix(struct bw_error *err, enum bw_status status, const char *format, ...)
{
    if (err != NULL) {
        char said[BW_ERROR_TEXT_BYTES];
        memcpy(said, err->text, sizeof said);
        va_list args;
        va_start(args, format);
        int length = vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        if (length >= 0 && (size_t)length < sizeof err->text) {
            (void)snprintf(
                err->text + length, sizeof err->text - (size_t)length, ": %s", said);
        }
        err->status = status;
        neutralise(err->text);
    }
    return status;
}
