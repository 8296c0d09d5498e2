/* The desk's server by real sockets: what every answer says to a browser, what is too
 * slow, too long or too many, and news for who watches. The clock is the test's. */
#include "tests/sync/testing.h"
#include "tests/sync/web/server_help.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
says_all(const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(answer, words[i]) == NULL) {
            fail_msg("no \"%s\" in: %.1200s", words[i], answer);
        }
    }
}

/* WS4 */
static void
every_answer_tells_the_browser_what_it_may_do(void **state)
{
    static const char *const words[] = {"HTTP/1.1 200", "default-src 'none'",
        "frame-ancestors 'none'", "nosniff", "Referrer-Policy: same-origin",
        "Cache-Control: no-store", "Cross-Origin-Resource-Policy: same-origin",
        "X-Frame-Options: DENY"};
    (void)state;
    int to = ask("GET", "/", "");
    assert_true(receive(to, "</html>"));
    says_all(words, sizeof words / sizeof words[0]);
    assert_null(strstr(answer, "unsafe-inline"));
    (void)close(to);
    to = ask("GET", "/desk.css", "");
    assert_true(receive(to, "font-face"));
    assert_non_null(strstr(answer, "text/css"));
    (void)close(to);
}

static void
whoever_only_asks_for_the_head_uses_up_no_link(void **state)
{
    char target[BW_WEB_KEY_BYTES + 32];
    (void)state;
    bw_web_guard_link(&desk.desk.guard, bw_web_server_port(server));
    (void)snprintf(target, sizeof target, "/binnen?sleutel=%s", desk.desk.guard.link);
    int to = ask("HEAD", target, "");
    assert_true(receive(to, "\r\n\r\n"));
    assert_non_null(strstr(answer, "HTTP/1.1 405"));
    assert_string_not_equal(desk.desk.guard.link, "");
    (void)close(to);
}

static void
no_page_holds_a_script_or_a_style_of_its_own(void **state)
{
    (void)state;
    int to = ask("GET", "/kring/S-1", "");
    assert_true(receive(to, "</html>"));
    assert_null(strstr(answer, "<style"));
    assert_null(strstr(answer, " style="));
    assert_null(strstr(answer, " onclick="));
    assert_null(strstr(
        strstr(answer, "<script src=\"/desk.js\" defer></script>") + 8, "<script"));
    (void)close(to);
}

static void
another_host_is_refused_whatever_the_cookie(void **state)
{
    char head[512];
    (void)state;
    int to = connect_to_it();
    int bytes = snprintf(head, sizeof head,
        "GET / HTTP/1.1\r\nHost: evil.example\r\nCookie: %s\r\n\r\n", desk.cookie);
    send_all(to, head, (size_t)bytes);
    assert_true(receive(to, "</html>"));
    assert_non_null(strstr(answer, "HTTP/1.1 421"));
    assert_null(strstr(answer, "Zwolle"));
    (void)close(to);
}

/* WS2 */
static void
a_request_that_takes_half_a_minute_is_shut(void **state)
{
    (void)state;
    int to = connect_to_it();
    send_all(to, "GET / HTTP/1.1\r\n", 16);
    for (int i = 0; i < 40; i++) { /* busily: a letter a second */
        desk.mono_ms += 1000;
        send_all(to, "X", 1);
        turn(2);
    }
    assert_false(receive(to, "HTTP/1.1 200"));
    (void)close(to);
}

/* WS3 */
static void
a_huge_form_is_refused_before_it_is_read(void **state)
{
    (void)state;
    int to = ask("POST", "/taal",
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 999999999\r\n"
        "Expect: 100-continue\r\n");
    assert_false(receive(to, "HTTP/1.1 200"));
    assert_non_null(strstr(answer, "HTTP/1.1 413"));
    (void)close(to);
}

static void
a_huge_form_of_an_untold_length_is_cut(void **state)
{
    (void)state;
    int to = ask("POST", "/taal",
        "Content-Type: application/x-www-form-urlencoded\r\n"
        "Transfer-Encoding: chunked\r\n");
    char piece[4096 + 16];
    int bytes = snprintf(piece, sizeof piece, "1000\r\n%04096d\r\n", 0);
    for (int i = 0; i < 20; i++) {
        send_all(to, piece, (size_t)bytes);
    }
    assert_false(receive(to, "HTTP/1.1 200"));
    (void)close(to);
}

