/* The only file that knows zbar. Scan thread only.
 *
 * R1: the result cache is never enabled (it aborts on structured append).
 * R2: at most BW_READER_RENEW symbols come from one image scanner (it leaks).
 * R3: what leaves here is ZBAR_QRCODE, not composed, ASCII, and ends in NUL. */
#include "reader.h"

#include <stdlib.h>
#include <string.h>
#include <zbar.h>

struct bw_reader {
    zbar_image_scanner_t *scanner;
    zbar_image_t *image;
    int left; /* symbols until the scanner is renewed */
};

/* zbar's luma; its header has no name for it. */
#define FOURCC_Y800 0x30303859UL

static bool
renew(struct bw_reader *reader)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    if (!scanner) {
        return false;
    }
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
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
bw_reader_create(struct bw_reader **ret_reader, struct bw_error *err)
{
    struct bw_reader *reader = calloc(1, sizeof *reader);
    if (reader) {
        reader->image = zbar_image_create();
    }
    if (!reader || !reader->image || !renew(reader)) {
        bw_reader_destroy(reader);
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Starting the code reader failed: out of memory. Close other programs.");
    }
    zbar_image_set_format(reader->image, FOURCC_Y800);
    *ret_reader = reader;
    return BW_OK;
}

void
bw_reader_destroy(struct bw_reader *reader)
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
    free(reader);
}

static bool
text_is_ascii(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)text[i];
        bool blank = c == '\t' || c == '\n' || c == '\r';
        if (!blank && (c < 0x20 || c > 0x7e)) {
            return false;
        }
    }
    return true;
}

static bool
take_symbol(const zbar_symbol_t *symbol, struct bw_reading *ret_reading)
{
    const char *text = zbar_symbol_get_data(symbol);
    size_t bytes = zbar_symbol_get_data_length(symbol);
    if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE || zbar_symbol_get_components(symbol)
        || !text || bytes == 0 || bytes >= sizeof ret_reading->text
        || !text_is_ascii(text, bytes)) {
        return false;
    }
    memcpy(ret_reading->text, text, bytes);
    ret_reading->text[bytes] = '\0';
    ret_reading->text_bytes = bytes;
    unsigned points = zbar_symbol_get_loc_size(symbol);
    for (unsigned i = 0; i < 4; i++) {
        unsigned from = i < points ? i : 0;
        ret_reading->corner[i][0] = points ? (float)zbar_symbol_get_loc_x(symbol, from) : 0;
        ret_reading->corner[i][1] = points ? (float)zbar_symbol_get_loc_y(symbol, from) : 0;
    }
    return true;
}

int
bw_reader_read(struct bw_reader *reader, const uint8_t *pixels, int width_px, int height_px,
    struct bw_reading ret_readings[static BW_READER_TEXTS])
{
    if (reader->left <= 0 && !renew(reader)) {
        return 0;
    }
    zbar_image_set_size(reader->image, (unsigned)width_px, (unsigned)height_px);
    zbar_image_set_data(reader->image, pixels,
        (unsigned long)width_px * (unsigned long)height_px, NULL);
    int found = 0;
    if (zbar_scan_image(reader->scanner, reader->image) > 0) {
        const zbar_symbol_t *symbol = zbar_image_first_symbol(reader->image);
        for (; symbol; symbol = zbar_symbol_next(symbol)) {
            reader->left--;
            if (found < BW_READER_TEXTS && take_symbol(symbol, &ret_readings[found])) {
                found++;
            }
        }
    }
    /* The image must not hold symbols or pixels of a scanner that may be gone. */
    zbar_image_scanner_recycle_image(reader->scanner, reader->image);
    zbar_image_set_data(reader->image, NULL, 0, NULL);
    return found;
}
