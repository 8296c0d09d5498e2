/* Every command, in the order of the help. */
#include "cli/commands.h"

const struct bw_command *const bw_commands[] = {
    &bw_command_init,
    &bw_command_import,
    &bw_command_cancel,
    &bw_command_block,
    &bw_command_unblock,
    &bw_command_promote,
    &bw_command_reissue,
    &bw_command_tickets,
    &bw_command_key,
    &bw_command_enrol,
    &bw_command_pack,
    &bw_command_merge,
    &bw_command_report,
    &bw_command_enrol_device,
    &bw_command_pull,
    &bw_command_push,
    &bw_command_sync,
    &bw_command_run,
    &bw_command_export,
    &bw_command_verify,
    &bw_command_status,
    &bw_command_purge,
    NULL,
};
