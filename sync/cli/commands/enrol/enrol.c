/* `enrol`: a kiosk's enrolment file and its QR code; into a folder, also as PNG and as a
 * sheet of paper (PDF).
 *
 * The one-time seed is made here, goes into the files, and is kept nowhere else. All
 * files are written beside their places first, then the database commits, then they are
 * renamed: a stop in between leaves at most a kiosk that nobody can be. With --check
 * there are neither files nor logins. */
#include "central/base/output.h"
#include "central/records.h"
#include "cli/answer.h"
#include "cli/letters.h"
#include "cli/commands/commands.h"
#include "exchange/office/carriers.h"
#include "exchange/office/enrolment_out.h"
#include "office/kiosk.h"
#include "office/ticket/enrolment_sheet.h"
#include "paper/qr.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MODULE_MM 1.0

enum { MODULE_PX = 8 };

/* In the order of renaming. */
enum enrol_file { JSON, SVG, PNG, PDF, FILES };

struct enrol_run {
    struct bw_call *call;
    struct bw_office office;
    struct bw_exchange_post post;
    struct bw_kiosk_plan plan;
    struct bw_enrolment_file file;
    struct bw_carrier_list roads;
    bool check;
    bool folder; /* --out is one */
    bool qr;     /* it fits one */
    bool open;   /* its login may do more than it should */
    struct bw_output files[FILES];
    bool wrote[FILES];
    bool committed;
    int64_t *behind;
    size_t behind_count;
};

static enum bw_status
roads_take(struct enrol_run *run, struct bw_error *err)
{
    for (int i = 0; i < run->call->carriers_count; i++) {
        const char *uri = run->call->carriers[i];
        if (run->roads.count == BW_CARRIERS_MAX || strlen(uri) >= BW_CARRIER_URI_BYTES) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "enrolling a kiosk: it has at most %d carriers, "
                "and each address at most %d characters",
                BW_CARRIERS_MAX, BW_CARRIER_URI_BYTES - 1);
        }
        enum bw_status status = bw_carrier_check(uri, err);
        if (status != BW_OK) {
            return bw_error_prefix(err, status, "enrolling a kiosk");
        }
        (void)snprintf(
            run->roads.uris[run->roads.count++], BW_CARRIER_URI_BYTES, "%s", uri);
    }
    return BW_OK;
}

/* Before anything is changed: letters of two central databases never lie in one place.
 * One that is away now is no fault. */
static enum bw_status
roads_look(const struct enrol_run *run, struct bw_error *err)
{
    for (int i = 0; i < run->roads.count; i++) {
        struct bw_carrier *carrier = NULL;
        enum bw_status status =
            bw_office_carriers_one(&run->post, run->roads.uris[i], &carrier, err);
        bw_carrier_close(carrier);
        if (status == BW_REFUSED) {
            return bw_error_prefix(err, status, "enrolling a kiosk");
        }
    }
    return BW_OK;
}

/* A database in PostgreSQL bears its own letters where nobody said otherwise. */
static enum bw_status
road_choose(struct enrol_run *run, struct bw_error *err)
{
    const char *central = bw_central_name(run->call->central);
    struct bw_carrier_list *known = calloc(1, sizeof *known);
    if (!known) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "enrolling a kiosk: out of memory");
    }
    enum bw_status status = bw_office_carriers_list(run->call->central, known, err);
    if (status == BW_OK && known->count == 0 && bw_carrier_gives_logins(central) &&
        strlen(central) < BW_CARRIER_URI_BYTES) {
        (void)snprintf(run->roads.uris[0], BW_CARRIER_URI_BYTES, "%s", central);
        run->roads.count = 1;
    }
    free(known);
    return status;
}

