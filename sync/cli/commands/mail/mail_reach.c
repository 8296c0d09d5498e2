/* Whom no mail goes to: see mail_reach.h. */
#include "cli/commands/mail/mail_reach.h"

#include "cli/answer.h"
#include "office/mail/told_reach.h"

#include <brugwachter/said.h>

static const char *const sentences[] = {
    [BW_TOLD_REACH_SAY_BACK] = BW_SAYS("mail came back, and none goes there until the "
                                       "address is another; call them"),
    [BW_TOLD_REACH_SAY_NONE] =
        BW_SAYS("wants no mail, and gets none any more; call them"),
    [BW_TOLD_REACH_SAY_AGAIN] = BW_SAYS("gets mail again"),
};

static enum bw_status
answer(struct bw_call *call, const struct bw_told_reach_said *said,
    enum bw_told_reach_word word, struct bw_error *err)
{
    const struct bw_registration *roster = &said->who.roster;
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:o, s:s, s:s, s:s, s:b}", "code", bw_cli_code(roster->code),
                "first_name", roster->person.first_name, "name", roster->person.name,
                "email", said->mail, "changed", (int)said->changed),
            err);
    }
    if (!said->changed) {
        (void)fputs(bw_said("Nothing was changed: so it was.\n"), call->out);
        return BW_OK;
    }
    (void)fprintf(call->out, "%s %s (%s): %s.\n", roster->person.first_name,
        roster->person.name, said->mail[0] != '\0' ? said->mail : bw_said("no address"),
        bw_said(sentences[word]));
    return BW_OK;
}

static enum bw_exit
run(struct bw_call *call, enum bw_told_reach_word word, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_told_reach_said said;
    char why[BW_TITLE_BYTES];
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_told_reach_say(&office, call->operands[1], word, 0, why, &said, err);
    }
    if (status != BW_OK) {
        return status == BW_BAD_INPUT ? BW_EXIT_USAGE : bw_exit_of(status);
    }
    return bw_cli_exit(answer(call, &said, word, err), BW_EXIT_DONE, err);
}

enum bw_exit
bw_cli_mail_back(struct bw_call *call, struct bw_error *err)
{
    return run(call, BW_TOLD_REACH_SAY_BACK, err);
}

enum bw_exit
bw_cli_mail_none(struct bw_call *call, struct bw_error *err)
{
    return run(call, BW_TOLD_REACH_SAY_NONE, err);
}

enum bw_exit
bw_cli_mail_again(struct bw_call *call, struct bw_error *err)
{
    return run(call, BW_TOLD_REACH_SAY_AGAIN, err);
}
