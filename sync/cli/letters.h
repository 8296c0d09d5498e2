/* What goes by letter around a command: the two hooks of the table, and what commands of
 * letters share. One thread. */
#ifndef BW_SYNC_LETTERS_H
#define BW_SYNC_LETTERS_H

#include "cli/command.h"
#include "exchange/office/round.h"

/* The hooks of bw_sync_commands: see bw_letters_hook. */
enum bw_exit bw_letters_in(struct bw_call *call, struct bw_error *err);
enum bw_exit bw_letters_out(struct bw_call *call, struct bw_error *err);

/* The office's half of the exchange, with the keys of this call; its clock is the call's.
 * bw_exchange_post_finish ends *ret_post, which borrows from the call. The errors of
 * bw_exchange_post_init. */
BW_NODISCARD enum bw_status bw_letters_post(
    struct bw_call *call, struct bw_exchange_post *ret_post, struct bw_error *err);

/* Where logins of carriers are: --netrc-file, or PATH.netrc beside PATH.key, into the
 * caller's room; "" where none is known. True where somebody named it. */
bool bw_letters_netrc(const struct bw_call *call, char ret_path[PATH_MAX]);

/* Prints those of the summary's sentences that this call hasn't printed yet, a line each:
 * a carrier that is away is met on the way in and on the way out. */
void bw_letters_tell(struct bw_call *call, const struct bw_round_summary *summary);

/* Prints the summary's sentences, a line each. `out` stays open. */
void bw_letters_print(const struct bw_round_summary *summary, FILE *out);

#endif
