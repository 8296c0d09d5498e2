/* The staff PIN: see staff_pin.h. */
#include "office/staff_pin.h"

#include "central/base/output.h"

#include <sodium.h>
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
    } else if (crypto_pwhash_str(ret_hash, (const char *)text, digits,
                   BW_STAFF_PIN_PASSES, BW_STAFF_PIN_BYTES) != 0) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "hashing the staff PIN: out of memory; close other programs");
    }
    sodium_memzero(text, length);
    free(text);
    return status;
}
