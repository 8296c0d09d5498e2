/* What a cell says: see cell_text.h. */
#include "office/table/cell_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY_S INT64_C(86400)

enum {
    DAYS_TO_1970 = 25569, /* from 1899-12-30, which is how a wrong leap day comes out */
    DAYS_TO_1904 = 1462,
    DAYS_MAX = 2958466, /* 9999-12-31 and a day */
};

static bool
is_built_in_time(int number)
{
    return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) ||
           (number >= 45 && number <= 47) || (number >= 50 && number <= 58);
}

/* Letters of days and hours that stand in no quotes, brackets (but for [h]) or escape. */
bool
bw_cell_format_is_time(int number, const char *code)
{
    if (code == NULL) {
        return is_built_in_time(number);
    }
    for (const char *at = code; *at != '\0' && *at != ';'; at++) {
        if (*at == '"') {
            const char *end = strchr(at + 1, '"');
            at = end != NULL ? end : at + strlen(at) - 1;
        } else if (*at == '[' && strchr("hHmMsS", at[1]) == NULL) {
            const char *end = strchr(at, ']');
            at = end != NULL ? end : at + strlen(at) - 1;
        } else if (*at == '\\' || *at == '_' || *at == '*') {
            at += at[1] != '\0';
        } else if (strchr("yYmMdDhHsS", *at) != NULL) {
            return true;
        }
    }
    return false;
}

/* A whole text that is a finite number. */
static bool
number_of(const char *value, double *ret_number)
{
    char *end = NULL;
    if (value[0] == '\0' || strspn(value, "0123456789+-.eE") != strlen(value)) {
        return false;
    }
    *ret_number = strtod(value, &end);
    return *end == '\0' && isfinite(*ret_number);
}

bool
bw_cell_time_text(const char *value, bool from_1904, char ret_text[BW_CELL_NUMBER_BYTES])
{
    double serial;
    if (!number_of(value, &serial) || serial < 0 || serial >= DAYS_MAX) {
        return false;
    }
    int64_t seconds = llround(serial * (double)DAY_S);
    int hour = (int)(seconds % DAY_S / 3600), minute = (int)(seconds / 60 % 60),
        second = (int)(seconds % 60);
    char hours[BW_CELL_NUMBER_BYTES];
    (void)snprintf(hours, sizeof hours, second != 0 ? "%02d:%02d:%02d" : "%02d:%02d",
        hour, minute, second);
    if (seconds < DAY_S) {
        memcpy(ret_text, hours, sizeof hours);
        return true;
    }
    struct tm day;
    time_t from_1970 =
        (time_t)(seconds - DAYS_TO_1970 * DAY_S + (from_1904 ? DAYS_TO_1904 * DAY_S : 0));
    if (gmtime_r(&from_1970, &day) == NULL) {
        return false;
    }
    (void)strftime(ret_text, BW_CELL_NUMBER_BYTES,
        seconds % DAY_S != 0 ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d", &day);
    return true;
}

bool
bw_cell_number_text(const char *value, char ret_text[BW_CELL_NUMBER_BYTES])
{
    double number;
    if (!number_of(value, &number)) {
        return false;
    }
    if (fabs(number) < 1e15 && number == floor(number)) {
        (void)snprintf(ret_text, BW_CELL_NUMBER_BYTES, "%" PRId64, (int64_t)number);
        return true;
    }
    (void)snprintf(ret_text, BW_CELL_NUMBER_BYTES, "%.15g", number);
    return true;
}

static int
hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The character of "_xHHHH_"; -1 where it is none, or one that isn't ASCII, which no
 * writer escapes. */
static int
escaped(const char *at)
{
    int character = 0;
    if (strncmp(at, "_x", 2) != 0) {
        return -1;
    }
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0) {
            return -1;
        }
        character = character * 16 + digit;
    }
    return at[6] == '_' && character > 0 && character < 128 ? character : -1;
}

void
bw_cell_unescape(char *inout_text)
{
    char *to = inout_text;
    for (const char *at = inout_text; *at != '\0';) {
        int character = escaped(at);
        *to++ = character > 0 ? (char)character : *at;
        at += character > 0 ? 7 : 1;
    }
    *to = '\0';
}
