/* People as presence knows them: whom a code or an event means, and their names. Desk
 * thread only. What a ret_ names is the caller's. */
#ifndef BW_CORE_DESK_PERSON_H
#define BW_CORE_DESK_PERSON_H

#include "state.h"

/* Somebody that presence knows, by code or any event of theirs. NULL where it doesn't.
 * Borrowed until the next event is folded. */
const struct bw_attendance *bw_desk_attendance(
    const struct bw_desk *desk, bw_code code, struct bw_event_id event);

/* Names for an answer: the roster's, or those kept with the person's event; empty where
 * they were forgotten or damaged, for a list of who is inside is worth more than one
 * name. Store errors where they can't be read now; *ret_person is empty, or has the
 * roster's names, then. */
BW_NODISCARD enum bw_status bw_desk_name(struct bw_desk *desk,
    const struct bw_attendance *attendance, struct bw_person *ret_person,
    struct bw_error *err);

#endif
