/* What `enrol` came to: see enrol_tell.h. */
#include "cli/commands/enrol/enrol_tell.h"

#include "cli/answer.h"

#include <brugwachter/said.h>
#include <inttypes.h>

static void
print_made(const struct bw_cli_enrolment *one, FILE *out)
{
    const struct bw_enrolment *enrolment = &one->plan.enrolment;
    const char *more = !one->qr       ? bw_said(" (too long for a QR code: a file only)")
                       : !one->folder ? bw_said(", as a QR code in ")
                       : one->wrote[BW_CLI_ENROL_PDF]
                           ? bw_said(", as QR code (.svg, .png) and sheet (.pdf)")
                           : bw_said(", as QR code (.svg, .png); too fine for a "
                                     "sheet of paper");
    (void)fprintf(out,
        bw_said("Enrolled kiosk %u, \"%s\"%s. Its enrolment is in %s%s%s: whoever has it "
                "first "
                "is this kiosk; keep it to yourself, and use it once.\n"),
        enrolment->device, enrolment->name,
        enrolment->pin_hash[0]
            ? ""
            : bw_said(" (no staff PIN: its staff screens stay closed)"),
        one->files[BW_CLI_ENROL_JSON].path, more,
        one->qr && !one->folder ? one->files[BW_CLI_ENROL_SVG].path : "");
}

static void
print_one(const struct bw_cli_enrol_run *run, const struct bw_cli_enrolment *one)
{
    FILE *out = run->call->out;
    if (run->check) {
        (void)fprintf(out,
            bw_said("Kiosk %u would be \"%s\", on sheet %d of %d (%s), and its enrolment "
                    "be in %s.\n"),
            one->plan.enrolment.device, one->plan.enrolment.name, one->sheet, one->sheets,
            one->sign, one->files[BW_CLI_ENROL_JSON].path);
    } else {
        print_made(one, out);
    }
    if (one->plan.namesake) {
        (void)fprintf(
            out, bw_said("Another kiosk has this name too; one that takes its place "
                         "is enrolled with --device.\n"));
    }
    if (one->open) {
        (void)fprintf(out,
            bw_said(
                "On that PostgreSQL server its login may still do what no kiosk needs "
                "(temporary tables, large objects, advisory locks …): have a superuser "
                "close that, as sync/exchange/POSTGRES.md says.\n"));
    }
}

static void
print(const struct bw_cli_enrol_run *run)
{
    FILE *out = run->call->out;
    for (size_t i = 0; i < run->count; i++) {
        print_one(run, &run->kiosks[i]);
    }
    if (run->pin[0] != '\0' && run->count > 0 && !run->check) {
        (void)fprintf(out,
            bw_said("The staff PIN is %s. It stands nowhere else: write it down.\n"),
            run->pin);
    }
    if (run->book.pages > 0) {
        (void)fprintf(out, bw_said("All sheets, to be printed at once: %s.\n"),
            run->book.output.path);
    }
    if (run->count == 0) {
        (void)fputs(
            bw_said("Each circle to come has a kiosk: none was enrolled.\n"), out);
    }
    for (size_t i = 0; i < run->behind_count; i++) {
        (void)fprintf(out, "%s%" PRId64,
            i ? ", " : bw_said("Without a new roster these kiosks don't know of it: "),
            run->behind[i]);
    }
    if (run->behind_count > 0) {
        (void)fprintf(out, bw_said(". It goes by carrier; by stick: pack.\n"));
    }
}

static json_t *
one_json(const struct bw_cli_enrol_run *run, const struct bw_cli_enrolment *one)
{
    const struct bw_enrolment *enrolment = &one->plan.enrolment;
    json_t *sessions = json_array();
    for (int i = 0; i < enrolment->sessions_count; i++) {
        bw_cli_add(&sessions, json_string(enrolment->sessions[i]));
    }
    json_t *root = json_pack("{s:I, s:s, s:o, s:s, s:b, s:I, s:b}", "device",
        (json_int_t)enrolment->device, "name", enrolment->name, "sessions", sessions,
        "out", one->files[BW_CLI_ENROL_JSON].path, "pin", enrolment->pin_hash[0] != '\0',
        "replaces", (json_int_t)one->plan.replaces, "stick", (int)run->no_roads);
    if (run->check) {
        bw_cli_set(&root, "letters", json_string(one->sign));
        bw_cli_set(&root, "sheet_number", json_integer(one->sheet));
        bw_cli_set(&root, "sheets_count", json_integer(one->sheets));
    } else { /* what shows once it is made */
        bw_cli_set(&root, "qr", json_boolean(one->qr));
        bw_cli_set(&root, "sheet", json_boolean(one->wrote[BW_CLI_ENROL_PDF]));
        bw_cli_set(&root, "login_open", json_boolean(one->open));
    }
    return root;
}

static json_t *
to_json(const struct bw_cli_enrol_run *run)
{
    json_t *behind = json_array(), *root = NULL;
    for (size_t i = 0; i < run->behind_count; i++) {
        bw_cli_add(&behind, json_integer((json_int_t)run->behind[i]));
    }
    if (!run->each) {
        root = one_json(run, &run->kiosks[0]);
    } else {
        json_t *kiosks = json_array();
        for (size_t i = 0; i < run->count; i++) {
            bw_cli_add(&kiosks, one_json(run, &run->kiosks[i]));
        }
        root =
            json_pack("{s:o, s:b, s:s?}", "kiosks", kiosks, "stick", (int)run->no_roads,
                "sheets", run->book.pages > 0 ? run->book.output.path : NULL);
    }
    if (run->pin[0] != '\0' && run->count > 0 && !run->check) {
        bw_cli_set(&root, "new_pin", json_string(run->pin));
    }
    bw_cli_set(&root, "need_roster", behind);
    return root;
}

enum bw_status
bw_cli_enrol_tell(const struct bw_cli_enrol_run *run, struct bw_error *err)
{
    if (run->call->json) {
        return bw_cli_json(run->call, to_json(run), err);
    }
    print(run);
    return BW_OK;
}
