/* A mail as a file: see mime.h. */
#include "office/mail/mime.h"

#include <string.h>
#include <time.h>

enum {
    LINE_BYTES = 76,
    PLAIN_BYTES = 60, /* of a header's text that goes as it is */
    WORD_BYTES = 45,  /* of text in an encoded word: 60 of base64, 72 in all */
    TRIPLES_A_LINE = 19,
};

static const char base64[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Three bytes or fewer as four letters. */
static void
triple_write(FILE *out, const unsigned char *bytes, size_t count)
{
    unsigned long all = (unsigned long)bytes[0] << 16;
    all |= count > 1 ? (unsigned long)bytes[1] << 8 : 0;
    all |= count > 2 ? bytes[2] : 0;
    (void)fputc(base64[all >> 18 & 63], out);
    (void)fputc(base64[all >> 12 & 63], out);
    (void)fputc(count > 1 ? base64[all >> 6 & 63] : '=', out);
    (void)fputc(count > 2 ? base64[all & 63] : '=', out);
}

static void
base64_write(FILE *out, const unsigned char *bytes, size_t length)
{
    for (size_t at = 0, triples = 0; at < length; at += 3) {
        triple_write(out, bytes + at, length - at < 3 ? length - at : 3);
        if (++triples == TRIPLES_A_LINE) {
            (void)fputs("\r\n", out);
            triples = 0;
        }
    }
    (void)fputs("\r\n", out);
}

/* ---- headers ---- */

static bool
is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f;
}

/* ME1. Nothing in it needs encoding, and nothing reads as an encoded word. */
static bool
is_plain(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (is_control(*c) || (unsigned char)*c > 0x7e) {
            return false;
        }
    }
    return strlen(text) <= PLAIN_BYTES && strstr(text, "=?") == NULL;
}

/* Encoded words (RFC 2047), a line each; no character is cut between two. */
static void
words_write(FILE *out, const char *text)
{
    while (*text != '\0') {
        unsigned char word[WORD_BYTES];
        size_t length = strlen(text), bytes = length < WORD_BYTES ? length : WORD_BYTES;
        while (
            bytes > 1 && bytes < length && ((unsigned char)text[bytes] & 0xc0) == 0x80) {
            bytes--;
        }
        for (size_t i = 0; i < bytes; i++) {
            word[i] = (unsigned char)(is_control(text[i]) ? ' ' : text[i]);
        }
        (void)fputs("=?UTF-8?B?", out);
        for (size_t at = 0; at < bytes; at += 3) {
            triple_write(out, word + at, bytes - at < 3 ? bytes - at : 3);
        }
        text += bytes;
        (void)fputs(*text != '\0' ? "?=\r\n " : "?=", out);
    }
}

static void
text_header(FILE *out, const char *name, const char *text)
{
    (void)fprintf(out, "%s: ", name);
    if (is_plain(text)) {
        (void)fputs(text, out);
    } else {
        words_write(out, text);
    }
    (void)fputs("\r\n", out);
}

static void
person_header(FILE *out, const char *name, const struct bw_mime_person *person)
{
    (void)fprintf(out, "%s: ", name);
    if (person->name[0] != '\0' && is_plain(person->name)) {
        (void)fputc('"', out);
        for (const char *c = person->name; *c != '\0'; c++) {
            if (*c == '"' || *c == '\\') {
                (void)fputc('\\', out);
            }
            (void)fputc(*c, out);
        }
        (void)fputs("\"\r\n ", out);
    } else if (person->name[0] != '\0') {
        words_write(out, person->name);
        (void)fputs("\r\n ", out);
    }
    (void)fprintf(out, "<%s>\r\n", person->mail);
}

static void
date_header(FILE *out, int64_t date_ms)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
        "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm at = {.tm_year = 0};
    time_t at_s = (time_t)(date_ms / 1000);
    (void)gmtime_r(&at_s, &at);
    (void)fprintf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[at.tm_wday],
        at.tm_mday, months[at.tm_mon], at.tm_year + 1900, at.tm_hour, at.tm_min,
        at.tm_sec);
}

/* ---- parts ---- */

/* Lines of HTML and text as quoted-printable (RFC 2045, 6.7). */
struct printable {
    FILE *out;
    size_t column;
};

