/* `verify TEXT`: what a certificate says, by its QR code's text or by the code that is
 * printed on it; of a ticket's text, whose it is. One thread. */
#ifndef BW_SYNC_VERIFY_TEXT_H
#define BW_SYNC_VERIFY_TEXT_H

#include "cli/command.h"

/* Prints the answer: BW_EXIT_DONE where it holds, BW_EXIT_LOOK where it doesn't; for a
 * text that is neither BW_EXIT_USAGE, and BW_EXIT_FAILED for what the database answers,
 * with a sentence. */
enum bw_exit bw_cli_verify_text(
    struct bw_call *call, const char *text, struct bw_error *err);

#endif
