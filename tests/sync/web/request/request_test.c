/* Requests: what an address or a form may hold, and what makes it none. */
#include "tests/sync/testing.h"

#include "web/request/request.h"

#include <stdlib.h>
#include <string.h>

static struct bw_web_request request;

static int
forget(void **state)
{
    (void)state;
    bw_web_request_finish(&request);
    return 0;
}

static enum bw_status
target(const char *text)
{
    struct bw_error err;
    bw_web_request_finish(&request);
    return bw_web_request_target(&request, text, &err);
}

static void
an_address_is_segments_and_fields(void **state)
{
    (void)state;
    assert_int_equal(target("/kring/GRO-1?zoek=anna+de%20boer&leeg=&zoek=b"), BW_OK);
    assert_int_equal(request.segments_count, 2);
    assert_string_equal(request.segments[0], "kring");
    assert_string_equal(request.segments[1], "GRO-1");
    assert_string_equal(request.segments[2], "");
    assert_string_equal(bw_web_request_asked(&request, "zoek"), "anna de boer");
    assert_string_equal(bw_web_request_asked(&request, "leeg"), "");
    assert_string_equal(bw_web_request_asked(&request, "niets"), "");
    assert_string_equal(bw_web_request_sent(&request, "zoek"), "");
    assert_int_equal(target("/"), BW_OK);
    assert_int_equal(request.segments_count, 0);
}

/* WQ2 */
static void
a_way_out_of_the_address_is_refused_however_it_is_written(void **state)
{
    static const char *const wrong[] = {"", "kring", "/../etc/passwd",
        "/%2e%2e/etc/passwd", "/kring/..%2f..%2fetc", "/kring/..", "//evil.example/",
        "/./x", "/kring/%2e", "/a%5c..%5cb", "/kring/%00", "/kring/%zz", "/kring/%2",
        "/a/b/c/d/e", "/kring/%ff", "/kring/%e2%80%ae", "http://evil.example/"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (target(wrong[i]) != BW_BAD_INPUT) {
            fail_msg("taken: %s", wrong[i]);
        }
    }
}

static void
a_field_holds_a_text_without_control_characters(void **state)
{
    (void)state;
    assert_int_equal(target("/?q=a%0d%0aSet-Cookie:%20x"), BW_OK);
    assert_string_equal(bw_web_request_asked(&request, "q"), "a Set-Cookie: x");
    assert_int_equal(target("/?q=%1b[2J"), BW_BAD_INPUT);
    assert_int_equal(target("/?q=%c3%28"), BW_BAD_INPUT);
    assert_int_equal(target("/?q=%e2%80%aeabc"), BW_BAD_INPUT);
}

/* WQ1 */
static void
a_request_has_limits(void **state)
{
    struct bw_error err;
    char *text = calloc(1, BW_WEB_FORM_BYTES_MAX + 2);
    (void)state;
    assert_non_null(text);
    memset(text, 'a', BW_WEB_FORM_BYTES_MAX + 1);
    text[0] = '/';
    assert_int_equal(target(text), BW_FULL);
    assert_int_equal(
        bw_web_request_form(&request, text, BW_WEB_FORM_BYTES_MAX + 1, &err), BW_FULL);
    for (int i = 0; i < BW_WEB_FIELDS_MAX + 1; i++) {
        memcpy(text + (size_t)i * 4, "a=1&", 4);
    }
    assert_int_equal(target("/"), BW_OK);
    assert_int_equal(
        bw_web_request_form(&request, text, (size_t)(BW_WEB_FIELDS_MAX + 1) * 4, &err),
        BW_FULL);
    free(text);
}

static void
fields_of_the_form_and_of_the_address_are_never_mixed_up(void **state)
{
    static const char form[] = "teken=goed";
    struct bw_error err;
    (void)state;
    assert_int_equal(target("/kring/X?teken=fout"), BW_OK);
    assert_int_equal(bw_web_request_form(&request, form, sizeof form - 1, &err), BW_OK);
    assert_string_equal(bw_web_request_sent(&request, "teken"), "goed");
    assert_string_equal(bw_web_request_asked(&request, "teken"), "fout");
}

static void
a_cookie_is_taken_once_and_whole_or_not_at_all(void **state)
{
    char value[8];
    (void)state;
    assert_true(bw_web_request_cookie("a=1; brug=abc; c=2", "brug", value, sizeof value));
    assert_string_equal(value, "abc");
    assert_true(bw_web_request_cookie("brug=", "brug", value, sizeof value) == false ||
                value[0] == '\0');
    assert_false(bw_web_request_cookie(NULL, "brug", value, sizeof value));
    assert_false(bw_web_request_cookie("xbrug=abc", "brug", value, sizeof value));
    assert_false(bw_web_request_cookie("brug=a; brug=b", "brug", value, sizeof value));
    assert_false(bw_web_request_cookie("brug=12345678", "brug", value, sizeof value));
}

static void
a_text_area_is_one_text_and_has_its_lines(void **state)
{
    static char much[2 * 1100 + 60];
    static const char form[] = "a=een%0D%0A%0D%0A+twee+&b=drie";
    struct bw_error err;
    (void)state;
    assert_int_equal(target("/"), BW_OK);
    assert_int_equal(bw_web_request_form(&request, form, sizeof form - 1, &err), BW_OK);
    assert_string_equal(bw_web_request_sent(&request, "a"), "een twee");
    assert_string_equal(bw_web_request_lines(&request, "a"), "een\n\ntwee");
    assert_string_equal(bw_web_request_lines(&request, "b"), "drie");
    assert_string_equal(bw_web_request_lines(&request, "c"), "");
    memset(much, 'x', sizeof much - 1);
    memcpy(much, "d=", 2);
    much[1000] = '\n';
    much[1900] = '\n';
    assert_int_equal(bw_web_request_form(&request, much, sizeof much - 1, &err), BW_OK);
    assert_string_equal(bw_web_request_sent(&request, "d"), "");
    assert_int_equal(strlen(bw_web_request_lines(&request, "d")), sizeof much - 3);
    much[1000] = 'x';
    assert_int_equal(
        bw_web_request_form(&request, much, sizeof much - 1, &err), BW_BAD_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(an_address_is_segments_and_fields, forget),
        cmocka_unit_test_teardown(
            a_way_out_of_the_address_is_refused_however_it_is_written, forget),
        cmocka_unit_test_teardown(
            a_field_holds_a_text_without_control_characters, forget),
        cmocka_unit_test_teardown(a_text_area_is_one_text_and_has_its_lines, forget),
        cmocka_unit_test_teardown(a_request_has_limits, forget),
        cmocka_unit_test_teardown(
            fields_of_the_form_and_of_the_address_are_never_mixed_up, forget),
        cmocka_unit_test_teardown(a_cookie_is_taken_once_and_whole_or_not_at_all, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
