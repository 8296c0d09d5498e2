/* People, moved to another session of the series: what they have in the one is given up,
 * and a place asked for in the other, as one step. One thread. */
#ifndef BW_SYNC_MOVE_H
#define BW_SYNC_MOVE_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What moving somebody did. */
struct bw_place_move {
    struct bw_office_registration from, to; /* as they are now; from is cancelled */
    struct bw_session from_session, to_session;
    enum bw_registration_status before;
    int64_t number; /* on the waiting list of the other; 0: they have a place */
    bool frees;     /* a place, in the one that they leave */
    /* whose turn it is then; code BW_CODE_NONE: nobody waits there, or no place came
     * free */
    struct bw_office_registration next;
};

/* Moves who has a place or waits to the session with this code. There it is as if they
 * signed up now: a place where one is free and nobody waits, else the end of the waiting
 * list. They get a new ticket, for that session; the old one is cancelled with the
 * registration. `why` is kept with the step.
 *
 * `typed` is a code, or what bw_office_find finds one by. BW_NOT_FOUND for either.
 * BW_REFUSED, with what to do: they are cancelled, blocked or in doubt, are in that
 * session already, it is of another series or for others; the one is over, the other over
 * or called off, or the figures of either are fixed. The errors of bw_office_keys and the
 * database. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_place_move(const struct bw_office *office,
    const char *typed, const char *session_code, const char *why,
    struct bw_place_move *ret_move, struct bw_error *err);

enum { BW_PLACE_MOVES_MAX = 256 }; /* in one step */

/* The same with several, as one step that undo takes back as a whole: who signed up first
 * asks first, so that the free places go as they would have. What became of each stands
 * in `ret_moves` (room for `count`) in that order; what is free and whose turn it is, as
 * it was right after that one. Where one is refused nobody is moved; BW_BAD_INPUT for
 * none, BW_FULL for more than BW_PLACE_MOVES_MAX, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_place_move_all(const struct bw_office *office,
    const char *const typed[], size_t count, const char *session_code, const char *why,
    struct bw_place_move *ret_moves, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
