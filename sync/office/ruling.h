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

/* As the database has them. */
enum bw_office_ruling { BW_OFFICE_RULING_IS = 1, BW_OFFICE_RULING_OUT };

/* What can be said of an event now. */
struct bw_office_ruling_choices {
    bool out; /* it doesn't stand */
    bool is;  /* it is that of somebody who is registered for its session */
};

/* Asks what the two verbs below would take of `entry`, by their own rules: nothing of an
 * event that is no arrival or isn't here, that was settled before, or whose session's
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

#ifdef __cplusplus
}
#endif

#endif
