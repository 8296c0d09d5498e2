/* `session add|cancel|move|close|reopen S`: a new circle; one called off, on another day
 * or in another place, its figures fixed, and taken back. */
#include "office/session.h"

#include "central/session_state.h"
#include "central/when.h"
#include "cli/answer.h"
#include "commands.h"
#include "office/import/session_add.h"
#include "report/figures/report.h"

#include <brugwachter/said.h>
#include <string.h>

enum { PLACE_BYTES = 2 * BW_TITLE_BYTES + 8 };

struct session_telling {
    struct bw_call *call;
    const char *said; /* what happened: "is called off" */
    const struct bw_office_session_change *change;
    struct bw_when before, now;
    enum bw_session_state state;
};

static enum bw_status
read_moments(struct session_telling *telling, struct bw_error *err)
{
    const struct bw_office_session_change *change = telling->change;
    enum bw_wording_language language = bw_wording_spoken();
    enum bw_status status =
        bw_when_of_session(language, &change->before, &telling->before, err);
    if (status == BW_OK) {
        status = bw_when_of_session(language, &change->now, &telling->now, err);
    }
    return status == BW_OK ? bw_session_state_of(&change->now,
                                 bw_call_now_ms(telling->call), &telling->state, err)
                           : status;
}

static json_t *
moment_json(const struct bw_session *session, const struct bw_when *when)
{
    return json_pack("{s:s, s:s, s:s, s:s}", "starts_at", when->start_iso, "venue",
        session->venue, "address", session->address, "venue_phone", session->venue_phone);
}

static json_t *
telling_json(const struct session_telling *telling)
{
    const struct bw_office_session_change *change = telling->change;
    json_t *told = json_array();
    for (size_t i = 0; i < change->count; i++) {
        const struct bw_step_told *one = &change->told[i];
        json_t *entry = json_pack("{s:s, s:s, s:s}", "first_name", one->first_name,
            "name", one->name, "status", bw_registration_status_name(one->status));
        bw_cli_set(&entry, "code", bw_cli_code(one->code));
        bw_cli_add(&told, entry);
    }
    json_t *root = json_pack("{s:s, s:s}", "session", change->now.code, "state",
        bw_session_state_name(telling->state));
    bw_cli_set(&root, "before", moment_json(&change->before, &telling->before));
    bw_cli_set(&root, "now", moment_json(&change->now, &telling->now));
    bw_cli_set(&root, "tell", told);
    return root;
}

static bool
is_moved(const struct bw_office_session_change *change)
{
    const struct bw_session *before = &change->before, *now = &change->now;
    return before->starts_ms != now->starts_ms || before->ends_ms != now->ends_ms ||
           strcmp(before->venue, now->venue) != 0 ||
           strcmp(before->address, now->address) != 0;
}

/* ", venue, address", of what there is. */
static void
write_place(const struct bw_session *session, char *ret_place, size_t size)
{
    const char *venue = session->venue, *address = session->address;
    (void)snprintf(ret_place, size, "%s%s%s%s", venue[0] != '\0' ? ", " : "", venue,
        address[0] != '\0' ? ", " : "", address);
}

static const char *
shown_of(const char *phone)
{
    return phone[0] != '\0' ? phone : bw_said("nobody yet");
}

