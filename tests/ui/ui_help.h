/* What the tests of the screens share: a user interface without a window, of 1920x1080
 * pixels on 21.5 inch. */
#ifndef BW_TESTS_UI_HELP_H
#define BW_TESTS_UI_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/draw/page.h"
#include "tests/golden/samples.h"
#include "ui/ui.h"

static struct bw_ui *ui;
static struct bw_view view;

static inline int
open_ui(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_ui_options options = {
        .offscreen = true, .width_px = 1920, .height_px = 1080, .width_mm = 476};
    return bw_ui_create(&options, &ui, &err) == BW_OK ? 0 : -1;
}

static inline int
close_ui(void **state)
{
    (void)state;
    bw_ui_destroy(ui);
    return 0;
}

/* Of a sample, by its name. */
static inline int
number_of(const char *name)
{
    for (int i = 0; i < samples_count; i++) {
        if (strcmp(samples[i].name, name) == 0) {
            return i;
        }
    }
    fail_msg("no sample %s", name);
    return -1;
}

#endif
