/* Rows of sessions, written by an import. In its transaction; one thread.
 *
 * PU1 new ones come last, together and in order of their codes, once all else is
 *     written: of two imports that bring the same ones the second waits for the first to
 *     end, never each for the other (engine.h, C7), and is refused: it is overtaken, and
 *     begins anew (C9). */
#ifndef BW_SYNC_SESSION_PUT_H
#define BW_SYNC_SESSION_PUT_H

#include "office/import/import_state.h"

#include <brugwachter/session.h>

/* One that is there and held (C8), by its number: its words, and its next revision. What
 * the database answers. */
BW_NODISCARD enum bw_status bw_session_put_known(
    struct bw_central *central, const struct bw_session *session, struct bw_error *err);

/* New ones (PU1): gives them numbers in the order in which they stand, from *ret_first_no
 * on, writes them and keeps them in the step, then sorts them by code. BW_BUSY, and
 * overtaken, where somebody else has just brought one of them; BW_FULL where numbers are
 * used up; what the database answers. */
BW_NODISCARD enum bw_status bw_session_put_new(struct bw_import *import,
    struct bw_session **sessions, size_t count, int64_t *ret_first_no,
    struct bw_error *err);

/* The last before the commit, of what bw_session_put_new wrote: takes the lock of people
 * (C9), and looks whether others have brought one of them meanwhile whose code differs in
 * upper and lower case alone: BW_BUSY, and overtaken. What the database answers. */
BW_NODISCARD enum bw_status bw_session_put_end(
    struct bw_import *import, int64_t first_no, size_t count, struct bw_error *err);

#endif
