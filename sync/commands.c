/* Every command, in the order of the help. */
#include "commands.h"

const struct bw_command *const bw_commands[] = {
    &bw_command_init,
    &bw_command_import,
    &bw_command_key,
    NULL,
};
