/* Details that were typed at the door, made fit to keep. Core alone; any thread. They are
 * the caller's, and borrowed. */
#ifndef BW_CORE_DETAILS_H
#define BW_CORE_DETAILS_H

#include <brugwachter/event.h>

/* Cleans every text in place as bw_text_clean does;
 * BW_BAD_INPUT names the one that can't. */
BW_NODISCARD enum bw_status bw_details_clean(
    struct bw_event_details *details, struct bw_error *err);

#endif
