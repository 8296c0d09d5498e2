/* The only file that knows zbar. Scan thread only.
 *
 * RD1: the result cache is never enabled (it aborts on structured append).
 * RD2: at most BW_READER_RENEW symbols come from one image scanner (it leaks).
 * RD3: a text that leaves here is of one ZBAR_QRCODE, well-formed, without control
 *     characters but tab, CR and LF, and ends in NUL; all else leaves as refused. */
#include "reader.h"

#include "charset.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

struct bw_scan_reader {
    zbar_image_scanner_t *scanner;
    zbar_image_t *image;
    struct bw_charset *charset; /* NULL: other charsets are refused */
    int left;                   /* symbols until the scanner is renewed */
};

/* zbar's luma; its header has no name for it. */
#define FOURCC_Y800 0x30303859UL

static bool
renew(struct bw_scan_reader *reader)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    if (!scanner) {
        return false;
    }
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, 1);
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, 1);
    if (reader->scanner) {
        zbar_image_scanner_destroy(reader->scanner);
    }
    reader->scanner = scanner;
    reader->left = BW_READER_RENEW;
    return true;
}

enum bw_status
bw_scan_reader_create(struct bw_scan_reader **ret_reader, struct bw_error *err)
{
    struct bw_scan_reader *reader = calloc(1, sizeof *reader);
    if (reader) {
        reader->image = zbar_image_create();
    }
    if (!reader || !reader->image || !renew(reader)) {
        bw_scan_reader_destroy(reader);
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Starting the code reader failed: out of memory. Close other programs.");
    }
    zbar_image_set_format(reader->image, FOURCC_Y800);
    *ret_reader = reader;
    return BW_OK;
}

void
bw_scan_reader_destroy(struct bw_scan_reader *reader)
{
    if (!reader) {
        return;
    }
    if (reader->scanner) {
        zbar_image_scanner_destroy(reader->scanner);
    }
    if (reader->image) {
        zbar_image_destroy(reader->image);
    }
    bw_charset_destroy(reader->charset);
    free(reader);
}

void
bw_scan_reader_guess_charsets(struct bw_scan_reader *reader)
{
    if (!reader->charset) {
        reader->charset = bw_charset_create();
    }
}

/* Length of the well-formed UTF-8 character at `at`, 0 where there is none (RFC 3629). */
static size_t
character_bytes(const unsigned char *at, size_t left)
{
    static const struct {
        unsigned char lead_min, lead_max, next_min, next_max;
        unsigned char bytes;
    } forms[] = {
        {0xC2, 0xDF, 0x80, 0xBF, 2},
        {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3},
        {0xED, 0xED, 0x80, 0x9F, 3},
        {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 4},
        {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (at[0] < forms[i].lead_min || at[0] > forms[i].lead_max) {
            continue;
        }
        bool whole = left >= forms[i].bytes && at[1] >= forms[i].next_min &&
                     at[1] <= forms[i].next_max;
        for (size_t k = 2; whole && k < forms[i].bytes; k++) {
            whole = at[k] >= 0x80 && at[k] <= 0xBF;
        }
        return whole ? forms[i].bytes : 0;
    }
    return 0;
}

static enum bw_reading_kind
kind_of(const char *text, size_t bytes)
{
    const unsigned char *at = (const unsigned char *)text;
    enum bw_reading_kind kind = BW_READING_ASCII;
    for (size_t i = 0; i < bytes;) {
        bool blank = at[i] == '\t' || at[i] == '\n' || at[i] == '\r';
        if (blank || (at[i] >= 0x20 && at[i] <= 0x7e)) {
            i++;
            continue;
        }
        size_t step = character_bytes(at + i, bytes - i);
        bool control = at[i] == 0xC2 && step && at[i + 1] < 0xA0; /* C1 */
        if (step == 0 || control) {
            return BW_READING_REFUSED;
        }
        kind = BW_READING_UTF8;
        i += step;
    }
    return kind;
}

static void
take_text(struct bw_scan_reader *reader, const char *text, size_t bytes,
    struct bw_reading *ret_reading)
{
    ret_reading->kind = kind_of(text, bytes);
    if (ret_reading->kind != BW_READING_REFUSED) {
        memcpy(ret_reading->text, text, bytes);
        ret_reading->text_bytes = bytes;
    } else if (reader->charset &&
               bw_charset_convert(reader->charset, text, bytes, sizeof ret_reading->text,
                   ret_reading->text, &bytes)) {
        ret_reading->kind = kind_of(ret_reading->text, bytes);
        ret_reading->text_bytes = ret_reading->kind == BW_READING_REFUSED ? 0 : bytes;
    }
    ret_reading->text[ret_reading->text_bytes] = '\0';
}

static bool
take_symbol(struct bw_scan_reader *reader, const zbar_symbol_t *symbol,
    struct bw_reading *ret_reading)
{
    zbar_symbol_type_t type = zbar_symbol_get_type(symbol);
    if (type != ZBAR_QRCODE && type != ZBAR_PARTIAL) {
        return false;
    }
    const char *text = zbar_symbol_get_data(symbol);
    size_t bytes = text ? zbar_symbol_get_data_length(symbol) : 0;
    bool whole = type == ZBAR_QRCODE && !zbar_symbol_get_components(symbol) &&
                 bytes > 0 && bytes < sizeof ret_reading->text;
    ret_reading->kind = BW_READING_REFUSED;
    ret_reading->text_bytes = 0;
    ret_reading->text[0] = '\0';
    if (whole) {
        take_text(reader, text, bytes, ret_reading);
    }
    unsigned points = zbar_symbol_get_loc_size(symbol);
    for (unsigned i = 0; i < 4; i++) {
        unsigned from = i < points ? i : 0;
        ret_reading->corner[i][0] =
            points ? (float)zbar_symbol_get_loc_x(symbol, from) : 0;
        ret_reading->corner[i][1] =
            points ? (float)zbar_symbol_get_loc_y(symbol, from) : 0;
    }
    return true;
}

int
bw_scan_reader_read(struct bw_scan_reader *reader, const uint8_t *pixels, int width_px,
    int height_px, struct bw_reading ret_readings[static BW_READER_TEXTS])
{
    assert(reader->left <= BW_READER_RENEW); /* RD2 */
    if (reader->left <= 0 && !renew(reader)) {
        return 0;
    }
    zbar_image_set_size(reader->image, (unsigned)width_px, (unsigned)height_px);
    zbar_image_set_data(
        reader->image, pixels, (unsigned long)width_px * (unsigned long)height_px, NULL);
    int found = 0;
    if (zbar_scan_image(reader->scanner, reader->image) > 0) {
        const zbar_symbol_t *symbol = zbar_image_first_symbol(reader->image);
        for (; symbol; symbol = zbar_symbol_next(symbol)) {
            reader->left--;
            if (found < BW_READER_TEXTS &&
                take_symbol(reader, symbol, &ret_readings[found])) {
                found++;
            }
        }
    }
    /* The image must not hold symbols or pixels of a scanner that may be gone. */
    zbar_image_scanner_recycle_image(reader->scanner, reader->image);
    zbar_image_set_data(reader->image, NULL, 0, NULL);
    return found;
}
