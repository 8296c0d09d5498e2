/* Two sieves: rings, looked at in the view; in a crowd cores, looked at in the frame. */
#include "sieve.h"

#include "scan/qr/finder/ring.h"

#include <math.h>

enum {
    ROUND_MIN = 9, /* of BW_RING_LOOKS directions */
    ROUND_LOOSE = 4,
    CROWD = 8,   /* more patterns than a few symbols have */
    SHARP = 3,   /* … and fewer than one has, in the views that aren't smaller */
    CIRCLE = 12, /* places looked at */
};

/* How greys differ, in parts of the contrast between core and light ring. */
#define CORE_SPREAD 0.4F
#define RING_SPREAD 0.6F

/* Letters and prints run together to rings in small and soft views. At full size the core
 * of a pattern is of one piece, and theirs isn't. */
static bool
has_core(const struct bw_search *search, const struct bw_scan_finder *finder)
{
    enum { SIDE = 5 };
    float module = finder->module_px * search->view->scale;
    float x = finder->x * search->view->scale + search->view->x,
          y = finder->y * search->view->scale + search->view->y;
    float sum = 0, squares = 0, round = 0, rounds = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        int column = i % SIDE - SIDE / 2, row = i / SIDE - SIDE / 2;
        float across = (float)column * 0.45F, down = (float)row * 0.45F;
        float grey =
            bw_scan_view_sample(search->frame, x + across * module, y + down * module);
        sum += grey;
        squares += grey * grey;
    }
    for (int i = 0; i < CIRCLE; i++) {
        float angle = (float)i * (6.2831853F / CIRCLE);
        float grey = bw_scan_view_sample(search->frame, x + 2.1F * module * cosf(angle),
            y + 2.1F * module * sinf(angle));
        round += grey;
        rounds += grey * grey;
    }
    float core = sum / (SIDE * SIDE), ring = round / CIRCLE;
    float contrast = search->view->inverted ? core - ring : ring - core;
    float core_spread = squares / (SIDE * SIDE) - core * core;
    float ring_spread = rounds / CIRCLE - ring * ring;
    return contrast > 0 &&
           core_spread < CORE_SPREAD * CORE_SPREAD * contrast * contrast &&
           ring_spread < RING_SPREAD * RING_SPREAD * contrast * contrast;
}

/* Drops what isn't round all round or lies in a stranger, and keeps the order. Every
 * other frame is less strict: a finder pattern may be torn. */
static int
keep_round(struct bw_hunt *hunt, const struct bw_search *search, int finders)
{
    int kept = 0, least = search->turn % 2 ? ROUND_LOOSE : ROUND_MIN;
    for (int i = 0; i < finders; i++) {
        if (bw_strangers_hold(&search->haul->strangers,
                hunt->finders[i].x * search->view->scale + search->view->x,
                hunt->finders[i].y * search->view->scale + search->view->y)) {
            continue;
        }
        hunt->finders[i].round = bw_scan_ring_look(search->view, &hunt->finders[i]);
        if (hunt->finders[i].round >= least) {
            hunt->finders[kept++] = hunt->finders[i];
        }
    }
    return kept;
}

/* Where views of full size show no symbol, and a smaller one shows many patterns. */
static int
keep_cores(struct bw_hunt *hunt, const struct bw_search *search, int finders)
{
    int kept = 0;
    if (finders <= CROWD || search->view->scale <= 1 || search->haul->sharp >= SHARP) {
        return finders;
    }
    for (int i = 0; i < finders; i++) {
        if (has_core(search, &hunt->finders[i])) {
            hunt->finders[kept++] = hunt->finders[i];
        }
    }
    return kept;
}

int
bw_sieve_run(struct bw_hunt *hunt, const struct bw_search *search, int finders)
{
    return keep_cores(hunt, search, keep_round(hunt, search, finders));
}
