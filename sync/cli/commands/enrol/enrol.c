/* `enrol`: a kiosk's enrolment file and its QR code; into a folder, also as PNG and as a
 * sheet of paper (PDF). With --new one for each circle that has no kiosk, all at once.
 *
 * The one-time seed is made here, goes into the files, and is kept nowhere else. All
 * files are written beside their places first, then the database commits, then they are
 * renamed: a stop in between leaves at most a kiosk that nobody can be. With --check
 * there are neither files nor logins. */
#include "central/records.h"
#include "cli/answer.h"
#include "cli/commands/commands.h"
#include "cli/commands/enrol/enrol_files.h"
#include "cli/letters.h"
#include "exchange/office/carriers.h"
#include "exchange/office/enrolment_out.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { AT_ONCE_MAX = 64 };

struct enrol_run {
    struct bw_call *call;
    struct bw_office office;
    struct bw_exchange_post post;
    struct bw_cli_enrolment *kiosks;
    size_t count;
    struct bw_carrier_list roads;
    bool no_roads; /* its letters go by stick alone */
    bool check;
    bool folder; /* --out is one */
    bool committed;
    int64_t *behind;
    size_t behind_count;
};

static enum bw_status
roads_take(struct enrol_run *run, struct bw_error *err)
{
    const struct bw_call *call = run->call;
    run->no_roads = call->carriers_count == 1 && strcmp(call->carriers[0], "none") == 0;
    for (int i = 0; !run->no_roads && i < call->carriers_count; i++) {
        const char *uri = call->carriers[i];
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

/* In the caller's transaction: numbers and keys of all, then the files of each beside
 * their places, as each sheet says of how many it is. */
static enum bw_status
kiosk_number(struct enrol_run *run, struct bw_cli_enrolment *one, struct bw_error *err)
{
    struct bw_identity_public first;
    bw_enrolment_out_keys(&one->file, &first);
    return bw_office_kiosk_put(&run->office, &one->plan, first.sign, first.box, err);
}

static enum bw_status
kiosk_write(struct enrol_run *run, struct bw_cli_enrolment *one, struct bw_error *err)
{
    if (run->check) {
        return bw_cli_enrol_name(one, err);
    }
    enum bw_status status = bw_enrolment_out_fill(&run->post, &one->plan.enrolment,
        one->plan.replaces, one->plan.expires_ms,
        run->no_roads || run->roads.count > 0 ? &run->roads : NULL, &one->file,
        &one->open, err);
    return status == BW_OK ? bw_cli_enrol_write(run->call, one, err) : status;
}

static enum bw_status
kiosks_make(struct enrol_run *run, struct bw_error *err)
{
    const struct bw_kiosk_plan **plans = calloc(run->count + 1, sizeof *plans);
    if (!plans) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "enrolling a kiosk: out of memory");
    }
    for (size_t i = 0; i < run->count; i++) {
        plans[i] = &run->kiosks[i].plan;
    }
    enum bw_status status = bw_office_kiosks_hold(&run->office, plans, run->count, err);
    free(plans);
    for (size_t i = 0; status == BW_OK && i < run->count; i++) {
        status = kiosk_number(run, &run->kiosks[i], err);
    }
    if (status == BW_OK && run->roads.count > 0) {
        status = bw_office_carriers_add(run->call->central, &run->roads, err);
    }
    for (size_t i = 0; status == BW_OK && i < run->count; i++) {
        status = kiosk_write(run, &run->kiosks[i], err);
    }
    return status;
}

static enum bw_status
enrol(struct enrol_run *run, struct bw_error *err)
{
    struct bw_central *central = run->call->central;
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = kiosks_make(run, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
        run->committed = status == BW_OK;
    }
    bw_central_rollback(central);
    for (size_t i = 0; i < run->count; i++) { /* whatever became of those before it */
        struct bw_cli_enrolment *one = &run->kiosks[i];
        enum bw_status kept =
            bw_cli_enrol_end(one, run->committed, status == BW_OK ? err : NULL);
        one->lost = kept != BW_OK;
        status = status == BW_OK ? kept : status;
    }
    return status;
}

