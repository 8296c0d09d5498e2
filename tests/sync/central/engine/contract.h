/* What every engine of the central database is held to (central.h, C1 to C5). A test of
 * an engine gives how one is opened anew; the suite runs on it, with SQL that both
 * understand. One thread calls; the suite starts others. */
#ifndef BW_TESTS_CENTRAL_CONTRACT_H
#define BW_TESTS_CENTRAL_CONTRACT_H

#include "central/central.h"

struct central_kind {
    /* Makes an empty place for a database, and takes it away with all in it. */
    void (*begin)(void *context);
    void (*end)(void *context);
    /* The place's URI, as long as the place. */
    const char *(*uri)(void *context);
    void *context;
};

/* Runs the suite; returns how many tests failed. */
int central_contract_run(const struct central_kind *kind);

#endif