static void
printable_put(struct printable *to, unsigned char byte, bool encoded)
{
    size_t width = encoded ? 3 : 1;
    if (to->column + width > LINE_BYTES - 1) { /* ME2 */
        (void)fputs("=\r\n", to->out);
        to->column = 0;
    }
    if (!encoded && to->column == 0 && (byte == '.' || byte == 'F')) {
        encoded = true; /* a lone dot ends a mail, "From " begins one in a mailbox */
        width = 3;
    }
    (void)fprintf(to->out, encoded ? "=%02X" : "%c", byte);
    to->column += width;
}

static void
printable_write(FILE *out, const char *text)
{
    struct printable to = {out, 0};
    for (const char *c = text; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte == '\n') {
            (void)fputs("\r\n", out);
            to.column = 0;
            continue;
        }
        bool last = c[1] == '\n' || c[1] == '\0';
        printable_put(
            &to, byte, byte == '=' || byte < ' ' || byte > 0x7e || (byte == ' ' && last));
    }
    (void)fputs("\r\n", out);
}

/* Letters of a body never hold "=_", so these end nothing else. */
#define MIXED "=_mixed"
#define RELATED "=_related"
#define ALTERNATIVE "=_alternative"

static void
part_open(FILE *out, const char *boundary)
{
    (void)fprintf(out, "--%s\r\n", boundary);
}

static void
part_end(FILE *out, const char *boundary)
{
    (void)fprintf(out, "--%s--\r\n", boundary);
}

static void
text_part(FILE *out, const char *subtype, const char *text)
{
    part_open(out, ALTERNATIVE);
    (void)fprintf(out,
        "Content-Type: text/%s; charset=UTF-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
        subtype);
    printable_write(out, text);
}

static void
bytes_part(FILE *out, const struct bw_mime_bytes *bytes)
{
    (void)fputs("Content-Transfer-Encoding: base64\r\n\r\n", out);
    base64_write(out, bytes->bytes, bytes->length);
}

static void
calendar_part(FILE *out, const struct bw_mime_mail *mail)
{
    (void)fprintf(out, "Content-Type: text/calendar; charset=UTF-8; method=%s\r\n",
        mail->calendar_method);
    bytes_part(out, &mail->calendar);
}

static void
alternatives_write(FILE *out, const struct bw_mime_mail *mail)
{
    part_open(out, RELATED);
    (void)fputs(
        "Content-Type: multipart/alternative; boundary=\"" ALTERNATIVE "\"\r\n\r\n", out);
    text_part(out, "plain", mail->plain);
    text_part(out, "html", mail->html);
    if (mail->calendar.bytes != NULL) {
        part_open(out, ALTERNATIVE);
        calendar_part(out, mail);
    }
    part_end(out, ALTERNATIVE);
}

static void
body_write(FILE *out, const struct bw_mime_mail *mail)
{
    part_open(out, MIXED);
    (void)fputs("Content-Type: multipart/related; boundary=\"" RELATED "\"\r\n\r\n", out);
    alternatives_write(out, mail);
    if (mail->picture.bytes != NULL) {
        part_open(out, RELATED);
        (void)fprintf(out,
            "Content-Type: image/png; name=\"ticket.png\"\r\nContent-ID: <%s>\r\n"
            "Content-Disposition: inline; filename=\"ticket.png\"\r\n",
            mail->picture_id);
        bytes_part(out, &mail->picture);
    }
    part_end(out, RELATED);
    if (mail->pdf.bytes != NULL) {
        part_open(out, MIXED);
        (void)fprintf(out,
            "Content-Type: application/pdf; name=\"%s\"\r\n"
            "Content-Disposition: attachment; filename=\"%s\"\r\n",
            mail->pdf_name, mail->pdf_name);
        bytes_part(out, &mail->pdf);
    }
    if (mail->calendar.bytes != NULL) {
        part_open(out, MIXED);
        (void)fputs(
            "Content-Disposition: attachment; filename=\"leerkring.ics\"\r\n", out);
        calendar_part(out, mail);
    }
    part_end(out, MIXED);
}

void
bw_mime_write(const struct bw_mime_mail *mail, FILE *out)
{
    if (mail->from.mail[0] != '\0') {
        person_header(out, "From", &mail->from);
        person_header(out, "Reply-To", &mail->from);
    }
    person_header(out, "To", &mail->to);
    text_header(out, "Subject", mail->subject);
    date_header(out, mail->date_ms);
    (void)fprintf(out, "Message-ID: <%s>\r\n", mail->message_id);
    if (mail->draft) {
        (void)fputs("X-Unsent: 1\r\n", out);
    }
    (void)fputs("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                "Content-Type: multipart/mixed; boundary=\"" MIXED "\"\r\n\r\n",
        out);
    body_write(out, mail);
}
