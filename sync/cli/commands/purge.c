/* `purge --before DATE`: personal data of past sessions out; the counts stay. */
#include "office/purge.h"

#include "cli/answer.h"
#include "commands.h"
#include "report/figures/report_version.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>
#include <string.h>

/* A date, or a whole time; never one to come,
 * which would empty a roster that is needed. */
static enum bw_exit
read_before(const struct bw_call *call, int64_t *ret_before_ms, struct bw_error *err)
{
    const char *text = bw_call_value(call, BW_OPTION_BEFORE);
    char time[BW_ISO_BYTES];
    (void)snprintf(
        time, sizeof time, "%s%s", text, strlen(text) == 10 ? "T00:00:00" : "");
    struct bw_zone *zone = NULL;
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &zone, err);
    if (status != BW_OK) {
        return BW_EXIT_FAILED;
    }
    int64_t before_ms = 0;
    status = bw_zone_parse_iso(zone, time, &before_ms, err);
    bw_zone_close(zone);
    if (status != BW_OK) {
        return bw_call_usage(err, "--before takes a date (2025-09-01), not \"%s\"", text);
    }
    if (before_ms > bw_call_now_ms(call)) {
        return bw_call_usage(
            err, "--before %s is still to come; give a date that is past", text);
    }
    *ret_before_ms = before_ms;
    return BW_EXIT_DONE;
}

static json_t *
to_json(const struct bw_purge *purge)
{
    json_t *list = json_array();
    for (size_t i = 0; i < purge->sessions_count; i++) {
        const struct bw_purged_session *line = &purge->sessions[i];
        bw_cli_add(
            &list, json_pack("{s:s, s:I, s:I, s:I}", "code", line->session.code,
                       "registrations", (json_int_t)line->registrations, "tickets",
                       (json_int_t)line->tickets, "details", (json_int_t)line->details));
    }
    return json_pack("{s:o, s:I}", "sessions", list, "people", (json_int_t)purge->people);
}

static void
print(const struct bw_call *call, const struct bw_purge *purge)
{
    for (size_t i = 0; i < purge->sessions_count; i++) {
        const struct bw_purged_session *line = &purge->sessions[i];
        fprintf(call->out,
            bw_said("%s: names, schools and roles of %" PRId64 " registrations, %" PRId64
                    " tickets and the details of %" PRId64
                    " events are gone; its counts stay.\n"),
            line->session.code, line->registrations, line->tickets, line->details);
    }
    if (purge->sessions_count == 0) {
        fputs(bw_said("Nothing to purge: no session ended "
                      "before that date, or all were purged.\n"),
            call->out);
        return;
    }
    fprintf(call->out,
        bw_said(
            "%" PRId64
            " people are forgotten, mail addresses included. Older backups, and "
            "copies of the files that were imported or written, are yours to delete.\n"),
        purge->people);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    int64_t before_ms = 0;
    enum bw_exit result = read_before(call, &before_ms, err);
    if (result != BW_EXIT_DONE) {
        return result;
    }
    struct bw_office office = bw_call_office(call);
    struct bw_purge purge;
    /* their report stays what it was */
    enum bw_status status =
        bw_report_version_keep(call->central, before_ms, bw_call_now_ms(call), err);
    if (status == BW_OK) {
        status = bw_office_purge(&office, before_ms, &purge, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, to_json(&purge), err);
    } else {
        print(call, &purge);
    }
    if (status == BW_OK && purge.unswept.status != BW_OK) {
        *err = purge.unswept;
        result = BW_EXIT_LOOK;
    }
    bw_office_purge_finish(&purge);
    return bw_cli_exit(status, result, err);
}

const struct bw_sync_command bw_sync_command_purge = {
    .name = "purge",
    .operands = "",
    .summary =
        BW_SAYS("personal data of past sessions out; counts stay; prints what went"),
    .takes = BW_TAKES(BW_OPTION_BEFORE) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_CHECK),
    .requires = BW_TAKES(BW_OPTION_BEFORE),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
