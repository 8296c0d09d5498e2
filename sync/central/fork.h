/* The copies of one kiosk's store: each branch of its forked chain (chain.h), with its
 * last event. Both histories stay; the organiser says which copy goes on (ruling kind 5),
 * and the receipt follows that one. One thread. */
#ifndef BW_SYNC_FORK_H
#define BW_SYNC_FORK_H

#include "central/central.h"

#include <brugwachter/event.h>

enum { BW_FORK_COPIES_MAX = 8, BW_FORK_NAME_BYTES = 9 };

struct bw_fork_copy {
    /* the first bytes of the hash of its first own event, in hex: stays as it grows */
    char name[BW_FORK_NAME_BYTES];
    uint64_t from_seq;     /* its first own event */
    struct bw_event last;  /* the newest that links to the kiosk's first */
    int64_t last_taken_ms; /* when that came here, UTC by the office's clock */
    bool followed;         /* the receipt is on its own part */
};

struct bw_fork {
    struct bw_fork_copy copies[BW_FORK_COPIES_MAX]; /* by first own event */
    int count;                                      /* 0: no fork, or nothing links */
    uint64_t newest_seq;                            /* where the last branching is */
    int64_t decided_step;                           /* that chose one since; 0: none */
    bool at_work; /* the kiosk: introduced, and not revoked */
};

/* As of one snapshot. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_fork_read(struct bw_central *central, uint32_t device,
    struct bw_fork *ret_fork, struct bw_error *err);

/* Whether the organiser is to say which copy goes on. */
bool bw_fork_waits(const struct bw_fork *fork);

#endif
