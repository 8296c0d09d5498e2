/* A kiosk's chain as the central database has it: what is there, what is missing, and how
 * far it holds.
 *
 * Every hash is computed here, from the bytes as they stand (CH1): a row whose bytes,
 * number or place were changed since it came breaks the chain where it stands. It rests
 * on the set of events and statements alone, never on the order of their coming (CH2).
 * One thread. */
#ifndef BW_SYNC_CHAIN_H
#define BW_SYNC_CHAIN_H

#include "central/central.h"

#include <brugwachter/chain.h>
#include <brugwachter/event.h>

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
    uint64_t
        broken_at; /* first seq that doesn't hold, or doesn't link to the one before */
    uint64_t forked_at; /* first seq with two events; 0 */
    int gaps_count;     /* up to newest_seq; at most BW_CHAIN_GAPS_MAX are told */
    struct bw_gap gaps[BW_CHAIN_GAPS_MAX];
    /* newest time, in ms UTC, by which a head was both stated by the kiosk's clock and
     * received by the office's that the contiguous chain reaches; 0: never. Clocks that
     * were suspect don't count. */
    int64_t reached_ms;
    int64_t stated_ms; /* newest of any statement; 0: silence */
};

/* Reads all of a kiosk's events and statements, in one snapshot. A kiosk that nothing is
 * known of has an empty chain. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_central_chain_read(struct bw_central *central,
    uint32_t device, struct bw_device_chain *ret_chain, struct bw_error *err);

#endif
