/* A whole mail to somebody: see compose.h. */
#include "office/mail/compose.h"

#include "central/records.h"
#include "central/when.h"
#include "office/mail/ics.h"
#include "office/mail/mime.h"
#include "office/ticket/certificates.h"
#include "paper/qr.h"
#include "office/ticket/ticket_page.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { RANDOM_BYTES = 16, QR_MODULE_PX = 16 };

/* ---- who writes ---- */

enum bw_status
bw_mailing_writer_read(const struct bw_office *office,
    struct bw_mailing_writer *ret_writer, struct bw_error *err)
{
    struct bw_mailing_writer writer = {.office = office};
    enum bw_status status = bw_office_contact_read(office->central, &writer.sender, err);
    if (status == BW_OK && !bw_told_address_is_fine(writer.sender.mail)) {
        writer.sender.mail[0] = '\0';
    }
    if (status == BW_OK) {
        status =
            bw_letter_words_read(office->central, office->language, &writer.words, err);
    }
    if (status == BW_OK) {
        *ret_writer = writer;
    }
    return status;
}

void
bw_mailing_writer_finish(struct bw_mailing_writer *writer)
{
    if (writer != NULL) {
        bw_letter_words_finish(&writer->words);
    }
}

/* ---- names ---- */

/* Random, at the organiser's domain: nothing of a person, nothing that can be told. */
static void
name_make(const struct bw_mailing_writer *writer, const char *before,
    char ret_name[BW_MAILING_NAME_BYTES])
{
    unsigned char bytes[RANDOM_BYTES];
    char hex[2 * RANDOM_BYTES + 1];
    const char *at = strchr(writer->sender.mail, '@');
    randombytes_buf(bytes, sizeof bytes);
    (void)snprintf(ret_name, BW_MAILING_NAME_BYTES, "%s%s@%.254s", before,
        sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes),
        at != NULL ? at + 1 : "brugwachter.invalid");
}

static bool
is_moved(const struct bw_told_due *due)
{
    const struct bw_told_state *now = &due->now, *was = &due->was;
    return was->title == NULL || now->starts_ms != was->starts_ms ||
           now->ends_ms != was->ends_ms || strcmp(now->venue, was->venue) != 0 ||
           strcmp(now->address, was->address) != 0;
}

static void
entry_next(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    struct bw_mailing_names *names)
{
    struct bw_told_entry *entry = &names->entry;
    bool comes = due->now.status == BW_CONFIRMED;
    *entry = due->unsure ? due->on_its_way : due->entry;
    if (due->kind == BW_TOLD_CERTIFICATE) { /* nothing of the calendar changes */
        names->sends_entry = false;
        names->uid[0] = '\0';
        return;
    }
    names->sends_entry = comes || due->entry.state == BW_TOLD_ENTRY_STANDS;
    if (!due->unsure && names->sends_entry) {
        entry->sequence +=
            entry->uid[0] != '\0' &&
            (!comes || entry->state != BW_TOLD_ENTRY_STANDS || is_moved(due));
        entry->state = comes ? BW_TOLD_ENTRY_STANDS : BW_TOLD_ENTRY_OUT;
    }
    if (entry->uid[0] == '\0' && names->sends_entry) {
        name_make(writer, "bw-", names->uid);
    } else {
        (void)snprintf(names->uid, sizeof names->uid, "%s", entry->uid);
    }
    entry->uid = names->uid;
}

void
bw_mailing_name(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    struct bw_mailing_names *ret_names)
{
    if (due->unsure && due->message_id[0] != '\0') { /* TM3 */
        (void)snprintf(
            ret_names->message_id, sizeof ret_names->message_id, "%s", due->message_id);
    } else {
        name_make(writer, "", ret_names->message_id);
    }
    entry_next(writer, due, ret_names);
}

/* ---- what comes along ---- */

/* Bytes that are written as a file and kept in memory. */
struct mail_kept {
    char *bytes;
    size_t length;
    FILE *file;
};

static enum bw_status
kept_open(struct mail_kept *kept, struct bw_error *err)
{
    kept->file = open_memstream(&kept->bytes, &kept->length);
    return kept->file != NULL
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, 0, "writing a mail: no memory");
}

static enum bw_status
kept_close(struct mail_kept *kept, enum bw_status status, struct bw_error *err)
{
    if (kept->file != NULL && fclose(kept->file) != 0 && status == BW_OK) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "writing a mail: no memory");
    }
    kept->file = NULL;
    return status;
}

