/* `mail`: tells people what they don't know yet, and lists who that is. */
#include "cli/answer.h"
#include "cli/commands/commands.h"
#include "cli/commands/mail/mail_server.h"
#include "cli/commands/mail/mail_told.h"
#include "office/mail/mailing.h"
#include "office/mail/told.h"
#include "office/setup.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>

enum { LINES_MOST = 100000, PACE = 30, PACE_MAX = 60000 };

/* What is to be told, in words; a figure before it. */
static const char *const words[BW_TOLD_KINDS] = {
    [BW_TOLD_TICKET] = BW_SAYS("to get their ticket"),
    [BW_TOLD_PLACE] = BW_SAYS("got a place from the waiting list"),
    [BW_TOLD_MOVED] = BW_SAYS("to hear of another time or place"),
    [BW_TOLD_CANCELLED] = BW_SAYS("to hear that it is cancelled"),
    [BW_TOLD_WAITING] = BW_SAYS("to get their number on the waiting list"),
    [BW_TOLD_RENEWED] = BW_SAYS("to get a new ticket, or at another address"),
    [BW_TOLD_CERTIFICATE] = BW_SAYS("to get their certificate"),
};

static const char *
hindrance_name(enum bw_told_hindrance hindrance)
{
    static const char *const names[] = {[BW_TOLD_NO_HINDRANCE] = "",
        [BW_TOLD_NO_ADDRESS] = "no_address",
        [BW_TOLD_BAD_ADDRESS] = "bad_address",
        [BW_TOLD_WALKED_IN] = "walk_in",
        [BW_TOLD_INSTEAD] = "substitute"};
    return names[hindrance];
}

/* ---- who is due ---- */

static json_t *
was_json(const struct bw_told_state *was)
{
    return json_pack("{s:s, s:I, s:s, s:I, s:s, s:s}", "status",
        bw_registration_status_name(was->status), "generation",
        (json_int_t)was->generation, "title", was->title, "starts_ms",
        (json_int_t)was->starts_ms, "venue", was->venue, "address", was->address);
}

static json_t *
due_json(const struct bw_told_due *due)
{
    json_t *one = json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:b}", "code",
        bw_cli_code(due->code), "kind", bw_told_kind_name(due->kind), "session",
        due->session->code, "first_name", due->first_name, "name", due->name, "email",
        due->now.mail, "status", bw_registration_status_name(due->now.status),
        "generation", (json_int_t)due->now.generation, "unsure", (int)due->unsure);
    if (due->position > 0) {
        bw_cli_set(&one, "position", json_integer(due->position));
    }
    if (due->was.title != NULL) {
        bw_cli_set(&one, "was", was_json(&due->was));
    }
    if (due->hindrance != BW_TOLD_NO_HINDRANCE) {
        bw_cli_set(&one, "why", json_string(hindrance_name(due->hindrance)));
    }
    return one;
}

static void
count(const struct bw_told_list *list, int64_t ret_counts[BW_TOLD_KINDS])
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->due[i].hindrance == BW_TOLD_NO_HINDRANCE) {
            ret_counts[list->due[i].kind]++;
        }
    }
}

static json_t *
list_json(const struct bw_told_list *list)
{
    int64_t counts[BW_TOLD_KINDS] = {0};
    json_t *due = json_array(), *hindered = json_array(), *sums = json_object();
    json_t *apart = json_array();
    count(list, counts);
    for (size_t i = 0; i < list->count; i++) {
        bw_cli_add(list->due[i].hindrance == BW_TOLD_NO_HINDRANCE ? &due : &hindered,
            due_json(&list->due[i]));
    }
    for (int kind = 0; kind < BW_TOLD_KINDS; kind++) {
        bw_cli_set(&sums, bw_told_kind_name((enum bw_told_kind)kind),
            json_integer(counts[kind]));
    }
    for (size_t i = 0; i < list->apart_count; i++) {
        bw_cli_add(&apart, due_json(&list->apart[i]));
    }
    return json_pack("{s:o, s:o, s:o, s:o}", "due", due, "hindered", hindered,
        "without_form", apart, "counts", sums);
}

static void
print_one(const struct bw_told_due *due, FILE *out)
{
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(due->code, shown);
    (void)fprintf(out, "  %s  %s %s, %s, %s", shown, due->first_name, due->name,
        due->now.mail[0] != '\0' ? due->now.mail : bw_said("no address"),
        due->session->code);
    if (due->position > 0) {
        (void)fprintf(out, bw_said(": number %" PRId64), due->position);
    } else if (due->kind == BW_TOLD_MOVED) {
        (void)fprintf(out, bw_said(": was %s, %s"), due->was.title, due->was.venue);
    }
    (void)fputs(due->unsure ? bw_said(" (may have gone already)\n") : "\n", out);
}

