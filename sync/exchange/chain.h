/* A kiosk's chain as the central database has it: what is there, what is missing, and how
 * far it holds.
 *
 * It rests on the set of events and statements alone, never on the order of their coming.
 * One thread. */
#ifndef BW_SYNC_CHAIN_H
#define BW_SYNC_CHAIN_H

#include "central/central.h"

#include <brugwachter/event.h>
#include <brugwachter/store.h>

enum { BW_CHAIN_GAPS_MAX = 64 };

struct bw_gap {
    uint64_t from, to; /* both missing */
};

struct bw_device_chain {
    uint32_t device;
    uint64_t events;         /* rows, both sides of a fork */
    uint64_t contiguous_seq; /* 1..this is there, each linked to the one before */
    uint64_t newest_seq;     /* highest seq there or stated */
    enum bw_chain_state state;
    uint64_t broken_at; /* first seq that doesn't link to the one before; 0 */
    uint64_t forked_at; /* first seq with two events; 0 */
    int gaps_count;     /* up to newest_seq; at most BW_CHAIN_GAPS_MAX are told */
    struct bw_gap gaps[BW_CHAIN_GAPS_MAX];
    /* newest time at which a head was stated that the contiguous chain reaches; 0: never.
     * Clocks that were suspect don't count. */
    int64_t reached_ms;
    int64_t stated_ms; /* newest of any statement; 0: silence */
};

BW_NODISCARD enum bw_status bw_device_chain_read(struct bw_central *central,
    uint32_t device, struct bw_device_chain *ret_chain, struct bw_error *err);

#endif
