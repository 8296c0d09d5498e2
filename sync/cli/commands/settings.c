/* `settings [NAME [VALUE]]`: what is settled for all commands. */
#include "office/import/read/refused.h"
#include "office/import/read/school_settle.h"
#include "office/import/read/spelling.h"
#include "office/setting.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <string.h>

static enum bw_status
answer(
    struct bw_call *call, enum bw_office_setting only, int changed, struct bw_error *err)
{
    json_t *root = call->json ? json_object() : NULL;
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < BW_OFFICE_SETTINGS; i++) {
        enum bw_office_setting setting = (enum bw_office_setting)i;
        const char *name = bw_office_setting_name(setting);
        char value[BW_TITLE_BYTES] = "";
        if (only != BW_OFFICE_SETTINGS && setting != only) {
            continue;
        }
        status = bw_office_setting_read(call->central, setting, value, err);
        if (status == BW_OK && call->json) {
            bw_cli_set(&root, name, json_string(value));
        } else if (status == BW_OK) {
            (void)fprintf(call->out, "%-15s %s\n", name,
                value[0] != '\0' ? value : bw_said("(not settled)"));
        }
    }
    if (status == BW_OK && changed == 0 && !call->json) {
        (void)fputs(bw_said("Nothing was changed: so it was.\n"), call->out);
    }
    if (call->json && status == BW_OK) {
        return bw_cli_json(call, root, err);
    }
    json_decref(root);
    return status;
}

static void
say_alias(FILE *out, bool changed, const char *spelling, const char *region)
{
    (void)fprintf(out,
        changed ? bw_said("Files that say \"%s\" mean %s from now on.\n")
                : bw_said("Nothing was changed: \"%s\" meant %s already.\n"),
        spelling, region);
}

static void
say_school(FILE *out, bool changed, const char *name, const char *school)
{
    (void)fprintf(out,
        changed ? bw_said("\"%s\" is %s from now on, in reports.\n")
                : bw_said("Nothing was changed: \"%s\" meant %s already.\n"),
        name, school);
}

/* alias SPELLING=REGION, school NAME=SCHOOL */
static enum bw_exit
run_meaning(struct bw_call *call, bool of_school, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    char why[BW_TITLE_BYTES], spelling[BW_TITLE_BYTES];
    bool changed = false;
    const char *equals =
        call->operands_count == 2 ? strrchr(call->operands[1], '=') : NULL;
    if (equals == NULL) {
        return bw_call_usage(err,
            of_school
                ? BW_SAYS("settings school takes NAME=SCHOOL: its code, or name and town")
                : BW_SAYS("settings alias takes SPELLING=REGION"));
    }
    (void)snprintf(spelling, sizeof spelling, "%.*s", (int)(equals - call->operands[1]),
        call->operands[1]);
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK) {
        status = (of_school ? bw_import_school_settle : bw_import_spelling_settle)(
            &office, spelling, equals + 1, why, &changed, err);
    }
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call,
            json_pack("{s:s, s:s, s:b}", "spelling", spelling,
                of_school ? "school" : "region", equals + 1, "changed", changed),
            err);
    } else if (status == BW_OK) {
        (of_school ? say_school : say_alias)(call->out, changed, spelling, equals + 1);
    }
    return status == BW_BAD_INPUT ? BW_EXIT_USAGE : bw_exit_of(status);
}

struct refused_list {
    FILE *out; /* NULL: as JSON */
    json_t *rows;
};

static bool
on_refused(const struct bw_import_refused *refused, void *context)
{
    struct refused_list *list = context;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(refused->code, shown);
    if (list->out != NULL) {
        (void)fprintf(list->out, "%s.%s  %s %s, %s: %s\n", shown, refused->field,
            refused->first_name, refused->name, refused->session, refused->said);
        return true;
    }
    json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:s}", "field", refused->field, "said",
        refused->said, "first_name", refused->first_name, "name", refused->name,
        "session", refused->session);
    bw_cli_set(&row, "code", bw_cli_code(refused->code));
    bw_cli_add(&list->rows, row);
    return list->rows != NULL;
}

/* refused [CODE.FIELD] */
static enum bw_exit
run_refused(struct bw_call *call, struct bw_error *err)
{
    struct bw_office office = bw_call_office(call);
    struct refused_list list = {
        .out = call->json ? NULL : call->out, .rows = call->json ? json_array() : NULL};
    char why[BW_TITLE_BYTES];
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK && call->operands_count == 2) {
        status = bw_import_refused_forget(&office, call->operands[1], why, err);
    }
    if (status == BW_OK) {
        status = bw_import_refused_walk(call->central, on_refused, &list, err);
    }
    if (status == BW_OK && call->json) {
        return bw_cli_exit(
            bw_cli_json(call, json_pack("{s:o}", "refused", list.rows), err),
            BW_EXIT_DONE, err);
    }
    json_decref(list.rows);
    return bw_exit_of(status);
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    enum bw_office_setting setting = BW_OFFICE_SETTINGS;
    struct bw_office office = bw_call_office(call);
    char why[BW_TITLE_BYTES];
    int changed = -1; /* nothing was asked for */
    bool of_school = call->operands_count > 0 && strcmp(call->operands[0], "school") == 0;
    if (of_school ||
        (call->operands_count > 0 && strcmp(call->operands[0], "alias") == 0)) {
        return run_meaning(call, of_school, err);
    }
    if (call->operands_count > 0 && strcmp(call->operands[0], "refused") == 0) {
        return run_refused(call, err);
    }
    if (call->operands_count > 0) {
        setting = bw_office_setting_find(call->operands[0]);
        if (setting == BW_OFFICE_SETTINGS) {
            return bw_call_usage(err,
                "settings knows no \"%s\"; without a name it lists them all",
                call->operands[0]);
        }
    }
    enum bw_status status = bw_call_why(call, why, err);
    if (status == BW_OK && call->operands_count == 2) {
        const struct bw_office_setting_value value = {setting, call->operands[1]};
        status = bw_office_setting_put(&office, &value, 1, why, &changed, err);
    }
    if (status == BW_OK) {
        status = answer(call, setting, changed, err);
    }
    return status == BW_BAD_INPUT ? BW_EXIT_USAGE : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_settings = {
    .name = "settings",
    .operands = "[NAME [VALUE]]",
    .summary =
        BW_SAYS("what is settled once, for all commands: mail server, retention …"),
    .help = BW_SAYS(
        "alias SPELLING=REGION: another word for a region, for the files to come.\n"
        "school NAME=SCHOOL: which school of the list people mean by a name.\n"
        "refused: what of files wasn't taken over; with CODE.FIELD that is asked again.\n"
        "Without a VALUE it is shown, with \"\" it is no longer settled. An option\n"
        "that is given, and one in a settings file, go before. undo takes it back.\n"
        "The mail server's password isn't among them: it is the first line of the\n"
        "file beside the keys that ends in .smtp-password, which only its owner may\n"
        "read.\n"),
    .takes = BW_TAKES(BW_OPTION_WHY) | BW_TAKES(BW_OPTION_CHECK) |
             BW_TAKES(BW_OPTION_KEY_FILE),
    .operands_max = 2,
    .needs = BW_NEEDS_CENTRAL,
    .run = run,
};
