/* What somebody might try on the desk by a socket, and is refused: twenty ways, beside
 * those that guard_test (guessed keys, cookies, tokens), server_test (slow, endless,
 * many), proxy_test (guessed passwords, names) and errand_test (files, options) try. */
#include "tests/sync/testing.h"
#include "tests/sync/web/server_help.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A whole request, with PORT in it for the port and COOKIE for the session's; what its
 * answer begins with. */
struct attack {
    const char *what, *request, *status;
};

static const struct attack attacks[] = {
    {"a name that DNS was bent to point here",
        "GET / HTTP/1.1\r\nHost: evil.example:PORT\r\nCookie: COOKIE\r\n\r\n", "421"},
    {"no name at all", "GET / HTTP/1.0\r\nCookie: COOKIE\r\n\r\n", "421"},
    {"an address with another host in it",
        "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: "
        "COOKIE\r\n\r\n",
        "400"},
    {"a way out of the desk's folder",
        "GET /fonts/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: "
        "127.0.0.1:PORT\r\nCookie: COOKIE\r\n\r\n",
        "400"},
    {"the same, written twice",
        "GET /%252e%252e/etc/passwd HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: "
        "COOKIE\r\n\r\n",
        "404"},
    {"a NUL in an address",
        "GET /kring/a%00.html HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: "
        "COOKIE\r\n\r\n",
        "400"},
    {"a cookie that was made up",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: brugwachter="
        "0000000000000000000000000000000000000000000000000000000000000000\r\n\r\n",
        "403"},
    {"a second cookie that another page of this host set",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: COOKIE; brugwachter="
        "0000000000000000000000000000000000000000000000000000000000000000\r\n\r\n",
        "403"},
    {"a form of another site",
        "POST /taal HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: "
        "http://evil.example\r\nCookie: COOKIE\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\ntaal=en",
        "403"},
    {"a form without an origin",
        "POST /taal HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: COOKIE\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\ntaal=en",
        "403"},
    {"a form whose origin is nobody",
        "POST /taal HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: null\r\nCookie: "
        "COOKIE\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        "7\r\n\r\ntaal=en",
        "403"},
    {"a form without the session's token",
        "POST /taal HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: "
        "http://127.0.0.1:PORT\r\nCookie: COOKIE\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\ntaal=en",
        "403"},
    {"a form that says it is text, which needs no leave to be sent across",
        "POST /taal HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: "
        "http://127.0.0.1:PORT\r\nCookie: COOKIE\r\nContent-Type: "
        "text/plain\r\nContent-Length: 7\r\n\r\ntaal=en",
        "400"},
    {"a change by GET",
        "GET /terug?stap=1 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: "
        "COOKIE\r\n\r\n",
        "405"},
    {"a method that echoes",
        "TRACE / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: COOKIE\r\n\r\n", "405"},
    {"a method that puts",
        "PUT /inlezen HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: "
        "COOKIE\r\nContent-Length: 0\r\n\r\n",
        "405"},
    {"a form of 65 KiB",
        "POST /taal HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: COOKIE\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nContent-Length: 66560\r\n\r\n",
        "413"},
    {"files of 2 GB",
        "POST /inlezen HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: "
        "http://127.0.0.1:PORT\r\nCookie: COOKIE\r\nContent-Type: "
        "multipart/form-data; boundary=B\r\nContent-Length: 2147483648\r\n\r\n",
        "413"},
    {"files of somebody who isn't in",
        "POST /inlezen HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: "
        "http://127.0.0.1:PORT\r\nContent-Type: multipart/form-data; "
        "boundary=B\r\nContent-Length: 70000\r\n\r\n",
        "413"},
    {"a file that the desk made, by a guessed name",
        "GET /stukken/00000000000000000000000000000000/alles HTTP/1.1\r\nHost: "
        "127.0.0.1:PORT\r\nCookie: COOKIE\r\n\r\n",
        "404"},
    {"a key to the desk that was made up",
        "GET /binnen?sleutel="
        "0000000000000000000000000000000000000000000000000000000000000000 "
        "HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        "403"},
};

/* The request with port, cookie and token in their places; the caller frees. */
static char *
filled(const char *request)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *to = open_memstream(&text, &bytes);
    assert_non_null(to);
    while (*request != '\0') {
        if (strncmp(request, "PORT", 4) == 0) {
            (void)fprintf(to, "%d", bw_web_server_port(server));
            request += 4;
        } else if (strncmp(request, "COOKIE", 6) == 0) {
            (void)fputs(desk.cookie, to);
            request += 6;
        } else if (strncmp(request, "TOKEN", 5) == 0) {
            (void)fputs(desk.token, to);
            request += 5;
        } else {
            (void)fputc(*request++, to);
        }
    }
    assert_int_equal(fclose(to), 0);
    return text;
}

