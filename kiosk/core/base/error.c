/* Errors as values: see brugwachter/error.h. Any thread. */
#include <brugwachter/error.h>

#include <brugwachter/said.h>
#include <brugwachter/text.h>

#include <stdio.h>
#include <string.h>

/* Takes off the half of a character that a cut may have left at the end. */
static void
drop_half_character(char *text)
{
    size_t length = strlen(text);
    size_t tail = 0; /* continuation bytes */
    while (tail < 3 && tail < length &&
           ((unsigned char)text[length - 1 - tail] & 0xc0) == 0x80) {
        tail++;
    }
    if (tail == length) {
        return;
    }
    unsigned char lead = (unsigned char)text[length - 1 - tail];
    size_t wanted = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    if (tail < wanted) {
        text[length - 1 - tail] = '\0';
    }
}

static void
settle(struct bw_error *err)
{
    drop_half_character(err->text);
    bw_text_defuse(err->text, '?'); /* a sentence may quote a file */
}

enum bw_status
bw_error_set(
    struct bw_error *err, enum bw_status status, int os_errno, const char *format, ...)
{
    if (err != NULL) {
        err->status = status;
        err->os_errno = os_errno;
        err->given = NULL;
        va_list args;
        va_start(args, format);
        (void)vsnprintf(err->text, sizeof err->text, bw_said(format), args);
        va_end(args);
        settle(err);
    }
    return status;
}

enum bw_status
bw_error_about(struct bw_error *err, enum bw_status status, const char *given)
{
    if (err != NULL && status != BW_OK) {
        err->given = given;
    }
    return status;
}

enum bw_status
bw_error_prefix(struct bw_error *err, enum bw_status status, const char *format, ...)
{
    if (err != NULL) {
        char before[BW_ERROR_TEXT_BYTES];
        memcpy(before, err->text, sizeof before);
        va_list args;
        va_start(args, format);
        int length = vsnprintf(err->text, sizeof err->text, bw_said(format), args);
        va_end(args);
        if (length >= 0 && (size_t)length < sizeof err->text) {
            (void)snprintf(
                err->text + length, sizeof err->text - (size_t)length, ": %s", before);
        }
        err->status = status;
        settle(err);
    }
    return status;
}
