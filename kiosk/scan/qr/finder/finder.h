/* The finder patterns of QR symbols: dark 1, light 1, dark 3, light 1, dark 1, in every
 * direction through the middle. Pure; any thread. */
#ifndef BW_SCAN_FINDER_H
#define BW_SCAN_FINDER_H

#include "scan/qr/view/view.h"

enum { BW_FINDER_MAX = 96 };

struct bw_scan_finder {
    float x, y;      /* middle, pixels of the view */
    float module_px; /* along the row and the column, averaged */
    int hits;        /* rows that crossed it */
    int round;       /* of how many directions it looks like one (ring.h); 0: not asked */
};

/* What a search went through; a picture with very many hits is noise or hostile. */
struct bw_scan_finder_count {
    int hits; /* row patterns seen, good or not */
};

/* Finds up to BW_FINDER_MAX patterns on every `step`-th row, from row `turn` on; those of
 * most hits stay, and come first. Returns how many there are. Work is bounded by the
 * number of hits looked at. */
int bw_scan_finder_search(const struct bw_scan_view *view, int step, unsigned turn,
    struct bw_scan_finder ret_finders[BW_FINDER_MAX],
    struct bw_scan_finder_count *ret_count);

#endif
