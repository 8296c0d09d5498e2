/* The text of a CSV file: see csv_text.h. Any thread.
 *
 * A byte over 0x7f is either part of a well-formed UTF-8 sequence or stray. Only
 * sequences: UTF-8. Only strays: Windows-1252. Both: somebody pasted two files together,
 * and whichever we took, names would go in wrong;
 * so it is refused, with a line of each kind. */
#include "office/table/csv_text.h"

#include "office/table/other_kind.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct kinds {
    size_t utf8_line;  /* first line with a sequence that can only be UTF-8; 0: none */
    size_t stray_line; /* first line with a byte that can't be; 0: none */
};

/* In Windows-1252 a capital with an accent before a curly quote, a dash or a hard blank
 * is two bytes that happen to be well-formed ("ANDRÉ’S"). Real UTF-8 of European names
 * has the leads C2 to C5, which nobody's 1252 text has there. */
static bool
could_be_1252(const unsigned char *at, utf8proc_ssize_t bytes)
{
    static const unsigned char seconds[] = {
        0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0xa0, 0xbb};
    return bytes == 2 && at[0] > 0xc5 && memchr(seconds, at[1], sizeof seconds) != NULL;
}

static void
look(const unsigned char *bytes, size_t length, struct kinds *kinds)
{
    size_t line = 1;
    for (size_t i = 0; i < length;) {
        if (bytes[i] < 0x80) {
            line += bytes[i] == '\n';
            i++;
            continue;
        }
        utf8proc_int32_t point;
        utf8proc_ssize_t taken =
            utf8proc_iterate(bytes + i, (utf8proc_ssize_t)(length - i), &point);
        if (taken <= 0) {
            kinds->stray_line = kinds->stray_line == 0 ? line : kinds->stray_line;
            i++;
            continue;
        }
        if (kinds->utf8_line == 0 && !could_be_1252(bytes + i, taken)) {
            kinds->utf8_line = line;
        }
        i += (size_t)taken;
    }
}

static enum bw_status
refuse_other_kinds(
    const unsigned char *bytes, size_t length, const char *name, struct bw_error *err)
{
    if (length == 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: the file is empty; export it again", name);
    }
    const char *what = bw_table_file_other(bytes, length);
    if (what == NULL && memchr(bytes, '\0', length) != NULL) {
        what = bw_said(
            "it is a binary file and no CSV; save it as CSV (UTF-8) and try again");
    }
    return what == NULL
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0, "importing %s: %s", name, what);
}

static enum bw_status
turned(const char *encoding, const unsigned char *bytes, size_t length, const char *name,
    char **ret_text, size_t *ret_length, struct bw_error *err)
{
    iconv_t turn = iconv_open("UTF-8", encoding);
    size_t capacity = length * 3 + 1;
    char *text = turn != (iconv_t)-1 ? malloc(capacity) : NULL;
    if (text == NULL) {
        int error = errno;
        if (turn != (iconv_t)-1) {
            (void)iconv_close(turn);
        }
        return bw_error_set(err, BW_NO_MEMORY, error,
            "importing %s: turning %s into UTF-8 failed (%s)", name, encoding,
            bw_said(strerror(error)));
    }
    char *from = (char *)(uintptr_t)bytes; /* iconv's type isn't const; it reads alone */
    size_t left = length;
    char *to = text;
    size_t to_left = capacity - 1;
    size_t result = iconv(turn, &from, &left, &to, &to_left);
    (void)iconv_close(turn);
    if (result == (size_t)-1) {
        free(text);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it is neither UTF-8 nor %s; save it as CSV (UTF-8) and try "
            "again",
            name, encoding);
    }
    *to = '\0';
    *ret_text = text;
    *ret_length = (size_t)(to - text);
    return BW_OK;
}

/* What Excel calls "Unicode text" begins with a mark. */
static const char *
wide_encoding(const unsigned char *bytes, size_t length)
{
    return length >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0   ? "UTF-16LE"
           : length >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0 ? "UTF-16BE"
                                                              : NULL;
}

static enum bw_status
from_wide(const char *encoding, const unsigned char *bytes, size_t length,
    const char *name, char **ret_text, size_t *ret_length, struct bw_error *err)
{
    char *text = NULL;
    size_t text_length = 0;
    enum bw_status status =
        turned(encoding, bytes + 2, length - 2, name, &text, &text_length, err);
    if (status != BW_OK) {
        return status;
    }
    status = refuse_other_kinds((unsigned char *)text, text_length, name, err);
    if (status != BW_OK) {
        free(text);
        return status;
    }
    *ret_text = text;
    *ret_length = text_length;
    return BW_OK;
}

enum bw_status
bw_csv_text(const unsigned char *bytes, size_t length, const char *name, char **ret_text,
    size_t *ret_length, struct bw_error *err)
{
    const char *wide = wide_encoding(bytes, length);
    if (wide != NULL) {
        return from_wide(wide, bytes, length, name, ret_text, ret_length, err);
    }
    enum bw_status status = refuse_other_kinds(bytes, length, name, err);
    if (status != BW_OK) {
        return status;
    }
    bool mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
    if (mark) {
        bytes += 3;
        length -= 3;
    }
    struct kinds kinds = {0};
    look(bytes, length, &kinds);
    if (kinds.stray_line != 0 && (mark || kinds.utf8_line != 0)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it mixes two encodings: line %zu is no UTF-8%s; save it whole "
            "as CSV (UTF-8) and try again",
            name, kinds.stray_line,
            mark ? bw_said(", as its beginning says") : bw_said(", others are"));
    }
    if (kinds.stray_line != 0) {
        return turned("Windows-1252", bytes, length, name, ret_text, ret_length, err);
    }
    char *text = malloc(length + 1);
    if (text == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "importing %s: no memory", name);
    }
    memcpy(text, bytes, length);
    text[length] = '\0';
    *ret_text = text;
    *ret_length = length;
    return BW_OK;
}
