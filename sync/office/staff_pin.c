/* The staff PIN: see staff_pin.h. */
#include "office/staff_pin.h"

#include "central/base/output.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIN_FILE_BYTES_MAX = 64 };

static const char digits_known[] = "0123456789";

_Static_assert(crypto_pwhash_STRBYTES == BW_PIN_HASH_BYTES, "as in the header");

bool
bw_staff_pin_fits(const char *text)
{
    return strlen(text) == BW_STAFF_PIN_DIGITS &&
           strspn(text, digits_known) == BW_STAFF_PIN_DIGITS;
}

static bool
has_few_digits(const char *pin)
{
    enum { DIFFERENT_LEAST = 4 };
    int different = 0;
    for (const char *digit = digits_known; *digit != '\0'; digit++) {
        different += strchr(pin, *digit) != NULL;
    }
    return different < DIFFERENT_LEAST;
}

/* 1234 in 981234, 7654 in 765431. */
static bool
has_row(const char *pin)
{
    enum { ROW = 4 };
    for (int from = 0; from + ROW <= BW_STAFF_PIN_DIGITS; from++) {
        int by = pin[from + 1] - pin[from], at = 1;
        while (at < ROW && pin[from + at] - pin[from + at - 1] == by) {
            at++;
        }
        if (at == ROW && (by == 1 || by == -1)) {
            return true;
        }
    }
    return false;
}

static int
two_digits(const char *at)
{
    enum { TEN = 10 };
    return (at[0] - '0') * TEN + (at[1] - '0');
}

/* Day and month, in either order, with the year before or behind them. */
static bool
is_day(const char *pin)
{
    enum { DAYS = 31, MONTHS = 12, YEAR_DIGITS = 2 };
    for (int from = 0; from <= YEAR_DIGITS; from += YEAR_DIGITS) {
        int first = two_digits(pin + from), second = two_digits(pin + from + 2);
        bool both = first >= 1 && second >= 1;
        if (both && ((first <= DAYS && second <= MONTHS) ||
                        (first <= MONTHS && second <= DAYS))) {
            return true;
        }
    }
    return false;
}

bool
bw_staff_pin_is_weak(const char *pin)
{
    return has_few_digits(pin) || has_row(pin) || is_day(pin);
}

void
bw_staff_pin_make(char ret_pin[BW_STAFF_PIN_DIGITS + 1])
{
    enum { PINS = 1000000 };
    do {
        (void)snprintf(ret_pin, BW_STAFF_PIN_DIGITS + 1, "%06u",
            (unsigned)randombytes_uniform(PINS));
    } while (bw_staff_pin_is_weak(ret_pin));
}

static enum bw_status
hash_digits(
    const unsigned char *pin, char ret_hash[BW_PIN_HASH_BYTES], struct bw_error *err)
{
    return crypto_pwhash_str(ret_hash, (const char *)pin, BW_STAFF_PIN_DIGITS,
               BW_STAFF_PIN_PASSES, BW_STAFF_PIN_BYTES) == 0
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, 0,
                     "hashing the staff PIN: out of memory; close other programs");
}

enum bw_status
bw_staff_pin_hash_text(
    const char *pin, char ret_hash[BW_PIN_HASH_BYTES], struct bw_error *err)
{
    return hash_digits((const unsigned char *)pin, ret_hash, err);
}

enum bw_status
bw_staff_pin_hash(
    const char *path, char ret_hash[BW_PIN_HASH_BYTES], struct bw_error *err)
{
    unsigned char *text;
    size_t length;
    if (!path) {
        return BW_OK;
    }
    enum bw_status status = bw_file_read(path, PIN_FILE_BYTES_MAX, &text, &length, err);
    if (status != BW_OK) {
        return bw_error_prefix(err, status, "reading the staff PIN");
    }
    size_t digits = strspn((const char *)text, digits_known);
    size_t blanks = strspn((const char *)text + digits, " \t\r\n");
    if (digits != BW_STAFF_PIN_DIGITS || digits + blanks != length) {
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "reading the staff PIN from %s: it must be %d digits and nothing else", path,
            BW_STAFF_PIN_DIGITS);
    } else {
        status = hash_digits(text, ret_hash, err);
    }
    sodium_memzero(text, length);
    free(text);
    return status;
}
