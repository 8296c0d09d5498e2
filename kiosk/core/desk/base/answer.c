/* Answers and what they own: see brugwachter/command.h. Any thread. */
#include <brugwachter/command.h>

#include <stdlib.h>

/* Code 0 is a code like any other, so nobody's has to be said. */
static void
say_nobody(struct bw_answer *answer)
{
    switch (answer->kind) {
    case BW_ANSWER_VERDICT:
        answer->verdict.code = BW_CODE_NONE;
        break;
    case BW_ANSWER_UNDONE:
        answer->undone.code = BW_CODE_NONE;
        break;
    case BW_ANSWER_LEFT:
        answer->left.code = BW_CODE_NONE;
        break;
    case BW_ANSWER_WAITING:
        answer->waiting.code = BW_CODE_NONE;
        break;
    case BW_ANSWER_FOUND:
        answer->found.code = BW_CODE_NONE;
        break;
    case BW_ANSWER_HISTORY:
        answer->history.code = BW_CODE_NONE;
        break;
    case BW_ANSWER_RELEASED:
    case BW_ANSWER_COUNTS:
    case BW_ANSWER_LIST:
    case BW_ANSWER_OVERVIEW:
    case BW_ANSWER_PIN:
    case BW_ANSWER_CARD:
    case BW_ANSWER_AGENDA:
    case BW_ANSWER_SESSIONS:
    case BW_ANSWER_DONE:
    case BW_ANSWER_ERROR:
        break;
    }
}

void
bw_answer_init(struct bw_answer *answer, enum bw_answer_kind kind)
{
    *answer = (struct bw_answer){.kind = kind};
    say_nobody(answer);
}

void
bw_answer_finish(struct bw_answer *answer)
{
    if (answer == NULL) {
        return;
    }
    switch (answer->kind) {
    case BW_ANSWER_VERDICT:
        free(answer->verdict.home);
        break;
    case BW_ANSWER_LIST:
        free(answer->list.entries);
        break;
    case BW_ANSWER_OVERVIEW:
        free(answer->overview);
        break;
    case BW_ANSWER_AGENDA:
        free(answer->agenda.items);
        break;
    case BW_ANSWER_SESSIONS:
        free(answer->sessions.items);
        break;
    case BW_ANSWER_HISTORY:
        free(answer->history.items);
        break;
    case BW_ANSWER_UNDONE:
    case BW_ANSWER_LEFT:
    case BW_ANSWER_RELEASED:
    case BW_ANSWER_WAITING:
    case BW_ANSWER_COUNTS:
    case BW_ANSWER_FOUND:
    case BW_ANSWER_PIN:
    case BW_ANSWER_CARD:
    case BW_ANSWER_DONE:
    case BW_ANSWER_ERROR:
        break;
    }
    bw_answer_init(answer, BW_ANSWER_DONE);
}

const struct bw_person *
bw_answer_person(const struct bw_answer *answer)
{
    switch ((int)answer->kind) {
    case BW_ANSWER_VERDICT:
        return &answer->verdict.person;
    case BW_ANSWER_UNDONE:
        return &answer->undone.person;
    case BW_ANSWER_LEFT:
        return &answer->left.person;
    case BW_ANSWER_WAITING:
        return &answer->waiting.person;
    }
    return NULL;
}

bw_code
bw_answer_code(const struct bw_answer *answer)
{
    switch ((int)answer->kind) {
    case BW_ANSWER_VERDICT:
        return answer->verdict.code;
    case BW_ANSWER_UNDONE:
        return answer->undone.code;
    case BW_ANSWER_LEFT:
        return answer->left.code;
    case BW_ANSWER_WAITING:
        return answer->waiting.code;
    }
    return BW_CODE_NONE;
}
