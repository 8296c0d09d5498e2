/* Checking a certificate or a ticket by its text: see verify_text.h. */
#include "verify_text.h"

#include "central/base/array.h"
#include "cli/answer.h"
#include "report/figures/report.h"

#include <brugwachter/certificate.h>
#include <brugwachter/said.h>
#include <stdlib.h>
#include <string.h>

/* ---- the signature ---- */

struct text_reading {
    const char *text;
    enum bw_ticket_reading reading;
    struct bw_certificate certificate;
    struct bw_ticket ticket;
};

/* Every key that this office ever had: what was signed stays signed. */
static bool
on_key(const struct bw_sql_value *columns, int count, void *context)
{
    struct text_reading *reading = context;
    struct bw_keyring keyring = {.count = 1, .keys = {{(uint8_t)columns[0].number, {0}}}};
    (void)count;
    if (columns[1].bytes != BW_PUBLIC_KEY_BYTES) {
        return true;
    }
    memcpy(keyring.keys[0].bytes, columns[1].blob, BW_PUBLIC_KEY_BYTES);
    reading->reading =
        bw_certificate_is(reading->text)
            ? bw_certificate_read(reading->text, &keyring, &reading->certificate)
            : bw_ticket_read(reading->text, &keyring, &reading->ticket);
    return reading->reading != BW_TICKET_SIGNED;
}

static enum bw_status
signature_read(
    struct bw_central *central, struct text_reading *reading, struct bw_error *err)
{
    return bw_central_run(central, "SELECT signing_key, public FROM signing_key", NULL, 0,
        on_key, reading, err);
}

/* ---- who was there ---- */

struct sought {
    bool by_shown; /* `code` is what is printed; else the registration's */
    bw_code code;
    bool found, purged;
    char name[2 * BW_NAME_BYTES], school[BW_TITLE_BYTES];
    char session[BW_LABEL_BYTES], title[BW_TITLE_BYTES], day[BW_WHEN_BYTES];
    int half_hours;
};

static void
row_take(struct sought *sought, const struct bw_report_row *row)
{
    sought->found = true;
    if (row->substitute[0] != '\0') {
        (void)snprintf(sought->name, sizeof sought->name, "%s", row->substitute);
    } else {
        (void)snprintf(sought->name, sizeof sought->name, "%s%s%s", row->first_name,
            row->name[0] != '\0' ? " " : "", row->name);
    }
    (void)snprintf(sought->school, sizeof sought->school, "%s", row->school);
}

/* Two who were there one after another on a place have one code: the last is named. */
static enum bw_status
on_session(const struct bw_report_session *session, void *context, struct bw_error *err)
{
    struct sought *sought = context;
    uint32_t session_no = session->book->session.session_no;
    (void)err;
    for (size_t i = 0; i < session->rows_count; i++) {
        const struct bw_report_row *row = &session->rows[i];
        bw_code code =
            sought->by_shown ? bw_certificate_code(session_no, row->code) : row->code;
        if (row->attended && row->code != BW_CODE_NONE && code == sought->code) {
            row_take(sought, row);
        }
    }
    sought->purged = session->book->purged;
    if (sought->found || !sought->by_shown) {
        int64_t lasts_ms =
            session->book->session.ends_ms - session->book->session.starts_ms;
        (void)snprintf(sought->session, sizeof sought->session, "%s", session->code);
        (void)snprintf(sought->title, sizeof sought->title, "%s", session->title);
        (void)snprintf(sought->day, sizeof sought->day, "%s", session->when.day);
        sought->half_hours = (int)(lasts_ms / 1800000);
    }
    return BW_OK;
}

struct codes {
    struct session_label {
        char code[BW_LABEL_BYTES];
    } * items;
    size_t count, capacity;
    bool no_memory;
};

static bool
on_code(const struct bw_sql_value *columns, int count, void *context)
{
    struct codes *codes = context;
    struct session_label *slot =
        bw_array_more(&codes->items, &codes->count, &codes->capacity, sizeof *slot);
    (void)count;
    codes->no_memory = slot == NULL;
    if (slot != NULL) {
        (void)snprintf(slot->code, sizeof slot->code, "%s", columns[0].text);
    }
    return slot != NULL;
}

/* Session by session, newest first: of one, or (0) of all. */
static enum bw_status
seek(
    struct bw_call *call, int64_t session_no, struct sought *sought, struct bw_error *err)
{
    struct codes codes = {.count = 0};
    struct bw_sql_value value = bw_sql_int(session_no);
    enum bw_status status = bw_central_run(call->central,
        "SELECT code FROM session WHERE $1 = 0 OR session_no = $1"
        " ORDER BY starts_ms DESC",
        &value, 1, on_code, &codes, err);
    if (status == BW_OK && codes.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "checking a certificate: no memory");
    }
    for (size_t i = 0; status == BW_OK && i < codes.count && !sought->found; i++) {
        struct bw_report report = {0};
        status = bw_report_of_session(call->central, bw_call_language(call),
            codes.items[i].code, bw_call_now_ms(call), on_session, sought, &report, err);
        bw_report_finish(&report);
    }
    free(codes.items);
    return status;
}

