/* The words of `mail`: see mail_words.h. */
#include "cli/commands/mail/mail_words.h"

#include "cli/answer.h"
#include "cli/commands/mail/mail_log.h"
#include "cli/commands/mail/mail_reach.h"
#include "cli/commands/mail/mail_server.h"
#include "cli/commands/mail/mail_text.h"
#include "office/mail/trial.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <string.h>

static enum bw_exit
run_test(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_cli_mail_server server;
    const char *to = call->operands[1];
    bw_cli_mail_server(call, &server);
    enum bw_status status = bw_mailing_try(&office, &server.settings, to, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(
            call, json_pack("{s:s, s:s}", "to", to, "server", server.settings.url), err);
    } else {
        (void)fprintf(call->out,
            bw_said("The server took a test mail to %s. Look "
                    "whether it came; nobody was told anything.\n"),
            to);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

static enum bw_exit
run_log(struct bw_call *call, struct bw_error *err)
{
    return bw_cli_mail_log(call, call->operands[1], err);
}

enum bw_status
bw_cli_mail_groups(const struct bw_call *call, int first, struct bw_told_groups *groups,
    struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = first; status == BW_OK && i < call->operands_count; i++) {
        status = bw_told_groups_add(call->central, call->operands[i], groups, err);
    }
    return status;
}

static enum bw_status
answer_sample(struct bw_call *call, const struct bw_mailing_sample *sent,
    const char *server, struct bw_error *err)
{
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:s, s:s, s:o, s:s}", "to", sent->to, "server", server, "code",
                bw_cli_code(sent->code), "kind", bw_told_kind_name(sent->kind)),
            err);
    }
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(sent->code, shown);
    (void)fprintf(call->out,
        bw_said("The server took an example to %s: the mail of %s. Nobody was told "
                "anything.\n"),
        sent->to, shown);
    return BW_OK;
}

/* "own" is the address of --mail-from. */
static enum bw_exit
run_sample(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_cli_mail_server server;
    struct bw_mailing_sample sent;
    struct bw_told_groups groups = {.items = NULL};
    const struct bw_mailing_scope scope = {
        .session_code = bw_call_value(call, BW_OPTION_SESSION),
        .series_code = bw_call_value(call, BW_OPTION_SERIES),
        .groups = &groups};
    const char *to = call->operands[1];
    enum bw_status status = bw_cli_mail_groups(call, 2, &groups, err);
    if (status == BW_OK) {
        bw_cli_mail_server(call, &server);
        status = bw_mailing_sample(&office, &scope, &server.settings,
            strcmp(to, "own") != 0 ? to : NULL, &sent, err);
    }
    bw_told_groups_finish(&groups);
    if (status == BW_OK) {
        status = answer_sample(call, &sent, server.settings.url, err);
    }
    return status == BW_OK ? BW_EXIT_DONE : bw_exit_of(status);
}

static enum bw_exit
run_gone(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    int64_t count = 0;
    enum bw_status status = bw_told_answer(&office, 0, true, &count, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (count == 0) {
        (void)bw_error_set(err, BW_NOT_FOUND, 0,
            "noting that mails went: nothing that was written waits for that; mail "
            "--check lists who is due");
        return BW_EXIT_FAILED;
    }
    if (call->json) {
        status = bw_cli_json(call, json_pack("{s:I}", "count", (json_int_t)count), err);
    } else {
        (void)fprintf(call->out,
            bw_said(
                "%" PRId64 " people count as told; mail --not-sent takes that back.\n"),
            count);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

static const struct {
    const char *word;
    int words_min, words_max; /* with itself */
    enum bw_exit (*run)(struct bw_call *call, struct bw_error *err);
} verbs[] = {
    {"test", 2, 2, run_test},
    {"log", 2, 2, run_log},
    {"sample", 2, BW_OPERANDS_MAX, run_sample},
    {"gone", 1, 1, run_gone},
    {"back", 2, 2, bw_cli_mail_back},
    {"none", 2, 2, bw_cli_mail_none},
    {"again", 2, 2, bw_cli_mail_again},
    {"text", 1, 4, bw_cli_mail_text},
};
enum { VERBS = sizeof verbs / sizeof verbs[0] };

static int
find_verb(const struct bw_call *call)
{
    int at = 0;
    while (at < VERBS && (call->operands_count == 0 ||
                             strcmp(call->operands[0], verbs[at].word) != 0)) {
        at++;
    }
    return at;
}

bool
bw_cli_mail_has_word(const struct bw_call *call)
{
    return find_verb(call) < VERBS;
}

enum bw_exit
bw_cli_mail_words(struct bw_call *call, struct bw_error *err)
{
    int at = find_verb(call), count = call->operands_count;
    if (at == VERBS || count < verbs[at].words_min || count > verbs[at].words_max) {
        return bw_call_usage(err, "mail takes no words but groups of mails, test "
                                  "ADDRESS, sample ADDRESS, log FILE, gone, back WHO, "
                                  "none WHO, again WHO and text KIND");
    }
    return verbs[at].run(call, err);
}
