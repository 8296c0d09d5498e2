/* `log` and `undo`: the office's steps, and one taken back. */
#include "cli/answer.h"
#include "commands.h"
#include "office/step.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>
#include <stdlib.h>

enum { STEPS_SHOWN = 50, STEPS_MOST = 100000 };

struct log_telling {
    struct bw_call *call;
    struct bw_zone *zone;
    json_t *list; /* NULL where text is printed */
};

static bool
on_step(const struct bw_step *step, void *context)
{
    const struct log_telling *telling = context;
    FILE *out = telling->call->out;
    char when[BW_ISO_BYTES];
    if (telling->list != NULL) {
        (void)json_array_append_new(telling->list,
            json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "step",
                (json_int_t)step->number, "at_ms", (json_int_t)step->at_ms, "what",
                step->what, "about", step->about, "why", step->why, "who", step->who,
                "registrations", (json_int_t)step->registrations, "undoes",
                (json_int_t)step->undoes, "undone_by", (json_int_t)step->undone_by));
        return true;
    }
    bw_zone_format_iso(telling->zone, step->at_ms, when);
    (void)fprintf(out, "%4" PRId64 "  %s  %s%s%s", step->number, when, step->what,
        step->about[0] != '\0' ? " " : "", step->about);
    if (step->why[0] != '\0') {
        (void)fprintf(out, " (%s)", step->why);
    }
    if (step->registrations > 0) {
        (void)fprintf(out, bw_said(": %" PRId64 " registrations"), step->registrations);
    }
    if (step->undone_by > 0) {
        (void)fprintf(out, bw_said("; taken back by step %" PRId64), step->undone_by);
    } else if (step->undone_by == BW_STEP_PURGED) {
        (void)fputs(bw_said("; purged"), out);
    }
    if (step->who[0] != '\0') {
        (void)fprintf(out, " [%s]", step->who);
    }
    (void)fputc('\n', out);
    return true;
}

static enum bw_exit
run_log(struct bw_call *call, struct bw_error *err)
{
    int64_t count = 0;
    struct log_telling telling = {.call = call, .list = call->json ? json_array() : NULL};
    if (bw_call_number(call, BW_OPTION_COUNT, 1, STEPS_MOST, STEPS_SHOWN, &count, err) !=
        BW_OK) {
        json_decref(telling.list);
        return BW_EXIT_USAGE;
    }
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &telling.zone, err);
    if (status == BW_OK) {
        status = bw_step_walk(call->central, count, on_step, &telling, err);
    }
    bw_zone_close(telling.zone);
    if (status != BW_OK) {
        json_decref(telling.list);
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, json_pack("{s:o}", "steps", telling.list), err);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

/* Whom to tell: whoever is told another thing by their ticket now. */
static enum bw_status
answer(struct bw_call *call, const struct bw_step_undone *undone, struct bw_error *err)
{
    json_t *codes = call->json ? json_array() : NULL;
    if (!call->json) {
        (void)fprintf(call->out, bw_said("Step %" PRId64 " (%s %s) is taken back.%s\n"),
            undone->number, undone->what, undone->about,
            undone->count > 0 ? bw_said(" Tell these people, where they were told of it:")
                              : "");
    }
    for (size_t i = 0; i < undone->count; i++) {
        const struct bw_step_told *told = &undone->told[i];
        const char *status =
            told->gone ? BW_SAYS("gone") : bw_registration_status_name(told->status);
        char shown[BW_CODE_SHOWN_BYTES];
        bw_code_format_shown(told->code, shown);
        if (codes != NULL) {
            (void)json_array_append_new(codes,
                json_pack("{s:o, s:s, s:s, s:s, s:s}", "code", bw_cli_code(told->code),
                    "first_name", told->first_name, "name", told->name, "session",
                    told->session, "status", status));
        } else {
            (void)fprintf(call->out, "  %s  %s %s, %s: %s\n", shown, told->first_name,
                told->name, told->session, bw_said(status));
        }
    }
    return call->json
               ? bw_cli_json(call,
                     json_pack("{s:I, s:s, s:o}", "step", (json_int_t)undone->number,
                         "what", undone->what, "registrations", codes),
                     err)
               : BW_OK;
}

static enum bw_exit
run_undo(struct bw_call *call, struct bw_error *err)
{
    char why[BW_TITLE_BYTES];
    char *end = NULL;
    struct bw_office office = bw_call_office(call);
    struct bw_step_undone undone;
    int64_t number = call->operands_count > 0 ? strtoll(call->operands[0], &end, 10) : 0;
    if (call->operands_count > 0 && (*end != '\0' || number <= 0)) {
        return bw_call_usage(err, "undo takes a step's number, which log lists");
    }
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = bw_step_undo(&office, number, why, &undone, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    status = answer(call, &undone, err);
    bw_step_undone_finish(&undone);
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_log = {
    .name = "log",
    .operands = "",
    .summary = BW_SAYS("the office's steps, newest first: what, when, why, by whom"),
    .takes = BW_TAKES(BW_OPTION_COUNT) | BW_TAKES(BW_OPTION_KEY_FILE),
    .needs = BW_NEEDS_CENTRAL,
    .run = run_log,
};

const struct bw_sync_command bw_sync_command_undo = {
    .name = "undo",
    .operands = "[STEP]",
    .summary = BW_SAYS("take back the last step, or one on which nothing was built"),
    .help = BW_SAYS(
        "Imports (attendance too), session cancel, move, close and reopen, cancel,\n"
        "block, unblock, promote, reissue, settle (quarantine too) and merge-people\n"
        "can be taken back, and so can an undo. What happened at the door stays.\n"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_undo,
};
