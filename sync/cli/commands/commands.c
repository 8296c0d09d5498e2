/* Every command, in the order of the help: see commands.h. */
#include "commands.h"

#include "cli/letters.h"

static const struct bw_sync_command *const commands[] = {
    &bw_sync_command_init,
    &bw_sync_command_import,
    &bw_sync_command_find,
    &bw_sync_command_cancel,
    &bw_sync_command_reinstate,
    &bw_sync_command_block,
    &bw_sync_command_unblock,
    &bw_sync_command_promote,
    &bw_sync_command_reissue,
    &bw_sync_command_session,
    &bw_sync_command_tickets,
    &bw_sync_command_mail,
    &bw_sync_command_roster,
    &bw_sync_command_key,
    &bw_sync_command_enrol,
    &bw_sync_command_revoke,
    &bw_sync_command_kiosks,
    &bw_sync_command_pack,
    &bw_sync_command_merge,
    &bw_sync_command_settle,
    &bw_sync_command_conflicts,
    &bw_sync_command_doubts,
    &bw_sync_command_merge_people,
    &bw_sync_command_log,
    &bw_sync_command_undo,
    &bw_sync_command_report,
    &bw_sync_command_enrol_device,
    &bw_sync_command_pull,
    &bw_sync_command_push,
    &bw_sync_command_sync,
    &bw_sync_command_run,
    &bw_sync_command_export,
    &bw_sync_command_verify,
    &bw_sync_command_status,
    &bw_sync_command_export_person,
    &bw_sync_command_forget,
    &bw_sync_command_purge,
    &bw_sync_command_copy_central,
    NULL,
};

const struct bw_sync_table bw_sync_commands = {
    .commands = commands,
    .bare = &bw_sync_command_today,
    .letters_in = bw_letters_in,
    .letters_out = bw_letters_out,
};
