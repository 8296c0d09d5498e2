/* A mail to see that mail goes: see trial.h. */
#include "office/mail/trial.h"

#include "office/mail/compose.h"
#include "central/records.h"
#include "office/mail/mime.h"
#include "office/practice/practice_mark.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RANDOM_BYTES = 16 };

static const struct {
    const char *subject, *plain, *html;
} words[] = {
    [BW_WORDING_DUTCH] = {"Testmail van Brugwachter",
        "Deze mail is een proef: de mailserver neemt mail aan.\n"
        "Er is niemand iets verteld.\n",
        "<!doctype html><html lang=\"nl\"><head><meta charset=\"utf-8\">"
        "<title>Testmail</title></head><body><p>Deze mail is een proef: de mailserver "
        "neemt mail aan.</p><p>Er is niemand iets verteld.</p></body></html>\n"},
    [BW_WORDING_ENGLISH] = {"Test mail from Brugwachter",
        "This mail is a trial: the mail server takes mail.\n"
        "Nobody was told anything.\n",
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<title>Test mail</title></head><body><p>This mail is a trial: the mail server "
        "takes mail.</p><p>Nobody was told anything.</p></body></html>\n"},
};

/* The mail as it goes; the caller frees. NULL without memory. */
static char *
write_mail(const struct bw_mailing_writer *writer, const char *to, size_t *ret_length)
{
    char hex[2 * RANDOM_BYTES + 1], name[BW_MAILING_NAME_BYTES];
    unsigned char bytes[RANDOM_BYTES];
    const char *from = writer->sender.mail;
    char *text = NULL;
    randombytes_buf(bytes, sizeof bytes);
    (void)snprintf(name, sizeof name, "%s%.254s",
        sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes), strchr(from, '@'));
    const struct bw_mime_mail mail = {.from = {writer->sender.organiser, from},
        .to = {"", to},
        .subject = words[writer->office->language].subject,
        .message_id = name,
        .date_ms = bw_office_now_ms(writer->office),
        .plain = words[writer->office->language].plain,
        .html = words[writer->office->language].html};
    FILE *out = open_memstream(&text, ret_length);
    if (out == NULL) {
        return NULL;
    }
    bw_mime_write(&mail, out);
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

/* `err` says what the server answered. */
static enum bw_status
status_of(enum bw_smtp_outcome outcome, struct bw_error *err)
{
    switch (outcome) {
    case BW_SMTP_TAKEN:
        return BW_OK;
    case BW_SMTP_REFUSED:
    case BW_SMTP_LATER:
    case BW_SMTP_UNSURE:
    case BW_SMTP_FAILED:
        err->status = BW_REFUSED;
        return BW_REFUSED;
    }
    return BW_REFUSED;
}

/* A step that settled another server or login, and one that took such a step back. */
#define SETTLED_SINCE                                                                    \
    "SELECT count(*) FROM step s JOIN setting x"                                         \
    " ON x.step_no = s.step_no OR x.step_no = s.undoes"                                  \
    " WHERE x.name IN ('smtp', 'smtp-user') AND s.at_ms > $1"

enum bw_status
bw_mailing_tried(struct bw_central *central, int64_t *ret_tried_ms, struct bw_error *err)
{
    int64_t tried_ms = 0, since = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT mail_tried_ms FROM central WHERE one = 1", NULL, 0, 0, &tried_ms, err);
    struct bw_sql_value value = bw_sql_int(tried_ms);
    if (status == BW_OK) {
        status = bw_central_number(central, SETTLED_SINCE, &value, 1, 0, &since, err);
    }
    if (status == BW_OK) {
        *ret_tried_ms = since > 0 ? 0 : tried_ms;
    }
    return status;
}

/* A server that takes mail, and whose mail it is. The caller destroys *ret_smtp. */
static enum bw_status
open_server(const struct bw_office *office, const struct bw_smtp_settings *settings,
    struct bw_mailing_writer *writer, struct bw_smtp **ret_smtp, struct bw_error *err)
{
    enum bw_status status = bw_practice_no_mail(office->central, err); /* PZ3 */
    if (status == BW_OK) {
        status = bw_mailing_writer_read(office, writer, err);
    }
    if (status == BW_OK && writer->sender.mail[0] == '\0') {
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "sending a test mail: whose is it? give --mail-from ADDRESS, once");
    }
    return status == BW_OK ? bw_smtp_create(settings, ret_smtp, err) : status;
}