/* `out` and an ending; in a folder, its own name before that. */
static enum bw_status
path_of(const struct enrol_run *run, const char *ending, char ret_path[PATH_MAX],
    struct bw_error *err)
{
    const char *out = bw_call_value(run->call, BW_OPTION_OUT);
    char name[48];
    (void)snprintf(name, sizeof name, "kiosk-%u%s", run->plan.enrolment.device, ending);
    if (run->folder) {
        return bw_path_join(out, name, ret_path, err);
    }
    if (strcmp(ending, ".json") == 0) { /* the name is the user's */
        ending = "";
    }
    return snprintf(ret_path, PATH_MAX, "%s%s", out, ending) < PATH_MAX
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "writing the enrolment: --out is too long a name");
}

/* Its path, in files[which], where none of another office's lies. */
static enum bw_status
file_name(struct enrol_run *run, enum enrol_file which, struct bw_error *err)
{
    static const char *const endings[] = {
        [JSON] = ".json", [SVG] = ".svg", [PNG] = ".png", [PDF] = ".pdf"};
    char path[PATH_MAX];
    enum bw_status status = path_of(run, endings[which], path, err);
    if (status == BW_OK && run->folder && access(path, F_OK) == 0) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "writing the enrolment: %s is there already, maybe another office's; give "
            "another folder",
            path);
    }
    if (status == BW_OK) {
        memcpy(run->files[which].path, path, sizeof path);
    }
    return status;
}

static enum bw_status
file_open(struct enrol_run *run, enum enrol_file which, struct bw_error *err)
{
    char path[PATH_MAX];
    enum bw_status status = file_name(run, which, err);
    if (status == BW_OK) {
        memcpy(path, run->files[which].path, sizeof path);
        status = bw_output_open(path, 0600, &run->files[which], err);
    }
    if (status == BW_OK) {
        run->files[which].fresh = run->folder; /* another office's stays */
        run->wrote[which] = true;
    }
    return status;
}

static enum bw_status
sheet_write(struct enrol_run *run, const struct bw_qr *qr, struct bw_error *err)
{
    struct bw_when when;
    struct bw_session session;
    char made[BW_WHEN_BYTES];
    struct bw_enrolment_page page = {.enrolment = &run->plan.enrolment,
        .session = &session,
        .when = &when,
        .qr = qr,
        .made = made};
    enum bw_status status = bw_record_session(
        run->call->central, run->plan.enrolment.sessions[0], &session, err);
    if (status == BW_OK) {
        status = bw_when_of_session(run->office.language, &session, &when, err);
    }
    if (status == BW_OK) {
        status = bw_when_of_moment(
            run->office.language, BW_ZONE_DEFAULT, bw_call_now_ms(run->call), made, err);
    }
    if (status == BW_OK) {
        status = bw_office_kiosk_sheet(&run->office, run->plan.enrolment.device,
            session.series, &page.sheet, &page.sheets, err);
    }
    if (status == BW_OK) {
        status = file_open(run, PDF, err);
    }
    return status == BW_OK ? bw_enrolment_sheet_write(&page, run->files[PDF].file, err)
                           : status;
}

/* The QR code, as a picture; in a folder as more of them. */
static enum bw_status
pictures_write(struct enrol_run *run, const char *text, struct bw_error *err)
{
    struct bw_qr *qr = malloc(sizeof *qr);
    if (!qr) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "drawing the enrolment: out of memory");
    }
    enum bw_status status = bw_qr_of_bytes(text, qr, err);
    if (status == BW_OK) {
        status = file_open(run, SVG, err);
    }
    if (status == BW_OK) {
        bw_qr_write_svg(qr, MODULE_MM, run->plan.enrolment.name, run->files[SVG].file);
    }
    if (status == BW_OK && run->folder) {
        status = file_open(run, PNG, err);
    }
    if (status == BW_OK && run->folder) {
        status = bw_qr_write_png(qr, MODULE_PX, run->files[PNG].file, err);
    }
    if (status == BW_OK && run->folder && qr->size <= BW_ENROLMENT_SHEET_MODULES_MAX) {
        status = sheet_write(run, qr, err);
    }
    free(qr);
    return status;
}

