/* `tickets`: what every person of a session gets to carry, and the list for mailing. */
#include "office/ticket/tickets.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <inttypes.h>

struct tickets_call {
    struct bw_call *call;
    json_t *sessions; /* of a series; NULL for one session, and once memory ran out */
    int64_t count;    /* sessions */
    bool done;        /* all was written: what fails now is the answer alone */
    struct bw_error incomplete;
};

static json_t *
tickets_json(const struct bw_tickets *tickets)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:s}", "session",
        tickets->session.code, "tickets",
        (json_int_t)(tickets->confirmed + tickets->waitlisted), "confirmed",
        (json_int_t)tickets->confirmed, "waitlisted", (json_int_t)tickets->waitlisted,
        "written", (json_int_t)tickets->written, "new", (json_int_t)tickets->fresh,
        "removed", (json_int_t)tickets->removed, "out", tickets->folder);
}

static void
tickets_print(const struct bw_tickets *tickets, bool only_new, FILE *out)
{
    const char *more = only_new ? "-new" : "";
    (void)fprintf(out,
        bw_said("Wrote %" PRId64 " tickets of %s to %s: %" PRId64
                " with a place, %" PRId64 " on the waitlist, %" PRId64 " of them new"),
        tickets->written, tickets->session.code, tickets->folder, tickets->confirmed,
        tickets->waitlisted, tickets->fresh);
    if (tickets->written > 0) {
        (void)fprintf(out,
            bw_said("; a PNG, an SVG and a PDF each, tickets.csv, tickets%s.pdf, and "
                    "sheets%s.pdf to print and cut.\n"),
            more, more);
    } else {
        (void)fputs(bw_said("; tickets.csv, and no PDF.\n"), out);
    }
    if (tickets->removed > 0) {
        (void)fprintf(out,
            bw_said("Took away %" PRId64
                    " tickets of people who are cancelled or blocked.\n"),
            tickets->removed);
    }
}

static void
on_tickets(const struct bw_tickets *tickets, void *context)
{
    struct tickets_call *c = context;
    c->count++;
    if (c->call->json) {
        bw_cli_add(&c->sessions, tickets_json(tickets));
    } else {
        tickets_print(
            tickets, bw_call_value(c->call, BW_OPTION_NEW) != NULL, c->call->out);
    }
    if (tickets->incomplete.status != BW_OK) {
        c->incomplete = tickets->incomplete;
    }
}

static enum bw_status
series_write(struct tickets_call *c, const struct bw_office *office, const char *series,
    const struct bw_tickets_request *request, struct bw_error *err)
{
    struct bw_call *call = c->call;
    c->sessions = json_array();
    enum bw_status status =
        bw_office_tickets_write_series(office, series, request, on_tickets, c, err);
    c->done = status == BW_OK;
    json_t *sessions = c->sessions;
    if (status == BW_OK && call->json) {
        return bw_cli_json(call,
            json_pack("{s:s, s:o, s:s}", "series", series, "sessions", sessions, "out",
                request->folder),
            err);
    }
    json_decref(sessions);
    if (status == BW_OK && c->count == 0) {
        (void)fprintf(call->out, bw_said("%s has no session to come.\n"), series);
    }
    return status;
}

static enum bw_status
session_write(struct tickets_call *c, const struct bw_office *office,
    const struct bw_tickets_request *request, struct bw_error *err)
{
    struct bw_tickets tickets;
    enum bw_status status = bw_office_tickets_write(office, request, &tickets, err);
    c->done = status == BW_OK;
    if (status == BW_OK && c->call->json) {
        c->incomplete = tickets.incomplete;
        return bw_cli_json(c->call, tickets_json(&tickets), err);
    }
    if (status == BW_OK) {
        on_tickets(&tickets, c);
    }
    return status;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct tickets_call c = {.call = call};
    const char *series = bw_call_value(call, BW_OPTION_SERIES);
    struct bw_tickets_request request = {
        .session = bw_call_value(call, BW_OPTION_SESSION),
        .folder = bw_call_value(call, BW_OPTION_OUT),
        .only_new = bw_call_value(call, BW_OPTION_NEW) != NULL};
    if (!request.session == !series) {
        return bw_call_usage(err, "tickets takes --session S or --series X, one of them");
    }
    enum bw_status status = series != NULL
                                ? series_write(&c, &office, series, &request, err)
                                : session_write(&c, &office, &request, err);
    if (status == BW_OK && c.incomplete.status != BW_OK) {
        *err = c.incomplete;
        return BW_EXIT_LOOK;
    }
    return c.done ? bw_cli_exit(status, BW_EXIT_DONE, err) : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_tickets = {
    .name = "tickets",
    .operands = "",
    .summary =
        BW_SAYS("write the tickets of a session: PNG, SVG, PDF and a list for mailing"),
    .help = BW_SAYS(
        "tickets.csv has a row a person, in order of sign-up; its columns png and pdf\n"
        "name the files. A person's PDF has a page for a phone and one for paper;\n"
        "tickets.pdf an A6 page a person by surname, sheets.pdf four of them on A4, so\n"
        "that the cut stacks lie in that order. People on the waitlist get a ticket\n"
        "too, which says so. Where another session's tickets lie in the folder, they\n"
        "get one of their own in it; so does each of a series. --new: only who isn't in\n"
        "the folder's tickets.csv yet with the ticket that they have now.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_SERIES) |
             BW_TAKES(BW_OPTION_OUT) | BW_TAKES(BW_OPTION_NEW) |
             BW_TAKES(BW_OPTION_LANGUAGE),
    .requires = BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .run = run,
};
