/* Why a code that is there isn't read: too soft, moving, too dark, cut. Told from what a
 * frame's views showed already: the tiles that are busy (texture.h), and some pixels of
 * the likeliest patch of them. Scan thread. */
#ifndef BW_SCAN_HINT_H
#define BW_SCAN_HINT_H

#include "scan/qr/finder/finder.h"
#include "scan/qr/view/texture.h"
#include "scan/qr/view/view.h"
#include "stranger.h"
#include "trouble.h"

struct bw_hint {
    enum bw_scan_trouble trouble;
    float left, top, right, bottom; /* of the patch, pixels of the frame; 0 without one */
};

enum { BW_HINT_SIGHTS_MAX = 8 };

/* Finder patterns that are round all round: there is a symbol, with modules of this
 * size. Pixels of the frame. */
struct bw_hint_sights {
    int count;
    struct bw_hint_sight {
        float x, y, module_px;
    } list[BW_HINT_SIGHTS_MAX];
};

/* Adds those of a view. */
void bw_scan_hint_see(struct bw_hint_sights *sights, const struct bw_scan_view *view,
    const struct bw_scan_finder *finders, int count);

/* What a frame tells that gave no ticket, of patches that lie in no stranger. `still`:
 * frames since something moved. While nothing moves the answer stays; but a code in the
 * dark comes and goes without much of a move, and is looked for now and then. */
void bw_scan_hint_renew(const struct bw_scan_view *frame,
    const struct bw_texture *texture, const struct bw_strangers *strangers,
    const struct bw_hint_sights *sights, unsigned still, struct bw_hint *inout_hint);

#endif