static void
print_kind(const struct bw_told_list *list, int kind, FILE *out)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct bw_told_due *due = &list->due[i];
        if (due->hindrance == BW_TOLD_NO_HINDRANCE && (int)due->kind == kind) {
            print_one(due, out);
        }
    }
}

static void
print_list(const struct bw_told_list *list, FILE *out)
{
    int64_t counts[BW_TOLD_KINDS] = {0};
    count(list, counts);
    if (list->count == 0) {
        (void)fputs(bw_said("Everybody was told how things are.\n"), out);
    }
    for (int kind = 0; kind < BW_TOLD_KINDS; kind++) {
        if (counts[kind] > 0) {
            (void)fprintf(out, "%" PRId64 " %s:\n", counts[kind], bw_said(words[kind]));
            print_kind(list, kind, out);
        }
    }
    if (list->hindered > 0) {
        (void)fprintf(out,
            bw_said(
                "%" PRId64
                " can't be told by mail; call them (mail --told CODE notes it), print "
                "their ticket, or put an address into the form and import it again:\n"),
            list->hindered);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->due[i].hindrance != BW_TOLD_NO_HINDRANCE) {
            print_one(&list->due[i], out);
        }
    }
}

/* Nobody has an address of theirs. */
static void
print_apart(const struct bw_told_list *list, FILE *out)
{
    if (list->apart_count > 0) {
        (void)fprintf(out,
            bw_said("%zu came without a sign-up of their own, and "
                    "no address is known; certificates --session S "
                    "writes theirs, to be printed or sent by hand:\n"),
            list->apart_count);
    }
    for (size_t i = 0; i < list->apart_count; i++) {
        const struct bw_told_due *one = &list->apart[i];
        (void)fprintf(out, "  %s%s%s, %s, %s: %s\n", one->first_name,
            one->name[0] != '\0' ? " " : "", one->name, one->school, one->session->code,
            one->hindrance == BW_TOLD_INSTEAD ? bw_said("came for somebody else")
                                              : bw_said("walked in"));
    }
}

static enum bw_exit
run_check(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_told_list list;
    enum bw_status status = bw_told_read(&office, bw_call_value(call, BW_OPTION_SESSION),
        bw_call_value(call, BW_OPTION_SERIES), &list, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, list_json(&list), err);
    } else {
        print_list(&list, call->out);
        print_apart(&list, call->out);
    }
    bool look = list.hindered > 0 || list.unsure > 0;
    bw_told_list_finish(&list);
    return bw_cli_exit(status, look ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}

/* ---- what went ---- */

struct sent_telling {
    struct bw_call *call;
    struct bw_zone *zone;
    json_t *list; /* NULL where text is printed */
};

static bool
on_line(const struct bw_told_line *line, void *context)
{
    static const char *const ways[] = {[BW_TOLD_BY_EML] = "eml",
        [BW_TOLD_BY_MERGE_FILE] = "merge_file",
        [BW_TOLD_BY_SMTP] = "smtp",
        [BW_TOLD_BY_VOICE] = "voice"};
    struct sent_telling *telling = context;
    char when[BW_ISO_BYTES], shown[BW_CODE_SHOWN_BYTES];
    const char *way = line->way >= BW_TOLD_BY_EML && line->way <= BW_TOLD_BY_VOICE
                          ? ways[line->way]
                          : "?";
    bw_zone_format_iso(telling->zone, line->at_ms, when);
    if (telling->call->json) {
        bw_cli_add(&telling->list,
            json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:b}", "code",
                bw_cli_code(line->code), "kind", bw_told_kind_name(line->kind), "session",
                line->session_code, "first_name", line->first_name, "name", line->name,
                "email", line->mail, "at", when, "way", way, "mailing",
                (json_int_t)line->mailing_no, "message_id", line->message_id, "unsure",
                (int)line->on_its_way));
        return true;
    }
    bw_code_format_shown(line->code, shown);
    (void)fprintf(telling->call->out, "%s  %s  %s %s, %s, %s: %s, %s%s\n", when, shown,
        line->first_name, line->name, line->mail, line->session_code,
        bw_told_kind_name(line->kind), way,
        line->on_its_way ? bw_said(" (whether it came isn't known)") : "");
    return true;
}

