/* The commands, each defined in the file of its name; and the table of all of them,
 * which main hands to the program. Of the program itself only
 * main knows it. */
#ifndef BW_SYNC_COMMANDS_H
#define BW_SYNC_COMMANDS_H

#include "cli/command.h"

#include <brugwachter/event.h>

extern const struct bw_sync_command bw_sync_command_init;
extern const struct bw_sync_command bw_sync_command_practice;
extern const struct bw_sync_command bw_sync_command_import;
extern const struct bw_sync_command bw_sync_command_desk;
extern const struct bw_sync_command bw_sync_command_find;
extern const struct bw_sync_command bw_sync_command_cancel;
extern const struct bw_sync_command bw_sync_command_reinstate;
extern const struct bw_sync_command bw_sync_command_doubts;
extern const struct bw_sync_command bw_sync_command_log;
extern const struct bw_sync_command bw_sync_command_merge_people;
extern const struct bw_sync_command bw_sync_command_undo;
extern const struct bw_sync_command bw_sync_command_block;
extern const struct bw_sync_command bw_sync_command_unblock;
extern const struct bw_sync_command bw_sync_command_promote;
extern const struct bw_sync_command bw_sync_command_reissue;
extern const struct bw_sync_command bw_sync_command_move;
extern const struct bw_sync_command bw_sync_command_settings;
extern const struct bw_sync_command bw_sync_command_substitute;
extern const struct bw_sync_command bw_sync_command_correct;
extern const struct bw_sync_command bw_sync_command_key;
extern const struct bw_sync_command bw_sync_command_status;
extern const struct bw_sync_command bw_sync_command_export_person;
extern const struct bw_sync_command bw_sync_command_forget;
extern const struct bw_sync_command bw_sync_command_purge;
extern const struct bw_sync_command bw_sync_command_copy_central;
extern const struct bw_sync_command bw_sync_command_backup;
extern const struct bw_sync_command bw_sync_command_restore;
extern const struct bw_sync_command bw_sync_command_tickets;
extern const struct bw_sync_command bw_sync_command_mail;
extern const struct bw_sync_command bw_sync_command_roster;
extern const struct bw_sync_command bw_sync_command_certificates;
extern const struct bw_sync_command bw_sync_command_card;
extern const struct bw_sync_command bw_sync_command_enrol;
extern const struct bw_sync_command bw_sync_command_pack;
extern const struct bw_sync_command bw_sync_command_merge;
extern const struct bw_sync_command bw_sync_command_revoke;
extern const struct bw_sync_command bw_sync_command_kiosks;
extern const struct bw_sync_command bw_sync_command_session;
extern const struct bw_sync_command bw_sync_command_today;
extern const struct bw_sync_command bw_sync_command_settle;
extern const struct bw_sync_command bw_sync_command_conflicts;
extern const struct bw_sync_command bw_sync_command_report;
extern const struct bw_sync_command bw_sync_command_enrol_device;
extern const struct bw_sync_command bw_sync_command_pull;
extern const struct bw_sync_command bw_sync_command_push;
extern const struct bw_sync_command bw_sync_command_sync;
extern const struct bw_sync_command bw_sync_command_run;
extern const struct bw_sync_command bw_sync_command_export;
extern const struct bw_sync_command bw_sync_command_verify;

/* `settle` of an arrival, by its number (settle_entry.c). */
enum bw_exit bw_cli_settle_entry(
    struct bw_call *call, struct bw_event_id entry, struct bw_error *err);

extern const struct bw_sync_table bw_sync_commands;

#endif
