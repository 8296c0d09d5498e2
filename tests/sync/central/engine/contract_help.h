/* What the suites of an engine share. One engine at a time. */
#ifndef BW_TESTS_CENTRAL_CONTRACT_HELP_H
#define BW_TESTS_CENTRAL_CONTRACT_HELP_H

#include "tests/sync/central/engine/contract.h"

extern const struct central_kind *contract_kind;

/* A place with a database that is set up and has the sessions 1 and 2; and its end. */
int contract_setup(void **state);
int contract_teardown(void **state);

const char *contract_uri(void);
/* Fails the test where something fails. */
void contract_must(enum bw_status status, const struct bw_error *err);
struct bw_central *contract_connect(void);
void contract_run(struct bw_central *central, const char *sql);
int64_t contract_number(struct bw_central *central, const char *sql);

/* Many statements and rows at once, and transactions beside each other. Returns how many
 * tests failed. */
int contract_bulk_run(void);
/* Steps of the office beside each other. Returns how many tests failed. */
int contract_hold_run(void);

#endif
