/* Presence: what the events of one session say when folded, in the order of
 * bw_event_compare. The result doesn't depend on the order in which events were added.
 *
 * P1 somebody is *in* when an `arrived` of theirs isn't annulled and no later `left`
 *    follows.
 * P2 *attended* when any `arrived` isn't annulled.
 * P3 a walk-in's identity is its first event; an `arrived` that refers to a `waiting` is
 *    the same person.
 * P4 the same event twice changes nothing; two events under one number are both folded,
 *    and a person is counted once.
 *
 * One thread at a time. Owns copies of what it is given. After BW_NO_MEMORY it isn't
 * complete any more: destroy it. */
#ifndef BRUGWACHTER_PRESENCE_H
#define BRUGWACHTER_PRESENCE_H

#include <brugwachter/event.h>

struct bw_presence;

/* What is known of one person. Borrowed from the presence, valid until it changes. */
struct bw_attendance {
    struct bw_subject subject;
    bool in;
    bool attended;
    bool left;    /* was in, and left last */
    bool waiting; /* put in the row at the door, and neither in nor gone home since */
    bool seen;    /* came to the door (refused as waitlisted, or waiting), likewise */
    bool guest;   /* arrived by another session's ticket, or as guest */
    bool substitute;
    enum bw_basis basis; /* of the first arrival in force, or the last substitute's */
    struct bw_event_id first; /* that arrival; device 0 where there's none */
    int64_t since_ms;         /* its wall time */
    bool since_suspect;       /* its clock was suspect */
    int64_t left_ms;          /* where left: its wall time; 0 by a suspect clock */
    int arrivals_count;       /* in force, at most BW_REFS_MAX */
    struct bw_event_id arrivals[BW_REFS_MAX];
    struct bw_event_id waiting_event; /* device 0 where there's none */
    int64_t waiting_ms; /* came to the door: `waiting`, or refused as waitlisted */
    uint64_t waiting_hlc;
    uint8_t generation; /* highest of any accepted ticket, undone ones included */
    uint32_t home_session_no;
};

BW_NODISCARD enum bw_status bw_presence_create(
    uint32_t session_no, struct bw_presence **ret_presence, struct bw_error *err);
void bw_presence_destroy(struct bw_presence *presence);

/* Adds one event (of any device; events of other sessions are passed over). In order it
 * costs O(1); out of order the person concerned is folded again. */
BW_NODISCARD enum bw_status bw_presence_add(
    struct bw_presence *presence, const struct bw_event *event, struct bw_error *err);

/* NULL where nothing is known of them. */
const struct bw_attendance *bw_presence_of_code(
    const struct bw_presence *presence, bw_code code);
const struct bw_attendance *bw_presence_of_event(
    const struct bw_presence *presence, struct bw_event_id id);

/* Walks all, in the order of their first events. */
size_t bw_presence_size(const struct bw_presence *presence);
const struct bw_attendance *bw_presence_at(
    const struct bw_presence *presence, size_t index);

/* How many are in; of these, walk-ins and guests. */
int bw_presence_in(const struct bw_presence *presence);
int bw_presence_walk_ins(const struct bw_presence *presence);
int bw_presence_guests(const struct bw_presence *presence);

/* True once a `released` was folded. */
bool bw_presence_is_released(const struct bw_presence *presence);

#endif
