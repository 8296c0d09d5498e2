/* What the organiser says of a conflict: a walk-in is somebody who is registered, or an
 * entry doesn't stand. Kiosks' logs stay as they are; figures and report follow the word
 * for as long as its step stands (step.h). One thread. */
#ifndef BW_SYNC_RULING_H
#define BW_SYNC_RULING_H

#include "office/office.h"

#include <brugwachter/event.h>

#ifdef __cplusplus
extern "C" {
#endif

/* As the database has them; 3 is of step_paper.h, 5 of bw_office_kiosk_keep. */
enum bw_office_ruling {
    BW_OFFICE_RULING_IS = 1,
    BW_OFFICE_RULING_OUT,
    BW_OFFICE_RULING_OTHER = 4,
    BW_OFFICE_RULING_UNKNOWN = 16, /* and the number of a conflict's kind */
    BW_OFFICE_RULING_STANDS = 48,  /* likewise */
};

/* What can be said of an event now. */
struct bw_office_ruling_choices {
    bool out;   /* it doesn't stand */
    bool is;    /* it is that of somebody who is registered for its session */
    bool other; /* somebody else came with that ticket */
};

/* Asks what the three verbs below would take of `entry`, by their own rules: nothing of
 * an event that is no arrival or isn't here, that was settled before, or whose session's
 * figures are fixed. Changes nothing. What the database answers. */
BW_NODISCARD enum bw_status bw_office_rule_choices(struct bw_central *central,
    struct bw_event_id entry, struct bw_office_ruling_choices *ret_choices,
    struct bw_error *err);

/* The arrival `entry` is that of the registration that `typed` finds (an arrival without
 * a code, in its own session). In a transaction and a step of its own; `why` is kept with
 * it. BW_NOT_FOUND for the event or the registration; BW_REFUSED, with what to do, where
 * it is no such arrival, was settled before, or the figures of its session are fixed;
 * what the database answers. *ret_registration is whose it is. */
BW_NODISCARD enum bw_status bw_office_rule_is(const struct bw_office *office,
    struct bw_event_id entry, const char *typed, const char *why,
    struct bw_office_registration *ret_registration, struct bw_error *err);

/* The arrival `entry` doesn't stand: it counts nowhere. BW_NOT_FOUND, BW_REFUSED and what
 * the database answers, as above. */
BW_NODISCARD enum bw_status bw_office_rule_out(const struct bw_office *office,
    struct bw_event_id entry, const char *why, struct bw_error *err);

/* The arrival `entry`, by somebody's ticket, was of somebody else, whose name isn't
 * known: it counts as a walk-in's. BW_NOT_FOUND, BW_REFUSED and what the database
 * answers, as above. */
BW_NODISCARD enum bw_status bw_office_rule_other(const struct bw_office *office,
    struct bw_event_id entry, const char *why, struct bw_error *err);

/* The session that an event is of. BW_NOT_FOUND, what the database answers. */
BW_NODISCARD enum bw_status bw_office_rule_session(struct bw_central *central,
    struct bw_event_id entry, uint32_t *ret_session_no, struct bw_error *err);

/* A conflict as a whole: its kind, by the number that the report has for it (conflicts.h,
 * from 1 on), and all its events. */
struct bw_office_conflict {
    uint32_t session_no;
    int kind;
    const struct bw_event_id *events;
    size_t count;
};

/* Says of it that nobody knows what happened (UNKNOWN), or that it is right as it stands
 * (STANDS): the figures stay as they are, and the report says so. In a transaction and a
 * step of its own, about the first event. BW_BAD_INPUT for another ruling, a kind that is
 * none, and for no events; BW_NOT_FOUND for an event that isn't here; BW_REFUSED where it
 * was said before, or the figures of the session are fixed; what the database answers. */
BW_NODISCARD enum bw_status bw_office_rule_conflict(const struct bw_office *office,
    const struct bw_office_conflict *conflict, enum bw_office_ruling ruling,
    const char *why, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
