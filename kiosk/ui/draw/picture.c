/* YUY2 straight to the window's pixels in one pass: crop, scale, mirror, convert, dim.
 *
 * SDL would do this in three (convert, scale, mirror) and need 23 ms for the mirror
 * alone. Columns are looked up once a geometry. A row of the frame is converted as it
 * lies, which vectors can, and then its pixels are looked up; rows of the screen that
 * fall on one row of the frame convert it once. */
#include "picture.h"

#include "theme.h"
#include "yuy2.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH_MAX = 4096, FRAME_WIDTH_MAX = 4096, FRAME_HEIGHT_MAX = 4096 };

struct bw_ui_camera_picture {
    uint8_t *bytes;
    size_t capacity;
    int width, height, stride;
    /* for one geometry */
    SDL_Rect mapped;
    int mapped_width, mapped_height;
    int crop_y_16, step_16; /* frame rows in 1/65536 */
    int column_at[WIDTH_MAX];
    uint32_t pixels[FRAME_WIDTH_MAX]; /* a row of the frame */
};

struct bw_ui_camera_picture *
bw_ui_camera_picture_create(void)
{
    return calloc(1, sizeof(struct bw_ui_camera_picture));
}

void
bw_ui_camera_picture_destroy(struct bw_ui_camera_picture *picture)
{
    if (picture) {
        free(picture->bytes);
        free(picture);
    }
}

bool
bw_ui_camera_picture_set(
    struct bw_ui_camera_picture *picture, const struct bw_ui_camera_frame *frame)
{
    if (frame->width_px < 2 || frame->height_px < 2 ||
        frame->width_px > FRAME_WIDTH_MAX || frame->height_px > FRAME_HEIGHT_MAX ||
        frame->width_px % 2 || frame->stride_bytes < frame->width_px * 2) {
        return false;
    }
    size_t stride = (size_t)frame->width_px * 2;
    size_t bytes = stride * (size_t)frame->height_px;
    if (bytes > picture->capacity) {
        uint8_t *more = realloc(picture->bytes, bytes);
        if (!more) {
            return false;
        }
        picture->bytes = more;
        picture->capacity = bytes;
    }
    for (int row = 0; row < frame->height_px; row++) {
        memcpy(picture->bytes + (size_t)row * stride,
            frame->bytes + (size_t)row * (size_t)frame->stride_bytes, stride);
    }
    picture->width = frame->width_px;
    picture->height = frame->height_px;
    picture->stride = (int)stride;
    return true;
}

bool
bw_ui_camera_picture_has(const struct bw_ui_camera_picture *picture)
{
    return picture->width > 0;
}

static void
map_columns(struct bw_ui_camera_picture *picture, const SDL_Rect *rect)
{
    if (SDL_RectEquals(&picture->mapped, rect) &&
        picture->mapped_width == picture->width &&
        picture->mapped_height == picture->height) {
        return;
    }
    double scale =
        fmin((double)picture->width / rect->w, (double)picture->height / rect->h);
    double crop_x = (picture->width - rect->w * scale) / 2;
    double crop_y = (picture->height - rect->h * scale) / 2;
    for (int x = 0; x < rect->w; x++) {
        int mirrored = rect->w - 1 - x;
        int column = (int)(crop_x + (mirrored + 0.5) * scale);
        column = column < picture->width ? column : picture->width - 1;
        picture->column_at[x] = column;
    }
    picture->crop_y_16 = (int)((crop_y + scale / 2) * 65536);
    picture->step_16 = (int)(scale * 65536);
    picture->mapped = *rect;
    picture->mapped_width = picture->width;
    picture->mapped_height = picture->height;
}

static void
dim(uint32_t *row, int from, int to)
{
    unsigned rest = 256 - BW_CAMERA_DIM;
    unsigned red_blue = (BW_DIEP & 0xFF00FFu) * BW_CAMERA_DIM;
    unsigned green = (BW_DIEP & 0x00FF00u) * BW_CAMERA_DIM;
    for (int x = from; x < to; x++) {
        unsigned rb = ((row[x] & 0xFF00FFu) * rest + red_blue) >> 8;
        unsigned g = ((row[x] & 0x00FF00u) * rest + green) >> 8;
        row[x] = 0xFF000000u | (rb & 0xFF00FFu) | (g & 0x00FF00u);
    }
}

/* How far the guide's rounded corner stands in at this row. */
static int
inset_at(const SDL_Rect *guide, int radius, int y)
{
    int from_top = y - guide->y;
    int from_bottom = guide->y + guide->h - 1 - y;
    int near = from_top < from_bottom ? from_top : from_bottom;
    if (near >= radius) {
        return 0;
    }
    double drop = radius - near - 0.5;
    return (int)lround(radius - sqrt(fmax(0, (double)radius * radius - drop * drop)));
}

static void
dim_outside(uint32_t *row, int y, const SDL_Rect *rect, const SDL_Rect *guide, int radius,
    int from, int to)
{
    if (SDL_RectEmpty(guide)) {
        return;
    }
    if (y < guide->y || y >= guide->y + guide->h) {
        dim(row, from, to);
        return;
    }
    int inset = inset_at(guide, radius, y);
    int left = guide->x - rect->x + inset;
    int right = guide->x - rect->x + guide->w - inset;
    dim(row, from, left < to ? (left > from ? left : from) : to);
    dim(row, right > from ? right : from, to);
}

bool
bw_ui_camera_picture_paint(struct bw_ui_camera_picture *picture, SDL_Surface *target,
    SDL_Rect rect, SDL_Rect guide, int radius)
{
    SDL_Rect clip;
    if (rect.w > WIDTH_MAX || rect.w < 2 || rect.h < 2 ||
        !SDL_IntersectRect(&rect, &target->clip_rect, &clip)) {
        return false;
    }
    map_columns(picture, &rect);
    int from = clip.x - rect.x;
    int to = from + clip.w;
    int first = picture->column_at[to - 1] / 2 * 2; /* mirrored */
    int width = picture->column_at[from] / 2 * 2 + 2 - first;
    int converted = -1;
    for (int y = clip.y; y < clip.y + clip.h; y++) {
        int64_t row_16 = picture->crop_y_16 + (int64_t)picture->step_16 * (y - rect.y);
        int frame_row = (int)(row_16 >> 16);
        frame_row = frame_row < picture->height ? frame_row : picture->height - 1;
        if (frame_row != converted) {
            const uint8_t *line =
                picture->bytes + (size_t)frame_row * (size_t)picture->stride;
            bw_ui_yuy2_convert(line + 2 * first, width, picture->pixels + first);
            converted = frame_row;
        }
        uint32_t *row =
            (uint32_t *)(void *)((Uint8 *)target->pixels + y * target->pitch) + rect.x;
        for (int x = from; x < to; x++) {
            row[x] = picture->pixels[picture->column_at[x]];
        }
        dim_outside(row, y, &rect, &guide, radius, from, to);
    }
    return true;
}
