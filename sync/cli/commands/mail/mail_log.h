/* What went to whom: `mail --sent` tells it, `mail log FILE` writes it. One thread. */
#ifndef BW_SYNC_MAIL_LOG_H
#define BW_SYNC_MAIL_LOG_H

#include "cli/command.h"

/* Lists it, newest first. BW_EXIT_FAILED, with a sentence: what the database answers. */
enum bw_exit bw_cli_mail_sent(struct bw_call *call, struct bw_error *err);

/* Writes it to a workbook for Excel, in the call's language, and says how many rows.
 * BW_EXIT_FAILED with the errors of bw_told_sheet_write. */
enum bw_exit bw_cli_mail_log(
    struct bw_call *call, const char *path, struct bw_error *err);

#endif
