/* What a mail server is told of who we are: a password, or a token that a command makes.
 * One thread. */
#ifndef BW_SYNC_SMTP_LOGIN_H
#define BW_SYNC_SMTP_LOGIN_H

#include "office/mail/smtp.h"

#include <stdbool.h>

enum { BW_SMTP_SECRET_BYTES = 8192 };

/* Wiped by bw_smtp_secret_finish; a zeroed one is none. */
struct bw_smtp_secret {
    char *text; /* owned; NULL: no login */
    bool is_token;
};

/* Reads the first line of the file, or of what the command prints; no shell reads the
 * command. The errors of bw_smtp_create. */
BW_NODISCARD enum bw_status bw_smtp_secret_read(const struct bw_smtp_settings *settings,
    struct bw_smtp_secret *ret_secret, struct bw_error *err);
void bw_smtp_secret_finish(struct bw_smtp_secret *secret);

#endif
