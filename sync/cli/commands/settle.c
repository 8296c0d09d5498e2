/* `settle`: the organiser decides on an event in quarantine, or on a sign-up in doubt. */
#include "cli/answer.h"
#include "commands.h"
#include "office/place/doubt.h"
#include "office/step_quarantine.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    enum bw_place_doubt_way way;
} ways[] = {
    {"other", BW_PLACE_DOUBT_OTHER},
    {"in", BW_PLACE_DOUBT_OTHER},
    {"same", BW_PLACE_DOUBT_SAME},
    {"out", BW_PLACE_DOUBT_OUT},
};

static json_t *
doubt_row(const struct bw_place_doubt_settled *settled)
{
    const struct bw_registration *roster = &settled->registration.roster;
    return json_pack("{s:o, s:s, s:s, s:b, s:I}", "code", bw_cli_code(roster->code),
        "session", settled->registration.session_code, "status",
        bw_registration_status_name(roster->status), "placed", settled->placed, "others",
        (json_int_t)settled->others);
}

static void
doubt_say(struct bw_call *call, const struct bw_place_doubt_settled *settled)
{
    const struct bw_registration *roster = &settled->registration.roster;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(roster->code, shown);
    (void)fprintf(call->out, "%s (%s %s, %s) %s.\n", shown, roster->person.first_name,
        roster->person.name, settled->registration.session_code,
        settled->placed ? bw_said("has a place, and a new ticket (tickets)")
        : roster->status == BW_CONFIRMED ? bw_said("has a place")
        : roster->status == BW_CANCELLED
            ? bw_said("is cancelled")
            : bw_said("is on the waiting list, by its old time"));
    if (settled->others > 0) {
        (void)fprintf(call->out,
            bw_said("It holds for %" PRId64
                    " more of theirs, in other circles of the series.\n"),
            settled->others);
    }
}

static enum bw_status
doubts_answer(struct bw_call *call, const struct bw_place_doubt_settled *settled,
    int count, struct bw_error *err)
{
    if (call->json && count == 1) {
        return bw_cli_json(call, doubt_row(settled), err);
    }
    json_t *list = call->json ? json_array() : NULL;
    for (int i = 0; i < count; i++) {
        if (call->json) {
            bw_cli_add(&list, doubt_row(&settled[i]));
        } else {
            doubt_say(call, &settled[i]);
        }
    }
    return call->json ? bw_cli_json(call, json_pack("{s:o}", "settled", list), err)
                      : BW_OK;
}

/* Codes, all but the last word, which is the way. */
static enum bw_exit
doubts_all(struct bw_call *call, enum bw_place_doubt_way way, struct bw_error *err)
{
    char why[BW_TITLE_BYTES];
    struct bw_office office = bw_call_office(call);
    int count = call->operands_count - 1;
    struct bw_place_doubt_answer answers[BW_OPERANDS_MAX];
    struct bw_place_doubt_settled *settled = calloc((size_t)count, sizeof *settled);
    enum bw_status status = settled != NULL ? bw_call_why(call, why, err)
                                            : bw_error_set(err, BW_NO_MEMORY, 0,
                                                  "settling doubts: no memory");
    for (int i = 0; i < count; i++) {
        answers[i] = (struct bw_place_doubt_answer){call->operands[i], way};
    }
    if (status == BW_OK) {
        status =
            bw_place_doubts_settle(&office, answers, (size_t)count, why, settled, err);
    }
    enum bw_exit result =
        status == BW_OK
            ? bw_cli_exit(doubts_answer(call, settled, count, err), BW_EXIT_DONE, err)
            : bw_exit_of(status);
    free(settled);
    return result;
}

static enum bw_exit
settle_doubts(struct bw_call *call, struct bw_error *err)
{
    const char *word = call->operands[call->operands_count - 1];
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (strcmp(ways[i].word, word) == 0) {
            return doubts_all(call, ways[i].way, err);
        }
    }
    return bw_call_usage(err, "settle CODE takes same, other, in or out");
}

