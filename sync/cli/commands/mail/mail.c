/* `mail`: tells people what they don't know yet, and lists who that is. */
#include "cli/answer.h"
#include "cli/commands/commands.h"
#include "cli/commands/mail/mail_check.h"
#include "cli/commands/mail/mail_log.h"
#include "cli/commands/mail/mail_server.h"
#include "cli/commands/mail/mail_told.h"
#include "cli/commands/mail/mail_words.h"
#include "office/mail/mailing.h"
#include "office/mail/told.h"
#include "office/setup.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <string.h>

enum { PACE = 30, PACE_MAX = 60000 };

/* ---- telling ---- */

static json_t *
mailing_json(const struct bw_mailing *mailing)
{
    json_t *told = json_object(), *refused = json_array();
    for (int kind = 0; kind < BW_TOLD_KINDS; kind++) {
        bw_cli_set(&told, bw_told_kind_name((enum bw_told_kind)kind),
            json_integer(mailing->told[kind]));
    }
    for (size_t i = 0; i < mailing->refused_count; i++) {
        const struct bw_mailing_refused *one = &mailing->refused[i];
        bw_cli_add(&refused, json_pack("{s:o, s:s, s:s}", "code", bw_cli_code(one->code),
                                 "email", one->mail, "why", one->why));
    }
    return json_pack("{s:I, s:o, s:I, s:I, s:I, s:I, s:I, s:o}", "count",
        (json_int_t)mailing->count, "told", told, "hindered",
        (json_int_t)mailing->hindered, "unsure", (json_int_t)mailing->unsure, "left",
        (json_int_t)mailing->left, "written", (json_int_t)mailing->written, "mailing",
        (json_int_t)mailing->mailing_no, "refused", refused);
}

