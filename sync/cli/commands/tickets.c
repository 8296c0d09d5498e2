/* `tickets`: what every person of a session gets to carry, and the list for mailing. */
#include "office/ticket/tickets.h"

#include "cli/answer.h"
#include "commands.h"

#include <inttypes.h>

static enum bw_status
answer(struct bw_call *call, const struct bw_tickets *tickets, struct bw_error *err)
{
    const char *folder = tickets->folder;
    int64_t count = tickets->confirmed + tickets->waitlisted;
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:s, s:I, s:I, s:I, s:I, s:s}", "session", tickets->session.code,
                "tickets", (json_int_t)count, "confirmed", (json_int_t)tickets->confirmed,
                "waitlisted", (json_int_t)tickets->waitlisted, "removed",
                (json_int_t)tickets->removed, "out", folder),
            err);
    }
    (void)fprintf(call->out,
        "Wrote %" PRId64 " tickets of %s to %s: %" PRId64 " with a place, %" PRId64
        " on the waitlist; a PNG and an SVG each, tickets.csv, %s.\n",
        count, tickets->session.code, folder, tickets->confirmed, tickets->waitlisted,
        count > 0 ? "tickets.pdf" : "no PDF");
    if (tickets->removed > 0) {
        (void)fprintf(call->out,
            "Took away %" PRId64 " tickets of people who are cancelled or blocked.\n",
            tickets->removed);
    }
    return BW_OK;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_tickets tickets;
    enum bw_status status =
        bw_office_tickets_write(&office, bw_call_value(call, BW_OPTION_SESSION),
            bw_call_value(call, BW_OPTION_OUT), &tickets, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    status = answer(call, &tickets, err);
    if (status == BW_OK && tickets.incomplete.status != BW_OK) {
        *err = tickets.incomplete;
        return BW_EXIT_LOOK;
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_tickets = {
    .name = "tickets",
    .operands = "",
    .summary = "write the tickets of a session: PNG, SVG, PDF and a list for mailing",
    .help =
        "tickets.csv has a row a person, in order of sign-up; its column png names the\n"
        "picture. tickets.pdf has an A6 page a person. People on the waitlist get a\n"
        "ticket too, which says so. Where another session's tickets lie in the folder,\n"
        "they get one of their own in it.\n",
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_OUT),
    .requires = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .run = run,
};
