/* What most commands on the central database need first: the secret keys that belong to
 * it, a registration by its code. One thread. */
#ifndef BW_SYNC_OFFICE_H
#define BW_SYNC_OFFICE_H

#include "central/central.h"
#include "central/keys.h"
#include "cli/command.h"

#include <brugwachter/session.h>

/* --key-file, else PATH.key. Borrowed; "" where neither is known. */
const char *bw_office_key_path(const struct bw_call *call);

/* Loads the keys that this database has in use, and no other: a stop between file and
 * database leaves keys in the file that it doesn't know, or no longer uses. BW_REFUSED
 * where none is left: the file is of another database. */
BW_NODISCARD enum bw_status bw_office_keys(
    struct bw_call *call, struct bw_keys *ret_keys, struct bw_error *err);

/* A registration as the office knows it. */
struct bw_office_registration {
    struct bw_registration roster;             /* what kiosks get */
    enum bw_registration_status status_before; /* of a blocked one */
    char session_code[BW_LABEL_BYTES];
};

/* By what somebody typed. BW_NOT_FOUND, also where it's no code. */
BW_NODISCARD enum bw_status bw_office_registration_by_code(struct bw_central *central,
    const char *typed, struct bw_office_registration *ret_registration,
    struct bw_error *err);

/* Capacity less the confirmed; never below 0. */
BW_NODISCARD enum bw_status bw_office_free_places(struct bw_central *central,
    const struct bw_session *session, int64_t *ret_free, struct bw_error *err);

/* True where the session's people were purged. */
BW_NODISCARD enum bw_status bw_office_is_purged(struct bw_central *central,
    uint32_t session_no, bool *ret_purged, struct bw_error *err);

/* How many registrations of a session have this status. */
BW_NODISCARD enum bw_status bw_office_count(struct bw_central *central,
    uint32_t session_no, enum bw_registration_status status, int64_t *ret_count,
    struct bw_error *err);

#endif
