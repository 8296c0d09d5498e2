/* All triples, each with every corner as the top left one, by a cost that a symbol seen
 * from the front makes 0. Three patterns never look mirrored here: top right and bottom
 * left are swapped until they turn clockwise; a symbol that is mirrored itself shows in
 * its format information. Pure. */
#include "triple.h"

#include <math.h>

enum { MODULES_MIN = 12, MODULES_MAX = 230 };

/* Of the two sides: the cosine of their angle, and how they differ. */
#define LEAN_MAX 0.8F
#define SIDES_MAX 3.2F

static float
largest(float a, float b, float c)
{
    return fmaxf(a, fmaxf(b, c));
}

static float
smallest(float a, float b, float c)
{
    return fminf(a, fminf(b, c));
}

/* Negative where the three can't be a symbol. */
static float
cost_of(const struct bw_scan_finder *corner, const struct bw_scan_finder *one,
    const struct bw_scan_finder *other)
{
    float ax = one->x - corner->x, ay = one->y - corner->y;
    float bx = other->x - corner->x, by = other->y - corner->y;
    float aa = ax * ax + ay * ay, bb = bx * bx + by * by, ab = ax * bx + ay * by;
    /* Most are no corner, and go without a root. */
    if (ab * ab > LEAN_MAX * LEAN_MAX * aa * bb || aa > SIDES_MAX * SIDES_MAX * bb ||
        bb > SIDES_MAX * SIDES_MAX * aa) {
        return -1;
    }
    float a = sqrtf(aa), b = sqrtf(bb);
    float big = largest(corner->module_px, one->module_px, other->module_px);
    float small = smallest(corner->module_px, one->module_px, other->module_px);
    float modules = (a + b) / (big + small) + 7;
    if (big > 2.6F * small || modules < MODULES_MIN || modules > MODULES_MAX) {
        return -1;
    }
    float lean = fabsf(ab) / (a * b);
    float few =
        1 / (float)smallest((float)corner->hits, (float)one->hits, (float)other->hits);
    return lean + 0.6F * fabsf(logf(a / b)) + logf(big / small) + 0.15F * few +
           0.003F * modules;
}

static int
insert(struct bw_triple *triples, int count, struct bw_triple fresh)
{
    int at = count < BW_TRIPLE_MAX ? count : BW_TRIPLE_MAX - 1;
    if (count == BW_TRIPLE_MAX && triples[at].cost <= fresh.cost) {
        return count;
    }
    for (; at > 0 && triples[at - 1].cost > fresh.cost; at--) {
        triples[at] = triples[at - 1];
    }
    triples[at] = fresh;
    return count < BW_TRIPLE_MAX ? count + 1 : count;
}

int
bw_triple_rank(const struct bw_scan_finder *finders, int count,
    struct bw_triple ret_triples[static BW_TRIPLE_MAX])
{
    int found = 0;
    count = count < BW_TRIPLE_FINDERS_MAX ? count : BW_TRIPLE_FINDERS_MAX;
    for (int corner = 0; corner < count; corner++) {
        for (int one = 0; one < count; one++) {
            for (int other = one + 1; other < count; other++) {
                if (one == corner || other == corner) {
                    continue;
                }
                const struct bw_scan_finder *c = &finders[corner], *a = &finders[one],
                                            *b = &finders[other];
                float cost = cost_of(c, a, b);
                if (cost < 0) {
                    continue;
                }
                bool turned =
                    (a->x - c->x) * (b->y - c->y) < (a->y - c->y) * (b->x - c->x);
                found = insert(ret_triples, found,
                    (struct bw_triple){
                        corner, turned ? other : one, turned ? one : other, cost});
            }
        }
    }
    return found;
}
