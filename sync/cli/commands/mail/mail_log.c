/* What went to whom: see mail_log.h. */
#include "cli/commands/mail/mail_log.h"

#include "cli/answer.h"
#include "office/mail/told_sheet.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>

enum { LINES_MOST = 100000 };

struct sent_telling {
    struct bw_call *call;
    struct bw_zone *zone;
    json_t *list; /* NULL where text is printed */
};

static bool
on_line(const struct bw_told_line *line, void *context)
{
    struct sent_telling *telling = context;
    char when[BW_ISO_BYTES], shown[BW_CODE_SHOWN_BYTES];
    bw_zone_format_iso(telling->zone, line->at_ms, when);
    if (telling->call->json) {
        bw_cli_add(&telling->list,
            json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:b}", "code",
                bw_cli_code(line->code), "kind", bw_told_kind_name(line->kind), "session",
                line->session_code, "first_name", line->first_name, "name", line->name,
                "email", line->mail, "at", when, "way", bw_told_way_name(line->way),
                "mailing", (json_int_t)line->mailing_no, "message_id", line->message_id,
                "unsure", (int)line->on_its_way));
        return true;
    }
    bw_code_format_shown(line->code, shown);
    (void)fprintf(telling->call->out, "%s  %s  %s %s, %s, %s: %s, %s%s\n", when, shown,
        line->first_name, line->name, line->mail, line->session_code,
        bw_told_kind_name(line->kind), bw_told_way_name(line->way),
        !line->on_its_way              ? ""
        : line->way == BW_TOLD_BY_SMTP ? bw_said(" (whether it came isn't known)")
                                       : bw_said(" (whether it went isn't said yet)"));
    return true;
}

enum bw_exit
bw_cli_mail_sent(struct bw_call *call, struct bw_error *err)
{
    struct sent_telling telling = {
        .call = call, .list = call->json ? json_array() : NULL};
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &telling.zone, err);
    if (status == BW_OK) {
        status =
            bw_told_walk(call->central, BW_CODE_NONE, LINES_MOST, on_line, &telling, err);
    }
    bw_zone_close(telling.zone);
    if (status != BW_OK) {
        json_decref(telling.list);
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, json_pack("{s:o}", "sent", telling.list), err);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

enum bw_exit
bw_cli_mail_log(struct bw_call *call, const char *path, struct bw_error *err)
{
    int64_t rows = 0;
    enum bw_status status = bw_told_sheet_write(
        call->central, bw_call_language(call), BW_TOLD_SHEET_MOST, path, &rows, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(
            call, json_pack("{s:s, s:I}", "file", path, "rows", (json_int_t)rows), err);
    } else {
        (void)fprintf(call->out, bw_said("Wrote %" PRId64 " rows to %s.\n"), rows, path);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}
