/* The kernel is learnt first where all that it covers is known, then everywhere. The
 * modules follow by descent along the gradient of what is unexplained, kept between dark
 * and light (Landweber, projected). Pure, but for the memory it is given. */
#include "deblur.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 3, STEPS = 24 };

/* Is all that the kernel covers there known before anything is decided? */
static bool
is_known(int modules, const int8_t *pattern, int x, int y)
{
    for (int i = 0; i < BW_BLUR_TAPS; i++) {
        int at_x = x + i % BW_BLUR_SIDE - BW_BLUR_REACH,
            at_y = y + i / BW_BLUR_SIDE - BW_BLUR_REACH;
        bool in = at_x >= 0 && at_y >= 0 && at_x < modules && at_y < modules;
        if (in && pattern[at_y * modules + at_x] < 0) {
            return false;
        }
    }
    return true;
}

/* One step down; the kernel is its own mirror image. */
static void
descend(struct bw_deblur *work, int modules, const int8_t *pattern, float pace)
{
    struct bw_blur_field *field = &work->field;
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            int at = bw_blur_cell(modules, x, y);
            work->rest[at] = field->seen[at] - work->blur.level -
                             bw_blur_at(&work->blur, field->guess, modules, at);
        }
    }
    for (int y = 0; y < modules; y++) {
        for (int x = 0; x < modules; x++) {
            int at = bw_blur_cell(modules, x, y);
            if (pattern[y * modules + x] < 0) {
                float next = field->guess[at] +
                             pace * bw_blur_at(&work->blur, work->rest, modules, at);
                field->guess[at] = fminf(fmaxf(next, -1), 1);
            }
        }
    }
}

static void
begin(struct bw_deblur *work, int modules, const int8_t *pattern,
    const struct bw_sampled *sampled)
{
    struct bw_blur_field *field = &work->field;
    int row = bw_blur_row(modules);
    for (int i = 0; i < row * row; i++) {
        field->guess[i] = 1; /* the quiet zone */
        field->counts[i] = 0;
        work->rest[i] = 0;
    }
    for (int i = 0; i < modules * modules; i++) {
        int at = bw_blur_cell(modules, i % modules, i / modules);
        float half = fmaxf((sampled->light[i] - sampled->dark[i]) / 2, 2);
        float seen =
            (sampled->grey[i] - (sampled->dark[i] + sampled->light[i]) / 2) / half;
        field->seen[at] = fminf(fmaxf(seen, -2), 2);
        field->guess[at] =
            pattern[i] >= 0 ? (pattern[i] ? -1.0F : 1.0F) : field->seen[at] / 2;
        field->counts[at] = is_known(modules, pattern, i % modules, i / modules);
    }
}

static void
count_all(struct bw_blur_field *field, int modules)
{
    for (int y = 0; y < modules; y++) {
        memset(&field->counts[bw_blur_cell(modules, 0, y)], 1, (size_t)modules);
    }
}

void
bw_deblur_run(struct bw_deblur *work, int modules, const int8_t *pattern,
    struct bw_sampled *sampled, float *ret_sure)
{
    begin(work, modules, pattern, sampled);
    for (int round = 0; round < ROUNDS; round++) {
        if (!bw_blur_learn(&work->field, modules, &work->blur)) {
            break;
        }
        float sum = 0.01F;
        for (int i = 0; i < BW_BLUR_TAPS; i++) {
            sum += fabsf(work->blur.tap[i]);
        }
        for (int i = 0; i < STEPS; i++) {
            descend(work, modules, pattern, 1.8F / (sum * sum));
        }
        count_all(&work->field, modules);
    }
    for (int i = 0; i < modules * modules; i++) {
        float guess = work->field.guess[bw_blur_cell(modules, i % modules, i / modules)];
        sampled->cells[i] = guess < 0;
        ret_sure[i] = fabsf(guess);
    }
}
