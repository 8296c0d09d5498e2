/* Answers of a form that are in doubt, and what was said of them beforehand: it goes in
 * with the form, in its step, as if it were said afterwards (doubt.h). One thread, that
 * of the import. */
#ifndef BW_SYNC_IMPORT_DOUBTS_H
#define BW_SYNC_IMPORT_DOUBTS_H

#include "office/import/import_state.h"

/* Notes one that the form brings; without memory the import has none (no_memory). */
void bw_import_doubt_add(struct bw_import *import, int32_t line, bw_code code);

/* Once all is written and kept as new, the batch too: tells who is meant in the result,
 * and does what the request says of each; what isn't in doubt any more is no rejection,
 * and the batch counts as the result does. BW_NO_MEMORY, the errors of
 * bw_place_doubt_settle_new. */
BW_NODISCARD enum bw_status bw_import_doubts_settle(
    struct bw_import *import, int64_t batch_no, struct bw_error *err);

#endif
