/* Who works here, for the steps that a command makes. One thread. */
#ifndef BW_SYNC_CLI_WHO_H
#define BW_SYNC_CLI_WHO_H

#include "cli/command.h"

/* Fills call->who: what --as says, else the machine's user, by their own name where the
 * machine knows it, by their login where not; "" where it knows neither. BW_BAD_INPUT
 * where --as is no name. */
BW_NODISCARD enum bw_status bw_cli_who(struct bw_call *call, struct bw_error *err);

#endif
