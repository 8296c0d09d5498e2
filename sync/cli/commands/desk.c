/* `desk`: the organiser's desk, in her browser. */
#include "web/serve.h"

#include "cli/attendees.h"
#include "cli/letters.h"
#include "commands.h"

#include <string.h>

enum { RETENTION_DAYS = 365, RETENTION_MOST = 36500 };

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    const char *listen = bw_call_value(call, BW_OPTION_LISTEN);
    const char *uri = bw_call_value(call, BW_OPTION_CENTRAL);
    char address[BW_WEB_ADDRESS_BYTES] = "127.0.0.1", netrc[PATH_MAX] = "";
    int64_t days = 0;
    int port = 0;
    if (bw_call_number(call, BW_OPTION_RETENTION_DAYS, 1, RETENTION_MOST, RETENTION_DAYS,
            &days, err) != BW_OK ||
        (listen != NULL && bw_web_listen_parse(listen, address, &port, err) != BW_OK)) {
        return BW_EXIT_USAGE;
    }
    bool netrc_given = bw_letters_netrc(call, netrc);
    struct bw_web_serve serve = {
        .desk = {.central_uri = uri,
            .key_path = bw_call_value(call, BW_OPTION_KEY_FILE),
            .clock = call->clock,
            .retention_days = days,
            .attendees = bw_cli_attendees},
        .post = {.central_uri = uri,
            .key_path = bw_call_value(call, BW_OPTION_KEY_FILE),
            .netrc_path = netrc,
            .netrc_given = netrc_given,
            .clock = call->clock},
        .address = address,
        .port = port,
        .browser = bw_call_value(call, BW_OPTION_NO_BROWSER) == NULL,
        .out = call->out,
    };
    enum bw_status status = bw_web_serve(&serve, err);
    return status == BW_BAD_INPUT ? BW_EXIT_USAGE : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_desk = {
    .name = "desk",
    .operands = "",
    .summary = "the organiser's desk, in the browser, on this machine alone",
    .help =
        "Prints a link that opens it once, and opens the browser on it; --no-browser\n"
        "only prints. Whoever has the link is in: give it to nobody. After 30\n"
        "minutes' rest it asks for a new one, which is printed when nobody is in.\n"
        "Ends with Ctrl-C.\n",
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_LISTEN) |
             BW_TAKES(BW_OPTION_NO_BROWSER) | BW_TAKES(BW_OPTION_RETENTION_DAYS),
    .needs = BW_NEEDS_CENTRAL,
    .run = run,
};
