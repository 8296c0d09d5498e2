/* `forget CODE|NAME`: one person's data out; prints what went. */
#include "office/forget.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>

static json_t *
to_json(const struct bw_office_forget *forget)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "records",
        (json_int_t)forget->records, "registrations",
        (json_int_t)forget->gone.registrations, "cancelled",
        (json_int_t)forget->cancelled, "tickets", (json_int_t)forget->gone.tickets,
        "mails", (json_int_t)forget->gone.mails, "details",
        (json_int_t)forget->gone.details);
}

/* Nobody's name is in it: it may be kept. */
static void
print(FILE *out, const struct bw_office_forget *forget)
{
    (void)fprintf(out,
        bw_said("One person is forgotten. Gone are: names, school, role and mail address "
                "of %" PRId64 " registrations, %" PRId64 " tickets, the log of %" PRId64
                " mails, the details of %" PRId64
                " events, and what steps kept. Codes, regions and counts stay.\n"),
        forget->gone.registrations, forget->gone.tickets, forget->gone.mails,
        forget->gone.details);
    if (forget->cancelled > 0) {
        (void)fprintf(out, bw_said("Cancelled in circles still to come: %" PRId64 ".\n"),
            forget->cancelled);
    }
    (void)fputs(
        bw_said("Kiosks forget them with their next roster. Older backups, copies "
                "of the files that were imported or written, and mails sent are "
                "yours to delete; a form that is imported again brings them back.\n"),
        out);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct bw_office_forget forget;
    enum bw_exit result = BW_EXIT_DONE;
    enum bw_status status = bw_office_forget(&office, call->operands[0],
        bw_call_value(call, BW_OPTION_YES) != NULL, &forget, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, to_json(&forget), err);
    } else {
        print(call->out, &forget);
    }
    if (status == BW_OK && forget.unswept.status != BW_OK) {
        *err = forget.unswept;
        result = BW_EXIT_LOOK;
    }
    return bw_cli_exit(status, result, err);
}

const struct bw_sync_command bw_sync_command_forget = {
    .name = "forget",
    .operands = "CODE|NAME|EVENT",
    .summary = BW_SAYS("one person's data out, everywhere; prints what went"),
    .help = BW_SAYS(
        "Who came in without a registration goes by their code, or by an entry: 3-17.\n"
        "Over all circles, for good: no step takes it back, nor any that kept\n"
        "something of theirs, nor older joins of people. Who is still to come has to\n"
        "be cancelled first, or --yes does that too.\n"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_YES) |
             BW_TAKES(BW_OPTION_CHECK),
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN | BW_LETTERS_OUT,
    .run = run,
};
