/* Pictures are made when first asked for, once a frame. Scan thread. */
#include "canvas.h"

#include "scale.h"

#include <stdlib.h>
#include <string.h>

enum {
    SIDE = BW_CANVAS_SIDE_MAX_PX,
    /* Doubling is for symbols that are small; a picture this size is doubled whole. */
    DOUBLED_WIDTH_PX = 640,
    DOUBLED_HEIGHT_PX = 640,
};

/* Where a view lies in the frame. */
struct spot {
    int x, y, width, height;
};

bool
bw_canvas_init(struct bw_canvas *canvas)
{
    size_t pixels = (size_t)SIDE * SIDE;
    for (int i = 0; i < BW_CANVAS_SIZES; i++) {
        canvas->grey[i] = malloc(pixels);
        if (!canvas->grey[i]) {
            return false;
        }
    }
    canvas->work = malloc(pixels);
    canvas->white = malloc(pixels);
    return canvas->work && canvas->white &&
           bw_binarise_init(&canvas->binarise, SIDE, SIDE);
}

void
bw_canvas_finish(struct bw_canvas *canvas)
{
    bw_binarise_finish(&canvas->binarise);
    for (int i = 0; i < BW_CANVAS_SIZES; i++) {
        free(canvas->grey[i]);
    }
    free(canvas->work);
    free(canvas->white);
    *canvas = (struct bw_canvas){0};
}

/* The frame at full size with a stride equal to the width: often as it is. */
static void
take_frame(struct bw_canvas *canvas, const struct bw_luma *frame)
{
    int longer = frame->width_px > frame->height_px ? frame->width_px : frame->height_px;
    int step = (longer + SIDE - 1) / SIDE;
    uint8_t *own = canvas->grey[BW_CANVAS_FULL];
    canvas->frame = *frame;
    canvas->frame_scale = (float)step;
    if (step > 1) {
        bw_scale_down(frame->pixels, frame->width_px, frame->height_px,
            frame->stride_bytes, step, own);
        canvas->frame.width_px /= step;
        canvas->frame.height_px /= step;
    } else if (frame->stride_bytes != frame->width_px) {
        for (int y = 0; y < frame->height_px; y++) {
            memcpy(own + (ptrdiff_t)y * frame->width_px,
                frame->pixels + (ptrdiff_t)y * frame->stride_bytes,
                (size_t)frame->width_px);
        }
    } else {
        own = NULL;
    }
    canvas->frame.stride_bytes = canvas->frame.width_px;
    canvas->frame.pixels = own ? own : frame->pixels;
}

void
bw_canvas_begin(struct bw_canvas *canvas, const struct bw_luma *frame)
{
    memset(canvas->made, 0, sizeof canvas->made);
    memset(canvas->measured, 0, sizeof canvas->measured);
    take_frame(canvas, frame);
}

/* Where a part begins that has the focus in its middle, as far as it stays inside. */
static int
offset(float focus, int whole, int part)
{
    int at = (int)(focus * (float)whole) - part / 2;
    return at < 0 ? 0 : at > whole - part ? whole - part : at;
}

static struct spot
place_of(const struct bw_canvas *canvas, enum bw_canvas_size size)
{
    int width = canvas->frame.width_px, height = canvas->frame.height_px;
    struct spot spot = {0, 0, width, height};
    if (size == BW_CANVAS_DOUBLE || size == BW_CANVAS_FINE) {
        spot.width = width < DOUBLED_WIDTH_PX ? width : DOUBLED_WIDTH_PX;
        spot.height = height < DOUBLED_HEIGHT_PX ? height : DOUBLED_HEIGHT_PX;
        spot.x = offset(canvas->focus_x, width, spot.width);
        spot.y = offset(canvas->focus_y, height, spot.height);
    }
    return spot;
}

static const uint8_t *view_of(
    struct bw_canvas *canvas, enum bw_canvas_size size, const struct spot *spot);

/* The sharp frame, twice as large. */
static void
make_fine(struct bw_canvas *canvas, const struct spot *spot, uint8_t *to)
{
    struct spot whole = place_of(canvas, BW_CANVAS_SHARP);
    const uint8_t *sharp = view_of(canvas, BW_CANVAS_SHARP, &whole);
    int stride = canvas->frame.width_px;
    bw_scale_double(sharp + (ptrdiff_t)spot->y * stride + spot->x, spot->width,
        spot->height, stride, to);
}