/* ---- telling ---- */

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
print_one(const struct enrol_run *run, const struct bw_cli_enrolment *one)
{
    FILE *out = run->call->out;
    if (run->check) {
        (void)fprintf(out,
            bw_said("Kiosk %u would be \"%s\", and its enrolment be in %s.\n"),
            one->plan.enrolment.device, one->plan.enrolment.name,
            one->files[BW_CLI_ENROL_JSON].path);
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
print(const struct enrol_run *run)
{
    FILE *out = run->call->out;
    for (size_t i = 0; i < run->count; i++) {
        print_one(run, &run->kiosks[i]);
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
one_json(const struct enrol_run *run, const struct bw_cli_enrolment *one)
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
    if (!run->check) { /* what shows once it is made */
        bw_cli_set(&root, "qr", json_boolean(one->qr));
        bw_cli_set(&root, "sheet", json_boolean(one->wrote[BW_CLI_ENROL_PDF]));
        bw_cli_set(&root, "login_open", json_boolean(one->open));
    }
    return root;
}

static json_t *
to_json(const struct enrol_run *run)
{
    json_t *behind = json_array(), *root = NULL;
    for (size_t i = 0; i < run->behind_count; i++) {
        bw_cli_add(&behind, json_integer((json_int_t)run->behind[i]));
    }
    if (bw_call_value(run->call, BW_OPTION_NEW) == NULL) {
        root = one_json(run, &run->kiosks[0]);
    } else {
        json_t *kiosks = json_array();
        for (size_t i = 0; i < run->count; i++) {
            bw_cli_add(&kiosks, one_json(run, &run->kiosks[i]));
        }
        root = json_pack("{s:o, s:b}", "kiosks", kiosks, "stick", (int)run->no_roads);
    }
    bw_cli_set(&root, "need_roster", behind);
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

/* What each would be: for the sessions given, or one for each circle without a kiosk. */
static enum bw_status
plan_all(struct enrol_run *run, struct bw_kiosk_request *request, struct bw_error *err)
{
    bool each = bw_call_value(run->call, BW_OPTION_NEW) != NULL;
    int64_t *bare = NULL;
    size_t count = 1;
    enum bw_status status =
        each ? bw_office_kiosk_bare(&run->office, &bare, &count, err) : BW_OK;
    if (status == BW_OK && count > AT_ONCE_MAX) {
        count = AT_ONCE_MAX; /* again for the rest */
    }
    run->kiosks = status == BW_OK ? calloc(count + 1, sizeof *run->kiosks) : NULL;
    if (status == BW_OK && run->kiosks == NULL) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "enrolling a kiosk: out of memory");
    }
    for (; status == BW_OK && run->count < count; run->count++) {
        struct bw_cli_enrolment *one = &run->kiosks[run->count];
        struct bw_session session;
        one->out = bw_call_value(run->call, BW_OPTION_OUT);
        one->folder = run->folder;
        if (each) {
            status = bw_record_session_by_number(
                run->call->central, (uint32_t)bare[run->count], &session, err);
            request->sessions = session.code;
        }
        if (status == BW_OK) {
            status = bw_office_kiosk_plan(&run->office, request, &one->plan, err);
        }
        if (each) { /* the others that are made now are called so, too */
            one->plan.namesake = false;
        }
    }
    free(bare);
    return status;
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
    if (status == BW_OK && run->roads.count == 0 && !run->no_roads) {
        status = road_choose(run, err);
    }
    if (status == BW_OK) {
        status = plan_all(run, &request, err);
    }
    if (status == BW_OK) {
        status = bw_letters_post(call, &run->post, err);
    }
    return status == BW_OK ? roads_look(run, err) : status;
}

static bool
is_own(const struct enrol_run *run, int64_t device)
{
    for (size_t i = 0; i < run->count; i++) {
        if (run->kiosks[i].plan.enrolment.device == device) {
            return true;
        }
    }
    return false;
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
        if (!is_own(run, run->behind[i])) {
            run->behind[run->behind_count++] = run->behind[i];
        }
    }
}

/* Those that are enrolled and whose files couldn't be put in their places. */
static enum bw_status
lost_tell(const struct enrol_run *run, enum bw_status status, struct bw_error *err)
{
    char numbers[AT_ONCE_MAX * 12] = "";
    size_t length = 0;
    for (size_t i = 0; i < run->count; i++) {
        if (run->kiosks[i].lost) {
            length += (size_t)snprintf(numbers + length, sizeof numbers - length, "%s%u",
                length > 0 ? ", " : "", run->kiosks[i].plan.enrolment.device);
        }
    }
    return bw_error_prefix(err, status,
        "enrolling kiosk %s, a number that is taken now (revoke it, and enrol again)",
        numbers);
}

static enum bw_exit
run_planned(struct enrol_run *run, enum bw_status status, struct bw_error *err)
{
    if (status == BW_OK && run->count > 0) {
        status = enrol(run, err);
    }
    enum bw_exit result = status == BW_OK  ? BW_EXIT_DONE
                          : run->committed ? BW_EXIT_LOOK /* its number is taken */
                                           : bw_exit_of(status);
    if (status == BW_OK) {
        others_find(run);
    } else if (run->committed) {
        status = lost_tell(run, status, err);
    }
    if (status == BW_OK && run->call->json) {
        result = bw_cli_exit(bw_cli_json(run->call, to_json(run), err), result, err);
    } else if (status == BW_OK) {
        print(run);
    }
    return result;
}

static enum bw_exit
run_enrol(struct bw_call *call, struct bw_error *err)
{
    bool each = bw_call_value(call, BW_OPTION_NEW) != NULL;
    if (each == (bw_call_value(call, BW_OPTION_SESSION) != NULL) ||
        (each && bw_call_value(call, BW_OPTION_DEVICE) != NULL)) {
        return bw_call_usage(err, "enrol takes --session, or --new without --device");
    }
    struct enrol_run *run = calloc(1, sizeof *run);
    if (!run) {
        return bw_exit_of(
            bw_error_set(err, BW_NO_MEMORY, 0, "enrolling a kiosk: out of memory"));
    }
    run->call = call;
    run->check = bw_central_is_check_only(call->central);
    run->office = bw_call_office(call);
    enum bw_exit result = run_planned(run, prepare(run, err), err);
    free(run->behind);
    free(run->kiosks);
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
        "names how its letters go (may be repeated), none: by stick alone;\n"
        "else by the folder beside the central file, or in the central database itself\n"
        "where that is PostgreSQL's. --new instead of --session: one for each circle to\n"
        "come that has no kiosk, into a folder.\n"
        "A carrier in PostgreSQL gives each kiosk a login of its own. --out FILE writes\n"
        "the file and its QR code (.svg); --out DIR the file, the QR code (.svg,\n"
        ".png) and an A4 sheet with a test ticket (.pdf). They hold one-time keys\n"
        "(mode 0600): use them once.\n"),
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_NEW) |
             BW_TAKES(BW_OPTION_NAME) | BW_TAKES(BW_OPTION_OUT) |
             BW_TAKES(BW_OPTION_PIN_FILE) | BW_TAKES(BW_OPTION_DEVICE) |
             BW_TAKES(BW_OPTION_ORGANISER) | BW_TAKES(BW_OPTION_PHONE) |
             BW_TAKES(BW_OPTION_PRIVACY_URL) | BW_TAKES(BW_OPTION_CARRIER) |
             BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_LANGUAGE) |
             BW_TAKES(BW_OPTION_CHECK),
    .requires = BW_TAKES(BW_OPTION_NAME) | BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_enrol,
};
