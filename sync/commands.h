/* The commands, each defined in the file of its noun. */
#ifndef BRUGWACHTER_SYNC_COMMANDS_H
#define BRUGWACHTER_SYNC_COMMANDS_H

#include "command.h"

extern const struct bw_command bw_command_init;
extern const struct bw_command bw_command_import;
extern const struct bw_command bw_command_cancel;
extern const struct bw_command bw_command_block;
extern const struct bw_command bw_command_unblock;
extern const struct bw_command bw_command_promote;
extern const struct bw_command bw_command_reissue;
extern const struct bw_command bw_command_key;
extern const struct bw_command bw_command_status;
extern const struct bw_command bw_command_purge;

#endif
