/* `certificates`: for everybody who was at a session, a signed page that says so. */
#include "office/ticket/certificates.h"

#include "cli/answer.h"
#include "commands.h"
#include "report/figures/report.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>

/* The sessions, one after another; each while its people are there. */
struct certificates_call {
    struct bw_call *call;
    struct bw_office office;
    json_t *sessions;
    int64_t written, nameless;
    int waiting; /* sessions of a series that are still to come, or called off */
    bool look;   /* somebody may be missing */
    bool one;    /* --session: then a session without any is refused */
    struct bw_error incomplete;
};

/* Who was there and has a name: of a walk-in whose details were forgotten nothing can be
 * certified. */
static size_t
people_take(const struct bw_report_session *session,
    struct bw_certificates_person *people, int64_t *inout_nameless)
{
    size_t count = 0;
    for (size_t i = 0; i < session->rows_count; i++) {
        const struct bw_report_row *row = &session->rows[i];
        bool instead = row->substitute[0] != '\0';
        bool named = instead || row->first_name[0] != '\0' || row->name[0] != '\0';
        if (!row->attended) {
            continue;
        }
        if (!named || row->code == BW_CODE_NONE) {
            ++*inout_nameless;
            continue;
        }
        people[count++] = (struct bw_certificates_person){.code = row->code,
            .first_name = instead ? row->substitute : row->first_name,
            .name = instead ? "" : row->name,
            .school = row->school,
            .mail = instead ? "" : row->mail};
    }
    return count;
}

static enum bw_status
session_write(struct certificates_call *c, const struct bw_report_session *session,
    struct bw_error *err)
{
    struct bw_certificates result;
    struct bw_certificates_person *people =
        calloc(session->rows_count + 1, sizeof *people);
    if (people == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "writing the certificates of %s: no memory", session->code);
    }
    struct bw_certificates_request request = {.session = &session->book->session,
        .people = people,
        .people_count = people_take(session, people, &c->nameless),
        .folder = bw_call_value(c->call, BW_OPTION_OUT)};
    enum bw_status status =
        bw_office_certificates_write(&c->office, &request, &result, err);
    free(people);
    if (status == BW_OK) {
        c->written += result.written;
        c->look = c->look || !session->complete;
        c->incomplete =
            result.incomplete.status != BW_OK ? result.incomplete : c->incomplete;
        bw_cli_add(&c->sessions,
            json_pack("{s:s, s:I, s:b, s:i, s:i}", "session", session->code,
                "certificates", (json_int_t)result.written, "complete", session->complete,
                "kiosks", session->kiosks, "kiosks_complete", session->kiosks_complete));
    }
    return status;
}

static enum bw_status
on_session(const struct bw_report_session *session, void *context, struct bw_error *err)
{
    struct certificates_call *c = context;
    if (session->book->purged) {
        return bw_error_set(err, BW_REFUSED, 0,
            "writing the certificates of %s: its people were purged", session->code);
    }
    if (!c->one && !bw_session_state_is_over(session->state)) {
        c->waiting++;
        return BW_OK;
    }
    return session_write(c, session, err);
}

static enum bw_status
answer(struct certificates_call *c, struct bw_error *err)
{
    struct bw_call *call = c->call;
    const char *folder = bw_call_value(call, BW_OPTION_OUT);
    if (call->json) {
        json_t *sessions = c->sessions;
        c->sessions = NULL;
        return bw_cli_json(call,
            json_pack("{s:o, s:I, s:I, s:s}", "sessions", sessions, "certificates",
                (json_int_t)c->written, "nameless", (json_int_t)c->nameless, "out",
                folder),
            err);
    }
    (void)fprintf(call->out,
        bw_said("Wrote %" PRId64
                " certificates to %s: a PDF each, one for print, and a list for "
                "mailing.\n"),
        c->written, folder);
    if (c->nameless > 0) {
        (void)fprintf(call->out,
            bw_said("%" PRId64 " more were there whose name isn't known (any more).\n"),
            c->nameless);
    }
    if (c->waiting > 0) {
        (void)fprintf(call->out,
            bw_said("%d sessions aren't over, or were called off.\n"), c->waiting);
    }
    if (c->look) {
        (void)fprintf(call->out,
            bw_said("Not every kiosk's events are here: somebody may be missing. "
                    "status names the kiosks; run this again when they were heard.\n"));
    }
    return BW_OK;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    const char *session = bw_call_value(call, BW_OPTION_SESSION);
    const char *series = bw_call_value(call, BW_OPTION_SERIES);
    if (!session == !series) {
        return bw_call_usage(
            err, "certificates takes --session S or --series X, one of them");
    }
    struct bw_report report = {0};
    struct certificates_call c = {.call = call,
        .office = bw_call_office(call),
        .sessions = json_array(),
        .one = session != NULL};
    int64_t now_ms = bw_call_now_ms(call);
    enum bw_status status =
        session != NULL ? bw_report_of_session(call->central, bw_call_language(call),
                              session, now_ms, on_session, &c, &report, err)
                        : bw_report_of_series(call->central, bw_call_language(call),
                              series, now_ms, on_session, &c, &report, err);
    bw_report_finish(&report);
    if (status != BW_OK) {
        json_decref(c.sessions);
        return bw_exit_of(status);
    }
    status = answer(&c, err);
    json_decref(c.sessions);
    if (status == BW_OK && c.incomplete.status != BW_OK) {
        *err = c.incomplete;
        return BW_EXIT_LOOK;
    }
    return bw_cli_exit(status, c.look ? BW_EXIT_LOOK : BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_certificates = {
    .name = "certificates",
    .operands = "",
    .summary = BW_SAYS("write a certificate for everybody who was there"),
    .help = BW_SAYS(
        "A4 PDFs, of one session or of all of a series that are over: one a person, one\n"
        "of all for print, and a list for mailing. A substitute gets one in their own\n"
        "name. Its QR code is signed: verify TEXT checks it, a kiosk lets nobody in by\n"
        "it. Exit status 1 where a kiosk's events are missing.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_SERIES) |
             BW_TAKES(BW_OPTION_OUT) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_LANGUAGE),
    .requires = BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run,
};
