/* `mail back`, `mail none` and `mail again`: whom no mail goes to. One thread. */
#ifndef BW_SYNC_MAIL_REACH_H
#define BW_SYNC_MAIL_REACH_H

#include "cli/command.h"

/* Each says it of the second of the call's words, and answers so: that their mail came
 * back, that they want none, that neither holds any more. BW_EXIT_FAILED with the errors
 * of bw_told_reach_say. */
enum bw_exit bw_cli_mail_back(struct bw_call *call, struct bw_error *err);
enum bw_exit bw_cli_mail_none(struct bw_call *call, struct bw_error *err);
enum bw_exit bw_cli_mail_again(struct bw_call *call, struct bw_error *err);

#endif
