/* Two records of one person, joined. One thread. */
#ifndef BW_SYNC_PEOPLE_H
#define BW_SYNC_PEOPLE_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whose words stay where two records are joined. */
enum bw_place_people_words {
    BW_PLACE_PEOPLE_NEWEST, /* in each session the last answers; the older one's mail */
    BW_PLACE_PEOPLE_FIRST,  /* name, address and school of the one, in all sessions */
    BW_PLACE_PEOPLE_OTHER,  /* likewise of the other */
};

/* What joining did. */
struct bw_place_people_merged {
    struct bw_office_registration kept; /* of the older record, in the first session */
    int64_t moved;     /* registrations of other sessions that are theirs now */
    int64_t cancelled; /* double ones, of a session where both were */
};

/* Joins the people of two registrations, by the codes that somebody typed: the older
 * record stays, with the registrations and names of both. Where both are in one session
 * the older record's registration stays, with the better of both places and the earlier
 * time, and the other is cancelled; doubts about that one are about the one that stays.
 * `words`: whose stay (correct.h); what the chosen one doesn't say is the other's.
 * One step. BW_NOT_FOUND; BW_REFUSED: one person already, or bw_place_people_check; the
 * errors of bw_office_keys and the database. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_place_people_merge(const struct bw_office *office,
    const char *typed, const char *other, enum bw_place_people_words words,
    const char *why, struct bw_place_people_merged *ret_merged, struct bw_error *err);

/* Registrations of two people, in whatever sessions, that are in doubt about whether the
 * two are one; *ret_codes is the caller's, to free. BW_NO_MEMORY; what the database
 * answers. */
BW_NODISCARD enum bw_status bw_place_people_doubts(struct bw_central *central,
    int64_t one, int64_t other, int64_t **ret_codes, size_t *ret_count,
    struct bw_error *err);

/* The same within the caller's step, by number: `from` is joined into `to`, which ends
 * the doubts of the one about the other. The errors of bw_office_keys and the database.
 */
BW_NODISCARD enum bw_status bw_place_people_join(const struct bw_office *office,
    int64_t to, int64_t from, struct bw_place_people_merged *merged,
    struct bw_error *err);

/* A place of somebody who has another one in the same series. Texts are borrowed. */
struct bw_person_place {
    int64_t person_no;
    bw_code code;
    const char *first_name, *name, *session_code;
    const char *other_code; /* of the other session; the first of several */
    int64_t waiting; /* who wait in its session; bw_place_people_crowded alone says it */
};
/* False ends the walk. */
typedef bool bw_place_people_each(const struct bw_person_place *place, void *context);

/* Walks such places, by person and session: those that a batch brought (0: all), of
 * sessions that end after `after_ms`, UTC. What the database answers. */
BW_NODISCARD enum bw_status bw_place_people_several(struct bw_central *central,
    int64_t batch_no, int64_t after_ms, bw_place_people_each *each, void *context,
    struct bw_error *err);

/* The same of one session, which needn't end any more. What the database answers. */
BW_NODISCARD enum bw_status bw_place_people_several_in(struct bw_central *central,
    uint32_t session_no, bw_place_people_each *each, void *context, struct bw_error *err);

/* The same of sessions that end after `after_ms`, of one person, or of all where that is
 * 0, with how many others wait for such a place. What the database answers. */
BW_NODISCARD enum bw_status bw_place_people_crowded(struct bw_central *central,
    int64_t person_no, int64_t after_ms, bw_place_people_each *each, void *context,
    struct bw_error *err);

/* That the record of a registration still stands for its person. BW_REFUSED: it was
 * joined with another one, which goes for both. What the database answers. */
BW_NODISCARD enum bw_status bw_place_people_check(
    struct bw_central *central, bw_code code, const char *doing, struct bw_error *err);

/* Whose registration it is. BW_NOT_FOUND; what the database answers. */
BW_NODISCARD enum bw_status bw_place_people_of(struct bw_central *central, bw_code code,
    int64_t *ret_person_no, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
