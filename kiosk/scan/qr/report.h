/* From what a frame gave to the sighting that leaves the scanner. Pure; any thread. */
#ifndef BW_SCAN_REPORT_H
#define BW_SCAN_REPORT_H

#include "hint.h"
#include "hunt.h"

/* Fills in all of *ret_sighting but the time that was spent. `scale`: pixels of `frame`
 * to one of the haul's and the hint's. */
void bw_report_make(const struct bw_haul *haul, const struct bw_hint *hint,
    const struct bw_scanner_options *options, float scale, const struct bw_luma *frame,
    struct bw_sighting *ret_sighting);

#endif
