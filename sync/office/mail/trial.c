/* A mail to see that mail goes: see trial.h. */
#include "office/mail/trial.h"

#include "office/mail/compose.h"
#include "office/mail/mime.h"

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

enum bw_status
bw_mailing_try(const struct bw_office *office, const struct bw_smtp_settings *settings,
    const char *to, struct bw_error *err)
{
    struct bw_mailing_writer writer;
    struct bw_smtp *smtp = NULL;
    size_t length = 0;
    if (!bw_told_address_is_fine(to)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "sending a test mail: \"%.60s\" is no address that mail could go to", to);
    }
    enum bw_status status = bw_mailing_writer_read(office, &writer, err);
    if (status == BW_OK && writer.sender.mail[0] == '\0') {
        status = bw_error_set(err, BW_BAD_INPUT, 0,
            "sending a test mail: whose is it? give --mail-from ADDRESS, once");
    }
    if (status == BW_OK) {
        status = bw_smtp_create(settings, &smtp, err);
    }
    char *mail = status == BW_OK ? write_mail(&writer, to, &length) : NULL;
    if (status == BW_OK && mail == NULL) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "sending a test mail: no memory");
    }
    if (status == BW_OK) {
        status =
            status_of(bw_smtp_send(smtp, writer.sender.mail, to, mail, length, err), err);
    }
    free(mail);
    bw_smtp_destroy(smtp);
    return status;
}