static enum bw_exit
run_sent(struct bw_call *call, struct bw_error *err)
{
    struct sent_telling telling = {
        .call = call, .list = call->json ? json_array() : NULL};
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &telling.zone, err);
    if (status == BW_OK) {
        status =
            bw_told_walk(call->central, BW_CODE_NONE, LINES_MOST, on_line, &telling, err);
    }
    bw_zone_close(telling.zone);
    if (status != BW_OK) {
        json_decref(telling.list);
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, json_pack("{s:o}", "sent", telling.list), err);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

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
    return json_pack("{s:I, s:o, s:I, s:I, s:I, s:o}", "count",
        (json_int_t)mailing->count, "told", told, "hindered",
        (json_int_t)mailing->hindered, "unsure", (json_int_t)mailing->unsure, "left",
        (json_int_t)mailing->left, "refused", refused);
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
            (void)fprintf(
                out, "  %" PRId64 " %s\n", mailing->told[kind], bw_said(words[kind]));
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
}

static enum bw_exit
answer(struct bw_call *call, struct bw_mailing *mailing, const char *what,
    struct bw_error *err)
{
    struct bw_error stopped = mailing->stopped;
    bool look = mailing->hindered > 0 || mailing->unsure > 0 || mailing->left > 0 ||
                mailing->refused_count > 0;
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
scope_of(const struct bw_call *call)
{
    return (struct bw_mailing_scope){
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
run_write(struct bw_call *call, enum bw_option to, write_mailing *write_it,
    const char *began, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_mailing_scope scope = scope_of(call);
    struct bw_mailing mailing;
    enum bw_status status = settings_keep(call, err);
    if (status == BW_OK) {
        status = write_it(&office, &scope, bw_call_value(call, to), &mailing, err);
    }
    return status == BW_OK ? answer(call, &mailing, began, err) : bw_exit_of(status);
}

static enum bw_exit
run_out(struct bw_call *call, struct bw_error *err)
{
    return run_write(call, BW_OPTION_OUT, bw_mailing_write, bw_said("Wrote"), err);
}

static enum bw_exit
run_to(struct bw_call *call, struct bw_error *err)
{
    return run_write(
        call, BW_OPTION_TO, bw_mailing_merge, bw_said("Wrote the rows of"), err);
}

static enum bw_exit
run_send(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_cli_mail_server server;
    struct bw_mailing_scope scope = scope_of(call);
    struct bw_mailing mailing;
    int64_t pace = 0;
    if (bw_call_number(call, BW_OPTION_PACE, 1, PACE_MAX, PACE, &pace, err) != BW_OK) {
        return BW_EXIT_USAGE;
    }
    enum bw_status status = settings_keep(call, err);
    if (status == BW_OK) {
        bw_cli_mail_server(call, &server);
        status = bw_mailing_send(&office, &scope, &server.settings, pace, &mailing, err);
    }
    return status == BW_OK ? answer(call, &mailing, bw_said("Sent"), err)
                           : bw_exit_of(status);
}

/* ---- which of them ---- */

static const struct {
    enum bw_option option;
    enum bw_exit (*run)(struct bw_call *call, struct bw_error *err);
    bool checks; /* --check shows what it would do */
} ways[] = {
    {BW_OPTION_OUT, run_out, true},
    {BW_OPTION_TO, run_to, true},
    {BW_OPTION_SEND, run_send, true},
    {BW_OPTION_SENT, run_sent, false},
    {BW_OPTION_NOT_SENT, bw_cli_mail_not_sent, false},
    {BW_OPTION_TOLD, bw_cli_mail_told, false},
};

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
    bool people = bw_call_value(call, BW_OPTION_TOLD) != NULL;
    if (call->operands_count > 0 && !people) {
        return bw_cli_mail_words(call, chosen < 0 && !check, err);
    }
    return chosen < 0 || (check && ways[chosen].checks) ? run_check(call, err)
                                                        : ways[chosen].run(call, err);
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
    .operands = "[test ADDRESS]|[CODE…]",
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
        "takes back the last --out, --to or --told. test ADDRESS: a test mail there.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_SERIES) |
             BW_TAKES(BW_OPTION_CHECK) | BW_TAKES(BW_OPTION_OUT) |
             BW_TAKES(BW_OPTION_CSV) | BW_TAKES(BW_OPTION_TO) | BW_TAKES(BW_OPTION_SEND) |
             BW_TAKES(BW_OPTION_SENT) | BW_TAKES(BW_OPTION_NOT_SENT) |
             BW_TAKES(BW_OPTION_TOLD) | MAIL_TAKES_WHO | BW_TAKES(BW_OPTION_KEY_FILE) |
             MAIL_TAKES_SMTP,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN, /* who was there */
    .run = run,
};
