/* The dark ring of one finder pattern, measured all round: where its four corners are.
 * Pure; any thread. */
#ifndef BW_SCAN_RING_H
#define BW_SCAN_RING_H

#include "finder.h"

/* Corners of the square that runs in the middle of the ring (3 modules from the centre),
 * in the order (-,-) (+,-) (+,+) (-,+) of the axes it was given. */
struct bw_scan_ring {
    struct bw_point corner[4];
    float module_px[2]; /* along the two axes */
};

enum { BW_RING_LOOKS = 16 };

/* In how many of BW_RING_LOOKS directions dark, light and dark follow each other as in a
 * finder pattern: quick, and enough to drop what only looked like one along two lines. */
int bw_scan_ring_look(
    const struct bw_scan_view *view, const struct bw_scan_finder *finder);

enum { BW_RING_RAYS = 64 };

/* Where rays from the middle cross the ring; a finder is traced once, and measured for
 * every triple that it is tried in. */
struct bw_scan_trace {
    struct bw_point point[BW_RING_RAYS];
    bool met[BW_RING_RAYS];
};

/* Follows BW_RING_RAYS rays from the middle of `finder` to where its ring ends. */
void bw_scan_ring_trace(const struct bw_scan_view *view,
    const struct bw_scan_finder *finder, struct bw_scan_trace *ret_trace);

/* Measures the ring of `finder`; `along` and `down` point roughly along the symbol's rows
 * and columns (any length). False when there is no square to see. */
bool bw_scan_ring_measure(const struct bw_scan_trace *trace,
    const struct bw_scan_finder *finder, struct bw_point along, struct bw_point down,
    struct bw_scan_ring *ret_ring);

#endif
