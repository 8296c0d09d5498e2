/* How two or three finder patterns stand to each other,
 * taken as the corners of a symbol. Pure; any thread. */
#ifndef BW_SCAN_LAYOUT_H
#define BW_SCAN_LAYOUT_H

#include "ring.h"

enum bw_layout_corner { BW_LAYOUT_TOP_LEFT, BW_LAYOUT_TOP_RIGHT, BW_LAYOUT_BOTTOM_LEFT };
enum { BW_LAYOUT_CORNERS = BW_LAYOUT_BOTTOM_LEFT + 1, BW_LAYOUT_WHOLE = -1 };

/* A finder pattern with its trace; both NULL for the corner that is hidden. */
struct bw_corner {
    const struct bw_scan_finder *finder;
    const struct bw_scan_trace *trace;
};

struct bw_layout {
    struct bw_scan_ring rings[BW_LAYOUT_CORNERS]; /* but for the hidden one */
    int hidden;    /* a bw_layout_corner, or BW_LAYOUT_WHOLE */
    int measured;  /* rings seen all round; the others are guessed */
    float modules; /* along a side, estimated */
    bool uneven;   /* … from sides that disagree, as those of curved paper do */
    float size_px; /* about two sides */
    float side_px; /* between middles of finders, averaged */
};

/* False where the patterns can't be corners of one symbol: sides that disagree by far
 * about the number of modules, or, with one hidden, edges of two rings that aren't in
 * line. */
bool bw_layout_make(
    const struct bw_corner corners[BW_LAYOUT_CORNERS], struct bw_layout *ret_layout);

#endif
