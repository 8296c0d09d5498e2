/* Commands at their birth: see brugwachter/command.h. Any thread. */
#include <brugwachter/command.h>

void
bw_command_init(struct bw_command *command, enum bw_command_kind kind)
{
    *command = (struct bw_command){
        .kind = kind,
        .operated_by = BW_OPERATOR_ATTENDEE, /* who may do least, unless said otherwise */
    };
    switch ((int)kind) {
    case BW_COMMAND_CODE:
    case BW_COMMAND_WAITLIST:
    case BW_COMMAND_UNDO:
    case BW_COMMAND_LEAVE:
    case BW_COMMAND_HISTORY:
        command->code.code = BW_CODE_NONE; /* these five are one type at one place */
        break;
    case BW_COMMAND_SUBSTITUTE:
        command->substitute.code = BW_CODE_NONE;
        break;
    case BW_COMMAND_OVERRIDE:
        command->override.who.code = BW_CODE_NONE;
        break;
    }
}
