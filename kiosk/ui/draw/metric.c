/* Pixels and millimetres to units, touch sizes and type sizes (MT1 to MT3). Pure. */
#include "metric.h"

#include <assert.h>
#include <math.h>

enum { UNITS = 90 };

#define PITCH_MM 0.2479 /* 21.5 inch, 1920x1080 */
#define INCH_MM 25.4

/* Size in units, and the least size as a multiple of the reader's floor. */
struct step {
    double k;
    double floor;
};

static const struct step steps[BW_TYPE_COUNT] = {
    [BW_T1] = {2.667, 1.0},
    [BW_T2] = {3.333, 1.0},
    [BW_T3] = {4, 1.05},
    [BW_T4] = {4.667, 1.1},
    [BW_T5] = {6, 1.2},
    [BW_T6] = {8, 1.3},
    [BW_T7] = {11, 1.5},
    [BW_T8] = {14, 1.6},
};

/* t1 and t2 are too small for what an attendee must read. */
#define ATTENDEE_LEAST_K 3.5

int
bw_ui_px(const struct bw_ui_metric *metric, double k)
{
    return (int)lround(k * metric->u);
}

int
bw_ui_mm(const struct bw_ui_metric *metric, double mm)
{
    return (int)ceil(mm / metric->pitch_mm);
}

static double
diagonal_inch(const struct bw_ui_metric *metric)
{
    return hypot(metric->width_px, metric->height_px) * metric->pitch_mm / INCH_MM;
}

static double
guess_pitch(int width_px, int height_px)
{
    double diagonal_px = hypot(width_px, height_px);
    double inch = fmin(fmax(diagonal_px * PITCH_MM / INCH_MM, 10), 27);
    return inch * INCH_MM / diagonal_px;
}

static double
larger_by(enum bw_ui_type type)
{
    switch (type) {
    case BW_T1:
    case BW_T2:
    case BW_T3:
        return 1.3;
    case BW_T4:
    case BW_T5:
        return 1.2;
    case BW_T6:
        return 1.1;
    case BW_T7:
    case BW_T8:
        return 1;
    }
    return 1;
}

static int
type_px(const struct bw_ui_metric *metric, enum bw_ui_reader reader, enum bw_ui_type type)
{
    bool attendee = reader == BW_ATTENDEE;
    double capital_mm = attendee ? BW_ATTENDEE_CAPITAL_MM : BW_STAFF_CAPITAL_MM;
    double floor_px = capital_mm / BW_CAPITAL_PART / metric->pitch_mm;
    double k = steps[type].k;
    if (attendee && k < ATTENDEE_LEAST_K) {
        k = ATTENDEE_LEAST_K;
    }
    double size = fmax(k * metric->u, floor_px * steps[type].floor);
    if (metric->larger && attendee) {
        size *= larger_by(type);
    }
    return (int)ceil(size - 0.25);
}

static int
at_least(int size, int floor)
{
    return size < floor ? floor : size;
}

void
bw_ui_metric_init(struct bw_ui_metric *metric, int width_px, int height_px,
    double pitch_mm, bool larger)
{
    assert(width_px > 0 && height_px > 0);
    int shorter = width_px < height_px ? width_px : height_px;
    *metric = (struct bw_ui_metric){
        .width_px = width_px,
        .height_px = height_px,
        .pitch_mm = pitch_mm > 0 ? pitch_mm : guess_pitch(width_px, height_px),
        .u = (double)shorter / UNITS,
        .portrait = height_px > width_px,
        .larger = larger,
    };
    assert(metric->u > 0); /* MT1 */
    double inch = diagonal_inch(metric);
    metric->size = inch < 14.9 ? BW_UI_COMPACT : inch < 18.5 ? BW_UI_SMALL : BW_UI_ROOMY;
    metric->tiny = inch < 12;
    metric->touch = at_least(bw_ui_px(metric, 7), bw_ui_mm(metric, BW_TOUCH_MM));
    metric->staff_touch =
        at_least(bw_ui_px(metric, 5), bw_ui_mm(metric, BW_STAFF_TOUCH_MM));
    int gap_least = bw_ui_mm(metric, BW_GAP_MM);
    metric->gap =
        at_least(bw_ui_px(metric, metric->size == BW_UI_COMPACT ? 2 : 3), gap_least);
    assert(metric->touch * metric->pitch_mm >= BW_TOUCH_MM - 1e-6); /* MT2 */
    assert(metric->gap * metric->pitch_mm >= BW_GAP_MM - 1e-6);
    metric->margin = bw_ui_px(metric, metric->size == BW_UI_COMPACT ? 3 : 5);
    metric->line = at_least(bw_ui_px(metric, 1.0 / 3), 2);
    metric->r1 = bw_ui_px(metric, 1);
    metric->r2 = bw_ui_px(metric, 2);
    metric->r3 = bw_ui_px(metric, 3);
    for (int reader = 0; reader < BW_READER_COUNT; reader++) {
        for (int type = 0; type < BW_TYPE_COUNT; type++) {
            metric->type_px[reader][type] =
                type_px(metric, (enum bw_ui_reader)reader, (enum bw_ui_type)type);
        }
    }
}
