/* What a central database says, for tests that compare: without what tells only when
 * something came. */
#ifndef BW_TESTS_CENTRAL_STATE_H
#define BW_TESTS_CENTRAL_STATE_H

#include "central/central.h"

enum { CENTRAL_DIGEST_BYTES = 32 };

/* Fails the test with the error's sentence. */
void must(enum bw_status status, const struct bw_error *err);

/* Takes out all that came from kiosks. */
void central_empty(struct bw_central *central);

/* Events, details, walk-ins, statements. */
void central_digest(struct bw_central *central, uint8_t ret_digest[CENTRAL_DIGEST_BYTES]);

/* What people are told of session 1: counts, completeness, conflicts.
 * The caller frees. */
char *central_told(struct bw_central *central);

#endif
