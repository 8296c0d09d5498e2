/* Answers and what they own: see brugwachter/command.h. Any thread. */
#include <brugwachter/command.h>

#include <stdlib.h>

void
bw_answer_init(struct bw_answer *answer)
{
    *answer = (struct bw_answer){
        .verdict = BW_VERDICT_NOT_A_TICKET,
        .code = BW_CODE_NONE,
    };
}

void
bw_answer_finish(struct bw_answer *answer)
{
    if (answer != NULL) {
        free(answer->rows);
        free(answer->agenda);
        free(answer->sessions);
        bw_answer_init(answer);
    }
}
