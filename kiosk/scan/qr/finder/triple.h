/* Which three finder patterns belong together, and how they stand. Pure; any
 * thread. */
#ifndef BW_SCAN_TRIPLE_H
#define BW_SCAN_TRIPLE_H

#include "finder.h"

enum { BW_TRIPLE_MAX = 24, BW_TRIPLE_FINDERS_MAX = 32 };

struct bw_triple {
    int top_left, top_right, bottom_left; /* places in the list of finders */
    float cost;                           /* the less, the more like a symbol */
};

/* The likeliest triples of the first BW_TRIPLE_FINDERS_MAX finders, best first. Returns
 * how many. */
int bw_triple_rank(const struct bw_scan_finder *finders, int count,
    struct bw_triple ret_triples[BW_TRIPLE_MAX]);

#endif
