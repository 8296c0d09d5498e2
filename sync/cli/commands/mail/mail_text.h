/* `mail text`: the organiser's own words in mails. One thread. */
#ifndef BW_SYNC_MAIL_TEXT_H
#define BW_SYNC_MAIL_TEXT_H

#include "cli/command.h"

/* Lists the kinds; with a KIND its words; with a PART too that one; with TEXT, writes it,
 * "ours" being our own again. BW_EXIT_USAGE for a kind or part that there isn't, and for
 * a text that can't be one; BW_EXIT_FAILED with the errors of letter_words.h. */
enum bw_exit bw_cli_mail_text(struct bw_call *call, struct bw_error *err);

#endif
