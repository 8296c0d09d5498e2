/* Mails that tell nobody anything, and are no step: one to see that the mail server takes
 * mail, and one of those that would go, to look at. When the server last took one is
 * noted. One thread. */
#ifndef BW_SYNC_MAIL_TRIAL_H
#define BW_SYNC_MAIL_TRIAL_H

#include "office/mail/mailing.h"
#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sends it to this address. BW_BAD_INPUT where that is none, or it isn't known who
 * writes; the errors of bw_smtp_create; BW_REFUSED, with the server's words, where it
 * wasn't taken; BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_mailing_try(const struct bw_office *office,
    const struct bw_smtp_settings *settings, const char *to, struct bw_error *err);

/* Sends the first mail of a scope as it would go, but to this address, NULL for the
 * organiser's own: nobody counts as told (of `ret_sent`'s, which is the person's whose it
 * is). The same errors, those of bw_mailing_read and bw_mailing_compose; BW_NOT_FOUND
 * where nobody is due who can be told. */
struct bw_mailing_sample {
    bw_code code;
    enum bw_told_kind kind;
    char to[BW_TITLE_BYTES];
};
BW_NODISCARD enum bw_status bw_mailing_sample(const struct bw_office *office,
    const struct bw_mailing_scope *scope, const struct bw_smtp_settings *settings,
    const char *to, struct bw_mailing_sample *ret_sent, struct bw_error *err);

/* When the server last took one, UTC: 0 for never, or where another server or login was
 * settled since. What the database answers. */
BW_NODISCARD enum bw_status bw_mailing_tried(
    struct bw_central *central, int64_t *ret_tried_ms, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
