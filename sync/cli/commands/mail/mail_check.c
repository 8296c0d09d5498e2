/* Who is to be told what, listed: see mail_check.h. */
#include "cli/commands/mail/mail_check.h"

#include "cli/answer.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <string.h>

static const char *const words[BW_TOLD_KINDS] = {
    [BW_TOLD_TICKET] = BW_SAYS("to get their ticket"),
    [BW_TOLD_PLACE] = BW_SAYS("got a place from the waiting list"),
    [BW_TOLD_MOVED] = BW_SAYS("to hear of another time or place"),
    [BW_TOLD_CANCELLED] = BW_SAYS("to hear that it is cancelled"),
    [BW_TOLD_WAITING] = BW_SAYS("to get their number on the waiting list"),
    [BW_TOLD_RENEWED] = BW_SAYS("to get a new ticket, or at another address"),
    [BW_TOLD_CERTIFICATE] = BW_SAYS("to get their certificate"),
};

const char *
bw_cli_mail_kind(enum bw_told_kind kind)
{
    return bw_said(words[kind]);
}

static const char *
hindrance_name(enum bw_told_hindrance hindrance)
{
    static const char *const names[] = {[BW_TOLD_NO_HINDRANCE] = "",
        [BW_TOLD_NO_ADDRESS] = "no_address",
        [BW_TOLD_BAD_ADDRESS] = "bad_address",
        [BW_TOLD_WALKED_IN] = "walk_in",
        [BW_TOLD_INSTEAD] = "substitute",
        [BW_TOLD_WRITTEN] = "written",
        [BW_TOLD_CAME_BACK] = "came_back",
        [BW_TOLD_WANTS_NONE] = "wants_none"};
    return names[hindrance];
}

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
    json_t *apart = json_array(), *written = json_array();
    count(list, counts);
    for (size_t i = 0; i < list->count; i++) {
        const struct bw_told_due *one = &list->due[i];
        json_t **rows = one->hindrance == BW_TOLD_NO_HINDRANCE ? &due : &hindered;
        bw_cli_add(one->written ? &written : rows, due_json(one));
    }
    for (int kind = 0; kind < BW_TOLD_KINDS; kind++) {
        bw_cli_set(&sums, bw_told_kind_name((enum bw_told_kind)kind),
            json_integer(counts[kind]));
    }
    for (size_t i = 0; i < list->apart_count; i++) {
        bw_cli_add(&apart, due_json(&list->apart[i]));
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "due", due, "hindered", hindered,
        "written", written, "without_form", apart, "counts", sums);
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
    (void)fputs(due->unsure ? bw_said(" (may have gone already)\n")
                : due->hindrance == BW_TOLD_CAME_BACK  ? bw_said(": mail came back\n")
                : due->hindrance == BW_TOLD_WANTS_NONE ? bw_said(": wants no mail\n")
                                                       : "\n",
        out);
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

static bool
is_hindered(const struct bw_told_due *due)
{
    return due->hindrance != BW_TOLD_NO_HINDRANCE && !due->written;
}

static bool
is_written(const struct bw_told_due *due)
{
    return due->written;
}

static void
print_some(const struct bw_told_list *list, bool (*is_one)(const struct bw_told_due *due),
    FILE *out)
{
    for (size_t i = 0; i < list->count; i++) {
        if (is_one(&list->due[i])) {
            print_one(&list->due[i], out);
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
            (void)fprintf(out, "%" PRId64 " %s:\n", counts[kind],
                bw_cli_mail_kind((enum bw_told_kind)kind));
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
    print_some(list, is_hindered, out);
    if (list->written > 0) {
        (void)fprintf(out,
            bw_said("%" PRId64 " were written to, and it isn't said yet whether that "
                    "went (mail gone, or mail --not-sent):\n"),
            list->written);
    }
    print_some(list, is_written, out);
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

enum bw_exit
bw_cli_mail_check(
    struct bw_call *call, const struct bw_mailing_scope *scope, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_told_list list;
    enum bw_status status = bw_mailing_read(&office, scope, &list, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, list_json(&list), err);
    } else {
        print_list(&list, call->out);
        print_apart(&list, call->out);
    }
    bool look = list.hindered > 0 || list.unsure > 0 || list.written > 0;
    bw_told_list_finish(&list);
    return bw_cli_exit(status, look ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}
