/* Views as the flow would make them, one a picture: every screen, every verdict, the
 * states that look different. Invented people. Any thread. */
#ifndef BW_TEST_SAMPLES_H
#define BW_TEST_SAMPLES_H

#include "flow/view.h"

struct sample {
    const char *name;
    void (*fill)(struct bw_view *view);
};

extern const struct sample samples[];
extern const int samples_count;

/* A view of sample `number` in the language, ready to be drawn;
 * lists have at most `rows`. */
void sample_view(
    int number, enum bw_language language, int rows, struct bw_view *ret_view);

/* The longest names, schools, titles and places in it, and `number` of everything. */
void sample_stretch(struct bw_view *view, long number);

/* A screen to draw on. */
struct panel {
    const char *name;
    int width_px, height_px;
    double width_mm;
};

extern const struct panel panels[];
extern const int panels_count;

#endif
