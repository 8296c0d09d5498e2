/* `enrol`: a kiosk's enrolment file and its QR code.
 *
 * The kiosk's seed is made here, goes into the file, and is kept nowhere else: the
 * central side knows the public halves. Both files are written beside their places first,
 * then the database commits, then they are renamed: a stop in between leaves at most a
 * kiosk that nobody can be. */
#include "central/records.h"
#include "exchange/enrolment_file.h"
#include "office/staff_pin.h"
#include "cli/answer.h"
#include "cli/commands.h"
#include "central/base/output.h"
#include "office/ticket/qr.h"

#include <brugwachter/text.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODULE_MM 1.0

struct run {
    struct bw_call *call;
    struct bw_enrolment1 file;
    uint32_t session_nos[BW_SESSIONS_OWN_MAX];
    bool renewed;
    bool namesake;
};

/* ---- what was given ---- */

static enum bw_status
sessions_take(struct run *run, struct bw_error *err)
{
    struct bw_enrolment *enrolment = &run->file.enrolment;
    char codes[BW_SESSIONS_OWN_MAX * BW_LABEL_BYTES], *rest = codes, *code;
    const char *given = bw_call_value(run->call, BW_OPTION_SESSION);
    if (strlen(given) >= sizeof codes) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "enrolling a kiosk: --session is too long");
    }
    memcpy(codes, given, strlen(given) + 1);
    while ((code = strsep(&rest, ",")) != NULL) {
        struct bw_session session;
        code += strspn(code, " ");
        enum bw_status status =
            bw_record_session(run->call->central, code, &session, err);
        if (status != BW_OK) {
            return status;
        }
        bool known = false;
        for (int i = 0; i < enrolment->sessions_count; i++) {
            known = known || run->session_nos[i] == session.session_no;
        }
        if (known) {
            continue;
        }
        if (enrolment->sessions_count == BW_SESSIONS_OWN_MAX) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "enrolling a kiosk: it serves at most %d sessions", BW_SESSIONS_OWN_MAX);
        }
        int at = enrolment->sessions_count++;
        run->session_nos[at] = session.session_no;
        memcpy(enrolment->sessions[at], session.code, sizeof session.code);
    }
    return BW_OK;
}

static enum bw_status
name_take(struct run *run, struct bw_error *err)
{
    char *name = run->file.enrolment.name;
    enum bw_text_fault fault =
        bw_text_clean(bw_call_value(run->call, BW_OPTION_NAME), BW_NAME_CHARS, name);
    if (fault != BW_TEXT_FINE || name[0] == '\0') {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "enrolling a kiosk: its name %s; give another",
            fault == BW_TEXT_FINE ? "is empty" : bw_text_fault_name(fault));
    }
    return BW_OK;
}

static bool
on_settings(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct run *run = context;
    struct bw_enrolment *enrolment = &run->file.enrolment;
    struct bw_credentials1 *credentials = &run->file.credentials;
    (void)snprintf(
        enrolment->organiser, sizeof enrolment->organiser, "%s", columns[0].text);
    (void)snprintf(
        enrolment->contact_phone, sizeof enrolment->contact_phone, "%s", columns[1].text);
    (void)snprintf(
        enrolment->privacy_url, sizeof enrolment->privacy_url, "%s", columns[2].text);
    if (columns[3].bytes == BW_PUBLIC_KEY_BYTES && columns[4].bytes == BW_BOX_KEY_BYTES) {
        memcpy(credentials->organiser_sign, columns[3].blob, BW_PUBLIC_KEY_BYTES);
        memcpy(credentials->organiser_box, columns[4].blob, BW_BOX_KEY_BYTES);
    }
    return false;
}

static bool
on_key(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct bw_keyring *keyring = context;
    if (keyring->count < BW_KEYS_MAX && columns[1].bytes == BW_PUBLIC_KEY_BYTES) {
        struct bw_public_key *key = &keyring->keys[keyring->count++];
        key->key = (uint8_t)columns[0].number;
        memcpy(key->bytes, columns[1].blob, BW_PUBLIC_KEY_BYTES);
    }
    return true;
}

/* Where a kiosk finds the central database from any folder. */
static enum bw_status
central_name(struct run *run, struct bw_error *err)
{
    static const char scheme[] = "sqlite:";
    const char *uri = bw_call_value(run->call, BW_OPTION_CENTRAL);
    char path[PATH_MAX], whole[PATH_MAX + sizeof scheme];
    if (strncmp(uri, scheme, sizeof scheme - 1) != 0) {
        uri = bw_central_name(run->call->central);
    } else if (realpath(uri + sizeof scheme - 1, path)) {
        (void)snprintf(whole, sizeof whole, "%s%s", scheme, path);
        uri = whole;
    }
    if (strlen(uri) >= BW_CENTRAL_URI_BYTES) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "enrolling a kiosk: the path of the central database is too long for a QR "
            "code");
    }
    memcpy(run->file.credentials.central, uri, strlen(uri) + 1);
    return BW_OK;
}