static enum bw_status
files_write(struct enrol_run *run, struct bw_error *err)
{
    char *text = NULL;
    enum bw_status status = bw_enrolment_file_write(&run->file, &text, err);
    run->qr = status == BW_OK && strlen(text) <= BW_ENROLMENT_QR_BYTES_MAX;
    if (status == BW_OK) {
        bw_output_sweep_beside(bw_call_value(run->call, BW_OPTION_OUT));
        status = file_open(run, JSON, err);
    }
    if (status == BW_OK) {
        (void)fprintf(run->files[JSON].file, "%s\n", text);
        status = run->qr ? pictures_write(run, text, err) : BW_OK;
    }
    bw_enrolment_text_free(text);
    return status;
}

/* In the caller's transaction: number, keys, file beside its place. */
static enum bw_status
kiosk_make(struct enrol_run *run, struct bw_error *err)
{
    struct bw_identity_public first;
    bw_enrolment_out_keys(&run->file, &first);
    enum bw_status status =
        bw_office_kiosk_put(&run->office, &run->plan, first.sign, first.box, err);
    if (status == BW_OK && run->roads.count > 0) {
        status = bw_office_carriers_add(run->call->central, &run->roads, err);
    }
    if (status == BW_OK && run->check) {
        return file_name(run, JSON, err);
    }
    if (status == BW_OK) {
        status =
            bw_enrolment_out_fill(&run->post, &run->plan.enrolment, run->plan.replaces,
                run->plan.expires_ms, &run->roads, &run->file, &run->open, err);
    }
    return status == BW_OK ? files_write(run, err) : status;
}

static enum bw_status
enrol(struct enrol_run *run, struct bw_error *err)
{
    struct bw_central *central = run->call->central;
    enum bw_status status = bw_central_begin(central, err);
    if (status == BW_OK) {
        status = kiosk_make(run, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
        run->committed = status == BW_OK;
    }
    bw_central_rollback(central);
    for (int i = 0; i < FILES; i++) {
        if (status == BW_OK && run->wrote[i]) {
            status = bw_output_commit(&run->files[i], err);
        }
        bw_output_finish(&run->files[i]);
    }
    return status;
}

/* ---- telling ---- */

static void
print_made(const struct enrol_run *run)
{
    FILE *out = run->call->out;
    const struct bw_enrolment *enrolment = &run->plan.enrolment;
    const char *more = !run->qr       ? bw_said(" (too long for a QR code: a file only)")
                       : !run->folder ? bw_said(", as a QR code in ")
                       : run->wrote[PDF]
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
        run->files[JSON].path, more, run->qr && !run->folder ? run->files[SVG].path : "");
}

