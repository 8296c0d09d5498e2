/* Sign-ups into the central database: who is known already, who gets a place, who waits.
 *
 * PL1 a new sign-up gets a place only where the file may give places, one is free and
 *     nobody waits.
 * PL2 a place once given is never taken back, a status never changed.
 * PL3 the earliest time stands, the last answers stand.
 * PL4 a session whose people were purged takes nobody in: they would count twice.
 *
 * In a transaction; one thread. */
#ifndef BW_SYNC_PLACE_H
#define BW_SYNC_PLACE_H

#include "central/keys.h"
#include "office/import/sign_up.h"

/* One person's rows in one session: the earliest and the last. */
struct bw_place_request {
    const struct bw_sign_up *first;
    const struct bw_sign_up *last;
};

struct bw_placing {
    struct bw_import *import;
    const struct bw_keys *keys;
    bool gives_places;
    int64_t batch_no;
    int64_t next_person_no;
    uint32_t session_no; /* the one that the next four are of; 0: none yet */
    int64_t revision;    /* 0: none was taken yet */
    bool purged;
    int64_t free;
    bool waits;
};

/* Requests come by session, then in order of sign-up. Counts in the import. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_place_one(struct bw_placing *placing,
    const struct bw_session *session, const struct bw_place_request *request,
    struct bw_error *err);

#endif