static enum bw_status
settings_take(struct run *run, struct bw_error *err)
{
    struct bw_enrolment *enrolment = &run->file.enrolment;
    const struct {
        enum bw_option option;
        char *to;
        size_t room;
    } given[] = {
        {BW_OPTION_ORGANISER, enrolment->organiser, sizeof enrolment->organiser},
        {BW_OPTION_PHONE, enrolment->contact_phone, sizeof enrolment->contact_phone},
        {BW_OPTION_PRIVACY_URL, enrolment->privacy_url, sizeof enrolment->privacy_url},
    };
    enum bw_status status = bw_central_run(run->call->central,
        "SELECT organiser, phone, privacy_url, sign_public, box_public FROM central",
        NULL, 0, on_settings, run, err);
    for (size_t i = 0; status == BW_OK && i < sizeof given / sizeof given[0]; i++) {
        const char *value = bw_call_value(run->call, given[i].option);
        char clean[BW_TITLE_BYTES];
        if (value && (bw_text_clean(value, BW_TITLE_CHARS, clean) != BW_TEXT_FINE ||
                         strlen(clean) >= given[i].room)) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "enrolling a kiosk: \"%.80s\" is too long or holds control characters",
                value);
        }
        if (value) {
            memcpy(given[i].to, clean, strlen(clean) + 1);
        }
    }
    return status;
}

/* ---- the central side ---- */

static enum bw_status
device_number(struct run *run, struct bw_error *err)
{
    struct bw_central *central = run->call->central;
    struct bw_enrolment *enrolment = &run->file.enrolment;
    int64_t asked = 0, number = 0, namesakes = 0;
    enum bw_status status =
        bw_call_number(run->call, BW_OPTION_DEVICE, 1, UINT32_MAX, 0, &asked, err);
    struct bw_sql_value name = bw_sql_text(enrolment->name), device = bw_sql_int(asked);
    if (status == BW_OK && asked > 0) {
        status = bw_central_number(central,
            "SELECT count(*) FROM device WHERE device = $1", &device, 1, 0, &number, err);
        if (status == BW_OK && number == 0) {
            return bw_error_set(err, BW_NOT_FOUND, 0,
                "enrolling kiosk %" PRId64
                " again: there's no such kiosk; leave --device "
                "out for a new one",
                asked);
        }
        number = asked;
        run->renewed = true;
    } else if (status == BW_OK) {
        status = bw_central_number(
            central, "SELECT max(device) FROM device", NULL, 0, 0, &number, err);
        number++;
    }
    if (status == BW_OK) {
        status = bw_central_number(central, "SELECT count(*) FROM device WHERE name = $1",
            &name, 1, 0, &namesakes, err);
    }
    run->namesake = !run->renewed && namesakes > 0;
    enrolment->device = (uint32_t)number;
    run->file.credentials.device = (uint32_t)number;
    return status;
}

static enum bw_status
device_write(struct run *run, struct bw_error *err)
{
    struct bw_identity identity;
    uint8_t credential[BW_CREDENTIAL_BYTES];
    bw_identity_of_seed(run->file.credentials.seed, &identity);
    bw_credential_of_seed(run->file.credentials.seed, credential);
    struct bw_sql_value values[] = {bw_sql_int(run->file.enrolment.device),
        bw_sql_text(run->file.enrolment.name), bw_sql_int(bw_call_now_ms(run->call)),
        bw_sql_blob(identity.sign_public, BW_PUBLIC_KEY_BYTES),
        bw_sql_blob(identity.box_public, BW_BOX_KEY_BYTES),
        bw_sql_blob(credential, sizeof credential)};
    enum bw_status status = bw_central_run(run->call->central,
        "INSERT INTO device (device, name, enrolled_ms, sign_public, box_public, "
        "credential)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (device) DO UPDATE SET name = $2,"
        " enrolled_ms = $3, sign_public = $4, box_public = $5, credential = $6,"
        " enrolments = device.enrolments + 1",
        values, 6, NULL, NULL, err);
    sodium_memzero(&identity, sizeof identity);
    if (status == BW_OK) {
        status = bw_central_run(run->call->central,
            "DELETE FROM device_session WHERE device = $1", values, 1, NULL, NULL, err);
    }
    for (int i = 0; status == BW_OK && i < run->file.enrolment.sessions_count; i++) {
        struct bw_sql_value row[] = {
            values[0], bw_sql_int(run->session_nos[i]), bw_sql_int(i)};
        status = bw_central_run(run->call->central,
            "INSERT INTO device_session (device, session_no, rank) VALUES ($1, $2, $3)",
            row, 3, NULL, NULL, err);
    }
    return status;
}

/* ---- the files ---- */

