/* What `cancel`, `block`, `unblock` and `reissue` answer. One thread. */
#ifndef BW_SYNC_CLI_REGISTRATION_H
#define BW_SYNC_CLI_REGISTRATION_H

#include "cli/command.h"
#include "office/place/registration.h"

/* Prints a change that was made, or with another status than BW_OK nothing; gives the
 * exit status: BW_EXIT_LOOK where somebody should look at it. */
enum bw_exit bw_cli_registration(struct bw_call *call, enum bw_status status,
    const struct bw_place_change *change, struct bw_error *err);

#endif
