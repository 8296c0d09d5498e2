/* `mail --check`: who is to be told what. One thread. */
#ifndef BW_SYNC_MAIL_CHECK_H
#define BW_SYNC_MAIL_CHECK_H

#include "cli/command.h"
#include "office/mail/mailing.h"

/* What is to be told, in words; a figure before it. Static: nobody frees it. */
const char *bw_cli_mail_kind(enum bw_told_kind kind);

/* Lists them. BW_EXIT_LOOK where some can't be told by mail, or it isn't known whether
 * theirs went; BW_EXIT_FAILED with the errors of bw_mailing_read. */
enum bw_exit bw_cli_mail_check(
    struct bw_call *call, const struct bw_mailing_scope *scope, struct bw_error *err);

#endif
