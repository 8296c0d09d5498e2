/* `mail --told WHO…`: see mail_told.h. */
#include "cli/commands/mail/mail_told.h"

#include "cli/answer.h"
#include "office/find.h"
#include "office/mail/told.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <string.h>

static const char *const all = "all";

struct noting {
    struct bw_call *call;
    json_t *list; /* NULL where text is printed */
    int64_t count;
};

static void
on_noted(const struct bw_told_due *due, void *context)
{
    struct noting *noting = context;
    noting->count++;
    if (noting->call->json) {
        bw_cli_add(&noting->list,
            json_pack("{s:o, s:s, s:s, s:s, s:s}", "code", bw_cli_code(due->code), "kind",
                bw_told_kind_name(due->kind), "session", due->session->code, "first_name",
                due->first_name, "name", due->name));
        return;
    }
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(due->code, shown);
    (void)fprintf(noting->call->out, "%s  %s%s%s, %s: %s\n", shown, due->first_name,
        due->name[0] != '\0' ? " " : "", due->name, due->session->code,
        bw_told_kind_name(due->kind));
}

/* Nobody is noted where one of them isn't found. `codes` has room for all of them. */
static enum bw_status
find_all(const struct bw_call *call, const char *first, bw_code *ret_codes,
    size_t *ret_count, struct bw_error *err)
{
    enum bw_status status = bw_office_find_one(call->central, first, &ret_codes[0], err);
    for (int i = 0; status == BW_OK && i < call->operands_count; i++) {
        status =
            bw_office_find_one(call->central, call->operands[i], &ret_codes[i + 1], err);
    }
    *ret_count = (size_t)call->operands_count + 1;
    return status;
}

static enum bw_exit
answer(struct bw_call *call, struct noting *noting, struct bw_error *err)
{
    if (call->json) {
        json_t *root = json_pack(
            "{s:I, s:o}", "count", (json_int_t)noting->count, "told", noting->list);
        return bw_cli_exit(bw_cli_json(call, root, err), BW_EXIT_DONE, err);
    }
    (void)fprintf(call->out,
        bw_said("They were told what they were to hear (%" PRId64
                "); mail --not-sent takes that back.\n"),
        noting->count);
    return BW_EXIT_DONE;
}

enum bw_exit
bw_cli_mail_told(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    const char *first = bw_call_value(call, BW_OPTION_TOLD);
    bw_code codes[BW_OPERANDS_MAX + 1];
    struct bw_told_voice voice = {
        .session_code = bw_call_value(call, BW_OPTION_SESSION),
        .series_code = bw_call_value(call, BW_OPTION_SERIES),
        .codes = codes,
    };
    enum bw_status status = BW_OK;
    if (strcmp(first, all) != 0) {
        status = find_all(call, first, codes, &voice.codes_count, err);
    } else if (voice.session_code == NULL && voice.series_code == NULL) {
        return bw_call_usage(
            err, "mail --told all needs --session S or --series X: of which circle");
    } else if (call->operands_count > 0) {
        return bw_call_usage(err, "mail --told all names everybody already");
    }
    struct noting noting = {.call = call, .list = call->json ? json_array() : NULL};
    if (status == BW_OK) {
        status = bw_told_by_voice(&office, &voice, on_noted, &noting, err);
    }
    if (status != BW_OK) {
        json_decref(noting.list);
        return bw_exit_of(status);
    }
    return answer(call, &noting, err);
}

enum bw_exit
bw_cli_mail_not_sent(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    int64_t count = 0;
    enum bw_status status = bw_told_take_back(&office, 0, &count, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, json_pack("{s:I}", "count", (json_int_t)count), err);
    } else {
        (void)fprintf(call->out,
            bw_said("%" PRId64
                    " people are due again; throw away what was written for them.\n"),
            count);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}
