/* The sessions of a form, held while its people get their places (engine.h, C8). One
 * thread. */
#ifndef BW_SYNC_IMPORT_HOLD_H
#define BW_SYNC_IMPORT_HOLD_H

#include "office/import/judge/place.h"
#include "office/import/read/session_codes.h"
#include "office/import/read/session_names.h"

/* Holds all sessions that the requests, which stand by session, are for, and looks
 * whether they are still what the form was read by (`names`). In a transaction that began
 * as a step. BW_BUSY, and overtaken, where one isn't: the form has to be read again;
 * BW_NOT_FOUND, and overtaken, where one was taken back; also as
 * bw_central_hold_sessions. */
BW_NODISCARD enum bw_status bw_import_hold(struct bw_import *import,
    const struct bw_session_names *names, const struct bw_place_request *requests,
    size_t count, struct bw_error *err);

/* Begins a step and holds all sessions that a file of sessions names, as far as they are
 * there: as of then their codes are read. The caller finishes *ret_codes. BW_NOT_FOUND,
 * and overtaken, where one was taken back meanwhile; BW_NO_MEMORY, and as
 * bw_central_hold_sessions. */
BW_NODISCARD enum bw_status bw_import_hold_sessions(
    struct bw_import *import, struct bw_session_codes *ret_codes, struct bw_error *err);

#endif
