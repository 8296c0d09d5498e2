/* How large things are on this screen, from its pixels and its millimetres.
 *
 * MT1 u is 1/90 of the shorter side; every length of a screen is a multiple of u.
 * MT2 A touch target is never under 20 mm, a gap between two never under 5 mm, where the
 *     panel is large enough for it (screens say where it isn't).
 *     In a staff list 12 mm high, 20 mm wide.
 * MT3 Capitals that an attendee must read are never under 7.3 mm,
 *     staff's never under 5 mm.
 *
 * Values without behaviour; UI thread. */
#ifndef BW_UI_METRIC_H
#define BW_UI_METRIC_H

#include "theme.h"
#include <stdbool.h>

/* By millimetres, never by pixels. */
enum bw_ui_size {
    BW_UI_ROOMY,   /* the pictures: 19 inch and more */
    BW_UI_SMALL,   /* 15 to 19 inch */
    BW_UI_COMPACT, /* under 15 inch: no illustration; under 12 neither counter nor tips */
};

enum bw_ui_reader { BW_ATTENDEE, BW_STAFF };
enum { BW_READER_COUNT = BW_STAFF + 1 };

struct bw_ui_metric {
    int width_px, height_px;
    double pitch_mm; /* of one pixel */
    double u;        /* in pixels */
    bool portrait;
    bool larger; /* Groter */
    bool tiny;   /* under 12 inch */
    enum bw_ui_size size;
    int touch, gap, margin; /* px */
    int staff_touch;        /* height of a target in a staff list: 12 mm will do */
    int line;               /* border of a control */
    int r1, r2, r3;         /* radii */
    int type_px[BW_READER_COUNT][BW_TYPE_COUNT];
};

/* Height of Lato's capitals as a part of its size. */
#define BW_CAPITAL_PART 0.7165
#define BW_ATTENDEE_CAPITAL_MM 7.3
#define BW_STAFF_CAPITAL_MM 5.0
#define BW_TOUCH_MM 20.0
#define BW_STAFF_TOUCH_MM 12.0
#define BW_GAP_MM 5.0

/* `pitch_mm` 0: not known; then as a 21.5 inch panel, from 10 to 27 inch in all. */
void bw_ui_metric_init(struct bw_ui_metric *metric, int width_px, int height_px,
    double pitch_mm, bool larger);

/* k units in pixels. */
int bw_ui_px(const struct bw_ui_metric *metric, double k);

/* Millimetres in pixels, rounded up. */
int bw_ui_mm(const struct bw_ui_metric *metric, double mm);

#endif
