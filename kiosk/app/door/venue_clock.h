/* `--clock`: the wall clock at start, in venue time unless an offset is given. The
 * thread that has the store. What is given is borrowed for the call. */
#ifndef BW_APP_VENUE_CLOCK_H
#define BW_APP_VENUE_CLOCK_H

#include <brugwachter/clock.h>
#include <brugwachter/store.h>

/* Reads `text` in the zone of the session (of its own first one where session_code is
 * NULL; Europe/Amsterdam where the store is NULL, knows none, or can't be read) and
 * injects it. The clock must have been initialised, and is untouched on failure.
 * BW_BAD_INPUT for what is no time; the errors of bw_zone_open. */
BW_NODISCARD enum bw_status bw_venue_clock_inject(struct bw_clock *clock,
    struct bw_store *store, const char *session_code, const char *text,
    struct bw_error *err);

/* The kiosk's clock at start: the system's, or with `text` (may be NULL) an injected one,
 * as bw_venue_clock_inject does, and with its errors. */
BW_NODISCARD enum bw_status bw_venue_clock_start(struct bw_clock *clock,
    struct bw_store *store, const char *session_code, const char *text,
    struct bw_error *err);

#endif