/* What a ticket says of how somebody came by it. */
static enum bw_ticket_page_state
state_of(const struct bw_told_due *due)
{
    if (due->now.status == BW_WAITLISTED) {
        return BW_TICKET_PAGE_WAITS;
    }
    return due->kind == BW_TOLD_PLACE   ? BW_TICKET_PAGE_PROMOTED
           : due->kind == BW_TOLD_MOVED ? BW_TICKET_PAGE_MOVED
                                        : BW_TICKET_PAGE_PLACE;
}

/* "Leerkring Groningen, dinsdag 18 maart 2025": as it was told. */
static enum bw_status
was_write(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    char *ret_was, size_t room_bytes, struct bw_error *err)
{
    struct bw_when when;
    struct bw_session was = *due->session;
    if (due->kind != BW_TOLD_MOVED || due->was.title == NULL) {
        ret_was[0] = '\0';
        return BW_OK;
    }
    was.starts_ms = due->was.starts_ms;
    was.ends_ms = due->was.ends_ms;
    bw_text_copy(was.timezone, sizeof was.timezone, due->was.timezone);
    enum bw_status status =
        bw_when_of_session(writer->office->language, &was, &when, err);
    if (status == BW_OK) {
        (void)snprintf(ret_was, room_bytes, "%s, %s", due->was.title, when.day);
    }
    return status;
}

static enum bw_status
paper_write(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    const struct bw_qr *qr, FILE *file, struct bw_error *err)
{
    struct bw_when when;
    char name[2 * BW_NAME_BYTES], was[2 * BW_TITLE_BYTES], as_of[BW_WHEN_BYTES];
    (void)snprintf(name, sizeof name, "%s%s%s", due->first_name,
        due->name[0] != '\0' ? " " : "", due->name);
    struct bw_ticket_page page = {.session = due->session,
        .when = &when,
        .contact = &writer->sender,
        .qr = qr,
        .code = due->code,
        .state = state_of(due),
        .name = name,
        .school = due->school,
        .table = due->table,
        .as_of = as_of,
        .position = due->position,
        .was = was,
        .same_ticket = due->was.title != NULL && !due->elsewhere &&
                       due->was.generation == due->now.generation &&
                       due->was.signing_key == due->now.signing_key};
    enum bw_status status =
        bw_when_of_session(writer->office->language, due->session, &when, err);
    if (status == BW_OK) {
        status = was_write(writer, due, was, sizeof was, err);
    }
    if (status == BW_OK) {
        status = bw_when_of_day(writer->office->language, due->session->timezone,
            bw_office_now_ms(writer->office), as_of, err);
    }
    return status == BW_OK ? bw_ticket_page_write_pdf(&page, file, err) : status;
}

struct enclosed {
    struct mail_kept picture, pdf, calendar;
    const char *method;
};

static void
enclosed_finish(struct enclosed *enclosed)
{
    free(enclosed->picture.bytes);
    free(enclosed->pdf.bytes);
    free(enclosed->calendar.bytes);
}