/* Half as large, with edges against four times the blur. */
static void
make_steep(struct bw_canvas *canvas, const struct spot *spot, uint8_t *to)
{
    int width = spot->width / 2, height = spot->height / 2;
    const uint8_t *half = view_of(canvas, BW_CANVAS_HALF, spot);
    bw_scale_blur(half, width, height, width, canvas->work, to);
    for (int i = 0; i < 3; i++) {
        bw_scale_blur(to, width, height, width, canvas->work, to);
    }
    bw_scale_sharpen(half, to, width * height, to);
}

static void
make(struct bw_canvas *canvas, enum bw_canvas_size size, const struct spot *spot)
{
    const uint8_t *from =
        canvas->frame.pixels + (ptrdiff_t)spot->y * canvas->frame.width_px + spot->x;
    uint8_t *to = canvas->grey[size];
    int stride = canvas->frame.width_px;
    switch (size) {
    case BW_CANVAS_FULL:
        break;
    case BW_CANVAS_HALF:
        bw_scale_half(from, spot->width, spot->height, stride, to);
        break;
    case BW_CANVAS_QUARTER:
        bw_scale_down(from, spot->width, spot->height, stride, 4, to);
        break;
    case BW_CANVAS_DOUBLE:
        bw_scale_double(from, spot->width, spot->height, stride, to);
        break;
    case BW_CANVAS_SOFT:
        bw_scale_blur(from, spot->width, spot->height, stride, canvas->work, to);
        bw_scale_blur(to, spot->width, spot->height, stride, canvas->work, to);
        break;
    case BW_CANVAS_SHARP:
        bw_scale_sharpen(
            from, view_of(canvas, BW_CANVAS_SOFT, spot), spot->width * spot->height, to);
        break;
    case BW_CANVAS_FINE:
        make_fine(canvas, spot, to);
        break;
    case BW_CANVAS_SHADE:
        bw_scale_blur(from, spot->width, spot->height, stride, canvas->work, to);
        bw_scale_stretch(to, spot->width * spot->height, canvas->shade, to);
        break;
    case BW_CANVAS_WHOLE:
    case BW_CANVAS_WHOLE_WIDE:
        bw_scale_mend(from, spot->width, spot->height, size == BW_CANVAS_WHOLE ? 1 : 2,
            canvas->work, to);
        break;
    case BW_CANVAS_STEEP:
        make_steep(canvas, spot, to);
        break;
    }
}

static const uint8_t *
view_of(struct bw_canvas *canvas, enum bw_canvas_size size, const struct spot *spot)
{
    if (!canvas->made[size]) {
        make(canvas, size, spot);
        canvas->made[size] = true;
    }
    return size == BW_CANVAS_FULL ? canvas->frame.pixels : canvas->grey[size];
}

static void
measure(struct bw_canvas *canvas, enum bw_canvas_size size, const uint8_t *grey,
    int width_px, int height_px)
{
    if (!canvas->measured[size]) {
        memset(canvas->measured, 0, sizeof canvas->measured);
        bw_binarise_measure(&canvas->binarise, grey, width_px, height_px, width_px);
        canvas->measured[size] = true;
    }
}

void
bw_canvas_measure(struct bw_canvas *canvas)
{
    measure(canvas, BW_CANVAS_FULL, canvas->frame.pixels, canvas->frame.width_px,
        canvas->frame.height_px);
}

bool
bw_canvas_view(struct bw_canvas *canvas, enum bw_canvas_size size, bool inverted,
    int radius, int margin, struct bw_scan_view *ret_view)
{
    static const struct {
        int up, down;
    } scales[BW_CANVAS_SIZES] = {{1, 1}, {1, 2}, {1, 4}, {2, 1}, {1, 1}, {1, 1}, {2, 1},
        {1, 1}, {1, 1}, {1, 1}, {1, 2}};
    struct spot spot = place_of(canvas, size);
    struct bw_scan_view view = {.white = canvas->white,
        .width_px = spot.width * scales[size].up / scales[size].down,
        .height_px = spot.height * scales[size].up / scales[size].down,
        .x = (float)spot.x,
        .y = (float)spot.y,
        .scale = (float)scales[size].down / (float)scales[size].up,
        .inverted = inverted};
    if (view.width_px < BW_CANVAS_SIDE_MIN_PX || view.height_px < BW_CANVAS_SIDE_MIN_PX) {
        return false;
    }
    view.grey = view_of(canvas, size, &spot);
    measure(canvas, size, view.grey, view.width_px, view.height_px);
    bw_binarise_threshold(&canvas->binarise, view.grey, view.width_px, view.height_px,
        view.width_px, radius, margin, canvas->white);
    *ret_view = view;
    return true;
}
