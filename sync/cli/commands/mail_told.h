/* `mail --told CODE`: somebody heard it by phone or in person. One thread. */
#ifndef BW_SYNC_MAIL_TOLD_H
#define BW_SYNC_MAIL_TOLD_H

#include "cli/command.h"

/* Notes that who the text names (a code, or words that fit one person) was told all that
 * they were due to hear, and prints how much that is. BW_EXIT_FAILED, with a sentence:
 * nobody fits, there was nothing to tell, or what the database answers. */
enum bw_exit bw_cli_mail_told(
    struct bw_call *call, const char *text, struct bw_error *err);

#endif
