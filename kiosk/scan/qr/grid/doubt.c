/* Eight places round the middle, as far from it as a lens leaves them to the module. */
#include "doubt.h"

#include <math.h>

#define AWAY 0.3F /* of a module */

static struct bw_point
step_along(const struct bw_sampled *sampled, int at, int before, int after)
{
    struct bw_point from = sampled->at[at + before], to = sampled->at[at + after];
    float parts = AWAY / (before && after ? 2 : 1);
    return (struct bw_point){(to.x - from.x) * parts, (to.y - from.y) * parts};
}

void
bw_doubt_run(int modules, const struct bw_scan_view *view,
    const struct bw_sampled *sampled, float *inout_sure)
{
    for (int i = 0; i < modules * modules; i++) {
        int x = i % modules, y = i / modules;
        struct bw_point right =
            step_along(sampled, i, x ? -1 : 0, x + 1 < modules ? 1 : 0);
        struct bw_point down =
            step_along(sampled, i, y ? -modules : 0, y + 1 < modules ? modules : 0);
        float half = (sampled->light[i] - sampled->dark[i]) / 2;
        for (int k = 0; k < 9; k++) {
            int column = k % 3 - 1, row = k / 3 - 1;
            float u = (float)column, v = (float)row;
            float grey =
                bw_scan_view_sample(view, sampled->at[i].x + u * right.x + v * down.x,
                    sampled->at[i].y + u * right.y + v * down.y);
            float off = grey - sampled->dark[i] - half;
            off = (sampled->cells[i] ? -off : off) + half;
            inout_sure[i] = fminf(inout_sure[i], fmaxf(off, 0));
        }
    }
}
