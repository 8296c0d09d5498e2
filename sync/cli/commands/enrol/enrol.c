/* `enrol`: a kiosk's enrolment file and its QR code; into a folder, also as PNG and as a
 * sheet of paper (PDF). With --new one for each circle that has no kiosk, all at once,
 * and all sheets as one PDF.
 *
 * The one-time seed is made here, goes into the files, and is kept nowhere else. All
 * files are written beside their places first, then the database commits, then they are
 * renamed: a stop in between leaves at most a kiosk that nobody can be. With --check
 * there are neither files nor logins. */
#include "central/records.h"
#include "cli/answer.h"
#include "cli/commands/commands.h"
#include "cli/commands/enrol/enrol_tell.h"
#include "cli/letters.h"
#include "office/staff_pin.h"
#include "exchange/office/carriers.h"
#include "exchange/office/enrolment_out.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Of --pin-file: it is made up. A file of that name is ./new. */
#define PIN_NEW "new"

enum { AT_ONCE_MAX = 64 };

static enum bw_status
roads_take(struct bw_cli_enrol_run *run, struct bw_error *err)
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
roads_look(const struct bw_cli_enrol_run *run, struct bw_error *err)
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
road_choose(struct bw_cli_enrol_run *run, struct bw_error *err)
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
kiosk_number(
    struct bw_cli_enrol_run *run, struct bw_cli_enrolment *one, struct bw_error *err)
{
    struct bw_identity_public first;
    bw_enrolment_out_keys(&one->file, &first);
    return bw_office_kiosk_put(&run->office, &one->plan, first.sign, first.box, err);
}

static enum bw_status
kiosk_write(
    struct bw_cli_enrol_run *run, struct bw_cli_enrolment *one, struct bw_error *err)
{
    if (run->check) {
        return bw_cli_enrol_preview(run->call, one, err);
    }
    enum bw_status status = bw_enrolment_out_fill(&run->post, &one->plan.enrolment,
        one->plan.replaces, one->plan.expires_ms,
        run->no_roads || run->roads.count > 0 ? &run->roads : NULL, &one->file,
        &one->open, err);
    return status == BW_OK
               ? bw_cli_enrol_write(run->call, one, run->each ? &run->book : NULL, err)
               : status;
}

/* Their circles are held: one that somebody else enrolled for meanwhile has its kiosk. */
static enum bw_status
bare_keep(struct bw_cli_enrol_run *run, struct bw_error *err)
{
    int64_t *bare = NULL;
    size_t count = 0, kept = 0;
    enum bw_status status = bw_office_kiosk_bare(&run->office, &bare, &count, err);
    for (size_t i = 0; status == BW_OK && i < run->count; i++) {
        size_t at = 0;
        while (at < count && bare[at] != run->kiosks[i].plan.session_nos[0]) {
            at++;
        }
        run->kiosks[kept] = run->kiosks[i];
        kept += at < count;
    }
    run->count = status == BW_OK ? kept : run->count;
    free(bare);
    return status;
}

static enum bw_status
kiosks_make(struct bw_cli_enrol_run *run, struct bw_error *err)
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
    if (status == BW_OK && bw_call_value(run->call, BW_OPTION_NEW) != NULL) {
        status = bare_keep(run, err);
    }
    for (size_t i = 0; status == BW_OK && i < run->count; i++) {
        status = kiosk_number(run, &run->kiosks[i], err);
    }
    if (status == BW_OK && run->roads.count > 0) {
        status = bw_office_carriers_add(run->call->central, &run->roads, err);
    }
    bool bound = run->each && !run->check;
    if (status == BW_OK && bound) {
        status = bw_cli_enrol_book_open(bw_call_value(run->call, BW_OPTION_OUT),
            run->kiosks[0].plan.enrolment.device, &run->book, err);
    }
    for (size_t i = 0; status == BW_OK && i < run->count; i++) {
        status = kiosk_write(run, &run->kiosks[i], err);
    }
    return status == BW_OK && bound ? bw_cli_enrol_book_close(&run->book, err) : status;
}

static enum bw_status
enrol(struct bw_cli_enrol_run *run, struct bw_error *err)
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
    bool whole = run->committed && status == BW_OK;
    enum bw_status bound =
        bw_cli_enrol_book_end(&run->book, whole, status == BW_OK ? err : NULL);
    return status == BW_OK ? bound : status;
}

/* A folder: what ends with a slash, or is one; several have no other place. */
static enum bw_status
out_look(struct bw_cli_enrol_run *run, struct bw_error *err)
{
    struct stat facts;
    const char *out = bw_call_value(run->call, BW_OPTION_OUT);
    size_t length = strlen(out);
    run->folder = run->each || (length > 0 && out[length - 1] == '/') ||
                  (stat(out, &facts) == 0 && S_ISDIR(facts.st_mode));
    return run->folder && !run->check ? bw_folder_make(out, err) : BW_OK;
}