static void
headers_without_end_are_refused(void **state)
{
    char line[1024];
    (void)state;
    int to = connect_to_it();
    send_all(to, "GET / HTTP/1.1\r\n", 16);
    int bytes = snprintf(line, sizeof line, "X-Long: %0900d\r\n", 0);
    for (int i = 0; i < 100; i++) {
        send_all(to, line, (size_t)bytes);
    }
    assert_false(receive(to, "HTTP/1.1 200"));
    (void)close(to);
}

static void
connections_are_limited_and_the_desk_answers_after_them(void **state)
{
    int many[BW_WEB_CONNECTIONS_MAX + 20];
    (void)state;
    for (size_t i = 0; i < sizeof many / sizeof many[0]; i++) {
        many[i] = connect_to_it();
    }
    turn(200);
    for (size_t i = 0; i < sizeof many / sizeof many[0]; i++) {
        (void)close(many[i]);
    }
    turn(200);
    int to = ask("GET", "/toetsen", "");
    assert_true(receive(to, "</html>"));
    (void)close(to);
}

static void
who_watches_live_is_told_of_news_until_the_session_ends(void **state)
{
    bool news = false;
    struct bw_error err;
    (void)state;
    assert_int_equal(bw_web_desk_look(&desk.desk, &news, &err), BW_OK);
    int to = ask("GET", "/stroom", "");
    assert_true(receive(to, "retry: 5000"));
    assert_non_null(strstr(answer, "text/event-stream"));
    assert_int_equal(bw_web_server_streams(server), 1);
    assert_int_equal(bw_web_desk_look(&desk.desk, &news, &err), BW_OK);
    assert_false(news);
    desk.wall_ms += INT64_C(8) * 24 * 60 * 60 * 1000; /* the circle's day */
    assert_int_equal(bw_web_desk_look(&desk.desk, &news, &err), BW_OK);
    assert_true(news);
    bw_web_server_news(server);
    assert_true(receive(to, "event: nieuws"));
    desk.mono_ms += BW_WEB_REST_MS;
    assert_true(receive(to, "0\r\n\r\n")); /* the last piece of it */
    turn(20);
    assert_int_equal(bw_web_server_streams(server), 0);
    (void)close(to);
}

static void
only_so_many_watch_at_once(void **state)
{
    int to[BW_WEB_STREAMS_MAX + 1];
    (void)state;
    for (int i = 0; i < BW_WEB_STREAMS_MAX; i++) {
        to[i] = ask("GET", "/stroom", "");
        assert_true(receive(to[i], "retry"));
    }
    to[BW_WEB_STREAMS_MAX] = ask("GET", "/stroom", "");
    assert_true(receive(to[BW_WEB_STREAMS_MAX], "HTTP/1.1 503"));
    for (int i = 0; i <= BW_WEB_STREAMS_MAX; i++) {
        (void)close(to[i]);
    }
}

/* WS1 */
static void
it_listens_on_loopback_alone(void **state)
{
    struct bw_web_server *other = NULL;
    struct bw_error err;
    (void)state;
    assert_int_equal(
        bw_web_server_start(&desk.desk, "0.0.0.0", 0, &other, &err), BW_BAD_INPUT);
    assert_int_equal(
        bw_web_server_start(&desk.desk, "192.168.1.5", 0, &other, &err), BW_BAD_INPUT);
    assert_int_equal(bw_web_server_start(&desk.desk, "127.0.0.1",
                         bw_web_server_port(server), &other, &err),
        BW_BUSY);
}

#define ON_SERVER(test) cmocka_unit_test_setup_teardown(test, open_server, close_server)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SERVER(every_answer_tells_the_browser_what_it_may_do),
        ON_SERVER(whoever_only_asks_for_the_head_uses_up_no_link),
        ON_SERVER(no_page_holds_a_script_or_a_style_of_its_own),
        ON_SERVER(another_host_is_refused_whatever_the_cookie),
        ON_SERVER(a_request_that_takes_half_a_minute_is_shut),
        ON_SERVER(a_huge_form_is_refused_before_it_is_read),
        ON_SERVER(a_huge_form_of_an_untold_length_is_cut),
        ON_SERVER(headers_without_end_are_refused),
        ON_SERVER(connections_are_limited_and_the_desk_answers_after_them),
        ON_SERVER(who_watches_live_is_told_of_news_until_the_session_ends),
        ON_SERVER(only_so_many_watch_at_once),
        ON_SERVER(it_listens_on_loopback_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
