/* Conversions between pixel formats: see pixels.h. */
#include "pixels.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { NEUTRAL = 128, SURROUND = 112 };

bool
bw_raster_init(struct bw_raster *raster, int width_px, int height_px)
{
    size_t pixels = (size_t)width_px * (size_t)height_px;
    uint8_t *memory = calloc(pixels, 3);
    if (memory == NULL) {
        return false;
    }
    *raster = (struct bw_raster){.luma = memory,
        .yuy2 = memory + pixels,
        .width_px = width_px,
        .height_px = height_px};
    return true;
}

void
bw_raster_finish(struct bw_raster *raster)
{
    if (raster != NULL) {
        free(raster->luma);
        *raster = (struct bw_raster){0};
    }
}

struct bw_luma
bw_raster_luma(const struct bw_raster *raster)
{
    return (struct bw_luma){.pixels = raster->luma,
        .width_px = raster->width_px,
        .height_px = raster->height_px,
        .stride_bytes = raster->width_px};
}

struct bw_yuy2
bw_raster_yuy2(const struct bw_raster *raster)
{
    return (struct bw_yuy2){.bytes = raster->yuy2,
        .width_px = raster->width_px,
        .height_px = raster->height_px,
        .stride_bytes = raster->width_px * 2};
}

static uint8_t *
luma_line(const struct bw_raster *raster, int y)
{
    return raster->luma + (size_t)y * (size_t)raster->width_px;
}

static uint8_t *
yuy2_line(const struct bw_raster *raster, int y)
{
    return raster->yuy2 + (size_t)y * (size_t)raster->width_px * 2;
}

void
bw_raster_from_yuyv(struct bw_raster *raster, const uint8_t *from, size_t stride_bytes)
{
    size_t width = (size_t)raster->width_px;
    for (int y = 0; y < raster->height_px; y++, from += stride_bytes) {
        uint8_t *luma = luma_line(raster, y);
        memcpy(yuy2_line(raster, y), from, width * 2);
        for (size_t x = 0; x < width; x++) {
            luma[x] = from[2 * x];
        }
    }
}

void
bw_raster_from_nv12(struct bw_raster *raster, const uint8_t *from, size_t stride_bytes)
{
    size_t width = (size_t)raster->width_px;
    const uint8_t *chroma = from + stride_bytes * (size_t)raster->height_px;
    for (int y = 0; y < raster->height_px; y++, from += stride_bytes) {
        const uint8_t *uv = chroma + stride_bytes * (size_t)(y / 2);
        uint8_t *out = yuy2_line(raster, y);
        memcpy(luma_line(raster, y), from, width);
        for (size_t x = 0; x < width; x++) {
            out[2 * x] = from[x];
            out[2 * x + 1] = uv[x]; /* U under even pixels, V under odd: as YUY2 has it */
        }
    }
}

void
bw_raster_from_yu12(struct bw_raster *raster, const uint8_t *from)
{
    size_t width = (size_t)raster->width_px, height = (size_t)raster->height_px;
    size_t half_width = (width + 1) / 2, half_height = (height + 1) / 2;
    for (size_t y = 0; y < height; y++) {
        const uint8_t *luma = from + y * width;
        const uint8_t *u = from + width * height + y / 2 * half_width;
        const uint8_t *v = u + half_width * half_height;
        uint8_t *out = yuy2_line(raster, (int)y);
        memcpy(luma_line(raster, (int)y), luma, width);
        for (size_t x = 0; x < width; x++) {
            out[2 * x] = luma[x];
            out[2 * x + 1] = x % 2 == 0 ? u[x / 2] : v[x / 2];
        }
    }
}

void
bw_raster_from_grey(struct bw_raster *raster, const uint8_t *from, size_t stride_bytes)
{
    size_t width = (size_t)raster->width_px;
    for (int y = 0; y < raster->height_px; y++, from += stride_bytes) {
        uint8_t *out = yuy2_line(raster, y);
        memcpy(luma_line(raster, y), from, width);
        for (size_t x = 0; x < width; x++) {
            out[2 * x] = from[x];
            out[2 * x + 1] = NEUTRAL;
        }
    }
}

/* JPEG's Y reaches from 0 to 255, a camera's from 16 to 235: the screen expects the
 * latter, the scanner likes the former. */
static uint8_t
video_range(uint8_t full)
{
    return (uint8_t)(16 + (full * 219 + 127) / 255);
}

static uint8_t
video_chroma(uint8_t full)
{
    return (uint8_t)(NEUTRAL + ((int)full - NEUTRAL) * 224 / 255);
}

void
bw_raster_line_from_planes(struct bw_raster *raster, int y, const uint8_t *luma,
    const uint8_t *u, const uint8_t *v)
{
    uint8_t *out = yuy2_line(raster, y);
    memcpy(luma_line(raster, y), luma, (size_t)raster->width_px);
    for (int x = 0; x < raster->width_px; x += 2, out += 4) {
        out[0] = video_range(luma[x]);
        out[1] = u == NULL ? NEUTRAL : video_chroma(u[x / 2]);
        out[2] = video_range(luma[x + 1]);
        out[3] = v == NULL ? NEUTRAL : video_chroma(v[x / 2]);
    }
}

