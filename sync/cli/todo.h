/* What there is to do (todo.h), for a terminal: each with a sentence and the command
 * that does it. One thread. */
#ifndef BW_CLI_TODO_H
#define BW_CLI_TODO_H

#include "central/base/wording.h"
#include "cli/command.h"
#include "office/office.h"
#include "report/figures/todo.h"

/* All of it, in one snapshot. The caller finishes what BW_OK gives. BW_NO_MEMORY, and
 * what the database answers. */
BW_NODISCARD enum bw_status bw_cli_todos_read(const struct bw_office *office,
    const struct bw_todo_days *days, struct bw_todos *ret_todos, struct bw_error *err);

/* How long people are kept, and when a backup is due, as options or settings say, or as
 * is usual. BW_BAD_INPUT: one of them is no number of days. */
BW_NODISCARD enum bw_status bw_cli_todo_days(
    const struct bw_call *call, struct bw_todo_days *ret_days, struct bw_error *err);

/* Its sentence; and its command, as it stands after "brugwachter-sync". */
void bw_cli_todo_text(const struct bw_todo *todo, enum bw_wording_language language,
    char ret_text[BW_WORDING_SAID_BYTES]);
void bw_cli_todo_command(
    const struct bw_todo *todo, char ret_text[BW_WORDING_SAID_BYTES]);

#endif
