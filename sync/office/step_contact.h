/* How the organiser is called and reached, in a step: what it was before is kept with the
 * step that changes it, and put back by the one that takes that back (ST1 to ST3). It
 * stands in table `setting`, beside what is settled for commands (setting.h), under names
 * that no setting has. In a transaction of the central database where nothing else is
 * said; one thread. */
#ifndef BW_SYNC_STEP_CONTACT_H
#define BW_SYNC_STEP_CONTACT_H

#include "office/step.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What screens and paper say of the organiser; NULL leaves it as it is. */
struct bw_office_settings {
    const char *organiser;
    const char *phone;
    const char *privacy_url;
    const char *mail;    /* the address that mails come from */
    const char *contact; /* whom people ask for */
};

/* Whether any that is given is another than what stands there; in no transaction. The
 * errors of the next. */
BW_NODISCARD enum bw_status bw_step_contact_differs(const struct bw_office *office,
    const struct bw_office_settings *settings, bool *ret_differs, struct bw_error *err);

/* Writes what is given and is another; *ret_changed tells whether any was. `as_step`: as
 * a step of its own, which is begun with the first of them; else as it is (a database
 * that was made just now). BW_BAD_INPUT for what is no text, or an address that is none,
 * with its option's name; what the database answers. */
BW_NODISCARD enum bw_status bw_step_contact_put(const struct bw_office *office,
    const struct bw_office_settings *settings, bool as_step, bool *ret_changed,
    struct bw_error *err);

/* ST2: BW_REFUSED, with what to do, where a later step that stands changed the same. What
 * the database answers. */
BW_NODISCARD enum bw_status bw_step_contact_check(
    struct bw_central *central, int64_t step_no, struct bw_error *err);

/* Puts back what was before `step_no`; `own_no` is the step that does it, and keeps what
 * was until now (ST3). What the database answers. */
BW_NODISCARD enum bw_status bw_step_contact_put_back(
    struct bw_central *central, int64_t step_no, int64_t own_no, struct bw_error *err);

/* When what kiosks show of it was changed last, or that taken back (UTC); 0: never since
 * the database was made. What the database answers. */
BW_NODISCARD enum bw_status bw_step_contact_changed_ms(
    struct bw_central *central, int64_t *ret_ms, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
