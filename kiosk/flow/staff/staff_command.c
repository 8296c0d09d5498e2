/* Who stands in a row, as a command names them. Pure. */
#include "staff_own.h"

/* The row's person, as a command names them. */
static struct bw_command_known
row_person(const struct bw_list_entry *row, enum bw_basis basis)
{
    struct bw_command_known known = {.basis = basis, .code = row->code};
    if (row->code == BW_CODE_NONE) {
        known.event = row->event;
    }
    return known;
}

void
bw_flow_staff_command(struct bw_command *command, enum bw_command_kind kind,
    const struct bw_list_entry *row)
{
    bw_command_init(command, kind);
    command->operated_by = BW_OPERATOR_STAFF;
    switch ((int)kind) {
    case BW_COMMAND_CODE:
        command->code = row_person(row, BW_BASIS_NAME);
        break;
    case BW_COMMAND_WAITLIST:
        command->waitlist = row_person(row, BW_BASIS_WAITLIST);
        break;
    case BW_COMMAND_UNDO:
        command->undo = row_person(row, BW_BASIS_NAME);
        if (row->code == BW_CODE_NONE && row->arrival.device != 0) {
            command->undo.event = row->arrival; /* they may have left and come back */
        }
        break;
    case BW_COMMAND_LEAVE:
        command->leave = row_person(row, BW_BASIS_NAME);
        break;
    case BW_COMMAND_HISTORY:
        command->history = row_person(row, BW_BASIS_NAME);
        break;
    case BW_COMMAND_OVERRIDE:
        command->override.who = row_person(row, BW_BASIS_NAME);
        break;
    case BW_COMMAND_SUBSTITUTE:
        command->substitute.code = row->code;
        break;
    }
}

void
bw_flow_staff_redo_command(struct bw_command *command, const struct bw_list_entry *row)
{
    bool waited = row->status == BW_WAITLISTED && row->kind == BW_ENTRY_REGISTRATION;
    bw_flow_staff_command(command, waited ? BW_COMMAND_WAITLIST : BW_COMMAND_CODE, row);
}
