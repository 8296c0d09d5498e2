/* The organiser's office: what every verb of this room works on, and what most need
 * first: the secret keys, a registration by its code.
 *
 * A verb takes the office and plain parameters and returns a result; it knows no command
 * line and prints nothing. One thread. */
#ifndef BW_SYNC_OFFICE_H
#define BW_SYNC_OFFICE_H

#include "central/base/wording.h"
#include "central/central.h"
#include "central/keys.h"
#include "central/progress.h"

#include <brugwachter/clock.h>
#include <brugwachter/session.h>

/* How somebody came to be at a session. */
enum bw_office_came {
    BW_OFFICE_CAME_SIGNED_UP, /* with a registration of their own */
    BW_OFFICE_CAME_WALKED_IN,
    BW_OFFICE_CAME_INSTEAD, /* of whose registration it is */
};

/* Somebody who was at a session. Borrowed for the call. */
struct bw_office_attendee {
    enum bw_office_came came;
    bw_code code; /* BW_CODE_NONE where a walk-in has none yet */
    const char *first_name, *name, *school;
    const char *mail; /* "" where none is known: only who signed up has one */
};
/* False ends the walk. */
typedef bool bw_office_each_attendee(
    const struct bw_office_attendee *attendee, void *context);

/* Who was at a session. That is the report's to say, which the office doesn't know. */
typedef enum bw_status bw_office_attendees(struct bw_central *central,
    const char *session_code, int64_t now_ms, bw_office_each_attendee *each,
    void *context, struct bw_error *err);

struct bw_office_still;

/* Everything in it is borrowed, and outlives it. */
struct bw_office {
    struct bw_central *central; /* open */
    const char *key_path;       /* the organiser's secret keys; "" where it isn't known */
    struct bw_clock clock;
    const char *who; /* works here, as steps keep it; NULL or "": it isn't known */
    struct bw_progress *progress;        /* NULL where nobody watches */
    enum bw_wording_language language;   /* of what people get: paper, mails */
    const struct bw_office_still *still; /* what settings were seen (still.h); or NULL */
    bw_office_attendees *attendees;      /* NULL: then nobody is told of certificates */
};

/* Wall time by the office's clock. */
int64_t bw_office_now_ms(const struct bw_office *office);

/* The keys that this database has in use: bw_keys_in_use, and its errors. */
BW_NODISCARD enum bw_status bw_office_keys(
    const struct bw_office *office, struct bw_keys *ret_keys, struct bw_error *err);

/* A registration as the office knows it. */
struct bw_office_registration {
    struct bw_registration roster;             /* what kiosks get */
    enum bw_registration_status status_before; /* of a blocked one */
    char session_code[BW_LABEL_BYTES];
};

/* By what somebody typed: a code, or what bw_office_find finds one by. BW_NOT_FOUND, also
 * where several fit. */
BW_NODISCARD enum bw_status bw_office_registration_by_code(struct bw_central *central,
    const char *typed, struct bw_office_registration *ret_registration,
    struct bw_error *err);

/* By its code, as the database holds it. BW_NOT_FOUND, what the database answers. */
BW_NODISCARD enum bw_status bw_office_registration_of(struct bw_central *central,
    bw_code code, struct bw_office_registration *ret_registration, struct bw_error *err);

/* Capacity less the confirmed; never below 0. What the database answers, as the next two
 * do. */
BW_NODISCARD enum bw_status bw_office_free_places(struct bw_central *central,
    const struct bw_session *session, int64_t *ret_free, struct bw_error *err);

/* True where the session's people were purged. What the database answers. */
BW_NODISCARD enum bw_status bw_office_is_purged(struct bw_central *central,
    uint32_t session_no, bool *ret_purged, struct bw_error *err);

/* Notes beside steps when something was last seen to be so: `sql` changes the row of
 * `central`, and `when_ms` (UTC) is its $1. No step, as nobody takes back what was seen.
 * Where it can't be noted nothing is lost but that. */
void bw_office_note(struct bw_central *central, const char *sql, int64_t when_ms);

/* How many registrations of a session have this status. What the database answers. */
BW_NODISCARD enum bw_status bw_office_count(struct bw_central *central,
    uint32_t session_no, enum bw_registration_status status, int64_t *ret_count,
    struct bw_error *err);

#endif
