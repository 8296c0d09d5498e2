/* The decoding pipeline. One stream of frames, one thread. */
#include "scanner.h"

#include "binarise.h"
#include "reader.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SIDE_MAX_PX = 1280, BUDGET_US = 33000, WINDOW_RADIUS = 4, MARGIN = 5 };

struct bw_scanner {
    struct bw_scanner_options options;
    struct bw_reader *reader;
    struct bw_binarise binarise;
    uint8_t *grey;  /* a frame made smaller */
    uint8_t *white; /* the frame, 0 or 255 */
    struct bw_reading readings[BW_READER_TEXTS];
};

void
bw_scanner_destroy(struct bw_scanner *scanner)
{
    if (!scanner) {
        return;
    }
    bw_reader_destroy(scanner->reader);
    bw_binarise_finish(&scanner->binarise);
    free(scanner->grey);
    free(scanner->white);
    free(scanner);
}

enum bw_status
bw_scanner_create(const struct bw_scanner_options *options, struct bw_scanner **ret_scanner,
    struct bw_error *err)
{
    struct bw_scanner *scanner = calloc(1, sizeof *scanner);
    if (!scanner) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "Starting the scanner failed: out of "
            "memory. Close other programs.");
    }
    scanner->options = *options;
    if (scanner->options.budget_us == 0) {
        scanner->options.budget_us = BUDGET_US;
    }
    scanner->grey = malloc((size_t)SIDE_MAX_PX * SIDE_MAX_PX);
    scanner->white = malloc((size_t)SIDE_MAX_PX * SIDE_MAX_PX);
    enum bw_status status = bw_reader_create(&scanner->reader, err);
    if (status == BW_OK && (!scanner->grey || !scanner->white
        || !bw_binarise_init(&scanner->binarise, SIDE_MAX_PX, SIDE_MAX_PX))) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "Starting the scanner failed: out of "
            "memory. Close other programs.");
    }
    if (status != BW_OK) {
        bw_scanner_destroy(scanner);
        return status;
    }
    *ret_scanner = scanner;
    return BW_OK;
}

void
bw_scanner_forget(struct bw_scanner *scanner)
{
    (void)scanner;
}

/* Every nth pixel of every nth row, where a side is over the limit. */
static struct bw_luma
fit(struct bw_scanner *scanner, const struct bw_luma *frame)
{
    int longer = frame->width_px > frame->height_px ? frame->width_px : frame->height_px;
    int step = (longer + SIDE_MAX_PX - 1) / SIDE_MAX_PX;
    if (step <= 1) {
        return *frame;
    }
    struct bw_luma small = {.pixels = scanner->grey, .width_px = frame->width_px / step,
        .height_px = frame->height_px / step, .stride_bytes = frame->width_px / step};
    for (int y = 0; y < small.height_px; y++) {
        const uint8_t *from = frame->pixels + (ptrdiff_t)y * step * frame->stride_bytes;
        uint8_t *to = scanner->grey + (ptrdiff_t)y * small.width_px;
        for (int x = 0; x < small.width_px; x++) {
            to[x] = from[x * step];
        }
    }
    return small;
}

static bool
is_ticket(const char *text)
{
    return strncmp(text, "BW1:", 4) == 0;
}

static bool
is_welcome_length(const struct bw_scanner *scanner, const struct bw_reading *reading)
{
    static const char enrolment[] = "{\"brugwachter_enrolment\":";
    return reading->text_bytes < BW_SCAN_TEXT_BYTES || (scanner->options.enrolment
        && strncmp(reading->text, enrolment, sizeof enrolment - 1) == 0);
}

static uint32_t
passed_us(const struct timespec *since)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((now.tv_sec - since->tv_sec) * 1000000
        + (now.tv_nsec - since->tv_nsec) / 1000);
}

enum bw_status
bw_scanner_read(struct bw_scanner *scanner, const struct bw_luma *frame,
    struct bw_sighting *ret_sighting, struct bw_error *err)
{
    if (!frame->pixels || frame->width_px < 1 || frame->height_px < 1
        || frame->stride_bytes < frame->width_px) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading a frame failed: it is %d by %d pixels with %d bytes a row.",
            frame->width_px, frame->height_px, frame->stride_bytes);
    }
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    struct bw_luma luma = fit(scanner, frame);
    bw_binarise_measure(&scanner->binarise, luma.pixels, luma.width_px, luma.height_px,
        luma.stride_bytes);
    bw_binarise_threshold(&scanner->binarise, luma.pixels, luma.width_px, luma.height_px,
        luma.stride_bytes, WINDOW_RADIUS, MARGIN, scanner->white);
    int found = bw_reader_read(scanner->reader, scanner->white, luma.width_px,
        luma.height_px, scanner->readings);
    *ret_sighting = (struct bw_sighting) {0};
    for (int i = 0; i < found; i++) {
        const struct bw_reading *reading = &scanner->readings[i];
        if (!is_welcome_length(scanner, reading) || (ret_sighting->kind
            && !is_ticket(reading->text))) {
            continue;
        }
        ret_sighting->kind = BW_SIGHTING_TEXT;
        ret_sighting->ticket = is_ticket(reading->text);
        memcpy(ret_sighting->text, reading->text, reading->text_bytes + 1);
        for (int c = 0; c < 4; c++) {
            ret_sighting->corner[c][0] = reading->corner[c][0] / (float)luma.width_px;
            ret_sighting->corner[c][1] = reading->corner[c][1] / (float)luma.height_px;
        }
    }
    ret_sighting->spent_us = passed_us(&start);
    return BW_OK;
}
