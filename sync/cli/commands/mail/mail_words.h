/* What `mail` does by words: `mail test ADDRESS`, `mail gone`. One thread. */
#ifndef BW_SYNC_MAIL_WORDS_H
#define BW_SYNC_MAIL_WORDS_H

#include "cli/command.h"

/* Whether the first of the call's words says what to do. */
bool bw_cli_mail_has_word(const struct bw_call *call);

/* Does it, and says so: sends a test mail (test ADDRESS) or an example (sample ADDRESS
 * [GROUP...]), writes the log (log FILE), notes that what was written went (gone).
 * BW_EXIT_USAGE for more or fewer words, BW_EXIT_FAILED with the errors of what does it.
 */
enum bw_exit bw_cli_mail_words(struct bw_call *call, struct bw_error *err);

/* The groups that the words from `first` on name, of --session where one is given:
 * bw_told_groups_add, its errors and its promise. */
struct bw_told_groups;
BW_NODISCARD enum bw_status bw_cli_mail_groups(const struct bw_call *call, int first,
    struct bw_told_groups *groups, struct bw_error *err);

#endif
