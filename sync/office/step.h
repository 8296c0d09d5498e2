/* The office's steps: every change of people and places, numbered, with what was before,
 * so that it can be taken back.
 *
 * ST1 what a verb changes of a registration, a person or their names is kept before its
 *    first change in the step; the step and the change are one transaction.
 * ST2 a step is taken back whole, and only where no later step that stands changed the
 *    same registration or person.
 * ST3 taking back is a step too, and can be taken back.
 * ST5 nothing of a session whose figures are fixed is changed.
 * ST4 a ticket's generation never falls for who has no place: a newer ticket proves one.
 *
 * One thread, that of the central database. */
#ifndef BW_SYNC_STEP_H
#define BW_SYNC_STEP_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Begins a step: `what` is the command, `about` whom or what, for people; `batch_no` of
 * an import, else 0. In a transaction; all that is kept until its end is of this step.
 * What the database answers, as all here do. */
BW_NODISCARD enum bw_status bw_step_begin(const struct bw_office *office,
    const char *what, const char *about, const char *why, int64_t batch_no,
    struct bw_error *err);

/* A step that tells of what can't be taken back: a kiosk revoked, a key retired, people
 * purged. undo refuses it, and takes no earlier one back in its stead. In a transaction.
 * What the database answers. */
BW_NODISCARD enum bw_status bw_step_for_good(const struct bw_office *office,
    const char *what, const char *about, const char *why, struct bw_error *err);

/* ST1: to be called before the change; one that isn't there is not kept. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_step_keep_registration(
    struct bw_central *central, bw_code code, struct bw_error *err);

/* The same of a person. What the database answers. */
BW_NODISCARD enum bw_status bw_step_keep_person(
    struct bw_central *central, int64_t person_no, struct bw_error *err);

/* The same of a former name, or that there was none. What the database answers. */
BW_NODISCARD enum bw_status bw_step_keep_alias(
    struct bw_central *central, const char *identity, struct bw_error *err);

/* The same of a session; one that isn't there is kept as new. What the database
 * answers. */
BW_NODISCARD enum bw_status bw_step_keep_session(
    struct bw_central *central, uint32_t session_no, struct bw_error *err);

/* The same of sessions that this step made, from one number to another: all that have one
 * of those. What the database answers. */
BW_NODISCARD enum bw_status bw_step_keep_made_sessions(
    struct bw_central *central, int64_t first_no, int64_t last_no, struct bw_error *err);

/* The same of the whole agenda. What the database answers. */
BW_NODISCARD enum bw_status bw_step_keep_agenda(
    struct bw_central *central, struct bw_error *err);

/* A session's people hear of a change of it: their roster rows get its next revision, and
 * their sealed rows are made anew. BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_step_session_changed(
    struct bw_central *central, uint32_t session_no, struct bw_error *err);

/* ST5. BW_REFUSED, with what to do, where the figures of the session are fixed
 * (bw_session.closed_ms). What the database answers. */
BW_NODISCARD enum bw_status bw_step_check_open(
    struct bw_central *central, uint32_t session_no, struct bw_error *err);

/* At the end of an import: the registrations that bear its batch and weren't kept are new
 * ones, and so are the people from `first_person_no` on, before `end_person_no` (both 0:
 * nobody is). What the database answers. */
BW_NODISCARD enum bw_status bw_step_keep_new(struct bw_central *central, int64_t batch_no,
    int64_t first_person_no, int64_t end_person_no, struct bw_error *err);

/* A registration that this step made by itself, of no import; to be called after it is
 * there. What the database answers. */
BW_NODISCARD enum bw_status bw_step_keep_made(
    struct bw_central *central, bw_code code, struct bw_error *err);

/* The same of a person. What the database answers. */
BW_NODISCARD enum bw_status bw_step_keep_made_person(
    struct bw_central *central, int64_t person_no, struct bw_error *err);

/* Of a step that no other took back. */
enum bw_step_end {
    BW_STEP_PURGED = -1,   /* what it changed is gone */
    BW_STEP_FOR_GOOD = -2, /* it never could be taken back */
};

/* A step as `log` tells it. Texts are borrowed for the call. */
struct bw_step {
    int64_t number, at_ms;
    int64_t undoes, undone_by; /* 0: none; undone_by: enum bw_step_end, too */
    const char *what, *about, *why;
    const char *who;       /* made it; "": it isn't known */
    int64_t registrations; /* that it changed */
};
/* False ends the walk. */
typedef bool bw_step_each(const struct bw_step *step, void *context);

/* Walks the steps, newest first, `most` of them. What the database answers. */
BW_NODISCARD enum bw_status bw_step_walk(struct bw_central *central, int64_t most,
    bw_step_each *each, void *context, struct bw_error *err);

/* The steps that stand and were built on step `number` (ST2), newest first; `whole`:
 * those that were built on them, too, so that each can be taken back in that order. A
 * pair that cancels itself out is nothing built, nor is step `own`, which takes it back
 * (0: none). *ret_steps is the caller's, to free. BW_NO_MEMORY, what the database
 * answers. */
BW_NODISCARD enum bw_status bw_step_built_on(struct bw_central *central, int64_t number,
    int64_t own, bool whole, int64_t **ret_steps, size_t *ret_count,
    struct bw_error *err);

/* Somebody who is told another thing by their ticket now. */
struct bw_step_told {
    bw_code code;
    char first_name[BW_NAME_BYTES], name[BW_NAME_BYTES], session[BW_LABEL_BYTES];
    bool gone; /* no registration any more; else: */
    enum bw_registration_status status;
};

/* What taking back did: whom to tell. Zeroed is empty. */
struct bw_step_undone {
    int64_t number; /* of the step that was taken back */
    char what[BW_LABEL_BYTES], about[BW_TITLE_BYTES];
    struct bw_step_told *told; /* owned; by session and name */
    size_t count, capacity;
};

/* Takes back step `number` (0: the last one that stands), in one transaction.
 * BW_NOT_FOUND: there's none. BW_REFUSED, with what to do: it was taken back already,
 * it can't be, or what it changed is gone for good (none before either is taken back in
 * its stead), something was built on it (ST2), somebody came in by it, or it changed no
 * people. What the database answers. The caller finishes what BW_OK gives. */
BW_NODISCARD enum bw_status bw_step_undo(const struct bw_office *office, int64_t number,
    const char *why, struct bw_step_undone *ret_undone, struct bw_error *err);
void bw_step_undone_finish(struct bw_step_undone *undone);

#ifdef __cplusplus
}
#endif

#endif
