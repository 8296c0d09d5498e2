/* A mail as a file: what people wrote stays in its place. That other programs read it is
 * shown by eml_test.py. */
#include "office/mail/ics.h"
#include "office/mail/mime.h"
#include "tests/sync/testing.h"

#include <stdlib.h>
#include <string.h>

static const char hostile[] = "A\r\nBcc: x@y.nl\r\n\r\n.\r\nÅ\x7f";

static char *
written(const struct bw_mime_mail *mail)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    bw_mime_write(mail, out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static struct bw_mime_mail
sample(void)
{
    return (struct bw_mime_mail){.from = {"Org", "org@voorbeeld.example"},
        .to = {"Anna Vos", "anna@school.example"},
        .subject = "Je ticket",
        .message_id = "x@y",
        .date_ms = 1741600000000,
        .plain = "Dag",
        .html = "<p>Dag</p>"};
}

/* ME1. */
static void
what_people_wrote_never_ends_a_header(void **state)
{
    (void)state;
    struct bw_mime_mail mail = sample();
    mail.to.name = hostile;
    mail.from.name = hostile;
    mail.subject = hostile;
    char *text = written(&mail);
    assert_null(strstr(text, "Bcc"));
    const char *body = strstr(text, "\r\n\r\n");
    assert_non_null(body);
    assert_non_null(strstr(body, "--=_mixed\r\n"));
    assert_null(strstr(body + 4, "Subject:"));
    free(text);
}

static void
check_lines(const char *body)
{
    for (const char *end; (end = strstr(body, "\r\n")) != NULL; body = end + 2) {
        bool header = strncmp(body, "Content-", 8) == 0;
        assert_true(header || end - body <= 76);
        assert_true(*body != '.');
        assert_null(memchr(body, '\n', (size_t)(end - body)));
    }
    assert_string_equal(body, "");
}

/* ME2. */
static void
lines_are_short_and_none_begins_with_a_dot(void **state)
{
    (void)state;
    char bytes[1000], lines[600];
    memset(bytes, 0xff, sizeof bytes);
    for (size_t i = 0; i + 1 < sizeof lines; i++) {
        lines[i] = i % 7 == 3 ? '\n' : i % 5 == 0 ? '.' : i % 11 == 0 ? ' ' : '=';
    }
    lines[sizeof lines - 1] = '\0';
    for (size_t cut = 0; cut < 300; cut++) {
        struct bw_mime_mail mail = sample();
        mail.plain = lines + cut;
        mail.html = ".\n.\nFrom here\n";
        mail.picture_id = "p@x";
        mail.picture = (struct bw_mime_bytes){bytes, sizeof bytes - cut};
        char *text = written(&mail);
        check_lines(strstr(text, "\r\n\r\n") + 4);
        assert_null(strstr(text, "\r\nFrom here"));
        free(text);
    }
}

static void
a_calendar_entry_keeps_what_people_wrote_in_its_line(void **state)
{
    (void)state;
    static const char long_text[] =
        "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé,;\\\nSUMMARY:x";
    struct bw_ics_entry entry = {.uid = "u@x",
        .timezone = "Europe/Amsterdam",
        .summary = long_text,
        .location = hostile,
        .description = "",
        .organiser = "a\"b\r\nX:y",
        .organiser_mail = "org@voorbeeld.example",
        .attendee = hostile,
        .attendee_mail = "anna@school.example"};
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    bw_ics_write(&entry, out);
    assert_int_equal(fclose(out), 0);
    assert_null(strstr(text, "\nBcc"));
    assert_null(strstr(text, "\nX:y"));
    assert_null(strstr(text, "\nSUMMARY:x"));
    for (const char *line = text, *end; (end = strstr(line, "\r\n")) != NULL;
         line = end + 2) {
        assert_true(end - line <= 75);
        assert_false(((unsigned char)line[0] & 0xc0) == 0x80 || line[0] == '\n');
    }
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_wrote_never_ends_a_header),
        cmocka_unit_test(lines_are_short_and_none_begins_with_a_dot),
        cmocka_unit_test(a_calendar_entry_keeps_what_people_wrote_in_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