struct rgb {
    int red, green, blue;
};

static uint8_t
grey_of(struct rgb c)
{
    return (uint8_t)((77 * c.red + 150 * c.green + 29 * c.blue + 128) >> 8);
}

/* The source pixels under one destination pixel, in 1/256 of a source pixel. */
struct span {
    int begin, end;
};

static struct span
span_under(int at, int from_px, int to_px)
{
    long long scale = (long long)from_px * 256;
    return (struct span){(int)(at * scale / to_px), (int)((at + 1) * scale / to_px)};
}

/* How much of source pixel `at` lies in the span: 0 to 256. */
static int
covered(struct span span, int at)
{
    int begin = at * 256, end = begin + 256;
    return (span.end < end ? span.end : end) - (span.begin > begin ? span.begin : begin);
}

/* Mean of the source over an area, its edges weighed: rounding to whole pixels would make
 * modules of a code uneven just where they are smallest. */
static struct rgb
area_mean(const uint8_t *from, size_t stride_bytes, struct span across, struct span down)
{
    long long red = 0, green = 0, blue = 0, total = 0;
    assert(from && across.begin < across.end && down.begin < down.end);
    for (int y = down.begin / 256; y * 256 < down.end; y++) {
        const uint32_t *row =
            (const uint32_t *)(const void *)(from + (size_t)y * stride_bytes);
        long long weight_y = covered(down, y);
        for (int x = across.begin / 256; x * 256 < across.end; x++) {
            long long weight = weight_y * covered(across, x);
            red += weight * ((row[x] >> 16) & 0xff);
            green += weight * ((row[x] >> 8) & 0xff);
            blue += weight * (row[x] & 0xff);
            total += weight;
        }
    }
    assert(total > 0);
    return (struct rgb){(int)(red / total), (int)(green / total), (int)(blue / total)};
}

static void
fill(struct bw_raster *raster, uint8_t grey)
{
    size_t pixels = (size_t)raster->width_px * (size_t)raster->height_px;
    memset(raster->luma, grey, pixels);
    for (size_t i = 0; i < pixels; i++) {
        raster->yuy2[2 * i] = video_range(grey);
        raster->yuy2[2 * i + 1] = NEUTRAL;
    }
}

/* Where the picture comes to lie: as large as it is, or as large as fits. */
static void
place(const struct bw_raster *raster, int width_px, int height_px, int *ret_width,
    int *ret_height)
{
    int width = width_px, height = height_px;
    if (width > raster->width_px) {
        height = (int)((long long)raster->width_px * height_px / width_px);
        width = raster->width_px;
    }
    if (height > raster->height_px) {
        width = (int)((long long)raster->height_px * width_px / height_px);
        height = raster->height_px;
    }
    *ret_width = width < 1 ? 1 : width;
    *ret_height = height < 1 ? 1 : height;
}

static struct rgb
rgb_of(uint32_t pixel)
{
    return (struct rgb){
        (int)(pixel >> 16 & 0xff), (int)(pixel >> 8 & 0xff), (int)(pixel & 0xff)};
}

/* One pixel into both forms; even ones carry U, odd ones V. */
static void
put_rgb(uint8_t *luma, uint8_t *out, int x, struct rgb c)
{
    luma[x] = grey_of(c);
    out[2 * x] = video_range(luma[x]);
    int chroma = x % 2 == 0 ? -38 * c.red - 74 * c.green + 112 * c.blue
                            : 112 * c.red - 94 * c.green - 18 * c.blue;
    out[2 * x + 1] = (uint8_t)(NEUTRAL + (chroma + 128) / 256);
}

void
bw_raster_from_rgb(struct bw_raster *raster, const uint32_t *from, int width_px,
    int height_px, size_t stride_bytes)
{
    const uint8_t *bytes = (const uint8_t *)from;
    int width, height;
    place(raster, width_px, height_px, &width, &height);
    fill(raster, SURROUND);
    bool as_it_is = width == width_px && height == height_px;
    /* Chroma belongs to pairs of pixels: begin at an even one. */
    int left = (raster->width_px - width) / 2 & ~1;
    int top = (raster->height_px - height) / 2;
    for (int y = 0; y < height; y++) {
        const uint32_t *row =
            as_it_is ? (const uint32_t *)(const void *)(bytes + (size_t)y * stride_bytes)
                     : NULL;
        struct span down = span_under(y, height_px, height);
        uint8_t *luma = luma_line(raster, top + y) + left;
        uint8_t *out = yuy2_line(raster, top + y) + 2 * left;
        for (int x = 0; x < width; x++) {
            put_rgb(luma, out, x,
                row != NULL ? rgb_of(row[x])
                            : area_mean(bytes, stride_bytes,
                                  span_under(x, width_px, width), down));
        }
    }
}

uint64_t
bw_fingerprint(const uint8_t *bytes, size_t count)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ count;
    size_t i = 0;
    for (; i + sizeof hash <= count; i += sizeof hash) {
        uint64_t word;
        memcpy(&word, bytes + i, sizeof word);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    for (; i < count; i++) {
        hash = (hash ^ bytes[i]) * 0x100000001b3u;
    }
    return hash == 0 ? 1 : hash;
}
