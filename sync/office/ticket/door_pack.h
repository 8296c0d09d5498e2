/* What lies at a door besides the kiosk: the card that says what to do, and the paper
 * list of a session, for when the kiosk doesn't work. One thread. */
#ifndef BW_SYNC_DOOR_PACK_H
#define BW_SYNC_DOOR_PACK_H

#include "office/office.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_door_pack {
    struct bw_session session;
    char path[PATH_MAX];        /* of the list */
    char card_path[PATH_MAX];   /* of the card */
    int64_t confirmed, waiting; /* who stand on it */
};

/* Writes list-SESSION.pdf and door-SESSION.pdf into `folder`, which is made where it
 * isn't there. BW_NOT_FOUND for the session, BW_REFUSED where its people were purged,
 * BW_NO_MEMORY; the errors of writing (central/base/output.h) and of the database. */
BW_NODISCARD enum bw_status bw_office_door_pack_write(const struct bw_office *office,
    const char *session_code, const char *folder, struct bw_door_pack *ret_pack,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
