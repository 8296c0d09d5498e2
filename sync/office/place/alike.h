/* Records that may be of one person: who looks like somebody, and what the organiser says
 * of it. That they are one is people.h's; that they are two is a step of its own, and
 * holds for as long as that stands. One thread. */
#ifndef BW_SYNC_ALIKE_H
#define BW_SYNC_ALIKE_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_place_alike_by {
    BW_PLACE_ALIKE_BY_MAIL, /* the same address under another name */
    BW_PLACE_ALIKE_BY_NAME, /* nearly the same name at the same school */
};

enum { BW_PLACE_ALIKE_MAX = 6 };

/* Somebody else, by the newest of their registrations. */
struct bw_place_alike {
    enum bw_place_alike_by by;
    bw_code code;
    int64_t person_no;
    char first_name[BW_NAME_BYTES], name[BW_NAME_BYTES];
};

/* Who looks like that person, over all series: those of one address first, the first
 * BW_PLACE_ALIKE_MAX of them; none whom the organiser called another (below, or in
 * `settle`). BW_NOT_FOUND where there's no such person; what the database answers. */
BW_NODISCARD enum bw_status bw_place_alike_find(struct bw_central *central,
    int64_t person_no, struct bw_place_alike ret_alike[BW_PLACE_ALIKE_MAX],
    size_t *ret_count, struct bw_error *err);

/* The people of two registrations are two: one step, which changes nothing else, and
 * which undo takes back. BW_NOT_FOUND; BW_REFUSED: they are one person already, joined
 * with another record, or in doubt about it (doubt.h); BW_NO_MEMORY; what the database
 * answers. */
BW_NODISCARD enum bw_status bw_place_alike_apart(const struct bw_office *office,
    const char *typed, const char *other, const char *why, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
