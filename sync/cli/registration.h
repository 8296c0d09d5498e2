/* The commands on registrations: cancel, reinstate, block, unblock, reissue.
 * One thread. */
#ifndef BW_SYNC_CLI_REGISTRATION_H
#define BW_SYNC_CLI_REGISTRATION_H

#include "cli/command.h"
#include "office/place/registration.h"

/* Does it to the call's operands, all or none of them, as one step; and answers. */
enum bw_exit bw_cli_registrations(
    struct bw_call *call, enum bw_place_verb verb, struct bw_error *err);

/* Whether each of the call's operands is found: nobody is changed where one isn't.
 * BW_NOT_FOUND, what the database answers. */
BW_NODISCARD enum bw_status bw_cli_registrations_find(
    const struct bw_call *call, struct bw_error *err);

#endif