static void
print_mailing(const struct bw_mailing *mailing, const char *what, FILE *out)
{
    if (mailing->count > 0) {
        (void)fprintf(out, bw_said("%s %" PRId64 " mails:\n"), what, mailing->count);
    } else {
        (void)fputs(bw_said("No mail went: nobody is due who can be told.\n"), out);
    }
    for (int kind = 0; kind < BW_TOLD_KINDS; kind++) {
        if (mailing->told[kind] > 0) {
            (void)fprintf(out, "  %" PRId64 " %s\n", mailing->told[kind],
                bw_cli_mail_kind((enum bw_told_kind)kind));
        }
    }
    for (size_t i = 0; i < mailing->refused_count; i++) {
        char shown[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(mailing->refused[i].code, shown);
        (void)fprintf(out, bw_said("  refused: %s  %s: %s\n"), shown,
            mailing->refused[i].mail, mailing->refused[i].why);
    }
    if (mailing->unsure > 0) {
        (void)fprintf(out,
            bw_said("Of %" PRId64
                    " it isn't known whether they came: the connection broke just "
                    "then. Run it again; they go under the same name, so programs that "
                    "show mail "
                    "show one.\n"),
            mailing->unsure);
    }
    if (mailing->left > 0) {
        (void)fprintf(
            out, bw_said("%" PRId64 " are due still: run it again.\n"), mailing->left);
    }
    if (mailing->hindered > 0) {
        (void)fprintf(out,
            bw_said("%" PRId64 " can't be told by mail; mail --check names them.\n"),
            mailing->hindered);
    }
    if (mailing->written > 0) {
        (void)fprintf(out,
            bw_said("%" PRId64 " were written to before, and it isn't said yet whether "
                    "that went: mail gone, or mail --not-sent.\n"),
            mailing->written);
    }
}

static enum bw_exit
answer(struct bw_call *call, struct bw_mailing *mailing, const char *what,
    struct bw_error *err)
{
    struct bw_error stopped = mailing->stopped;
    bool look = mailing->hindered > 0 || mailing->unsure > 0 || mailing->left > 0 ||
                mailing->refused_count > 0 || mailing->written > 0;
    bool nothing = stopped.status != BW_OK && mailing->count == 0 && mailing->unsure == 0;
    enum bw_status status = BW_OK;
    if (!nothing && call->json) {
        status = bw_cli_json(call, mailing_json(mailing), err);
    } else if (!nothing) {
        print_mailing(mailing, what, call->out);
    }
    bw_mailing_finish(mailing);
    if (stopped.status != BW_OK) {
        *err = stopped;
        return nothing ? BW_EXIT_FAILED : BW_EXIT_LOOK;
    }
    return bw_cli_exit(status, look ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}

static struct bw_mailing_scope
scope_of(const struct bw_call *call, const struct bw_told_groups *groups)
{
    return (struct bw_mailing_scope){.groups = groups,
        .asks = bw_call_value(call, BW_OPTION_PENDING) != NULL,
        .session_code = bw_call_value(call, BW_OPTION_SESSION),
        .series_code = bw_call_value(call, BW_OPTION_SERIES),
        .excel = bw_call_excel(call, BW_WORDING_DUTCH)};
}

/* Who writes is kept: the next run knows it. */
static enum bw_status
settings_keep(const struct bw_call *call, struct bw_error *err)
{
    const struct bw_office office = bw_call_office(call);
    const struct bw_office_settings settings = {
        .organiser = bw_call_value(call, BW_OPTION_ORGANISER),
        .phone = bw_call_value(call, BW_OPTION_PHONE),
        .privacy_url = bw_call_value(call, BW_OPTION_PRIVACY_URL),
        .mail = bw_call_value(call, BW_OPTION_MAIL_FROM),
        .contact = bw_call_value(call, BW_OPTION_CONTACT)};
    bool changed = false;
    return bw_office_settings_keep(&office, &settings, &changed, err);
}

typedef enum bw_status write_mailing(const struct bw_office *office,
    const struct bw_mailing_scope *scope, const char *path,
    struct bw_mailing *ret_mailing, struct bw_error *err);

/* --out and --to: to what the option names. */
static enum bw_exit
run_write(struct bw_call *call, const struct bw_mailing_scope *scope, enum bw_option to,
    write_mailing *write_it, const char *began, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_mailing mailing;
    enum bw_status status = settings_keep(call, err);
    if (status == BW_OK) {
        status = write_it(&office, scope, bw_call_value(call, to), &mailing, err);
    }
    return status == BW_OK ? answer(call, &mailing, began, err) : bw_exit_of(status);
}

static enum bw_exit
run_out(struct bw_call *call, const struct bw_mailing_scope *scope, struct bw_error *err)
{
    return run_write(call, scope, BW_OPTION_OUT, bw_mailing_write, bw_said("Wrote"), err);
}

static enum bw_exit
run_to(struct bw_call *call, const struct bw_mailing_scope *scope, struct bw_error *err)
{
    return run_write(
        call, scope, BW_OPTION_TO, bw_mailing_merge, bw_said("Wrote the rows of"), err);
}

static enum bw_exit
run_send(struct bw_call *call, const struct bw_mailing_scope *scope, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_cli_mail_server server;
    struct bw_mailing mailing;
    int64_t pace = 0;
    if (scope->asks) {
        return bw_call_usage(err, "mail --pending is for --out and --to: a server says "
                                  "by itself whether it took a mail");
    }
    if (bw_call_number(call, BW_OPTION_PACE, 1, PACE_MAX, PACE, &pace, err) != BW_OK) {
        return BW_EXIT_USAGE;
    }
    enum bw_status status = settings_keep(call, err);
    if (status == BW_OK) {
        bw_cli_mail_server(call, &server);
        status = bw_mailing_send(&office, scope, &server.settings, pace, &mailing, err);
    }
    return status == BW_OK ? answer(call, &mailing, bw_said("Sent"), err)
                           : bw_exit_of(status);
}

/* ---- which of them ---- */

typedef enum bw_exit mail_tell(
    struct bw_call *call, const struct bw_mailing_scope *scope, struct bw_error *err);

static const struct {
    enum bw_option option;
    mail_tell *tell; /* --check shows what it would do */
    enum bw_exit (*run)(struct bw_call *call, struct bw_error *err);
} ways[] = {
    {BW_OPTION_OUT, run_out, NULL},
    {BW_OPTION_TO, run_to, NULL},
    {BW_OPTION_SEND, run_send, NULL},
    {BW_OPTION_SENT, NULL, bw_cli_mail_sent},
    {BW_OPTION_NOT_SENT, NULL, bw_cli_mail_not_sent},
    {BW_OPTION_TOLD, NULL, bw_cli_mail_told},
};

/* Of who is due, or of the groups of them that the words name. */
static enum bw_exit
run_due(struct bw_call *call, mail_tell *tell, struct bw_error *err)
{
    struct bw_told_groups groups = {.items = NULL};
    const struct bw_mailing_scope scope = scope_of(call, &groups);
    enum bw_exit result = BW_EXIT_FAILED;
    enum bw_status status = bw_cli_mail_groups(call, 0, &groups, err);
    if (status != BW_OK) {
        result = status == BW_BAD_INPUT ? BW_EXIT_USAGE : bw_exit_of(status);
    } else if (tell == NULL || bw_call_value(call, BW_OPTION_CHECK) != NULL) {
        result = bw_cli_mail_check(call, &scope, err);
    } else {
        result = tell(call, &scope, err);
    }
    bw_told_groups_finish(&groups);
    return result;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    int chosen = -1;
    for (int i = 0; i < (int)(sizeof ways / sizeof ways[0]); i++) {
        if (bw_call_value(call, ways[i].option) != NULL) {
            if (chosen >= 0) {
                return bw_call_usage(err, "mail takes one of --out, --to, --send, "
                                          "--told, --sent and --not-sent");
            }
            chosen = i;
        }
    }
    bool check = bw_call_value(call, BW_OPTION_CHECK) != NULL;
    if (chosen < 0) {
        return !check && bw_cli_mail_has_word(call) ? bw_cli_mail_words(call, err)
                                                    : run_due(call, NULL, err);
    }
    if (ways[chosen].tell != NULL) {
        return run_due(call, ways[chosen].tell, err);
    }
    if (call->operands_count > 0 && ways[chosen].option != BW_OPTION_TOLD) {
        return bw_call_usage(err, "mail --sent and --not-sent take no words");
    }
    return ways[chosen].run(call, err);
}

#define MAIL_TAKES_WHO                                                                   \
    (BW_TAKES(BW_OPTION_ORGANISER) | BW_TAKES(BW_OPTION_PHONE) |                         \
        BW_TAKES(BW_OPTION_PRIVACY_URL) | BW_TAKES(BW_OPTION_MAIL_FROM) |                \
        BW_TAKES(BW_OPTION_CONTACT) | BW_TAKES(BW_OPTION_LANGUAGE))
#define MAIL_TAKES_SMTP                                                                  \
    (BW_TAKES(BW_OPTION_SMTP) | BW_TAKES(BW_OPTION_SMTP_USER) |                          \
        BW_TAKES(BW_OPTION_SMTP_PASSWORD_FILE) |                                         \
        BW_TAKES(BW_OPTION_SMTP_TOKEN_COMMAND) | BW_TAKES(BW_OPTION_PACE))

const struct bw_sync_command bw_sync_command_mail = {
    .name = "mail",
    .operands = "[GROUP…]|[test|sample ADDRESS]|[log FILE]|[gone]|[back|none|again WHO]|"
                "[text [KIND [PART [TEXT]]]]|[CODE…]",
    .operands_max = BW_OPERANDS_MAX,
    .summary = BW_SAYS("tell people what they don't know yet: tickets, places, changes"),
    .help = BW_SAYS(
        "Tickets, places from the waiting list, another time or place, cancellations,\n"
        "numbers on the waiting list: the difference between what somebody was last\n"
        "told and how things are; and, for 60 days after the end, certificates for who\n"
        "was there. Without more, or with --check, it lists them.\n"
        "--out DIR writes a mail a person (.eml), to be opened and sent; --to FILE a\n"
        "list for a mail merge; --send sends them by a mail server, and may be stopped\n"
        "and run again. Nobody is told the same twice. --sent lists what went to whom;\n"
        "--told WHO… notes that people (codes, or names) were told by phone or in\n"
        "person; --told all --session S, that everybody of S was who is due. --not-sent\n"
        "takes back the last --out, --to or --told. test ADDRESS: a test mail there;\n"
        "log FILE: all that went, to whom and when, as a workbook (.xlsx).\n"),
    .help_more = BW_SAYS(
        "GROUP is some of those who are due: ticket, place, moved, cancelled, waiting,\n"
        "renewed or certificate, of one session moved@SESSION. What is written with\n"
        "--pending counts as told once `mail gone` says that it went. sample ADDRESS:\n"
        "the first of the mails that would go, to look at (own: that of --mail-from).\n"
        "back WHO: mail to them came back; none WHO: they want none. Mail passes them\n"
        "over, and they are listed to be called; again WHO ends both, undo too.\n"
        "text lists whose words mails have; text KIND shows them, text KIND subject,\n"
        "headline or body \"TEXT\" writes your own in the language of the mails, with\n"
        "names in braces for what is filled in; \"ours\" is ours again.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_SERIES) |
             BW_TAKES(BW_OPTION_CHECK) | BW_TAKES(BW_OPTION_OUT) |
             BW_TAKES(BW_OPTION_CSV) | BW_TAKES(BW_OPTION_TO) | BW_TAKES(BW_OPTION_SEND) |
             BW_TAKES(BW_OPTION_SENT) | BW_TAKES(BW_OPTION_NOT_SENT) |
             BW_TAKES(BW_OPTION_PENDING) | BW_TAKES(BW_OPTION_TOLD) | MAIL_TAKES_WHO |
             BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_WHY) | MAIL_TAKES_SMTP,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN, /* who was there */
    .run = run,
};
