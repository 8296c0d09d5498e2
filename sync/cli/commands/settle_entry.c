/* `settle 3-17 is CODE`, `settle 3-17 out` and `settle 3-17 other`: the organiser decides
 * on an arrival; `settle 3-17 unknown` and `stands`: on a conflict that it
 * is in, as a whole. */
#include "cli/answer.h"
#include "commands.h"
#include "office/ruling.h"
#include "report/book/book.h"
#include "report/conflict/conflicts.h"

#include <brugwachter/said.h>
#include <string.h>

static enum bw_status
answer(struct bw_call *call, const char *shown, const char *way,
    const struct bw_office_registration *whose, struct bw_error *err)
{
    const struct bw_registration *roster = &whose->roster;
    char code[BW_CODE_SHOWN_BYTES];
    bool is = roster->code != BW_CODE_NONE;
    if (call->json) {
        json_t *root = json_pack("{s:s, s:s}", "event", shown, "settled", way);
        if (is) {
            bw_cli_set(&root, "code", bw_cli_code(roster->code));
        }
        return bw_cli_json(call, root, err);
    }
    if (is) {
        bw_code_format_shown(roster->code, code);
        (void)fprintf(call->out, bw_said("Arrival %s is that of %s %s (%s) now.\n"),
            shown, roster->person.first_name, roster->person.name, code);
    } else {
        (void)fprintf(call->out,
            strcmp(way, "unknown") == 0
                ? bw_said("What happened at %s isn't known; the report says so.\n")
            : strcmp(way, "stands") == 0
                ? bw_said("What doesn't fit together at %s is right as it stands; the "
                          "report says so.\n")
            : strcmp(way, "other") == 0
                ? bw_said("Arrival %s is a walk-in's now, with somebody's ticket.\n")
                : bw_said("Arrival %s counts nowhere now.\n"),
            shown);
    }
    return BW_OK;
}

static bool
is_in(const struct bw_conflict *conflict, struct bw_event_id event)
{
    int i = 0;
    while (i < conflict->events_count && (conflict->events[i].device != event.device ||
                                             conflict->events[i].seq != event.seq)) {
        i++;
    }
    return i < conflict->events_count;
}

/* The first conflict that it is in and that is to be judged. */
static enum bw_status
settle_conflict(const struct bw_office *office, struct bw_event_id entry,
    enum bw_office_ruling ruling, const char *why, struct bw_error *err)
{
    struct bw_book *book = NULL;
    struct bw_conflicts conflicts = {.count = 0};
    struct bw_office_conflict whole = {.session_no = 0};
    char shown[BW_EVENT_ID_BYTES];
    enum bw_status status =
        bw_office_rule_session(office->central, entry, &whole.session_no, err);
    if (status == BW_OK) {
        status = bw_book_open(office->central, whole.session_no, NULL, &book, err);
    }
    if (status == BW_OK) {
        status = bw_conflicts_find(book, office->language, &conflicts, err);
    }
    int at = 0;
    while (at < conflicts.count && !is_in(&conflicts.items[at], entry)) {
        at++;
    }
    if (status == BW_OK && at == conflicts.count) {
        bw_event_id_format(entry, shown);
        status = bw_error_set(err, BW_NOT_FOUND, 0,
            "settling %s: it is in no conflict that is to be settled; conflicts lists "
            "those",
            shown);
    }
    if (status == BW_OK) {
        whole.kind = bw_conflicts_kind_number(conflicts.items[at].kind);
        whole.events = conflicts.items[at].events;
        whole.count = (size_t)conflicts.items[at].events_count;
        status = bw_office_rule_conflict(office, &whole, ruling, why, err);
    }
    bw_conflicts_finish(&conflicts);
    bw_book_close(book);
    return status;
}

enum bw_exit
bw_cli_settle_entry(struct bw_call *call, struct bw_event_id entry, struct bw_error *err)
{
    char why[BW_TITLE_BYTES], shown[BW_EVENT_ID_BYTES];
    struct bw_office office = bw_call_office(call);
    struct bw_office_registration whose;
    static const char *const ways[] = {"out", "other", "unknown", "stands", "is"};
    enum { OUT, OTHER, UNKNOWN, STANDS, IS, WAYS };
    int way = 0;
    while (way < WAYS &&
           (call->operands_count < 2 || strcmp(call->operands[1], ways[way]) != 0)) {
        way++;
    }
    whose.roster.code = BW_CODE_NONE;
    if (way == WAYS || call->operands_count != (way == IS ? 3 : 2)) {
        return bw_call_usage(err,
            "settle takes an arrival as 3-17, and out, other, unknown, stands, or is "
            "and a CODE");
    }
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status =
            way == OUT     ? bw_office_rule_out(&office, entry, why, err)
            : way == OTHER ? bw_office_rule_other(&office, entry, why, err)
            : way == UNKNOWN
                ? settle_conflict(&office, entry, BW_OFFICE_RULING_UNKNOWN, why, err)
            : way == STANDS
                ? settle_conflict(&office, entry, BW_OFFICE_RULING_STANDS, why, err)
                : bw_office_rule_is(&office, entry, call->operands[2], why, &whose, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    bw_event_id_format(entry, shown);
    return bw_cli_exit(answer(call, shown, ways[way], &whose, err), BW_EXIT_DONE, err);
}
