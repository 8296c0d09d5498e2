/* `practice`: invented people in a database of their own, to try everything on. */
#include "office/practice/practice.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <string.h>

static enum bw_exit
tell_made(struct bw_call *call, const struct bw_practice_place *place, bool made,
    struct bw_error *err)
{
    if (call->json) {
        return bw_cli_exit(
            bw_cli_json(call,
                json_pack("{s:b, s:s}", "made", (int)made, "central", place->uri), err),
            BW_EXIT_DONE, err);
    }
    (void)fprintf(call->out,
        made ? bw_said("Made a practice series with invented people. Try everything on "
                       "it with --central %s; \"practice remove\" throws it away.\n")
             : bw_said("The practice series is there already: --central %s. \"practice "
                       "remove\" throws it away.\n"),
        place->uri);
    return BW_EXIT_DONE;
}

static enum bw_exit
remove_it(
    struct bw_call *call, const struct bw_practice_place *place, struct bw_error *err)
{
    bool was = false;
    enum bw_status status = bw_practice_remove(place, &was, err);
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call, json_pack("{s:b}", "removed", (int)was), err);
    } else if (status == BW_OK) {
        (void)fputs(was ? bw_said("Threw the practice series away.\n")
                        : bw_said("There was no practice series.\n"),
            call->out);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    const struct bw_office office = bw_call_office(call);
    struct bw_practice_place place;
    bool made = false,
         gone = call->operands_count == 1 && strcmp(call->operands[0], "remove") == 0;
    if (call->operands_count == 1 && !gone) {
        return bw_call_usage(err, "practice takes nothing, or remove");
    }
    if (!bw_practice_place_of(office.key_path, &place)) {
        return bw_call_usage(err, "practice takes --key-file: it lies beside the keys");
    }
    if (gone) {
        return remove_it(call, &place, err);
    }
    enum bw_status status = bw_practice_make(&office, &place, &made, err);
    return status == BW_OK ? tell_made(call, &place, made, err) : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_practice = {
    .name = "practice",
    .operands = "[remove]",
    .summary = BW_SAYS("a series with invented people, to try everything on"),
    .help = BW_SAYS(
        "Makes a central database of its own beside the keys (circles.db.practice/),\n"
        "with five circles around today, and prints its address: try all on that.\n"
        "Nothing of it is in the figures of --central, and no mail leaves it. remove\n"
        "throws it away, with all that was tried on it.\n"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .run = run,
};
