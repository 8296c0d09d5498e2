/* The kernels are learnt first where all that they cover is known, then everywhere. The
 * modules follow by descent along the gradient of what is unexplained, with momentum,
 * kept between dark and light (Landweber, projected). Pure, but for the memory it is
 * given. */
#include "deblur.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 5, ROUNDS_AGAIN = 2, STEPS = 24, PLACES = BW_DEBLUR_PLACES };

/* Of a module: from its middle to where it is looked at, and about that place. */
#define AWAY 0.25F
#define ABOUT 0.11F

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

static float
between_levels(const struct bw_sampled *sampled, int i, float grey)
{
    float half = fmaxf((sampled->light[i] - sampled->dark[i]) / 2, 2);
    float seen = (grey - (sampled->dark[i] + sampled->light[i]) / 2) / half;
    return fminf(fmaxf(seen, -2), 2);
}

/* One module's way, from its neighbours before and after. */
static struct bw_point
step_of(const struct bw_sampled *sampled, int i, int before, int after)
{
    struct bw_point from = sampled->at[i - before], to = sampled->at[i + after];
    float steps = before && after ? 2 : 1;
    return (struct bw_point){(to.x - from.x) / steps, (to.y - from.y) / steps};
}

/* Looks at the four places of a module. */
static void
look(struct bw_deblur *work, int modules, const struct bw_scan_view *view,
    const struct bw_sampled *sampled, int i)
{
    int x = i % modules, y = i / modules;
    struct bw_point at = sampled->at[i];
    struct bw_point along = step_of(sampled, i, x > 0, x + 1 < modules);
    struct bw_point down =
        step_of(sampled, i, y > 0 ? modules : 0, y + 1 < modules ? modules : 0);
    for (int place = 0; place < PLACES; place++) {
        float sum = 0;
        for (int k = 0; k < 4; k++) {
            float u = (place & 1 ? AWAY : -AWAY) + (k & 1 ? ABOUT : -ABOUT),
                  v = (place & 2 ? AWAY : -AWAY) + (k & 2 ? ABOUT : -ABOUT);
            sum += bw_scan_view_sample(
                view, at.x + u * along.x + v * down.x, at.y + u * along.y + v * down.y);
        }
        work->seen[place][bw_blur_cell(modules, x, y)] =
            between_levels(sampled, i, sum / 4);
    }
}

static void
begin(struct bw_deblur *work, int modules, const int8_t *pattern,
    const struct bw_scan_view *view, bool again, const struct bw_sampled *sampled)
{
    struct bw_blur_field *field = &work->field;
    int row = bw_blur_row(modules);
    for (int i = 0; i < row * row; i++) {
        field->guess[i] = again ? field->guess[i] : 1; /* the quiet zone */
        field->counts[i] = 0;
        work->ahead[i] = 1;
        work->rest[i] = 0;
    }
    for (int i = 0; i < modules * modules; i++) {
        int at = bw_blur_cell(modules, i % modules, i / modules);
        field->seen[at] = between_levels(sampled, i, sampled->grey[i]);
        look(work, modules, view, sampled, i);
        if (pattern[i] >= 0) {
            field->guess[at] = pattern[i] ? -1 : 1;
        } else if (!again) {
            field->guess[at] = field->seen[at] / 2;
        }
        field->counts[at] =
            (again || is_known(modules, pattern, i % modules, i / modules)) &&
            bw_scan_view_holds(view, sampled->at[i].x, sampled->at[i].y);
    }
}

static void
count_seen(struct bw_deblur *work, int modules, const struct bw_scan_view *view,
    const struct bw_sampled *sampled)
{
    for (int i = 0; i < modules * modules; i++) {
        work->field.counts[bw_blur_cell(modules, i % modules, i / modules)] =
            bw_scan_view_holds(view, sampled->at[i].x, sampled->at[i].y);
    }
}

/* Places that are opposite in a module have kernels that mirror each other. */
static bool
learn(struct bw_deblur *work, int modules)
{
    for (int place = 0; place < PLACES / 2; place++) {
        int other = PLACES - 1 - place;
        if (!bw_blur_learn_pair(&work->field, work->seen[place], work->seen[other],
                modules, &work->at[place])) {
            return false;
        }
        work->at[other].level = work->at[place].level;
        for (int i = 0; i < BW_BLUR_TAPS; i++) {
            work->at[other].tap[i] = work->at[place].tap[BW_BLUR_TAPS - 1 - i];
        }
    }
    return true;
}