static enum bw_status
events_answer(
    struct bw_call *call, const int64_t *numbers, int count, struct bw_error *err)
{
    const char *way = call->operands[count];
    if (call->json && count == 1) {
        return bw_cli_json(call,
            json_pack("{s:I, s:s}", "number", (json_int_t)numbers[0], "settled", way),
            err);
    }
    json_t *list = call->json ? json_array() : NULL;
    for (int i = 0; i < count; i++) {
        if (call->json) {
            bw_cli_add(&list, json_integer((json_int_t)numbers[i]));
            continue;
        }
        (void)fprintf(call->out, bw_said("Number %" PRId64 " was %s.\n"), numbers[i],
            strcmp(way, "in") == 0 ? bw_said("taken in; it counts now")
                                   : bw_said("thrown out; it counts nowhere"));
    }
    return call->json ? bw_cli_json(call,
                            json_pack("{s:o, s:s}", "numbers", list, "settled", way), err)
                      : BW_OK;
}

/* A number of quarantine has fewer digits than a code. */
static bool
is_number(const char *text, int64_t *ret_number)
{
    char *end = NULL;
    *ret_number = strtoll(text, &end, 10);
    return *end == '\0' && strlen(text) + 1 < BW_CODE_BYTES;
}

/* Numbers, all but the last word, which is the way. */
static enum bw_exit
settle_events(struct bw_call *call, struct bw_error *err)
{
    int count = call->operands_count - 1;
    const char *way = call->operands[count];
    bool in = strcmp(way, "in") == 0, fine = in || strcmp(way, "out") == 0;
    int64_t numbers[BW_OPERANDS_MAX] = {0};
    for (int i = 0; fine && i < count; i++) {
        fine = is_number(call->operands[i], &numbers[i]) && numbers[i] > 0;
    }
    if (!fine) {
        return bw_call_usage(
            err, "settle takes numbers that conflicts lists, and in or out");
    }
    char why[BW_TITLE_BYTES];
    struct bw_office office = bw_call_office(call);
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_step_quarantine_settle(&office, numbers, (size_t)count, in, why, err);
    }
    return status == BW_OK
               ? bw_cli_exit(events_answer(call, numbers, count, err), BW_EXIT_DONE, err)
               : bw_exit_of(status);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    int64_t number = 0;
    struct bw_event_id entry;
    if (bw_event_id_parse(call->operands[0], &entry)) {
        return bw_cli_settle_entry(call, entry, err);
    }
    if (is_number(call->operands[0], &number)) {
        return settle_events(call, err);
    }
    return settle_doubts(call, err);
}

const struct bw_sync_command bw_sync_command_settle = {
    .name = "settle",
    .operands =
        "N… in|out | CODE… same|other|in|out | EVENT out|other|unknown|stands|is CODE",
    .summary =
        BW_SAYS("decide on an event in quarantine, or a sign-up in doubt, with a reason"),
    .help = BW_SAYS(
        "N is a number that `conflicts` lists: the event is taken in, or thrown out;\n"
        "several at once, all of them or none.\n"
        "CODE is of a sign-up that `doubts` lists: it's the same person as the one it\n"
        "looks like, or another one; it's in after all, or out (cancelled). Several\n"
        "at once are one step, in the order that you give, all of them or none.\n"
        "EVENT is an arrival as conflicts and report name it (3-17): a walk-in is who\n"
        "is registered as CODE, or the entry doesn't stand; somebody else came with\n"
        "the ticket (a walk-in's then). Of the conflict that it is in nobody knows what\n"
        "happened, or it is right as it stands: it is asked about no more, and the\n"
        "report says so. undo takes back what was said.\n"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .requires = BW_TAKES(BW_OPTION_WHY),
    .operands_min = 2,
    .operands_max = BW_OPERANDS_MAX,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