static void
print(const struct session_telling *telling)
{
    const struct bw_office_session_change *change = telling->change;
    FILE *out = telling->call->out;
    (void)fprintf(out, "%s (%s, %s) %s.\n", change->now.code, change->now.title,
        telling->now.day, telling->said);
    if (is_moved(change)) {
        char before[PLACE_BYTES], now[PLACE_BYTES];
        write_place(&change->before, before, sizeof before);
        write_place(&change->now, now, sizeof now);
        (void)fprintf(out, bw_said("  was: %s, %s%s\n  now: %s, %s%s\n"),
            telling->before.day, telling->before.hours, before, telling->now.day,
            telling->now.hours, now);
    }
    if (strcmp(change->before.venue_phone, change->now.venue_phone) != 0) {
        (void)fprintf(out, bw_said("  to call there, was: %s\n  now: %s\n"),
            shown_of(change->before.venue_phone), shown_of(change->now.venue_phone));
    }
    if (change->count > 0) {
        (void)fprintf(out, bw_said("Tell these %zu people:\n"), change->count);
    }
    for (size_t i = 0; i < change->count; i++) {
        const struct bw_step_told *told = &change->told[i];
        char shown[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(told->code, shown);
        (void)fprintf(out, "  %s  %s %s (%s)\n", shown, told->first_name, told->name,
            bw_said(bw_registration_status_name(told->status)));
    }
}

static enum bw_status
answer(struct bw_call *call, const char *said,
    const struct bw_office_session_change *change, struct bw_error *err)
{
    struct session_telling telling = {.call = call, .said = said, .change = change};
    enum bw_status status = read_moments(&telling, err);
    if (status != BW_OK || call->json) {
        return status == BW_OK ? bw_cli_json(call, telling_json(&telling), err) : status;
    }
    print(&telling);
    return BW_OK;
}

/* ---- a new one ---- */

static const char *
take(const struct bw_call *call, struct bw_import_session_said *said)
{
    const struct bw_call_field fields[] = {{"title", &said->title},
        {"series", &said->series}, {"kind", &said->kind}, {"region", &said->region},
        {"audience", &said->audience}, {"venue", &said->venue},
        {"address", &said->address}, {"venue_phone", &said->venue_phone},
        {"starts_at", &said->starts}, {"ends_at", &said->ends},
        {"capacity", &said->places}};
    return bw_call_fields(call, 2, fields, (int)(sizeof fields / sizeof fields[0]));
}

static enum bw_status
answer_new(struct bw_call *call, const struct bw_session *session, struct bw_error *err)
{
    struct bw_when when;
    enum bw_status status = bw_when_of_session(bw_wording_spoken(), session, &when, err);
    if (status != BW_OK) {
        return status;
    }
    if (call->json) {
        json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:i}", "session", session->code,
            "series", session->series, "title", session->title, "region", session->region,
            "capacity", session->capacity);
        bw_cli_set(&root, "now", moment_json(session, &when));
        return bw_cli_json(call, root, err);
    }
    (void)fprintf(call->out, bw_said("%s (%s, %s, %s%s%s) is there, with %d places.\n"),
        session->code, session->title, when.day, when.hours,
        session->venue[0] != '\0' ? ", " : "", session->venue, session->capacity);
    return BW_OK;
}

static enum bw_exit
run_add(struct bw_call *call, struct bw_error *err)
{
    char why[BW_TITLE_BYTES];
    struct bw_office office = bw_call_office(call);
    struct bw_session session;
    struct bw_import_session_said said = {.code = call->operands[1],
        .confirmed = bw_call_value(call, BW_OPTION_YES) != NULL};
    const char *unknown = take(call, &said);
    if (unknown != NULL) {
        return bw_call_usage(err,
            "session add knows no \"%s\"; it is title=…, starts_at=…, or another "
            "column of a file of sessions",
            unknown);
    }
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_import_session_add(&office, &said, why, &session, err);
    }
    return status == BW_OK
               ? bw_cli_exit(answer_new(call, &session, err), BW_EXIT_DONE, err)
               : bw_exit_of(status);
}

/* ---- the other verbs ---- */

static enum bw_status
on_cancel(struct bw_call *call, const struct bw_office *office, const char *why,
    struct bw_office_session_change *ret_change, struct bw_error *err)
{
    return bw_office_session_cancel(office, call->operands[1], why, ret_change, err);
}

static enum bw_status
on_move(struct bw_call *call, const struct bw_office *office, const char *why,
    struct bw_office_session_change *ret_change, struct bw_error *err)
{
    const struct bw_office_session_move to = {
        .starts = bw_call_value(call, BW_OPTION_STARTS),
        .ends = bw_call_value(call, BW_OPTION_ENDS),
        .venue = bw_call_value(call, BW_OPTION_VENUE),
        .address = bw_call_value(call, BW_OPTION_ADDRESS),
        .venue_phone = bw_call_value(call, BW_OPTION_VENUE_PHONE),
        .confirmed = bw_call_value(call, BW_OPTION_YES) != NULL};
    return bw_office_session_move(office, call->operands[1], &to, why, ret_change, err);
}

