/* Near a lamp all light modules are as white as the camera can tell, so what is below
 * that is dark, however light. What is as white is a light module only where dark ones
 * beside it show that one would be seen. Pure. */
#include "glare.h"

#include <math.h>
#include <string.h>

enum {
    WHITE_MIN = 230, /* cameras of limited range end at 235 */
    SPREAD = 5,      /* of white, in greys */
    GREYS = 256,
    NEAR = 1, /* modules round one */
    AROUND = 2,
    FAR = 3,
};

/* Of the way from the ink's grey to the paper's: ink that is as much lighter is lit. */
#define LIFTED 0.3F

/* Of the way from white to the darkest beside a module: below that it is dark. */
#define BELOW 0.2F

/* How much lighter ink may become from one module to the next, in parts of what it is
 * lifted. */
#define STEEP 0.3F

struct scale {
    float ink, paper, white;
};

static struct scale
scale_of(int modules, const float *grey)
{
    int histogram[GREYS] = {0}, cells = modules * modules, seen = 0;
    struct scale scale = {-1, -1, 0};
    for (int i = 0; i < cells; i++) {
        int at = (int)fminf(fmaxf(grey[i], 0), GREYS - 1);
        histogram[at]++;
        scale.white = fmaxf(scale.white, grey[i]);
    }
    for (int at = 0; at < GREYS; at++) {
        seen += histogram[at];
        scale.ink = scale.ink < 0 && seen * 5 > cells ? (float)at : scale.ink;
        scale.paper = scale.paper < 0 && seen * 5 > cells * 4 ? (float)at : scale.paper;
    }
    return scale;
}

/* The window round a module, cut off at the symbol's edge. */
struct window {
    int left, top, right, bottom; /* the last two are the first ones outside */
};

static struct window
window_of(int modules, int at, int reach)
{
    int x = at % modules, y = at / modules;
    return (struct window){.left = x < reach ? 0 : x - reach,
        .top = y < reach ? 0 : y - reach,
        .right = x + reach + 1 > modules ? modules : x + reach + 1,
        .bottom = y + reach + 1 > modules ? modules : y + reach + 1};
}

static float
least_of(int modules, const float *grey, int at, int reach)
{
    struct window in = window_of(modules, at, reach);
    float least = grey[at];
    for (int y = in.top; y < in.bottom; y++) {
        for (int x = in.left; x < in.right; x++) {
            least = fminf(least, grey[y * modules + x]);
        }
    }
    return least;
}

static float
most_of(int modules, const float *grey, int at, int reach)
{
    struct window in = window_of(modules, at, reach);
    float most = grey[at];
    for (int y = in.top; y < in.bottom; y++) {
        for (int x = in.left; x < in.right; x++) {
            most = fmaxf(most, grey[y * modules + x]);
        }
    }
    return most;
}

/* The lightest of the dark modules round one; negative where there is none. */
static float
lightest_ink(const struct bw_glare *glare, int modules, const float *grey,
    const struct scale *scale, int at, int reach)
{
    struct window in = window_of(modules, at, reach);
    float most = -1;
    for (int y = in.top; y < in.bottom; y++) {
        for (int x = in.left; x < in.right; x++) {
            int i = y * modules + x;
            bool dark = glare->module[i] == BW_GLARE_NONE
                            ? grey[i] * 2 < scale->ink + scale->paper
                            : glare->module[i] == BW_GLARE_DARK;
            most = dark ? fmaxf(most, grey[i]) : most;
        }
    }
    return most;
}

/* How clear it is that a white module is light: by how far ink would be below white. */
static float
sure_light(const struct bw_glare *glare, int modules, const float *grey,
    const struct scale *scale, int at)
{
    float ink = -1, steep = 1;
    for (int reach = NEAR; reach <= FAR && ink < 0; reach++) {
        ink = lightest_ink(glare, modules, grey, scale, at, reach);
        steep = 1 + STEEP * (float)(reach - NEAR);
    }
    if (ink < 0) {
        return 0;
    }
    ink = scale->ink + (ink - scale->ink) * steep;
    return fmaxf(scale->white - ink, 0) / 2;
}

void
bw_glare_see(struct bw_glare *glare, int modules, const struct bw_sampled *sampled)
{
    const float *grey = sampled->grey;
    struct scale scale = scale_of(modules, grey);
    float lifted = scale.ink + LIFTED * (scale.paper - scale.ink);
    glare->count = 0;
    if (scale.white < WHITE_MIN) {
        return;
    }
    memset(glare->module, BW_GLARE_NONE, (size_t)(modules * modules));
    for (int i = 0; i < modules * modules; i++) {
        float least = least_of(modules, grey, i, NEAR);
        if (least > lifted && most_of(modules, grey, i, AROUND) >= scale.white - SPREAD) {
            float limit = scale.white - SPREAD - BELOW * (scale.white - least);
            glare->module[i] = grey[i] < limit ? BW_GLARE_DARK : BW_GLARE_LIGHT;
            glare->sure[i] =
                grey[i] < scale.white - SPREAD ? fabsf(grey[i] - limit) : scale.white;
            glare->count++;
        }
    }
    for (int i = 0; i < modules * modules && glare->count > 0; i++) {
        if (glare->module[i] == BW_GLARE_LIGHT) {
            glare->sure[i] =
                fminf(glare->sure[i], sure_light(glare, modules, grey, &scale, i));
        }
    }
}

void
bw_glare_put(const struct bw_glare *glare, int modules, struct bw_sampled *sampled,
    float *inout_sure)
{
    for (int i = 0; i < modules * modules && glare->count > 0; i++) {
        if (glare->module[i] != BW_GLARE_NONE) {
            sampled->cells[i] = glare->module[i] == BW_GLARE_DARK;
            inout_sure[i] = glare->sure[i];
        }
    }
}
