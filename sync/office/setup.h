/* A central database, set up: its tables, the organiser's keys, and how the organiser is
 * called. Again and again: what is there stays. One thread. */
#ifndef BW_SYNC_SETUP_H
#define BW_SYNC_SETUP_H

#include "office/office.h"
#include "office/step_contact.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Keeps them as a step, in a transaction of its own; with none that is another one
 * nothing is done, and *ret_changed is false. BW_BAD_INPUT for a setting that is no text,
 * or an address that is none; what the database answers. */
BW_NODISCARD enum bw_status bw_office_settings_keep(const struct bw_office *office,
    const struct bw_office_settings *settings, bool *ret_changed, struct bw_error *err);

/* Makes the tables or brings them up to date, and the key file where the database has no
 * keys yet, in one transaction; settings of one that was there before are a step.
 * *ret_created tells whether the tables were made now.
 * BW_BAD_INPUT where it isn't known where the keys are to lie, or for a setting that is
 * no text; the errors of the key file and of the database. Nothing was changed then; but
 * a key file that was made stays, and the next setup takes it up. */
BW_NODISCARD enum bw_status bw_office_setup(const struct bw_office *office,
    const struct bw_office_settings *settings, bool *ret_created, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
