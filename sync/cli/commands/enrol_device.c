/* `enrol-device`: makes this kiosk's store from an enrolment,
 * or gives it new settings. */
#include "central/base/output.h"
#include "cli/answer.h"
#include "commands.h"
#include "exchange/kiosk/enrol_device.h"

#include <brugwachter/said.h>
#include <jansson.h>
#include <string.h>
#include <stdlib.h>

static enum bw_status
answer(
    struct bw_call *call, const struct bw_kiosk_enrolled *enrolled, struct bw_error *err)
{
    const struct bw_enrolment *enrolment = &enrolled->enrolment;
    const char *path = bw_call_value(call, BW_OPTION_STORE);
    if (call->json) {
        json_t *sessions = json_array();
        for (int i = 0; i < enrolment->sessions_count; i++) {
            bw_cli_add(&sessions, json_string(enrolment->sessions[i]));
        }
        return bw_cli_json(call,
            json_pack("{s:I, s:s, s:o, s:s, s:b, s:s, s:s?}", "device",
                (json_int_t)enrolment->device, "name", enrolment->name, "sessions",
                sessions, "store", path, "made", (int)enrolled->made, "words",
                enrolled->words, "moved_aside",
                enrolled->aside[0] ? enrolled->aside : NULL),
            err);
    }
    if (enrolled->aside[0]) {
        (void)fprintf(call->out, bw_said("Moved the store that was there to %s.\n"),
            enrolled->aside);
    }
    (void)fprintf(call->out,
        enrolled->made
            ? bw_said("Made %s: kiosk %u, \"%s\". Its check words: %s. Now pull "
                      "its roster.\n")
            : bw_said("Gave new settings to %s: kiosk %u, \"%s\". Its check "
                      "words: %s. Now pull its roster.\n"),
        path, enrolment->device, enrolment->name, enrolled->words);
    return BW_OK;
}

static enum bw_exit
run_enrol_device(struct bw_call *call, struct bw_error *err)
{
    struct bw_kiosk_enrolled enrolled = {.made = false};
    unsigned char *bytes = NULL;
    size_t length = 0;
    enum bw_status status =
        bw_file_read(call->operands[0], BW_ENROLMENT_BYTES_MAX + 2, &bytes, &length, err);
    if (status == BW_OK) {
        status = bw_kiosk_enrol_device(bw_call_value(call, BW_OPTION_STORE), bytes,
            length, bw_call_now_ms(call), &enrolled, err);
        explicit_bzero(bytes, length);
        free(bytes);
    }
    if (status == BW_OK) {
        status = answer(call, &enrolled, err);
    }
    return bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_enrol_device = {
    .name = "enrol-device",
    .operands = "ENROLMENT|-",
    .summary = BW_SAYS(
        "make this kiosk's store from its enrolment file, or from standard input"),
    .help = BW_SAYS(
        "An enrolment expires with its last session.\n"
        "A store of the same kiosk takes the new settings. A store of another kiosk is\n"
        "refused while it holds events that no receipt covers, or a program has it\n"
        "open; else it is moved aside. One that is damaged, or of a newer program, goes\n"
        "aside with its keys, to FILE.damaged.N or FILE.newer.N, and is never deleted:\n"
        "`--store FILE.damaged.N export DIR` takes out what can be read. The kiosk\n"
        "makes keys of its own, in FILE.credentials (mode 0600), and introduces them by\n"
        "its first letter: the office shows the same four check words.\n"),
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_STORE,
    .run = run_enrol_device,
};
