/* What a walk along a log's chain of hashes finds, in a store and at the office. Any
 * thread. */
#ifndef BRUGWACHTER_CHAIN_H
#define BRUGWACHTER_CHAIN_H

/* The random id of a store: the first link of its log. */
enum { BW_STORE_ID_BYTES = 32 };

enum bw_chain_state {
    BW_CHAIN_OK,
    BW_CHAIN_BROKEN, /* an event doesn't hold, or doesn't link to the one before */
    BW_CHAIN_FORKED, /* two events under one number */
};

/* As in JSON: "ok", "broken", "forked". Static: nobody frees it; never NULL. */
const char *bw_chain_state_name(enum bw_chain_state state);

#endif