static void
print(const struct enrol_run *run)
{
    FILE *out = run->call->out;
    if (run->check) {
        (void)fprintf(out,
            bw_said("Kiosk %u would be \"%s\", and its enrolment be in %s.\n"),
            run->plan.enrolment.device, run->plan.enrolment.name, run->files[JSON].path);
    } else {
        print_made(run);
    }
    if (run->plan.namesake) {
        (void)fprintf(
            out, bw_said("Another kiosk has this name too; one that takes its place "
                         "is enrolled with --device.\n"));
    }
    if (run->open) {
        (void)fprintf(out,
            bw_said(
                "On that PostgreSQL server its login may still do what no kiosk needs "
                "(temporary tables, large objects, advisory locks …): have a superuser "
                "close that, as sync/exchange/POSTGRES.md says.\n"));
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
to_json(const struct enrol_run *run)
{
    const struct bw_enrolment *enrolment = &run->plan.enrolment;
    json_t *sessions = json_array(), *behind = json_array();
    for (int i = 0; i < enrolment->sessions_count; i++) {
        bw_cli_add(&sessions, json_string(enrolment->sessions[i]));
    }
    for (size_t i = 0; i < run->behind_count; i++) {
        bw_cli_add(&behind, json_integer((json_int_t)run->behind[i]));
    }
    json_t *root = json_pack("{s:I, s:s, s:o, s:s, s:b, s:I, s:o}", "device",
        (json_int_t)enrolment->device, "name", enrolment->name, "sessions", sessions,
        "out", run->files[JSON].path, "pin", enrolment->pin_hash[0] != '\0', "replaces",
        (json_int_t)run->plan.replaces, "need_roster", behind);
    if (!run->check) { /* what shows once it is made */
        bw_cli_set(&root, "qr", json_boolean(run->qr));
        bw_cli_set(&root, "sheet", json_boolean(run->wrote[PDF]));
        bw_cli_set(&root, "login_open", json_boolean(run->open));
    }
    return root;
}

/* A folder: what ends with a slash, or is one. */
static enum bw_status
out_look(struct enrol_run *run, struct bw_error *err)
{
    struct stat facts;
    const char *out = bw_call_value(run->call, BW_OPTION_OUT);
    size_t length = strlen(out);
    run->folder = (length > 0 && out[length - 1] == '/') ||
                  (stat(out, &facts) == 0 && S_ISDIR(facts.st_mode));
    return run->folder && !run->check ? bw_folder_make(out, err) : BW_OK;
}

static enum bw_status
prepare(struct enrol_run *run, struct bw_error *err)
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
        status = out_look(run, err);
    }
    if (status == BW_OK) {
        status = roads_take(run, err);
    }
    if (status == BW_OK && run->roads.count == 0) {
        status = road_choose(run, err);
    }
    if (status == BW_OK) {
        status = bw_office_kiosk_plan(&run->office, &request, &run->plan, err);
    }
    if (status == BW_OK) {
        status = bw_letters_post(call, &run->post, err);
    }
    return status == BW_OK ? roads_look(run, err) : status;
}

/* Kiosks that need a new roster; its own first one isn't told. */
static void
others_find(struct enrol_run *run)
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
    struct enrol_run *run = calloc(1, sizeof *run);
    if (!run) {
        return bw_exit_of(
            bw_error_set(err, BW_NO_MEMORY, 0, "enrolling a kiosk: out of memory"));
    }
    run->call = call;
    run->check = bw_central_is_check_only(call->central);
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
    } else if (run->committed) {
        status = bw_error_prefix(err, status,
            "enrolling kiosk %u, a number that is taken now (revoke it, and enrol again)",
            run->plan.enrolment.device);
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
    .summary = BW_SAYS("make a kiosk's enrolment file, and its QR code"),
    .help = BW_SAYS(
        "--session takes one code, or several with commas between. --pin-file names a\n"
        "file with the staff PIN. --device N: it takes the place of kiosk N. --carrier\n"
        "names how its letters go (may be repeated); else by the folder beside the\n"
        "central file, or in the central database itself where that is PostgreSQL's.\n"
        "A carrier in PostgreSQL gives each kiosk a login of its own. --out FILE writes\n"
        "the file and its QR code (.svg); --out DIR the file, the QR code (.svg,\n"
        ".png) and an A4 sheet with a test ticket (.pdf). They hold one-time keys\n"
        "(mode 0600): use them once.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_NAME) |
             BW_TAKES(BW_OPTION_OUT) | BW_TAKES(BW_OPTION_PIN_FILE) |
             BW_TAKES(BW_OPTION_DEVICE) | BW_TAKES(BW_OPTION_ORGANISER) |
             BW_TAKES(BW_OPTION_PHONE) | BW_TAKES(BW_OPTION_PRIVACY_URL) |
             BW_TAKES(BW_OPTION_CARRIER) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_LANGUAGE) | BW_TAKES(BW_OPTION_CHECK),
    .requires =
        BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_NAME) | BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_enrol,
};
