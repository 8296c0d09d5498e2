/* The commands on registrations: cancel, reinstate, block, unblock, reissue.
 * One thread. */
#ifndef BW_SYNC_CLI_REGISTRATION_H
#define BW_SYNC_CLI_REGISTRATION_H

#include "cli/command.h"
#include "office/place/registration.h"

/* One of the verbs of registration.h; `why` is NULL where none was given. */
typedef enum bw_status bw_cli_change(const struct bw_office *office, const char *typed,
    const char *why, struct bw_place_change *ret_change, struct bw_error *err);

/* Does it to each of the call's operands, and answers. Where one of them isn't found
 * nothing is done; where the verb refuses one, those before it stand. */
enum bw_exit bw_cli_registrations(
    struct bw_call *call, bw_cli_change *change, struct bw_error *err);

/* Whether each of the call's operands is found: nobody is changed where one isn't.
 * BW_NOT_FOUND, what the database answers. */
BW_NODISCARD enum bw_status bw_cli_registrations_find(
    const struct bw_call *call, struct bw_error *err);

#endif
