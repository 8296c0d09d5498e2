/* What lies at a door besides the kiosk: the card that says what to do, the paper list of
 * a session, for when the kiosk doesn't work, and the evacuation list. One thread. */
#ifndef BW_SYNC_DOOR_PACK_H
#define BW_SYNC_DOOR_PACK_H

#include "office/office.h"
#include "office/ticket/evacuation_list.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_door_pack {
    struct bw_session session;
    char path[PATH_MAX];        /* of the list */
    char card_path[PATH_MAX];   /* of the card */
    char inside_path[PATH_MAX]; /* of the evacuation list */
    int64_t confirmed, waiting; /* who stand on it */
};

/* Who is inside, by the events that are merged: the report's to say. Borrowed. */
struct bw_door_pack_inside {
    const struct bw_evacuation_list_person *people;
    size_t people_count;
    const char *by_kiosk; /* as in evacuation_list.h */
};

/* Writes list-SESSION.pdf, door-SESSION.pdf and evacuation-SESSION.pdf into `folder`,
 * which is made where it isn't there. BW_NOT_FOUND for the session, BW_REFUSED where its
 * people were purged, BW_NO_MEMORY; the errors of writing (central/base/output.h) and of
 * the database. */
BW_NODISCARD enum bw_status bw_office_door_pack_write(const struct bw_office *office,
    const char *session_code, const struct bw_door_pack_inside *inside,
    const char *folder, struct bw_door_pack *ret_pack, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
