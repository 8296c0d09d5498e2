/* `enrol`: a kiosk's enrolment file and its QR code.
 *
 * The one-time seed is made here, goes into the file, and is kept nowhere else. Both
 * files are written beside their places first, then the database commits, then they are
 * renamed: a stop in between leaves at most a kiosk that nobody can be. */
#include "central/base/output.h"
#include "cli/answer.h"
#include "cli/commands.h"
#include "cli/letters.h"
#include "exchange/office/carriers.h"
#include "exchange/office/enrolment_out.h"
#include "office/kiosk.h"
#include "office/ticket/qr.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MODULE_MM 1.0

struct run {
    struct bw_call *call;
    struct bw_office office;
    struct bw_exchange_post post;
    struct bw_kiosk_plan plan;
    struct bw_enrolment_file file;
    struct bw_carrier_list roads;
    bool qr; /* it fits one */
    bool committed;
    int64_t *behind;
    size_t behind_count;
};

static enum bw_status
roads_take(struct run *run, struct bw_error *err)
{
    for (int i = 0; i < run->call->carriers_count; i++) {
        const char *uri = run->call->carriers[i];
        if (run->roads.count == BW_CARRIERS_MAX || strlen(uri) >= BW_CARRIER_URI_BYTES) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "enrolling a kiosk: it has at most %d carriers, and each address at most "
                "%d characters",
                BW_CARRIERS_MAX, BW_CARRIER_URI_BYTES - 1);
        }
        (void)snprintf(
            run->roads.uris[run->roads.count++], BW_CARRIER_URI_BYTES, "%s", uri);
    }
    return BW_OK;
}

static enum bw_status
svg_write(struct run *run, const char *text, struct bw_output *svg, struct bw_error *err)
{
    char path[PATH_MAX];
    const char *out = bw_call_value(run->call, BW_OPTION_OUT);
    struct bw_qr *qr = malloc(sizeof *qr);
    enum bw_status status =
        qr ? bw_qr_of_bytes(text, qr, err)
           : bw_error_set(err, BW_NO_MEMORY, 0, "drawing the enrolment: out of memory");
    if (status == BW_OK &&
        snprintf(path, sizeof path, "%s.svg", out) >= (int)sizeof path) {
        status = bw_error_set(
            err, BW_BAD_INPUT, 0, "writing the enrolment: --out is too long a name");
    }
    if (status == BW_OK) {
        status = bw_output_open(path, 0600, svg, err);
    }
    if (status == BW_OK) {
        bw_qr_write_svg(qr, MODULE_MM, run->plan.enrolment.name, svg->file);
    }
    free(qr);
    return status;
}

static enum bw_status
files_write(
    struct run *run, struct bw_output *json, struct bw_output *svg, struct bw_error *err)
{
    char *text = NULL;
    const char *out = bw_call_value(run->call, BW_OPTION_OUT);
    enum bw_status status = bw_enrolment_file_write(&run->file, &text, err);
    run->qr = status == BW_OK && strlen(text) <= BW_ENROLMENT_QR_BYTES_MAX;
    if (status == BW_OK) {
        bw_output_sweep_beside(out);
        status = bw_output_open(out, 0600, json, err);
    }
    if (status == BW_OK) {
        (void)fprintf(json->file, "%s\n", text);
        status = run->qr ? svg_write(run, text, svg, err) : BW_OK;
    }
    bw_enrolment_text_free(text);
    return status;
}

/* In the caller's transaction: number, keys, file beside its place. */
static enum bw_status
kiosk_make(
    struct run *run, struct bw_output *json, struct bw_output *svg, struct bw_error *err)
{
    struct bw_identity_public first;
    bw_enrolment_out_keys(&run->file, &first);
    enum bw_status status =
        bw_office_kiosk_put(&run->office, &run->plan, first.sign, first.box, err);
    if (status == BW_OK && run->roads.count > 0) {
        status = bw_office_carriers_add(run->call->central, &run->roads, err);
    }
    if (status == BW_OK) {
        status = bw_enrolment_out_fill(&run->post, &run->plan.enrolment,
            run->plan.replaces, run->plan.expires_ms, &run->roads, &run->file, err);
    }
    return status == BW_OK ? files_write(run, json, svg, err) : status;
}