static enum bw_status
files_write(
    struct run *run, struct bw_output *json, struct bw_output *svg, struct bw_error *err)
{
    const char *path = bw_call_value(run->call, BW_OPTION_OUT);
    char svg_path[PATH_MAX], *text = NULL;
    struct bw_qr *qr = malloc(sizeof *qr);
    enum bw_status status = qr ? bw_enrolment1_write(&run->file, &text, err)
                               : bw_error_set(err, BW_NO_MEMORY, 0,
                                     "drawing the enrolment's QR code: out of memory");
    if (status == BW_OK) {
        status = bw_qr_of_bytes(text, qr, err);
    }
    if (status == BW_OK &&
        snprintf(svg_path, sizeof svg_path, "%s.svg", path) >= (int)sizeof svg_path) {
        status = bw_error_set(
            err, BW_BAD_INPUT, 0, "writing the enrolment: --out is too long a name");
    }
    if (status == BW_OK) {
        status = bw_output_open(path, 0600, json, err);
    }
    if (status == BW_OK) {
        (void)fprintf(json->file, "%s\n", text);
        status = bw_output_open(svg_path, 0600, svg, err);
    }
    if (status == BW_OK) {
        bw_qr_write_svg(qr, MODULE_MM, run->file.enrolment.name, svg->file);
    }
    if (text) {
        sodium_memzero(text, strlen(text));
        free(text);
    }
    free(qr);
    return status;
}

static enum bw_status
answer(const struct run *run, struct bw_error *err)
{
    const struct bw_enrolment *enrolment = &run->file.enrolment;
    const char *path = bw_call_value(run->call, BW_OPTION_OUT);
    if (run->call->json) {
        json_t *sessions = json_array();
        for (int i = 0; i < enrolment->sessions_count; i++) {
            (void)json_array_append_new(sessions, json_string(enrolment->sessions[i]));
        }
        return bw_cli_json(run->call,
            json_pack("{s:I, s:s, s:o, s:s, s:b, s:b}", "device",
                (json_int_t)enrolment->device, "name", enrolment->name, "sessions",
                sessions, "out", path, "pin", enrolment->pin_hash[0] != '\0', "renewed",
                (int)run->renewed),
            err);
    }
    (void)fprintf(run->call->out,
        "%s kiosk %u, \"%s\"%s. Its enrolment is in %s, as a QR code in %s.svg: whoever "
        "has "
        "them is this kiosk; keep them to yourself, and use them once.\n",
        run->renewed ? "Enrolled again" : "Enrolled", enrolment->device, enrolment->name,
        enrolment->pin_hash[0] ? "" : " (no staff PIN: its staff screens stay closed)",
        path, path);
    if (run->namesake) {
        (void)fprintf(run->call->out, "Another kiosk has this name too; new settings for "
                                      "that one take --device.\n");
    }
    return BW_OK;
}

static enum bw_status
enrol(struct run *run, struct bw_error *err)
{
    struct bw_central *central = run->call->central;
    struct bw_output json = {0}, svg = {0};
    enum bw_status status = bw_central_lock_numbers(central, err);
    if (status == BW_OK) {
        status = device_number(run, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT signing_key, public FROM signing_key WHERE retired_ms IS NULL"
            " ORDER BY signing_key DESC",
            NULL, 0, on_key, &run->file.enrolment.keyring, err);
    }
    if (status == BW_OK) {
        randombytes_buf(run->file.credentials.seed, BW_SEED_BYTES);
        status = device_write(run, err);
    }
    if (status == BW_OK) {
        status = files_write(run, &json, &svg, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&json, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&svg, err);
    }
    bw_output_finish(&json);
    bw_output_finish(&svg);
    return status;
}

static enum bw_exit
run_enrol(struct bw_call *call, struct bw_error *err)
{
    struct run run = {.call = call};
    enum bw_status status = name_take(&run, err);
    if (status == BW_OK) {
        status = sessions_take(&run, err);
    }
    if (status == BW_OK) {
        status = bw_staff_pin_hash(
            bw_call_value(call, BW_OPTION_PIN_FILE), run.file.enrolment.pin_hash, err);
    }
    if (status == BW_OK) {
        status = settings_take(&run, err);
    }
    if (status == BW_OK) {
        status = central_name(&run, err);
    }
    if (status == BW_OK) {
        status = bw_central_begin(call->central, err);
    }
    if (status == BW_OK) {
        status = enrol(&run, err);
        bw_central_rollback(call->central);
    }
    bw_credentials1_finish(&run.file.credentials);
    if (status == BW_OK) {
        status = answer(&run, err);
    }
    return bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_enrol1 = {
    .name = "enrol",
    .operands = "",
    .summary = "make a kiosk's enrolment file, and its QR code",
    .help =
        "--session takes one code, or several with commas between. --pin-file names a\n"
        "file with the staff PIN. --device N gives new settings to a kiosk that is\n"
        "enrolled already. The file holds the kiosk's secret key (mode 0600).\n",
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_NAME) |
             BW_TAKES(BW_OPTION_OUT) | BW_TAKES(BW_OPTION_PIN_FILE) |
             BW_TAKES(BW_OPTION_DEVICE) | BW_TAKES(BW_OPTION_ORGANISER) |
             BW_TAKES(BW_OPTION_PHONE) | BW_TAKES(BW_OPTION_PRIVACY_URL),
    .requires =
        BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_NAME) | BW_TAKES(BW_OPTION_OUT),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run_enrol,
};
