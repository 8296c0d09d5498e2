/* What every kind of carrier is held to (carrier.h, CA1 to CA3). A test of a kind gives
 * how one is opened anew; the suite runs on it. */
#ifndef BW_TESTS_CARRIER_CONTRACT_H
#define BW_TESTS_CARRIER_CONTRACT_H

#include "exchange/carrier/carrier.h"

struct carrier_kind {
    /* A carrier on the same, empty or used, place; the suite closes it. */
    struct bw_carrier *(*open)(void *context);
    /* Something else under `name` at the place, by another road: a link, a folder, bytes
     * that are no letter. NULL where there's no such road. */
    void (*plant)(void *context, const char *name);
    /* Empties the place. */
    void (*empty)(void *context);
    void *context;
};

/* Runs the suite; returns how many tests failed. */
int carrier_contract_run(const struct carrier_kind *kind);

#endif
