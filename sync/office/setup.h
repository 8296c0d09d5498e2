/* A central database, set up: its tables, the organiser's keys, and how the organiser is
 * called. Again and again: what is there stays. One thread. */
#ifndef BW_SYNC_SETUP_H
#define BW_SYNC_SETUP_H

#include "office/office.h"

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

/* Keeps them, in a transaction of its own; with none given nothing is done. BW_BAD_INPUT
 * for a setting that is no text, or an address that is none; what the database answers.
 */
BW_NODISCARD enum bw_status bw_office_settings_keep(const struct bw_office *office,
    const struct bw_office_settings *settings, struct bw_error *err);

/* Makes the tables or brings them up to date, and the key file where the database has no
 * keys yet, in one transaction. *ret_created tells whether the tables were made now.
 * BW_BAD_INPUT where it isn't known where the keys are to lie, or for a setting that is
 * no text; the errors of the key file and of the database. Nothing was changed then; but
 * a key file that was made stays, and the next setup takes it up. */
BW_NODISCARD enum bw_status bw_office_setup(const struct bw_office *office,
    const struct bw_office_settings *settings, bool *ret_created, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
