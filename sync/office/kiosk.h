/* Kiosks, as the organiser decides on them: enrolled for sessions, and out of service.
 *
 * A new enrolment is a new number, always; one that replaces another kiosk names it. The
 * keys in the rows are public ones. One thread. */
#ifndef BW_OFFICE_KIOSK_H
#define BW_OFFICE_KIOSK_H

#include "central/fork.h"
#include "office/office.h"

#include <brugwachter/enrolment.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What somebody asked for; NULL and 0 where nothing was given. Borrowed. */
struct bw_kiosk_request {
    const char *sessions; /* codes, with commas between */
    const char *name;
    const char *organiser, *phone, *privacy_url; /* NULL: the organiser's own */
    const char *pin;      /* of its staff; NULL: that in the file */
    const char *pin_file; /* NULL: no staff PIN */
    uint32_t replaces;    /* number of the kiosk before; 0: none. Its sheet ends, where it
                        * wasn't used yet: then what introduces itself by it waits */
};

/* A kiosk that is to be. */
struct bw_kiosk_plan {
    struct bw_enrolment enrolment; /* device is 0 until bw_office_kiosk_put */
    uint32_t session_nos[BW_SESSIONS_OWN_MAX];
    uint32_t replaces;
    int64_t expires_ms; /* UTC: with its last session */
    bool own_organiser, own_phone, own_privacy_url;
    bool namesake; /* another kiosk at work has this name */
};

/* Looks everything up and checks it; nothing is changed. BW_BAD_INPUT, BW_NOT_FOUND (a
 * session, the kiosk that is replaced, the PIN's file), and what the database answers. */
BW_NODISCARD enum bw_status bw_office_kiosk_plan(const struct bw_office *office,
    const struct bw_kiosk_request *request, struct bw_kiosk_plan *ret_plan,
    struct bw_error *err);

/* Circles to come that stand and that no kiosk at work serves: their numbers, by start.
 * The caller frees. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_office_kiosk_bare(const struct bw_office *office,
    int64_t **ret_session_nos, size_t *ret_count, struct bw_error *err);

/* Before several are put in one transaction, first in it: holds the sessions of all, of
 * which no two have the same one, and the kiosks that they take the place of, at once.
 * BW_BUSY, BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_office_kiosks_hold(const struct bw_office *office,
    const struct bw_kiosk_plan *const *plans, size_t count, struct bw_error *err);

/* Gives it a number (plan->enrolment.device) and writes it, in the caller's transaction,
 * which began as a step and holds nothing yet, or what bw_office_kiosks_hold held: its
 * sessions are held here. The keys are the
 * one-time ones of its enrolment. BW_FULL, BW_BUSY, what the database answers. */
BW_NODISCARD enum bw_status bw_office_kiosk_put(const struct bw_office *office,
    struct bw_kiosk_plan *plan, const uint8_t first_sign[BW_PUBLIC_KEY_BYTES],
    const uint8_t first_box[BW_BOX_KEY_BYTES], struct bw_error *err);

/* Takes a kiosk out of service, in a transaction of its own; again changes nothing.
 * *ret_seq: its key holds up to this event, as far as its log is here. *ret_heard: it was
 * heard at least once. BW_NOT_FOUND, and what the database answers. */
BW_NODISCARD enum bw_status bw_office_kiosk_revoke(const struct bw_office *office,
    uint32_t device, const char *why, uint64_t *ret_seq, bool *ret_heard,
    struct bw_error *err);

/* Of the copies of a forked kiosk the one called `copy` goes on (fork.h): receipts follow
 * its log, and the next roster stops each other one, which is to be enrolled again. All
 * that any of them wrote stays, and counts. In a transaction and a step of its own, which
 * can't be taken back. BW_NOT_FOUND: there are no two, or none is called so. BW_REFUSED:
 * it was said before, or the kiosk was revoked. What the database answers. */
BW_NODISCARD enum bw_status bw_office_kiosk_keep(const struct bw_office *office,
    uint32_t device, const char *copy, const char *why, struct bw_fork_copy *ret_copy,
    struct bw_error *err);

/* Takes a kiosk's introduction in, in the caller's transaction; *ret_words are its check
 * words, until the next call. */
typedef enum bw_status bw_office_kiosk_taking(
    void *context, const char **ret_words, struct bw_error *err);

/* An introduction that waits is accepted: `take` does it, in a transaction and a step of
 * its own, which can't be taken back. What `take` answers, BW_BUSY, and what the database
 * answers. */
BW_NODISCARD enum bw_status bw_office_kiosk_accept(const struct bw_office *office,
    uint32_t device, bw_office_kiosk_taking *take, void *context, struct bw_error *err);

/* Which sheet of how many its enrolment is, over the kiosks of a series that aren't
 * revoked, nor by a sheet that a newer one ended: by the start of their first session
 * there, then by number. What the database answers. */
BW_NODISCARD enum bw_status bw_office_kiosk_sheet(const struct bw_office *office,
    uint32_t device, const char *series, int *ret_sheet, int *ret_sheets,
    struct bw_error *err);

/* Which sheet of how many a plan would be, and its number (plan->enrolment.device): it is
 * put, and taken away again. In no transaction. The errors of bw_office_kiosk_put and
 * bw_office_kiosk_sheet. */
BW_NODISCARD enum bw_status bw_office_kiosk_preview(const struct bw_office *office,
    struct bw_kiosk_plan *plan, const char *series, int *ret_sheet, int *ret_sheets,
    struct bw_error *err);

/* Kiosks at work whose newest stated roster doesn't know of every other kiosk of its
 * sessions (not over): they need a new one. Numbers, rising; the caller frees.
 * BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_office_kiosks_behind(const struct bw_office *office,
    int64_t **ret_devices, size_t *ret_count, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