static enum bw_status
ticket_enclose(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    struct enclosed *enclosed, struct bw_error *err)
{
    struct bw_qr qr;
    char shown[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(due->code, shown);
    if (due->text[0] == '\0') {
        return bw_error_set(err, BW_CORRUPT, 0,
            "writing the mail of %s: no ticket was issued; give a new one: reissue %s",
            shown, shown);
    }
    enum bw_status status = bw_qr_of_ticket(due->text, &qr, err);
    if (status == BW_OK) {
        status = kept_open(&enclosed->picture, err);
    }
    if (status == BW_OK) {
        status = bw_qr_write_png(&qr, QR_MODULE_PX, enclosed->picture.file, err);
        status = kept_close(&enclosed->picture, status, err);
    }
    if (status == BW_OK) {
        status = kept_open(&enclosed->pdf, err);
    }
    if (status == BW_OK) {
        status = paper_write(writer, due, &qr, enclosed->pdf.file, err);
        status = kept_close(&enclosed->pdf, status, err);
    }
    return status;
}

static enum bw_status
certificate_enclose(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    struct enclosed *enclosed, struct bw_error *err)
{
    struct bw_certificates_person person = {.code = due->code,
        .first_name = due->first_name,
        .name = due->name,
        .school = due->school,
        .mail = due->now.mail};
    enum bw_status status = kept_open(&enclosed->pdf, err);
    if (status == BW_OK) {
        status = bw_office_certificate_write_pdf(
            writer->office, due->session, &person, enclosed->pdf.file, err);
        status = kept_close(&enclosed->pdf, status, err);
    }
    return status;
}

/* One that is taken out is named as it was told. */
static enum bw_status
entry_enclose(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    const struct bw_mailing_names *names, const struct bw_letter_text *text,
    struct enclosed *enclosed, struct bw_error *err)
{
    bool out = names->entry.state == BW_TOLD_ENTRY_OUT;
    const struct bw_told_state *state = out ? &due->was : &due->now;
    char where[2 * BW_TITLE_BYTES], who[2 * BW_NAME_BYTES];
    (void)snprintf(where, sizeof where, "%s%s%s", state->venue,
        state->address[0] != '\0' ? ", " : "", state->address);
    (void)snprintf(who, sizeof who, "%s %s", due->first_name, due->name);
    struct bw_ics_entry entry = {.uid = names->uid,
        .sequence = names->entry.sequence,
        .stamp_ms = bw_office_now_ms(writer->office),
        .starts_ms = state->starts_ms,
        .ends_ms = state->ends_ms,
        .timezone = state->timezone,
        .summary = state->title,
        .location = where,
        .description = text->calendar,
        .organiser = writer->sender.organiser,
        .organiser_mail = writer->sender.mail,
        .attendee = who,
        .attendee_mail = due->now.mail,
        .out = out};
    enum bw_status status = kept_open(&enclosed->calendar, err);
    if (status == BW_OK) {
        bw_ics_write(&entry, enclosed->calendar.file);
        status = kept_close(&enclosed->calendar, status, err);
    }
    enclosed->method = bw_ics_method(&entry);
    return status;
}

/* ---- the whole ---- */

static void
mail_write(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    const struct bw_mailing_names *names, const struct bw_letter_text *text,
    const struct enclosed *enclosed, bool draft, FILE *out)
{
    char who[2 * BW_NAME_BYTES];
    (void)snprintf(who, sizeof who, "%s%s%s", due->first_name,
        due->name[0] != '\0' ? " " : "", due->name);
    struct bw_mime_mail mail = {.from = {writer->sender.organiser, writer->sender.mail},
        .to = {who, due->now.mail},
        .subject = text->subject,
        .message_id = names->message_id,
        .date_ms = bw_office_now_ms(writer->office),
        .draft = draft,
        .plain = text->plain,
        .html = text->html,
        .picture_id = BW_LETTER_TEXT_QR_ID,
        .picture = {enclosed->picture.bytes, enclosed->picture.length},
        .calendar = {enclosed->calendar.bytes, enclosed->calendar.length},
        .calendar_method = enclosed->method,
        .pdf = {enclosed->pdf.bytes, enclosed->pdf.length},
        .pdf_name =
            due->kind == BW_TOLD_CERTIFICATE ? "bewijs-van-deelname.pdf" : "ticket.pdf"};
    bw_mime_write(&mail, out);
}

enum bw_status
bw_mailing_compose(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    const struct bw_mailing_names *names, bool draft, FILE *out, struct bw_error *err)
{
    struct enclosed enclosed = {.method = ""};
    struct bw_letter_text text = {.subject = NULL};
    bool takes_out = names->entry.state == BW_TOLD_ENTRY_OUT;
    struct bw_letter_text_with with = {
        .ticket = due->kind != BW_TOLD_CANCELLED && due->kind != BW_TOLD_CERTIFICATE,
        .entry = names->sends_entry && !takes_out,
        .entry_out = names->sends_entry && takes_out};
    enum bw_status status = bw_letter_text_make(due, &writer->sender,
        writer->office->language, &writer->words, &with, &text, err);
    if (status == BW_OK && with.ticket) {
        status = ticket_enclose(writer, due, &enclosed, err);
    }
    if (status == BW_OK && due->kind == BW_TOLD_CERTIFICATE) {
        status = certificate_enclose(writer, due, &enclosed, err);
    }
    if (status == BW_OK && names->sends_entry) {
        status = entry_enclose(writer, due, names, &text, &enclosed, err);
    }
    if (status == BW_OK) {
        mail_write(writer, due, names, &text, &enclosed, draft, out);
    }
    enclosed_finish(&enclosed);
    bw_letter_text_finish(&text);
    return status;
}
