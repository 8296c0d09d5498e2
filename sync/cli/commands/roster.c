/* `roster`: the paper list for the door of a session, and the card for its desk. */
#include "office/ticket/door_pack.h"

#include "cli/answer.h"
#include "commands.h"

#include <inttypes.h>

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_door_pack pack;
    enum bw_status status =
        bw_office_door_pack_write(&office, bw_call_value(call, BW_OPTION_SESSION),
            bw_call_value(call, BW_OPTION_OUT), &pack, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call,
            json_pack("{s:s, s:I, s:I, s:s, s:s}", "session", pack.session.code,
                "confirmed", (json_int_t)pack.confirmed, "waitlisted",
                (json_int_t)pack.waiting, "path", pack.path, "card", pack.card_path),
            err);
    } else {
        (void)fprintf(call->out,
            "Wrote %s: %" PRId64 " people with a place, %" PRId64
            " on the waitlist, and lines for others; print it on the day, shred it when "
            "it was typed in (import attendance). %s hangs at the desk.\n",
            pack.path, pack.confirmed, pack.waiting, pack.card_path);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_roster = {
    .name = "roster",
    .operands = "",
    .summary = "write the paper list of a session, and the card for its desk",
    .help =
        "An A4 PDF: people with a place by surname, the waitlist in order, and lines\n"
        "for who is on neither; for a door whose kiosk fails. And a card that says what\n"
        "staff do.\n",
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_OUT),
    .requires = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .run = run,
};
