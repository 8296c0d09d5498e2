/* Codes in view that were read and are no ticket: a poster, a Wi-Fi code. Their places
 * are left out of what is searched, so that a ticket beside them gets the frame's time;
 * and one that hasn't moved isn't read again. Scan thread. */
#ifndef BW_SCAN_STRANGER_H
#define BW_SCAN_STRANGER_H

#include "scan/qr/text/text.h"
#include "scan/qr/view/view.h"

enum { BW_SCAN_STRANGERS_MAX = 6, BW_STRANGER_SIDE = 24 };

struct bw_stranger {
    float corner[4][2]; /* of the frame, in its pixels */
    float module_px;
    bool inverted, refused;                            /* refused: `text` is empty */
    uint8_t look[BW_STRANGER_SIDE * BW_STRANGER_SIDE]; /* 1 dark */
    char text[BW_SCAN_ENROLMENT_BYTES];
};

/* Those of a frame. */
struct bw_strangers {
    int count;
    struct bw_stranger list[BW_SCAN_STRANGERS_MAX];
};

/* Remembers how a stranger looks in the frame (a view of it at full size). */
void bw_stranger_look(const struct bw_scan_view *frame, struct bw_stranger *stranger);

/* Does it still look so? */
bool bw_stranger_stays(
    const struct bw_scan_view *frame, const struct bw_stranger *stranger);

/* Is a place of the frame inside one of them? */
bool bw_strangers_hold(const struct bw_strangers *strangers, float x, float y);

#endif
