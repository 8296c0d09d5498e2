/* What the database has settled, for a call: the options that nobody gave, nor a settings
 * file. One thread. */
#ifndef BW_SYNC_CLI_SETTLED_H
#define BW_SYNC_CLI_SETTLED_H

#include "cli/settings.h"

/* Sets what the call doesn't have yet, of its open central database; none is open: does
 * nothing. `settings` owns the texts, as of those of files. What the database answers,
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_cli_settled_apply(
    struct bw_sync_settings *settings, struct bw_call *call, struct bw_error *err);

#endif
