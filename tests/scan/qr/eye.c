/* Reading what was drawn: see eye.h. */
#include "eye.h"

#include "scan/qr/budget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What a slow machine can't do in time isn't what is tested here: no time passes, any
 * step may begin, and how far a frame is looked into is the same everywhere. */
enum { PATIENT_US = 5000000 };

static uint64_t
stand_still(void *context)
{
    (void)context;
    return 0;
}

static const struct bw_budget_clocks still = {stand_still, stand_still, NULL};

uint8_t eye_pixels[EYE_WIDTH * EYE_HEIGHT];
struct scan_symbol eye_symbol;
struct bw_sighting eye_sighting;

struct bw_scanner *
eye_open(struct bw_scanner_options options)
{
    struct bw_scanner *scanner = NULL;
    options.budget_us = PATIENT_US;
    options.clocks = &still;
    assert_int_equal(bw_scanner_create(&options, &scanner, NULL), BW_OK);
    return scanner;
}

void
eye_read(struct bw_scanner *scanner, const struct bw_luma *frame, int frames)
{
    for (int i = 0; i < frames; i++) {
        assert_int_equal(bw_scanner_read(scanner, frame, &eye_sighting, NULL), BW_OK);
        if (eye_sighting.kind == BW_SIGHTING_TEXT) {
            return;
        }
    }
}

void
eye_draw(
    const char *text, int version, const struct scan_scene *scene, uint8_t *ret_pixels)
{
    assert_true(scan_symbol_encode(text, version, 1, &eye_symbol));
    assert_true(scan_render(&eye_symbol, scene, ret_pixels));
}

void
eye_see(const char *text, int version, const struct scan_scene *scene,
    struct bw_scanner_options options)
{
    const struct bw_luma frame = {
        eye_pixels, scene->width_px, scene->height_px, scene->width_px};
    struct bw_scanner *scanner = eye_open(options);
    eye_draw(text, version, scene, eye_pixels);
    eye_read(scanner, &frame, 4);
    bw_scanner_destroy(scanner);
}
