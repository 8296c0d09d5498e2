/* `find TEXT`: people, by name, mail, school, session or code. */
#include "office/find.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>

enum { FOUND_SHOWN = 50 };

struct find_telling {
    struct bw_call *call;
    json_t *list; /* NULL where text is printed */
    int count;
};

static bool
on_found(const struct bw_office_found *found, void *context)
{
    struct find_telling *telling = context;
    char shown[BW_CODE_SHOWN_BYTES];
    if (++telling->count > FOUND_SHOWN) {
        return false;
    }
    bw_code_format_shown(found->code, shown);
    if (telling->list != NULL) {
        (void)json_array_append_new(
            telling->list, json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:s}", "code",
                               bw_cli_code(found->code), "first_name", found->first_name,
                               "name", found->name, "email", found->mail, "school",
                               found->school, "session", found->session_code, "status",
                               bw_registration_status_name(found->status)));
        return true;
    }
    (void)fprintf(telling->call->out, "%s  %s %s, %s, %s: %s in %s\n", shown,
        found->first_name, found->name,
        found->mail[0] != '\0' ? found->mail : bw_said("no mail"), found->school,
        bw_said(bw_registration_status_name(found->status)), found->session_code);
    return true;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct find_telling telling = {
        .call = call, .list = call->json ? json_array() : NULL};
    char text[BW_TITLE_BYTES] = "";
    size_t used = 0;
    for (int i = 0; i < call->operands_count && used + 1 < sizeof text; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.200s",
            i > 0 ? " " : "", call->operands[i]);
    }
    enum bw_status status = bw_office_find(call->central, text, on_found, &telling, err);
    bool more = telling.count > FOUND_SHOWN;
    if (status != BW_OK) {
        json_decref(telling.list);
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(
            call, json_pack("{s:o, s:b}", "results", telling.list, "more", more), err);
    } else if (telling.count == 0 || more) {
        (void)fputs(telling.count == 0 ? bw_said("Nobody is found by that.\n")
                                       : bw_said("… and more: give another word.\n"),
            call->out);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_find = {
    .name = "find",
    .operands = "TEXT…",
    .summary = BW_SAYS("people, by parts of name, mail, school, session, or by code"),
    .help = BW_SAYS(
        "Wherever a command takes a CODE, it takes such words too, where one person\n"
        "fits: cancel \"anna visser GRO\".\n"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .operands_min = 1,
    .operands_max = BW_OPERANDS_MAX,
    .needs = BW_NEEDS_CENTRAL,
    .run = run,
};