/* ---- the answer ---- */

static enum bw_status
told(struct bw_call *call, const char *what, const char *state,
    const struct sought *sought, const char *sentence, struct bw_error *err)
{
    if (!call->json) {
        (void)fprintf(call->out, "%s\n", sentence);
        return BW_OK;
    }
    json_t *root = json_pack(
        "{s:s, s:s, s:s}", what, state, "text", sentence, "session", sought->session);
    if (sought->found) {
        bw_cli_set(&root, "name", json_string(sought->name));
        bw_cli_set(&root, "school", json_string(sought->school));
        bw_cli_set(&root, "title", json_string(sought->title));
        bw_cli_set(&root, "date", json_string(sought->day));
        bw_cli_set(&root, "hours", json_real(sought->half_hours / 2.0));
    }
    return bw_cli_json(call, root, err);
}

static enum bw_exit
say(struct bw_call *call, bool holds, const char *what, const char *state,
    const struct sought *sought, const char *sentence, struct bw_error *err)
{
    enum bw_status status = told(call, what, state, sought, sentence, err);
    return bw_cli_exit(status, holds ? BW_EXIT_DONE : BW_EXIT_LOOK, err);
}

/* `is_signed`: it was read from the QR code, so that all of it is this office's word. */
static enum bw_exit
certificate_tell(struct bw_call *call, bool is_signed, const struct sought *sought,
    struct bw_error *err)
{
    char sentence[3 * BW_TITLE_BYTES + 3 * BW_NAME_BYTES];
    const char *state = "valid";
    bool holds = true;
    if (sought->found) {
        (void)snprintf(sentence, sizeof sentence,
            bw_said("It holds: %s%s%s was at %s (%s), %s, planned to last %d%s hours."),
            sought->name, sought->school[0] != '\0' ? ", " : "", sought->school,
            sought->title, sought->session, sought->day, sought->half_hours / 2,
            sought->half_hours % 2 != 0 ? ".5" : "");
    } else if (is_signed && sought->purged) {
        (void)snprintf(sentence, sizeof sentence,
            bw_said(
                "It holds: this office signed it for %s, %s; whose it is isn't known any "
                "more, for its people were purged."),
            sought->title, sought->day);
    } else {
        holds = false;
        state = is_signed ? "withdrawn" : "unknown";
        (void)snprintf(sentence, sizeof sentence, "%s",
            is_signed
                ? bw_said(
                      "This office signed it, and by what is known now nobody was "
                      "there by its code: an entry was taken back since, or person or "
                      "session is gone.")
                : bw_said("It doesn't hold: nobody was anywhere by that code."));
    }
    return say(call, holds, "certificate", state, sought, sentence, err);
}

static enum bw_exit
ticket_tell(
    struct bw_call *call, const struct text_reading *reading, struct bw_error *err)
{
    struct sought nobody = {.found = false};
    char code[BW_CODE_SHOWN_BYTES] = "", sentence[160];
    bool holds = reading->reading == BW_TICKET_SIGNED;
    if (holds) {
        bw_code_format_shown(reading->ticket.code, code);
    }
    (void)snprintf(sentence, sizeof sentence,
        holds
            ? bw_said("This is a ticket, not a certificate: %s, "
                      "signed by this office. find %s says whose.")
            : bw_said("This calls itself a ticket, and this office didn't sign it.%s%s"),
        code, code);
    return say(
        call, holds, "ticket", holds ? "signed" : "forged", &nobody, sentence, err);
}

static enum bw_exit
signed_text(struct bw_call *call, const char *text, struct bw_error *err)
{
    struct text_reading reading = {.text = text, .reading = BW_TICKET_FORGED};
    struct sought sought = {.code = BW_CODE_NONE};
    enum bw_status status = signature_read(call->central, &reading, err);
    if (status == BW_OK && !bw_certificate_is(text)) {
        return ticket_tell(call, &reading, err);
    }
    if (status == BW_OK && reading.reading != BW_TICKET_SIGNED) {
        return say(call, false, "certificate", "forged", &sought,
            bw_said(
                "It doesn't hold: this office didn't sign it, or somebody changed it."),
            err);
    }
    sought.code = reading.certificate.code;
    if (status == BW_OK) {
        status = seek(call, reading.certificate.session_no, &sought, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    sought.half_hours = reading.certificate.half_hours;
    return certificate_tell(call, true, &sought, err);
}

enum bw_exit
bw_cli_verify_text(struct bw_call *call, const char *text, struct bw_error *err)
{
    struct sought sought = {.by_shown = true};
    if (bw_certificate_is(text) || strncmp(text, "BW1:", 4) == 0) {
        return signed_text(call, text, err);
    }
    if (!bw_certificate_code_parse(text, &sought.code)) {
        return bw_call_usage(err,
            "verify takes the text of a certificate's QR code (BWC1:…) or the code "
            "printed on it (C-M6SC-7N75)");
    }
    enum bw_status status = seek(call, 0, &sought, err);
    return status == BW_OK ? certificate_tell(call, false, &sought, err)
                           : bw_exit_of(status);
}
