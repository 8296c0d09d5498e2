/* Motion JPEG by libjpeg: see jpeg.h. Any thread. */
#include "jpeg.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

struct decoder {
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr errors;
    jmp_buf give_up;
    /* A line of 4:4:4, and its chroma at half width. */
    uint8_t line[BW_FRAME_WIDTH_MAX * 3];
    uint8_t luma[BW_FRAME_WIDTH_MAX];
    uint8_t u[BW_FRAME_WIDTH_MAX / 2], v[BW_FRAME_WIDTH_MAX / 2];
};

static void
on_error(j_common_ptr info)
{
    longjmp(((struct decoder *)info)->give_up, 1);
}

static void
on_message(j_common_ptr info, int level)
{
    (void)info;
    (void)level; /* warnings: the frame is shown as far as it goes */
}

static void
split_line(struct decoder *decoder, struct bw_raster *raster, int y, bool grey)
{
    const uint8_t *from = decoder->line;
    if (grey) {
        bw_raster_line_from_planes(raster, y, from, NULL, NULL);
        return;
    }
    for (int x = 0; x < raster->width_px; x++) {
        decoder->luma[x] = from[3 * x];
    }
    for (int x = 0; x + 1 < raster->width_px; x += 2) {
        decoder->u[x / 2] = from[3 * x + 1];
        decoder->v[x / 2] = from[3 * x + 2];
    }
    bw_raster_line_from_planes(raster, y, decoder->luma, decoder->u, decoder->v);
}

static bool
decode(
    struct decoder *decoder, const uint8_t *bytes, size_t count, struct bw_raster *raster)
{
    struct jpeg_decompress_struct *info = &decoder->info;
    jpeg_create_decompress(info);
    jpeg_mem_src(info, bytes, count);
    /* several passes: no camera does, and each takes the time of a picture */
    if (jpeg_read_header(info, TRUE) != JPEG_HEADER_OK || jpeg_has_multiple_scans(info) ||
        info->image_width != (JDIMENSION)raster->width_px ||
        info->image_height != (JDIMENSION)raster->height_px ||
        (info->num_components != 1 && info->num_components != 3)) {
        return false;
    }
    bool grey = info->num_components == 1;
    info->out_color_space = grey ? JCS_GRAYSCALE : JCS_YCbCr;
    info->dct_method = JDCT_IFAST;
    info->do_fancy_upsampling = FALSE;
    (void)jpeg_start_decompress(info);
    while (info->output_scanline < info->output_height) {
        int y = (int)info->output_scanline;
        JSAMPROW row = decoder->line;
        if (jpeg_read_scanlines(info, &row, 1) != 1) {
            return false;
        }
        split_line(decoder, raster, y, grey);
    }
    return true;
}

enum bw_status
bw_jpeg_draw(
    const uint8_t *bytes, size_t count, struct bw_raster *raster, struct bw_error *err)
{
    struct decoder decoder = {.errors.error_exit = on_error};
    decoder.info.err = jpeg_std_error(&decoder.errors);
    decoder.errors.error_exit = on_error;
    decoder.errors.emit_message = on_message;
    bool whole = false;
    if (setjmp(decoder.give_up) == 0) {
        whole = decode(&decoder, bytes, count, raster);
    }
    jpeg_destroy_decompress(&decoder.info);
    if (!whole) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "Reading a picture of the camera: it came in damaged");
    }
    return BW_OK;
}
