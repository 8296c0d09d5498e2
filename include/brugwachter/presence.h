/* Presence: what the events of one session say when folded. The one fold there is: the
 * desk, and the office's figures, both stand on it. The result is a function of the set
 * of events, whatever the order in which they were added.
 *
 * P1 somebody is *in* when an `arrived` of theirs isn't annulled and no later `left`
 *    follows.
 * P2 *attended* when any `arrived` isn't annulled.
 * P3 a walk-in's identity is its first event; an `arrived` that refers to a `waiting` is
 *    the same person.
 * P4 the same event twice changes nothing; two events under one number are both folded,
 *    and a person is counted once.
 *
 * P5 a person's events are folded by stamp (bw_event_compare), but an event stands after
 *    those of theirs that it refers to, whatever the stamps say. In a ring of references,
 *    which no kiosk can write that doesn't lie, they put nothing after anything, and what
 *    says `left` stands before the rest of it.
 * P6 an event acts on events of this session alone: what it names of another, or what
 *    isn't known here, stays untouched; `undone` annuls arrivals, and nothing else.
 *
 * P7 a stay is one person's on their place, however often they go out and come back.
 *    Somebody who comes instead (basis substitute), or who comes after a substitute left,
 *    is another person, and begins another stay on the same place; but not a substitute
 *    who refers to the arrival that their own stay began with. An attendance speaks of
 *    the last one.
 *
 * P8 a `left` about nobody lets everybody out: whoever stands before it, by stamp or in
 *    the log of the same kiosk, and who waits goes home. Who comes after it is in again.
 *
 * One thread at a time. Owns copies of what it is given. After BW_NO_MEMORY it isn't
 * complete any more: destroy it. Reading can't fail. */
#ifndef BRUGWACHTER_PRESENCE_H
#define BRUGWACHTER_PRESENCE_H

#include <brugwachter/event.h>

struct bw_presence;

/* What is known of one person. Borrowed from the presence, valid until it changes. */
struct bw_attendance {
    struct bw_subject subject;
    bool in;
    bool attended;
    int stays;    /* in force: people who were on this place, one after another (P7) */
    bool left;    /* was in, and left last */
    bool waiting; /* put in the queue at the door, and neither in nor gone home since */
    bool seen;    /* came to the door (refused as waitlisted, or waiting), likewise */
    bool guest;   /* arrived by another session's ticket, or as guest */
    bool substitute;
    enum bw_basis basis;      /* of the arrival that their stay began with (P7) */
    struct bw_event_id first; /* that arrival; device 0 where there's none */
    int64_t since_ms;         /* its wall time */
    bool since_suspect;       /* its clock was suspect */
    int64_t left_ms;          /* where left: its wall time; 0 by a suspect clock */
    int arrivals_count;       /* in force: the last BW_REFS_MAX */
    int visit_count;          /* of these, since they left last: the last so many */
    struct bw_event_id arrivals[BW_REFS_MAX];
    struct bw_event_id waiting_event; /* device 0 where there's none */
    int64_t waiting_ms; /* came to the door: `waiting`, or refused as waitlisted */
    uint64_t waiting_hlc;
    uint8_t generation; /* highest of any accepted ticket, undone ones included */
    uint32_t home_session_no;
    /* The last in the fold: what the next event about them is to refer to. */
    struct bw_event_id newest;
};

/* An empty one, for the events of session_no. The caller destroys it. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_presence_create(
    uint32_t session_no, struct bw_presence **ret_presence, struct bw_error *err);
void bw_presence_destroy(struct bw_presence *presence); /* NULL is fine */

/* Adds one event, of any device; events of other sessions are passed over. Who is to be
 * counted nowhere (quarantine) isn't added. In order it costs O(1); out of order the
 * person concerned is folded again, in O(n log n) of their events; an event that others
 * referred to before it came may cost O(n) of all. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_presence_add(
    struct bw_presence *presence, const struct bw_event *event, struct bw_error *err);

/* Whether an event is of the day that its session had before it was moved: nobody comes
 * before their session's day unless staff pass the rule, or by a clock that says nothing
 * of days. What it would say of the new day isn't so: desk and office leave it out.
 * `day_start_ms`: of the session's local day, UTC. Pure. */
bool bw_presence_is_before_day(const struct bw_event *event, int64_t day_start_ms);

/* Whether an event lets everybody out (P8): a `left` without a code or a reference. */
bool bw_presence_is_closing(const struct bw_event *event);

/* For many: what is added from now on is read only after bw_presence_settle, and costs
 * O(n log n) of all together, in whatever order it came. Holding can't fail. */
void bw_presence_hold(struct bw_presence *presence);
/* Folds what was held, and holds no more. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_presence_settle(
    struct bw_presence *presence, struct bw_error *err);

/* What is known of one person, by their code, or by any event of theirs. Borrowed, valid
 * until the presence changes; NULL where nothing is known of them. */
const struct bw_attendance *bw_presence_of_code(
    const struct bw_presence *presence, bw_code code);
const struct bw_attendance *bw_presence_of_event(
    const struct bw_presence *presence, struct bw_event_id id);

/* Whether an event is here as an arrival; and as one in force, which isn't annulled. */
bool bw_presence_is_arrival(const struct bw_presence *presence, struct bw_event_id id);
bool bw_presence_is_in_force(const struct bw_presence *presence, struct bw_event_id id);

/* Walks the stays on one place (P7), oldest first, each as it stood at its end; nobody's
 * where nothing is known of the subject. Borrowed for the call. Costs O(n) of their
 * events. */
typedef void bw_presence_on_stay(const struct bw_attendance *stay, void *context);
void bw_presence_stays(const struct bw_presence *presence, struct bw_subject subject,
    bw_presence_on_stay *on_stay, void *context);

/* Walks all people, in the order of their first events: how many there are, and the one
 * at `index` from 0, below that (asserted). Borrowed, valid until the presence
 * changes. */
size_t bw_presence_size(const struct bw_presence *presence);
const struct bw_attendance *bw_presence_at(
    const struct bw_presence *presence, size_t index);

/* That somebody came in or went out, by this event. */
struct bw_presence_turn {
    size_t person; /* as in bw_presence_at */
    bool in;       /* came in; else went out */
    struct bw_event_id id;
    const uint8_t *hash; /* BW_HASH_BYTES; borrowed for the call */
};
typedef void bw_presence_on_turn(const struct bw_presence_turn *turn, void *context);

/* Walks every person's turns, one person after another, each in the order of the fold:
 * in, out, in … Costs O(n) of all events. */
void bw_presence_turns(
    const struct bw_presence *presence, bw_presence_on_turn *on_turn, void *context);

/* How many people are in; of these, walk-ins and guests. */
int bw_presence_in(const struct bw_presence *presence);
int bw_presence_walk_ins(const struct bw_presence *presence);
int bw_presence_guests(const struct bw_presence *presence);

/* True once a `released` was folded. */
bool bw_presence_is_released(const struct bw_presence *presence);

#endif