/* Adds what the kernel makes of `from` to the symbol's cells of `to`. */
static void
spread(const struct bw_blur *blur, const float *from, int modules, float *restrict to)
{
    for (int y = 0; y < modules; y++) {
        float *out = to + bw_blur_cell(modules, 0, y);
        for (int i = 0; i < BW_BLUR_SIDE; i++) {
            const float *in =
                from + bw_blur_cell(modules, -BW_BLUR_REACH, y + i - BW_BLUR_REACH);
            const float *tap = blur->tap + i * BW_BLUR_SIDE;
            float a = tap[0], b = tap[1], c = tap[2], d = tap[3], e = tap[4];
            for (int x = 0; x < modules; x++) {
                out[x] += a * in[x] + b * in[x + 1] + c * in[x + 2] + d * in[x + 3] +
                          e * in[x + 4];
            }
        }
    }
}

/* Adds to the pull what is unexplained of one place; its mirror's kernel is its
 * transpose. */
static void
pull_at(struct bw_deblur *work, int modules, int place)
{
    const struct bw_blur_field *field = &work->field;
    for (int y = 0; y < modules; y++) {
        memset(&work->rest[bw_blur_cell(modules, 0, y)], 0,
            (size_t)modules * sizeof *work->rest);
    }
    spread(&work->at[place], work->ahead, modules, work->rest);
    float level = work->at[place].level;
    for (int y = 0; y < modules; y++) {
        for (int at = bw_blur_cell(modules, 0, y), i = 0; i < modules; i++, at++) {
            float rest = work->seen[place][at] - level - work->rest[at];
            work->rest[at] = field->counts[at] ? rest : 0;
        }
    }
    spread(&work->at[PLACES - 1 - place], work->rest, modules, work->pull);
}

static void
descend(
    struct bw_deblur *work, int modules, const int8_t *pattern, float pace, float push)
{
    float *guess = work->field.guess;
    for (int y = 0; y < modules; y++) {
        for (int at = bw_blur_cell(modules, 0, y), i = 0; i < modules; i++, at++) {
            work->ahead[at] = guess[at] + push * (guess[at] - work->last[at]);
            work->last[at] = guess[at];
            work->pull[at] = 0;
        }
    }
    for (int place = 0; place < PLACES; place++) {
        pull_at(work, modules, place);
    }
    for (int i = 0; i < modules * modules; i++) {
        int at = bw_blur_cell(modules, i % modules, i / modules);
        if (pattern[i] < 0) {
            guess[at] = fminf(fmaxf(work->ahead[at] + pace * work->pull[at], -1), 1);
        }
    }
}

/* The most that the kernels make larger. */
static float
gain_of(const struct bw_deblur *work)
{
    float gain = 0.01F;
    for (int place = 0; place < PLACES; place++) {
        float sum = 0;
        for (int i = 0; i < BW_BLUR_TAPS; i++) {
            sum += fabsf(work->at[place].tap[i]);
        }
        gain += sum * sum;
    }
    return gain;
}

void
bw_deblur_run(struct bw_deblur *work, int modules, const int8_t *pattern,
    const struct bw_scan_view *view, bool again, struct bw_sampled *sampled,
    float *ret_sure)
{
    int rounds = again ? ROUNDS_AGAIN : ROUNDS;
    begin(work, modules, pattern, view, again, sampled);
    for (int round = 0; round < rounds && learn(work, modules); round++) {
        float pace = 1 / gain_of(work);
        count_seen(work, modules, view, sampled);
        memcpy(work->last, work->field.guess, sizeof work->last);
        for (int i = 0; i < STEPS; i++) {
            descend(work, modules, pattern, pace, (float)i / (float)(i + 3));
        }
    }
    (void)bw_blur_learn(&work->field, modules, &work->blur);
    for (int i = 0; i < modules * modules; i++) {
        float guess = work->field.guess[bw_blur_cell(modules, i % modules, i / modules)];
        sampled->cells[i] = guess < 0;
        ret_sure[i] = fabsf(guess);
    }
}
