/* What holds for every source of frames, whatever is behind it. */
#ifndef BW_TESTS_SCAN_FRAMES_CONTRACT_H
#define BW_TESTS_SCAN_FRAMES_CONTRACT_H

#include "scan/camera/frames.h"

/* Runs a source that was just opened through its contract, and destroys it. `gives` says
 * whether it ever has a frame. */
void frames_keep_their_contract(struct bw_frames *frames, bool gives);

#endif
