/* What the organiser says of an event in quarantine: it waits, it is taken in, or it is
 * thrown out. What is said can be taken back.
 *
 * XQ4 an event that is taken in is in `event`, and leaves it when that is taken back; it
 *    stays in quarantine the whole time.
 *
 * In the caller's transaction; one thread. */
#ifndef BW_SYNC_EVENT_KEPT_H
#define BW_SYNC_EVENT_KEPT_H

#include "central/central.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Numbers as they stand in the database. */
enum bw_event_kept { BW_EVENT_KEPT_WAITS, BW_EVENT_KEPT_IN, BW_EVENT_KEPT_OUT };

/* What was said of event `number`, and the session it is of. BW_NOT_FOUND: no event of
 * that number is in quarantine. What the database answers. */
BW_NODISCARD enum bw_status bw_event_kept_read(struct bw_central *central, int64_t number,
    enum bw_event_kept *ret_kept, uint32_t *ret_session_no, struct bw_error *err);

/* Says `kept` of event `number`, at `at_ms` (UTC; 0 where it waits again), and takes it
 * in, or away again, where that is another thing than before. BW_NOT_FOUND, and what the
 * database answers. */
BW_NODISCARD enum bw_status bw_event_kept_put(struct bw_central *central, int64_t number,
    enum bw_event_kept kept, int64_t at_ms, const char *why, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
