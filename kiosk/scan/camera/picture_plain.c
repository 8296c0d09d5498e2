/* Picture files that end, and that can be read in their time: see picture_plain.h. */
#include "picture_plain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIGNATURE_BYTES = 8,
    CHUNK_BYTES = 12,     /* length, type and checksum round the data */
    IDATS_MAX = 65536,    /* libpng warns of each one that is too many */
    JPEG_SCANS_MAX = 100, /* a progressive photo has about ten */
};

static const uint8_t png_end[CHUNK_BYTES] = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};

/* What was taken so far. */
struct plain {
    uint8_t *to;
    size_t count;
    int palettes, clears, pixels;
    bool pixels_over; /* something else came after the pixels */
};

static bool
is_type(const uint8_t *chunk, const char *type)
{
    return memcmp(chunk + 4, type, 4) == 0;
}

/* Is the chunk one of the pixels' own? At most one palette, one transparency. */
static bool
is_wanted(struct plain *plain, const uint8_t *chunk)
{
    if (is_type(chunk, "IDAT")) {
        return !plain->pixels_over && ++plain->pixels <= IDATS_MAX;
    }
    plain->pixels_over = plain->pixels > 0;
    if (plain->pixels_over) {
        return false;
    }
    return (is_type(chunk, "IHDR") && plain->count == SIGNATURE_BYTES) ||
           (is_type(chunk, "PLTE") && plain->palettes++ == 0) ||
           (is_type(chunk, "tRNS") && plain->clears++ == 0);
}

static void
take(struct plain *plain, const uint8_t *bytes, size_t count)
{
    memcpy(plain->to + plain->count, bytes, count);
    plain->count += count;
}

/* False where the file ends within a chunk. */
static bool
take_chunks(const struct bw_picture_file *file, struct plain *plain)
{
    size_t at = SIGNATURE_BYTES;
    while (file->count - at >= CHUNK_BYTES) {
        const uint8_t *chunk = file->bytes + at;
        size_t length = (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 |
                        (size_t)chunk[2] << 8 | chunk[3];
        if (is_type(chunk, "IEND")) {
            return true;
        }
        if (length > file->count - at - CHUNK_BYTES) {
            return plain->pixels_over;
        }
        if (is_wanted(plain, chunk)) {
            take(plain, chunk, length + CHUNK_BYTES);
        }
        at += length + CHUNK_BYTES;
    }
    return plain->pixels > 0;
}

enum bw_status
bw_picture_plain_png(const struct bw_picture_file *file,
    struct bw_picture_file *ret_plain, struct bw_error *err)
{
    struct plain plain = {.to = malloc(file->count + sizeof png_end)};
    if (plain.to == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "there is no memory for it");
    }
    take(&plain, file->bytes, SIGNATURE_BYTES);
    if (!take_chunks(file, &plain)) {
        free(plain.to);
        return bw_error_set(err, BW_BAD_INPUT, 0, "it ends early; save it again");
    }
    take(&plain, png_end, sizeof png_end);
    *ret_plain = (struct bw_picture_file){plain.to, plain.count};
    return BW_OK;
}

/* Where the next marker stands (T.81 B.1.1.2): within a scan, FF and 0 is data, and so
 * is what restarts it. */
static size_t
next_marker(const struct bw_picture_file *file, size_t at)
{
    while (at + 1 < file->count) {
        uint8_t next = file->bytes[at + 1];
        if (file->bytes[at] == 0xff && next != 0 && next != 0xff &&
            (next < 0xd0 || next > 0xd7)) {
            return at;
        }
        at++;
    }
    return file->count;
}

enum bw_status
bw_picture_check_jpeg(const struct bw_picture_file *file, struct bw_error *err)
{
    enum { START_OF_IMAGE = 0xd8, START_OF_SCAN = 0xda };
    int scans = 0;
    size_t at = next_marker(file, 0);
    while (at + 4 <= file->count) {
        uint8_t marker = file->bytes[at + 1];
        scans += marker == START_OF_SCAN;
        if (scans > JPEG_SCANS_MAX) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "it has more than %d scans; save it again", JPEG_SCANS_MAX);
        }
        size_t length = (size_t)file->bytes[at + 2] << 8 | file->bytes[at + 3];
        at = next_marker(file, at + 2 + (marker == START_OF_IMAGE ? 0 : length));
    }
    return BW_OK;
}
