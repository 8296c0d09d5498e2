/* A run of the kiosk begins: see run.h. */
#include "run.h"

#include "app/options/log.h"

#include <inttypes.h>

void
bw_run_begin(struct bw_store *store, const struct bw_clock *clock)
{
    bool was_cut = bw_store_run_begin(store, clock->wall_ms(clock));
    bw_log(BW_JOURNAL_INFO, "kiosk %" PRIu32 " begins, version %s, with %s.",
        bw_store_enrolment(store)->device, BW_VERSION, bw_store_path(store));
    if (was_cut) {
        bw_log(BW_JOURNAL_WARNING,
            "the run before was cut off: killed, or without power. What was shown green "
            "is in the file.");
    }
}
