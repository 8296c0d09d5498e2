/* Doubts: answers that may be somebody's who is known already, or of somebody whom the
 * session isn't for. Whoever is in doubt waits, holds their rank by their time, and gets
 * no place until the organiser settles it. One thread. */
#ifndef BW_SYNC_DOUBT_H
#define BW_SYNC_DOUBT_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As the database has them. */
enum bw_place_doubt {
    BW_PLACE_DOUBT_NONE,
    BW_PLACE_DOUBT_MAIL, /* the mail address of somebody with another name */
    BW_PLACE_DOUBT_NAME, /* nearly the name of somebody at the same school */
    BW_PLACE_DOUBT_ROLE, /* the role denies that they are of the audience */
};

/* Somebody beside a doubt. Texts are borrowed for the call. */
struct bw_place_doubt_side {
    bw_code code; /* BW_CODE_NONE: nobody */
    const char *first_name, *name, *mail, *school, *role, *session_code;
    enum bw_registration_status status;
    int64_t signed_up_ms; /* UTC */
    const char *file;     /* that brought it; "" */
};

/* False ends the walk. `other`: whose answer it may be. */
typedef bool bw_place_doubt_each(enum bw_place_doubt doubt,
    const struct bw_place_doubt_side *who, const struct bw_place_doubt_side *other,
    void *context);

/* Walks all that is to settle, by session and rank. What the database answers. */
BW_NODISCARD enum bw_status bw_place_doubts_walk(struct bw_central *central,
    bw_place_doubt_each *each, void *context, struct bw_error *err);

/* How many there are. What the database answers. */
BW_NODISCARD enum bw_status bw_place_doubts_count(
    struct bw_central *central, int64_t *ret_count, struct bw_error *err);

enum bw_place_doubt_way {
    BW_PLACE_DOUBT_OTHER, /* somebody else, or of the audience after all: stands */
    BW_PLACE_DOUBT_SAME,  /* the one whom it looks like: joined with them */
    BW_PLACE_DOUBT_OUT,   /* not for this session: cancelled */
};

/* What became of it. */
struct bw_place_doubt_settled {
    struct bw_office_registration registration; /* that stands now */
    bool placed;                                /* it got its place */
    int64_t others; /* answers in other sessions that the same word settles */
};

/* What the organiser says of one: `typed` is a code as somebody typed it, borrowed. */
struct bw_place_doubt_answer {
    const char *typed;
    enum bw_place_doubt_way way;
};

/* All that is said, as one step, or nothing of it. Who is out goes first; the others as
 * they are given: by rank (bw_place_doubts_walk), so that a place goes to who was first.
 * One that another answer settles too is fine where both say the same. `ret_settled` has
 * room for `count`. BW_NOT_FOUND; BW_REFUSED where one isn't in doubt, the figures of its
 * session are fixed, it looks like nobody (BW_PLACE_DOUBT_SAME), or two contradict each
 * other; BW_BAD_INPUT for none; BW_NO_MEMORY; the errors of bw_office_keys and the
 * database. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_place_doubts_settle(const struct bw_office *office,
    const struct bw_place_doubt_answer answers[], size_t count, const char *why,
    struct bw_place_doubt_settled ret_settled[], struct bw_error *err);

/* The same of one whom the caller's step brought: within it, while it holds all that a
 * form does. BW_REFUSED where it looks like nobody (BW_PLACE_DOUBT_SAME); the errors of
 * bw_office_keys and the database. */
BW_NODISCARD enum bw_status bw_place_doubt_settle_new(const struct bw_office *office,
    bw_code code, enum bw_place_doubt_way way, struct bw_place_doubt_settled *ret_settled,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
