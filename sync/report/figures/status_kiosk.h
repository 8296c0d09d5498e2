/* What can be said of a kiosk's log now: whether it is whole, what is still to be
 * collected, and of when the list is that the kiosk works with. A kiosk that is silent
 * may hold more than it stated: nothing is said to be whole then. One thread. */
#ifndef BW_SYNC_STATUS_KIOSK_H
#define BW_SYNC_STATUS_KIOSK_H

#include "report/figures/status_figures.h"

/* Worst last. */
enum bw_status_log {
    BW_STATUS_LOG_WHOLE,
    BW_STATUS_LOG_UNKNOWN, /* never heard, silent, or not heard since its last circle */
    BW_STATUS_LOG_GAP,
    BW_STATUS_LOG_FORKED,
    BW_STATUS_LOG_BROKEN,
};

struct bw_status_view {
    enum bw_status_log log;
    bool today;         /* one of its circles is today, and not over */
    bool silent;        /* of a circle to come: for 24 h, or on its day for 5 minutes */
    uint64_t missing;   /* events up to the head that it stated; of at most
                       * BW_CHAIN_GAPS_MAX gaps */
    bool undecided;     /* there are two of it: as in the figures */
    bool may_hold_more; /* than `missing`: its head isn't known */
    int64_t list_ms;    /* UTC, by the office's clock: its oldest list of a circle that
                         * isn't over was written; 0: it stated none */
};

/* Whether the kiosk that was last heard at `heard_ms` (0: never) is silent at `now_ms`
 * (UTC), in the caller's snapshot. The errors of bw_status_kiosk_view. */
BW_NODISCARD enum bw_status bw_status_kiosk_silent(struct bw_central *central,
    uint32_t device, int64_t heard_ms, int64_t now_ms, bool *ret_silent,
    struct bw_error *err);

/* The same of all these at once, by `last_contact_ms` of each: writes `silent`.
 * BW_NO_MEMORY, the errors of bw_zone_open, and what the database answers. */
BW_NODISCARD enum bw_status bw_status_kiosks_silent(struct bw_central *central,
    int64_t now_ms, struct bw_status_kiosk *kiosks, size_t count, struct bw_error *err);

/* Of one kiosk of the figures, at `now_ms` (UTC), in the caller's snapshot. The errors of
 * bw_zone_open, BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_status_kiosk_view(struct bw_central *central,
    const struct bw_status_kiosk *kiosk, int64_t now_ms, struct bw_status_view *ret_view,
    struct bw_error *err);

#endif
