/* Commands at their birth: see brugwachter/command.h. Any thread. */
#include <brugwachter/command.h>

void
bw_command_init(struct bw_command *command, enum bw_command_kind kind)
{
    *command = (struct bw_command){
        .kind = kind,
        .operator= BW_OPERATOR_ATTENDEE, /* who may do least, unless said otherwise */
        .code = BW_CODE_NONE,
    };
}
