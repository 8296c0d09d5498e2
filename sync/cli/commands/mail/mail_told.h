/* `mail --told WHO…`: they heard it by phone or in person; `mail --not-sent`, which takes
 * such a note back. One thread. */
#ifndef BW_SYNC_MAIL_TOLD_H
#define BW_SYNC_MAIL_TOLD_H

#include "cli/command.h"

/* Notes that whom --told and the operands name (codes, or words that fit one person each)
 * were told all that they were due to hear, in the session or series that is named, if
 * one is; or that everybody of it was, for --told all. Prints who, and what. All of them
 * or none: BW_EXIT_FAILED, with a sentence, where nobody fits one of them, there was
 * nothing to tell, or what the database answers; BW_EXIT_USAGE for `all` of nothing. */
enum bw_exit bw_cli_mail_told(struct bw_call *call, struct bw_error *err);

/* Takes back the last that was written or so noted, and prints how many are due again.
 * BW_EXIT_FAILED, with a sentence: there was none, or what the database answers. */
enum bw_exit bw_cli_mail_not_sent(struct bw_call *call, struct bw_error *err);

#endif