/* What each would be: for the sessions given, or one for each circle without a kiosk. */
static enum bw_status
plan_all(
    struct bw_cli_enrol_run *run, struct bw_kiosk_request *request, struct bw_error *err)
{
    int64_t *bare = NULL;
    size_t count = 1;
    enum bw_status status =
        run->each ? bw_office_kiosk_bare(&run->office, &bare, &count, err) : BW_OK;
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
        if (run->each) {
            status = bw_record_session_by_number(
                run->call->central, (uint32_t)bare[run->count], &session, err);
            request->sessions = session.code;
        }
        if (status == BW_OK) {
            status = bw_office_kiosk_plan(&run->office, request, &one->plan, err);
        }
        if (run->each) { /* the others that are made now are called so, too */
            one->plan.namesake = false;
        }
    }
    free(bare);
    return status;
}

static enum bw_status
prepare(struct bw_cli_enrol_run *run, struct bw_error *err)
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
    if (request.pin_file != NULL && strcmp(request.pin_file, PIN_NEW) == 0) {
        bw_staff_pin_make(run->pin);
        request.pin = run->pin;
    }
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
is_own(const struct bw_cli_enrol_run *run, int64_t device)
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
others_find(struct bw_cli_enrol_run *run)
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

/* Those that are enrolled and whose files couldn't be put in their places are told, and
 * dropped. */
static void
lost_tell(struct bw_cli_enrol_run *run, enum bw_status status, struct bw_error *err)
{
    char numbers[AT_ONCE_MAX * 12] = "";
    size_t length = 0, kept = 0;
    for (size_t i = 0; i < run->count; i++) {
        if (run->kiosks[i].lost) {
            length += (size_t)snprintf(numbers + length, sizeof numbers - length, "%s%u",
                length > 0 ? ", " : "", run->kiosks[i].plan.enrolment.device);
        } else {
            run->kiosks[kept++] = run->kiosks[i];
        }
    }
    run->count = kept;
    if (length > 0) { /* else the sheets of all alone */
        (void)bw_error_prefix(err, status,
            "enrolling kiosk %s, a number that is taken now (revoke it, and enrol again)",
            numbers);
    }
}

/* The others are told all the same: the PIN that was made up stands nowhere else. */
static enum bw_exit
run_planned(struct bw_cli_enrol_run *run, enum bw_status status, struct bw_error *err)
{
    if (status == BW_OK && run->count > 0) {
        status = enrol(run, err);
    }
    if (status != BW_OK && !run->committed) {
        return bw_exit_of(status);
    }
    others_find(run);
    if (status == BW_OK) {
        return bw_cli_exit(bw_cli_enrol_tell(run, err), BW_EXIT_DONE, err);
    }
    lost_tell(run, status, err);
    if (run->count > 0) {
        (void)!bw_cli_enrol_tell(run, NULL);
    }
    return BW_EXIT_LOOK;
}

static enum bw_exit
run_enrol(struct bw_call *call, struct bw_error *err)
{
    bool each = bw_call_value(call, BW_OPTION_NEW) != NULL;
    if (each == (bw_call_value(call, BW_OPTION_SESSION) != NULL) ||
        (each && bw_call_value(call, BW_OPTION_DEVICE) != NULL)) {
        return bw_call_usage(err, "enrol takes --session, or --new without --device");
    }
    struct bw_cli_enrol_run *run = calloc(1, sizeof *run);
    if (!run) {
        return bw_exit_of(
            bw_error_set(err, BW_NO_MEMORY, 0, "enrolling a kiosk: out of memory"));
    }
    run->call = call;
    run->each = each;
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
        "file with the staff PIN; new makes one up, which is said once. --device N: it\n"
        "takes the place of kiosk N. --carrier names how its letters go (may be\n"
        "repeated), none: by stick alone; else by the folder beside the central file,\n"
        "or in the central database itself where that is PostgreSQL's. --new instead of\n"
        "--session: one for each circle to come that has no kiosk, into a folder.\n"
        "A carrier in PostgreSQL gives each kiosk a login of its own. --out FILE writes\n"
        "the file and its QR code (.svg); --out DIR the file, the QR code (.svg,\n"
        ".png) and an A4 sheet with a test ticket (.pdf); --new also all sheets in one\n"
        "(sheets.pdf). They hold one-time keys (mode 0600): use them once. --check says\n"
        "which sheet of how many each would be.\n"),
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
