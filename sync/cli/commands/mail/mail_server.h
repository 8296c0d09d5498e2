/* The mail server that a call sends by. One thread. */
#ifndef BW_SYNC_MAIL_SERVER_H
#define BW_SYNC_MAIL_SERVER_H

#include "cli/command.h"
#include "office/mail/smtp.h"

#include <limits.h>

/* Its texts are the call's, and its own. */
struct bw_cli_mail_server {
    struct bw_smtp_settings settings;
    char password_file[PATH_MAX];
};

/* What was given or settled; the password of who logs in with none given is that of the
 * file beside the keys (office/setting.h), where there is one. Can't fail. */
void bw_cli_mail_server(
    const struct bw_call *call, struct bw_cli_mail_server *ret_server);

#endif