static enum bw_status
enrol(struct run *run, struct bw_error *err)
{
    struct bw_central *central = run->call->central;
    struct bw_output json = {0}, svg = {0};
    enum bw_status status = bw_central_begin(central, err);
    if (status == BW_OK) {
        status = kiosk_make(run, &json, &svg, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
        run->committed = status == BW_OK;
    }
    bw_central_rollback(central);
    if (status == BW_OK) {
        status = bw_output_commit(&json, err);
    }
    if (status == BW_OK && run->qr) {
        status = bw_output_commit(&svg, err);
    }
    bw_output_finish(&json);
    bw_output_finish(&svg);
    return status;
}

/* ---- telling ---- */

static void
print(const struct run *run)
{
    FILE *out = run->call->out;
    const struct bw_enrolment *enrolment = &run->plan.enrolment;
    const char *path = bw_call_value(run->call, BW_OPTION_OUT);
    (void)fprintf(out,
        "Enrolled kiosk %u, \"%s\"%s. Its enrolment is in %s%s%s%s: whoever has it first "
        "is this kiosk; keep it to yourself, and use it once.\n",
        enrolment->device, enrolment->name,
        enrolment->pin_hash[0] ? "" : " (no staff PIN: its staff screens stay closed)",
        path, run->qr ? ", as a QR code in " : " (too long for a QR code)",
        run->qr ? path : "", run->qr ? ".svg" : "");
    if (run->plan.namesake) {
        (void)fprintf(out, "Another kiosk has this name too; one that takes its place "
                           "is enrolled with --device.\n");
    }
    for (size_t i = 0; i < run->behind_count; i++) {
        (void)fprintf(out, "%s%" PRId64,
            i ? ", " : "Without a new roster these kiosks don't know of it: ",
            run->behind[i]);
    }
    if (run->behind_count > 0) {
        (void)fprintf(out, ". It goes by carrier; by stick: pack.\n");
    }
}

static json_t *
to_json(const struct run *run)
{
    const struct bw_enrolment *enrolment = &run->plan.enrolment;
    json_t *sessions = json_array(), *behind = json_array();
    for (int i = 0; i < enrolment->sessions_count; i++) {
        (void)json_array_append_new(sessions, json_string(enrolment->sessions[i]));
    }
    for (size_t i = 0; i < run->behind_count; i++) {
        (void)json_array_append_new(behind, json_integer((json_int_t)run->behind[i]));
    }
    return json_pack("{s:I, s:s, s:o, s:s, s:b, s:I, s:o}", "device",
        (json_int_t)enrolment->device, "name", enrolment->name, "sessions", sessions,
        "out", bw_call_value(run->call, BW_OPTION_OUT), "pin",
        enrolment->pin_hash[0] != '\0', "replaces", (json_int_t)run->plan.replaces,
        "need_roster", behind);
}

static enum bw_status
prepare(struct run *run, struct bw_error *err)
{
    struct bw_call *call = run->call;
    int64_t replaces = 0;
    enum bw_status status =
        bw_call_number(call, BW_OPTION_DEVICE, 1, UINT32_MAX, 0, &replaces, err);
    struct bw_kiosk_request request = {.sessions = bw_call_value(call, BW_OPTION_SESSION),
        .name = bw_call_value(call, BW_OPTION_NAME),
        .organiser = bw_call_value(call, BW_OPTION_ORGANISER),
        .phone = bw_call_value(call, BW_OPTION_PHONE),
        .privacy_url = bw_call_value(call, BW_OPTION_PRIVACY_URL),
        .pin_file = bw_call_value(call, BW_OPTION_PIN_FILE),
        .replaces = (uint32_t)replaces};
    if (status == BW_OK) {
        status = roads_take(run, err);
    }
    if (status == BW_OK) {
        status = bw_office_kiosk_plan(&run->office, &request, &run->plan, err);
    }
    return status == BW_OK ? bw_letters_post(call, &run->post, err) : status;
}

/* Kiosks that need a new roster; its own first one isn't told. */
static void
others_find(struct run *run)
{
    size_t count = 0;
    if (bw_office_kiosks_behind(&run->office, &run->behind, &count, NULL) != BW_OK) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (run->behind[i] != run->plan.enrolment.device) {
            run->behind[run->behind_count++] = run->behind[i];
        }
    }
}

static enum bw_exit
run_enrol(struct bw_call *call, struct bw_error *err)
{
    struct run *run = calloc(1, sizeof *run);
    if (!run) {
        return bw_exit_of(
            bw_error_set(err, BW_NO_MEMORY, 0, "enrolling a kiosk: out of memory"));
    }
    run->call = call;
    run->office = bw_call_office(call);
    enum bw_status status = prepare(run, err);
    if (status == BW_OK) {
        status = enrol(run, err);
    }
    enum bw_exit result = status == BW_OK  ? BW_EXIT_DONE
                          : run->committed ? BW_EXIT_LOOK /* its number is taken */
                                           : bw_exit_of(status);
    if (status == BW_OK) {
        others_find(run);
    }
    if (status == BW_OK && call->json) {
        result = bw_cli_exit(bw_cli_json(call, to_json(run), err), result, err);
    } else if (status == BW_OK) {
        print(run);
    }
    free(run->behind);
    bw_enrolment_file_finish(&run->file);
    bw_exchange_post_finish(&run->post);
    free(run);
    return result;
}

const struct bw_sync_command bw_sync_command_enrol = {
    .name = "enrol",
    .operands = "",
    .summary = "make a kiosk's enrolment file, and its QR code",
    .help =
        "--session takes one code, or several with commas between. --pin-file names a\n"
        "file with the staff PIN. --device N: it takes the place of kiosk N. --carrier\n"
        "names how its letters go (may be repeated); else by the folder beside the\n"
        "central file. The file holds one-time keys (mode 0600): use it once.\n",
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_NAME) |
             BW_TAKES(BW_OPTION_OUT) | BW_TAKES(BW_OPTION_PIN_FILE) |
             BW_TAKES(BW_OPTION_DEVICE) | BW_TAKES(BW_OPTION_ORGANISER) |
             BW_TAKES(BW_OPTION_PHONE) | BW_TAKES(BW_OPTION_PRIVACY_URL) |
             BW_TAKES(BW_OPTION_CARRIER) | BW_TAKES(BW_OPTION_KEY_FILE),
    .requires =
        BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_NAME) | BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_enrol,
};
