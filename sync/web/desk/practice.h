/* The practice series at the desk: a desk of its own within the desk, on a database of
 * its own (office/practice/practice.h). Who practises works at that one, alone or with
 * others; who doesn't never sees it.
 *
 *   own circles --open--> practising --leave--> own circles
 *                             '--throw away: everybody who practised is back there
 *
 * WZ1 a session is at one of both, and a form of the other is none: each way changes its
 *     token (WG4). So nothing that was meant for one is done at the other.
 *
 * The desk's thread. */
#ifndef BW_WEB_DESK_PRACTICE_H
#define BW_WEB_DESK_PRACTICE_H

#include "web/desk/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The desk that a session works at; NULL is none, and at the office's own. Borrowed. */
struct bw_web_desk *bw_web_practice_desk(
    struct bw_web_desk *desk, const struct bw_web_session *session);

/* Where it could be; false where this desk knows no place for one. */
bool bw_web_practice_may(const struct bw_web_desk *desk);

/* WZ1: opens it for a session, made where it wasn't there. `desk` is the office's own.
 * BW_REFUSED where it can't be; the errors of bw_practice_make and bw_web_desk_open. */
BW_NODISCARD enum bw_status bw_web_practice_open(
    struct bw_web_desk *desk, struct bw_web_session *session, struct bw_error *err);

/* WZ1: back to the office's own. Can't fail. */
void bw_web_practice_leave(struct bw_web_session *session);

/* Throws it away for everybody, with what is under way there. *ret_was tells whether it
 * was there. The errors of bw_practice_remove. */
BW_NODISCARD enum bw_status bw_web_practice_end(
    struct bw_web_desk *desk, bool *ret_was, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
