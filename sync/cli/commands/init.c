/* `init`: the tables, the organiser's keys, and how the organiser is called. */
#include "office/setup.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_office_settings settings = {
        .organiser = bw_call_value(call, BW_OPTION_ORGANISER),
        .phone = bw_call_value(call, BW_OPTION_PHONE),
        .privacy_url = bw_call_value(call, BW_OPTION_PRIVACY_URL),
        .mail = bw_call_value(call, BW_OPTION_MAIL_FROM),
        .contact = bw_call_value(call, BW_OPTION_CONTACT),
    };
    bool created = false;
    enum bw_status status = bw_office_setup(&office, &settings, &created, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    const char *name = bw_central_name(call->central);
    if (call->json) {
        status = bw_cli_json(call,
            json_pack("{s:b, s:s, s:s}", "created", (int)created, "central", name, "keys",
                office.key_path),
            err);
    } else if (created) {
        fprintf(call->out,
            bw_said("Made %s; the organiser's secret keys lie in %s: keep a copy of both "
                    "in a "
                    "safe place.\n"),
            name, office.key_path);
    } else {
        fprintf(call->out,
            bw_said("%s was set up already; its keys lie in %s. Nothing was lost.\n"),
            name, office.key_path);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_init = {
    .name = "init",
    .operands = "",
    .summary =
        BW_SAYS("create or upgrade the central database; makes the first signing key"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_ORGANISER) |
             BW_TAKES(BW_OPTION_PHONE) | BW_TAKES(BW_OPTION_PRIVACY_URL) |
             BW_TAKES(BW_OPTION_MAIL_FROM) | BW_TAKES(BW_OPTION_CONTACT) |
             BW_TAKES(BW_OPTION_CHECK),
    .needs = BW_NEEDS_CENTRAL_NEW,
    .run = run,
};