/* Gives it, and notes when; `mail` NULL: there was no memory for it. */
static enum bw_status
send_one(const struct bw_mailing_writer *writer, struct bw_smtp *smtp, const char *to,
    const char *mail, size_t length, struct bw_error *err)
{
    if (mail == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "sending a test mail: no memory");
    }
    enum bw_status status =
        status_of(bw_smtp_send(smtp, writer->sender.mail, to, mail, length, err), err);
    if (status == BW_OK) {
        bw_office_note(writer->office->central,
            "UPDATE central SET mail_tried_ms = $1 WHERE one = 1",
            bw_office_now_ms(writer->office));
    }
    return status;
}

static enum bw_status
check_address(const char *to, struct bw_error *err)
{
    return bw_told_address_is_fine(to)
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "sending a test mail: \"%.60s\" is no address that mail could go to",
                     to);
}

enum bw_status
bw_mailing_try(const struct bw_office *office, const struct bw_smtp_settings *settings,
    const char *to, struct bw_error *err)
{
    struct bw_mailing_writer writer = {.office = NULL};
    struct bw_smtp *smtp = NULL;
    size_t length = 0;
    char *mail = NULL;
    enum bw_status status = check_address(to, err);
    if (status == BW_OK) {
        status = open_server(office, settings, &writer, &smtp, err);
    }
    if (status == BW_OK) {
        mail = write_mail(&writer, to, &length);
        status = send_one(&writer, smtp, to, mail, length, err);
    }
    free(mail);
    bw_mailing_writer_finish(&writer);
    bw_smtp_destroy(smtp);
    return status;
}

/* ---- one of those that would go ---- */

static const struct bw_told_due *
first_due(const struct bw_told_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->due[i].hindrance == BW_TOLD_NO_HINDRANCE) {
            return &list->due[i];
        }
    }
    return NULL;
}

/* As it would go, under a name of its own: whoever is among the people themselves would
 * else never see the one that is meant for them. */
static enum bw_status
write_sample(const struct bw_mailing_writer *writer, const struct bw_told_due *due,
    const char *to, char **ret_mail, size_t *ret_length, struct bw_error *err)
{
    struct bw_told_due sample = *due;
    struct bw_mailing_names names;
    sample.now.mail = to;
    sample.message_id = "";
    bw_mailing_name(writer, &sample, &names);
    FILE *out = open_memstream(ret_mail, ret_length);
    if (out == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "sending a test mail: no memory");
    }
    enum bw_status status = bw_mailing_compose(writer, &sample, &names, false, out, err);
    return fclose(out) != 0 && status == BW_OK
               ? bw_error_set(err, BW_NO_MEMORY, 0, "sending a test mail: no memory")
               : status;
}

static enum bw_status
send_sample(const struct bw_mailing_writer *writer, struct bw_smtp *smtp,
    const struct bw_told_list *list, const char *to, struct bw_mailing_sample *ret_sent,
    struct bw_error *err)
{
    const struct bw_told_due *due = first_due(list);
    char *mail = NULL;
    size_t length = 0;
    if (due == NULL) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "sending an example: nobody is due who can be told by mail");
    }
    enum bw_status status = write_sample(writer, due, to, &mail, &length, err);
    if (status == BW_OK) {
        status = send_one(writer, smtp, to, mail, length, err);
    }
    free(mail);
    if (status == BW_OK) {
        *ret_sent = (struct bw_mailing_sample){.code = due->code, .kind = due->kind};
        bw_text_copy(ret_sent->to, sizeof ret_sent->to, to);
    }
    return status;
}

enum bw_status
bw_mailing_sample(const struct bw_office *office, const struct bw_mailing_scope *scope,
    const struct bw_smtp_settings *settings, const char *to,
    struct bw_mailing_sample *ret_sent, struct bw_error *err)
{
    struct bw_mailing_writer writer = {.office = NULL};
    struct bw_told_list list = {.due = NULL};
    struct bw_smtp *smtp = NULL;
    enum bw_status status = to != NULL ? check_address(to, err) : BW_OK;
    if (status == BW_OK) {
        status = open_server(office, settings, &writer, &smtp, err);
    }
    if (status == BW_OK) {
        status = bw_mailing_read(office, scope, &list, err);
    }
    if (status == BW_OK) {
        status = send_sample(
            &writer, smtp, &list, to != NULL ? to : writer.sender.mail, ret_sent, err);
    }
    bw_told_list_finish(&list);
    bw_mailing_writer_finish(&writer);
    bw_smtp_destroy(smtp);
    return status;
}