static void
each_attack_is_refused_and_the_desk_goes_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
        char *request = filled(attacks[i].request);
        int to = connect_to_it();
        send_all(to, request, strlen(request));
        (void)receive(to, "\r\n\r\n");
        const char *status = strchr(answer, ' '); /* behind the version */
        if (status == NULL || strncmp(status + 1, attacks[i].status, 3) != 0) {
            fail_msg("%s: %.200s", attacks[i].what, answer);
        }
        if (strstr(answer, "Set-Cookie") != NULL) {
            fail_msg("%s: it was given a cookie", attacks[i].what);
        }
        (void)close(to);
        free(request);
    }
    int to = ask("GET", "/", "");
    assert_true(receive(to, "</html>"));
    assert_non_null(strstr(answer, "200"));
    (void)close(to);
}

/* Everything that the desk takes a form at. */
static const char *const forms[] = {"/kring/S-1", "/kring/S-1/staat", "/inlezen",
    "/inlezen/00000000000000000000000000000000", "/mens/K7QM-2XRD",
    "/mens/K7QM-2XRD/verplaats", "/mens/K7QM-2XRD/collega", "/uitzoeken",
    "/uitzoeken?blad=2", "/stukken", "/stukken/00000000000000000000000000000000",
    "/zuilen", "/zuilen/lees", "/mail", "/instellingen", "/terug", "/taal", "/uit"};

/* What every one of them refuses: with PORT, COOKIE and TOKEN in their places. */
static const struct {
    const char *what, *head, *body, *status;
} forgeries[] = {
    {"of another site", "Origin: http://evil.example\r\nCookie: COOKIE\r\n",
        "teken=TOKEN", "403"},
    {"of no origin", "Cookie: COOKIE\r\n", "teken=TOKEN", "403"},
    {"without the token", "Origin: http://127.0.0.1:PORT\r\nCookie: COOKIE\r\n",
        "doe=afmelden", "403"},
    {"with a token that was made up",
        "Origin: http://127.0.0.1:PORT\r\nCookie: COOKIE\r\n",
        "teken=0000000000000000000000000000000000000000000000000000000000000000", "403"},
    {"of nobody's session", "Origin: http://127.0.0.1:PORT\r\n", "teken=TOKEN", "403"},
};

static void
every_form_refuses_what_its_page_did_not_send(void **state)
{
    char request[1024];
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        for (size_t k = 0; k < sizeof forgeries / sizeof forgeries[0]; k++) {
            char *body = filled(forgeries[k].body);
            (void)snprintf(request, sizeof request,
                "POST %s HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n%sContent-Type: "
                "application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
                forms[i], forgeries[k].head, strlen(body), body);
            char *whole = filled(request);
            int to = connect_to_it();
            send_all(to, whole, strlen(whole));
            (void)receive(to, "\r\n\r\n");
            const char *status = strchr(answer, ' ');
            if (status == NULL || strncmp(status + 1, forgeries[k].status, 3) != 0) {
                fail_msg("%s, %s: %.200s", forms[i], forgeries[k].what, answer);
            }
            (void)close(to);
            free(whole);
            free(body);
        }
    }
}

/* One request is never two, whatever two lengths say of it. */
static void
a_request_with_two_lengths_is_one_or_none(void **state)
{
    (void)state;
    int to = ask("POST", "/taal",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / "
        "HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    (void)receive(to, "\r\n\r\n");
    assert_null(strstr(answer, "HTTP/1.1 200"));
    (void)close(to);
}

/* WS3: a browser that still sends would show that the connection broke. */
static void
files_that_are_too_large_are_answered_with_a_page(void **state)
{
    enum { MB = 1024 * 1024, MANY = 60 };
    static const char request[] =
        "POST /inlezen HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: "
        "http://127.0.0.1:PORT\r\nCookie: COOKIE\r\nContent-Type: "
        "multipart/form-data; boundary=B\r\nContent-Length: 62914560\r\n\r\n";
    char *whole = filled(request), *piece = calloc(1, MB);
    (void)state;
    assert_non_null(piece);
    int to = connect_to_it();
    send_all(to, whole, strlen(whole));
    for (size_t bytes = 0; bytes < (size_t)MANY * MB;) {
        size_t more = (size_t)MANY * MB - bytes;
        ssize_t sent =
            send(to, piece, more < MB ? more : MB, MSG_NOSIGNAL | MSG_DONTWAIT);
        assert_true(sent > 0 || errno == EAGAIN);
        bytes += sent > 0 ? (size_t)sent : 0;
        turn(1);
    }
    assert_true(receive(to, "</html>"));
    assert_non_null(strstr(answer, "HTTP/1.1 413"));
    assert_non_null(strstr(answer, "Samen mogen de bestanden 50 MB zijn."));
    (void)close(to);
    free(piece);
    free(whole);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_attack_is_refused_and_the_desk_goes_on, open_server, close_server),
        cmocka_unit_test_setup_teardown(
            every_form_refuses_what_its_page_did_not_send, open_server, close_server),
        cmocka_unit_test_setup_teardown(
            a_request_with_two_lengths_is_one_or_none, open_server, close_server),
        cmocka_unit_test_setup_teardown(
            files_that_are_too_large_are_answered_with_a_page, open_server, close_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
