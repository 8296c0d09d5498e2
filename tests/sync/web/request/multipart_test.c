/* Forms with files: what is one, what its parts are, and what of them is believed. */
#include "tests/sync/testing.h"

#include "web/request/multipart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TYPE "multipart/form-data; boundary=B"
#define PART "Content-Disposition: form-data; name="

static struct bw_web_request request;
static struct bw_web_uploads uploads;

static enum bw_status
take(const char *type, const char *body)
{
    struct bw_error err;
    bw_web_request_finish(&request);
    uploads = (struct bw_web_uploads){.count = 0};
    return bw_web_multipart_read(&request, type, body, strlen(body), &uploads, &err);
}

static int
forget(void **state)
{
    (void)state;
    bw_web_request_finish(&request);
    return 0;
}

/* WM1 */
static void
fields_and_files_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(take(TYPE, "--B\r\n" PART "\"kring\"\r\n\r\nGRO+1%20\r\n--B\r\n" PART
                                "\"f\"; filename=\"a.csv\"\r\nContent-Type: x/y\r\n\r\n"
                                "een\r\ntwee\r\n--B--\r\n"),
        BW_OK);
    assert_string_equal(bw_web_request_sent(&request, "kring"), "GRO+1%20");
    assert_int_equal(uploads.count, 1);
    assert_string_equal(uploads.items[0].name, "a.csv");
    assert_int_equal(uploads.items[0].length, 9);
    assert_memory_equal(uploads.items[0].bytes, "een\r\ntwee", 9);
    assert_int_equal(take("Multipart/Form-Data; boundary=\"B\"",
                         "--B\r\n" PART "\"f\"; filename=\"\"\r\n\r\n\r\n--B--"),
        BW_OK);
    assert_int_equal(uploads.count, 0); /* no file was chosen */
}

/* WM2 */
static void
a_files_name_leads_nowhere(void **state)
{
    static const struct {
        const char *sent, *kept;
    } names[] = {{"../../etc/passwd", "passwd"}, {"C:\\\\x\\\\form.csv", "form.csv"},
        {"..", "bestand"}, {".profile", "bestand"}, {"/", "bestand"},
        {"a\x01.csv", "bestand"}, {"\xff.csv", "bestand"},
        {"\xe2\x80\xae.csv", "bestand"}, {"Zoë.csv", "Zoë.csv"}};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char body[300];
        (void)snprintf(body, sizeof body,
            "--B\r\n" PART "\"f\"; filename=\"%s\"\r\n\r\nx\r\n--B--", names[i].sent);
        assert_int_equal(take(TYPE, body), BW_OK);
        assert_string_equal(uploads.items[0].name, names[i].kept);
    }
}

static void
what_is_no_such_form_is_refused_whole(void **state)
{
    static const char *const wrong[] = {"", "--", "--B", "--B\r\n", "--B--x--B\r\n",
        "--C\r\n" PART "\"a\"\r\n\r\nb\r\n--C--", "--B\r\n" PART "\"a\"\r\n\r\nb",
        "--B\r\n" PART "\"a\"\r\n\r\nb\r\n--B", "--B\r\n" PART "\"a\r\n\r\nb\r\n--B--",
        "--B\r\n" PART "\"a\"\r\nb\r\n--B--", "--B\r\nX: y\r\n\r\nb\r\n--B--",
        "--B\r\n\r\n\r\nb\r\n--B--", "--B\r\n" PART "\"\"\r\n\r\nb\r\n--B--",
        "--B\r\n" PART "\"a\"\r\n\r\n\x01\r\n--B--"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (i != 4 && take(TYPE, wrong[i]) != BW_BAD_INPUT) {
            fail_msg("taken: %s", wrong[i]);
        }
    }
    assert_int_equal(take("multipart/form-data", "--B--"), BW_BAD_INPUT);
    assert_int_equal(take("multipart/form-data; boundary=", "--B--"), BW_BAD_INPUT);
    assert_int_equal(take("text/plain; boundary=B", "--B--"), BW_BAD_INPUT);
    assert_false(bw_web_multipart_is("multipart/form-datax"));
    assert_false(bw_web_multipart_is(NULL));
}

static void
more_files_than_there_may_be_are_refused(void **state)
{
    char *body = NULL;
    size_t bytes = 0;
    FILE *to = open_memstream(&body, &bytes);
    (void)state;
    assert_non_null(to);
    (void)fputs("--B", to);
    for (int i = 0; i <= BW_WEB_UPLOADS_MAX; i++) {
        (void)fputs("\r\n" PART "\"f\"; filename=\"a\"\r\n\r\nx\r\n--B", to);
    }
    (void)fputs("--", to);
    assert_int_equal(fclose(to), 0);
    assert_int_equal(take(TYPE, body), BW_FULL);
    free(body);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(fields_and_files_are_told_apart, forget),
        cmocka_unit_test_teardown(a_files_name_leads_nowhere, forget),
        cmocka_unit_test_teardown(what_is_no_such_form_is_refused_whole, forget),
        cmocka_unit_test_teardown(more_files_than_there_may_be_are_refused, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