static enum bw_status
on_close(struct bw_call *call, const struct bw_office *office, const char *why,
    struct bw_office_session_change *ret_change, struct bw_error *err)
{
    enum bw_status status = bw_report_check_closing(
        call->central, call->operands[1], bw_call_now_ms(call), why, err);
    return status == BW_OK
               ? bw_office_session_close(office, call->operands[1], why, ret_change, err)
               : status;
}

static enum bw_status
on_reopen(struct bw_call *call, const struct bw_office *office, const char *why,
    struct bw_office_session_change *ret_change, struct bw_error *err)
{
    return bw_office_session_reopen(office, call->operands[1], why, ret_change, err);
}

static const struct {
    const char *word, *said;
    enum bw_status (*run)(struct bw_call *call, const struct bw_office *office,
        const char *why, struct bw_office_session_change *ret_change,
        struct bw_error *err);
} verbs[] = {
    {"cancel",
        BW_SAYS("is called off: its tickets let nobody in, and it counts in no sum"),
        on_cancel},
    {"move", BW_SAYS("is moved"), on_move}, /* or has another number to call */
    {"close", BW_SAYS("is closed: its figures are fixed"), on_close},
    {"reopen", BW_SAYS("is open again"), on_reopen},
};

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    char why[BW_TITLE_BYTES];
    struct bw_office office = bw_call_office(call);
    struct bw_office_session_change change = {.told = NULL};
    size_t i = 0, count = sizeof verbs / sizeof verbs[0];
    if (strcmp(call->operands[0], "add") == 0) {
        return run_add(call, err);
    }
    while (i < count && strcmp(verbs[i].word, call->operands[0]) != 0) {
        i++;
    }
    if (i == count) {
        return bw_call_usage(err,
            "session takes add, cancel, move, close or reopen, not \"%s\"",
            call->operands[0]);
    }
    if (call->operands_count > 2) {
        return bw_call_usage(err, "session %s takes one circle", verbs[i].word);
    }
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = verbs[i].run(call, &office, why, &change, err);
    }
    if (status != BW_OK) {
        return status == BW_BAD_INPUT ? BW_EXIT_USAGE : bw_exit_of(status);
    }
    status = answer(call, bw_said(verbs[i].said), &change, err);
    bw_office_session_change_finish(&change);
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_session = {
    .name = "session",
    .operands = "add|cancel|move|close|reopen S [FIELD=VALUE...]",
    .summary = BW_SAYS(
        "a new circle; one called off, moved, its figures fixed, or that taken back"),
    .help = BW_SAYS(
        "add: a new one, of the code S. FIELD is a column of a file of sessions: title,\n"
        "starts_at, ends_at, venue, address, venue_phone, region, capacity, audience,\n"
        "kind, series. Series, capacity, audience, kind and how long it lasts are as in\n"
        "the last circle, of that series where it has one. Into the past, or where\n"
        "another is then and there, only with --yes.\n"
        "cancel: it doesn't take place. Its tickets hear so at the door, it leaves the\n"
        "sums, and whom to tell is listed.\n"
        "move: --starts, --ends, --venue, --address; what isn't given stays, and it\n"
        "lasts as long as before. Into the past only with --yes. --venue-phone: whom\n"
        "the office calls there; \"\" takes it away, and another venue has none yet.\n"
        "close: after its end, once its kiosks are complete and nothing is left to\n"
        "settle, or with --why: from then on nothing changes its figures.\n"
        "reopen, with --why: takes back close, or cancel. undo takes each back.\n"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK) | BW_TAKES(BW_OPTION_STARTS) |
             BW_TAKES(BW_OPTION_ENDS) | BW_TAKES(BW_OPTION_VENUE) |
             BW_TAKES(BW_OPTION_ADDRESS) | BW_TAKES(BW_OPTION_VENUE_PHONE) |
             BW_TAKES(BW_OPTION_YES) | BW_TAKES(BW_OPTION_LANGUAGE),
    .operands_min = 2,
    .operands_max = 2 + 11,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN | BW_LETTERS_OUT,
    .run = run,
};
