/* A code in the dark: modules whose greys lie as near to each other as the noise, or
 * nearer. Nothing of them shows in black and white; but noise is gone from the mean of
 * 8 by 8 pixels, and modules aren't. Pure; any thread. */
#ifndef BW_SCAN_GLOOM_H
#define BW_SCAN_GLOOM_H

#include "patch.h"
#include "scan/qr/view/view.h"

/* Looks for a patch of such modules in what is dark of the frame, of which `texture` is.
 * False where there is none. */
bool bw_gloom_look(const struct bw_scan_view *frame, const struct bw_texture *texture,
    struct bw_patch *ret_patch);

#endif
