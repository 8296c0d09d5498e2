/* Kind and size of a picture file from its first bytes: see picture.h.
 * PNG: W3C PNG 11.2.2; JPEG: ITU T.81 B.2.2; PGM: netpbm; WebP: RFC 9649. Any thread. */
#include "picture.h"

#include <string.h>

struct reader {
    const uint8_t *bytes;
    size_t count;
};

typedef bool look_function(struct reader in, int *ret_width, int *ret_height);

static unsigned
big16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static uint32_t
little24(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
}

static bool
look_png(struct reader in, int *ret_width, int *ret_height)
{
    if (in.count < 24 || memcmp(in.bytes + 12, "IHDR", 4) != 0) {
        return false;
    }
    uint32_t width = big16(in.bytes + 16) << 16 | big16(in.bytes + 18);
    uint32_t height = big16(in.bytes + 20) << 16 | big16(in.bytes + 22);
    if (width > INT32_MAX || height > INT32_MAX) {
        return false;
    }
    *ret_width = (int)width;
    *ret_height = (int)height;
    return true;
}

static bool
is_frame_marker(uint8_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
           marker != 0xcc;
}

static bool
look_jpeg(struct reader in, int *ret_width, int *ret_height)
{
    size_t at = 2;
    while (at + 9 <= in.count && in.bytes[at] == 0xff) {
        uint8_t marker = in.bytes[at + 1];
        if (is_frame_marker(marker)) {
            *ret_height = (int)big16(in.bytes + at + 5);
            *ret_width = (int)big16(in.bytes + at + 7);
            return true;
        }
        /* Fill bytes, and markers without a length. */
        bool alone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
        at += marker == 0xff ? 1 : alone ? 2 : 2 + (size_t)big16(in.bytes + at + 2);
    }
    return false;
}

/* A number of a netpbm heading; comments and blanks before it are passed over. */
static bool
pgm_number(struct reader in, size_t *at, int *ret_number)
{
    while (*at < in.count && (strchr(" \t\r\n#", in.bytes[*at]) != NULL)) {
        if (in.bytes[*at] == '#') {
            while (*at < in.count && in.bytes[*at] != '\n') {
                (*at)++;
            }
        } else {
            (*at)++;
        }
    }
    int number = 0, digits = 0;
    while (*at < in.count && in.bytes[*at] >= '0' && in.bytes[*at] <= '9' && digits < 7) {
        number = number * 10 + (in.bytes[*at] - '0');
        digits++;
        (*at)++;
    }
    *ret_number = number;
    return digits > 0 && digits < 7;
}

static bool
look_pgm(struct reader in, int *ret_width, int *ret_height)
{
    size_t at = 2;
    return pgm_number(in, &at, ret_width) && pgm_number(in, &at, ret_height);
}

static bool
look_webp(struct reader in, int *ret_width, int *ret_height)
{
    if (in.count < 30 || memcmp(in.bytes + 8, "WEBP", 4) != 0) {
        return false;
    }
    const uint8_t *chunk = in.bytes + 12, *data = chunk + 8;
    if (memcmp(chunk, "VP8X", 4) == 0) {
        *ret_width = (int)little24(data + 4) + 1;
        *ret_height = (int)little24(data + 7) + 1;
        return true;
    }
    if (memcmp(chunk, "VP8L", 4) == 0 && data[0] == 0x2f) {
        uint32_t bits = little24(data + 1) | (uint32_t)data[4] << 24;
        *ret_width = (int)(bits & 0x3fff) + 1;
        *ret_height = (int)(bits >> 14 & 0x3fff) + 1;
        return true;
    }
    if (memcmp(chunk, "VP8 ", 4) == 0) {
        *ret_width = (int)(little24(data + 6) & 0x3fff);
        *ret_height = (int)(little24(data + 8) & 0x3fff);
        return true;
    }
    return false;
}

static const struct {
    const char *kind;
    const char *magic;
    size_t magic_bytes;
    look_function *look;
} kinds[] = {
    {"PNG", "\x89PNG\r\n\x1a\n", 8, look_png},
    {"JPG", "\xff\xd8\xff", 3, look_jpeg},
    {"PNM", "P5", 2, look_pgm},
    {"PNM", "P2", 2, look_pgm},
    {"WEBP", "RIFF", 4, look_webp},
};

enum bw_status
bw_picture_look(const struct bw_picture_file *file, struct bw_picture_about *ret_about,
    struct bw_error *err)
{
    struct reader in = {file->bytes, file->count};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (in.count < kinds[i].magic_bytes ||
            memcmp(in.bytes, kinds[i].magic, kinds[i].magic_bytes) != 0) {
            continue;
        }
        int width = 0, height = 0;
        if (!kinds[i].look(in, &width, &height) || width < 1 || height < 1) {
            return bw_error_set(
                err, BW_BAD_INPUT, 0, "its heading is damaged; save it again");
        }
        if (width > BW_PICTURE_PIXELS_MAX / height) {
            return bw_error_set(err, BW_FULL, 0,
                "it has %d by %d pixels, over the limit of %d million; make it smaller",
                width, height, BW_PICTURE_PIXELS_MAX / 1000000);
        }
        *ret_about = (struct bw_picture_about){kinds[i].kind, width, height};
        return BW_OK;
    }
    return bw_error_set(
        err, BW_BAD_INPUT, 0, "it is no picture; give PNG, JPEG, PGM or WebP");
}
