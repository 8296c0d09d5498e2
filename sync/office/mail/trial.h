/* A mail to see that the mail server takes mail: it tells nobody anything, and is noted
 * nowhere. One thread. */
#ifndef BW_SYNC_MAIL_TRIAL_H
#define BW_SYNC_MAIL_TRIAL_H

#include "office/mail/smtp.h"
#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sends it to this address. BW_BAD_INPUT where that is none, or it isn't known who
 * writes; the errors of bw_smtp_create; BW_REFUSED, with the server's words, where it
 * wasn't taken; BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_mailing_try(const struct bw_office *office,
    const struct bw_smtp_settings *settings, const char *to, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
