/* The desk behind a reverse proxy: its own password, its name there, and what it refuses
 * then. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include "web/server.h"

#include <string.h>
#include <sys/stat.h>

#define NAME "desk.school.example"
#define ORIGIN "https://" NAME
#define PASSWORD "twaalf tekens lang"
#define RIGHT "naam=Anouk&wachtwoord=twaalf+tekens+lang"

static const char *
password_file(const char *text, mode_t mode)
{
    const char *path = office_write(&office, "password", text);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

static int
open_desk(void **state)
{
    if (open_office(state) != 0) {
        return -1;
    }
    desk_open_behind(&desk, &office, ORIGIN, password_file(PASSWORD "\n", 0600));
    return 0;
}

static int
get(const char *target, const char *host)
{
    const struct bw_web_asked asked = {.method = BW_WEB_GET,
        .target = target,
        .host = host,
        .cookie = desk.cookie,
        .body = ""};
    return desk_ask(&desk, &asked);
}

static int
try_password(const char *body, const char *origin)
{
    const struct bw_web_asked asked = {.method = BW_WEB_POST,
        .target = "/binnen",
        .host = NAME,
        .origin = origin,
        .content_type = "application/x-www-form-urlencoded",
        .body = body,
        .body_bytes = strlen(body)};
    return desk_ask(&desk, &asked);
}

/* WG5 */
static void
the_password_alone_opens_it_and_its_cookie_is_secure(void **state)
{
    (void)state;
    assert_int_equal(get("/", NAME), 303);
    assert_string_equal(desk.reply.location, "/binnen");
    assert_int_equal(get("/binnen", NAME), 200);
    shows("type=\"password\"");
    assert_int_equal(get("/binnen?sleutel=", NAME), 200);
    assert_string_equal(desk.reply.cookie, "");
    assert_int_equal(try_password(RIGHT, ORIGIN), 200);
    assert_non_null(strstr(desk.reply.cookie, "; Secure"));
    assert_non_null(strstr(desk.reply.cookie, "; HttpOnly; SameSite=Strict"));
    (void)snprintf(desk.cookie, sizeof desk.cookie, "%.*s",
        (int)strcspn(desk.reply.cookie, ";"), desk.reply.cookie);
    assert_int_equal(get("/", NAME), 200);
}

/* The history is to tell them apart, whose password is the same. */
static void
who_comes_in_says_who_they_are_and_the_history_tells(void **state)
{
    (void)state;
    assert_int_equal(try_password("wachtwoord=twaalf+tekens+lang", ORIGIN), 403);
    shows("Zeg wie je bent");
    assert_string_equal(desk.reply.cookie, "");
    assert_int_equal(
        try_password("naam=An%1Bouk&wachtwoord=twaalf+tekens+lang", ORIGIN), 400);
    assert_int_equal(try_password("naam=Anouk&wachtwoord=nee", ORIGIN), 403);
    shows("value=\"Anouk\"");
    assert_int_equal(try_password(RIGHT, ORIGIN), 200);
    (void)snprintf(desk.cookie, sizeof desk.cookie, "%.*s",
        (int)strcspn(desk.reply.cookie, ";"), desk.reply.cookie);
    assert_int_equal(get("/instellingen", NAME), 200);
    (void)snprintf(desk.token, sizeof desk.token, "%s", desk_field(&desk, "teken"));
    const struct bw_web_asked asked = {.method = BW_WEB_POST,
        .target = "/instellingen",
        .host = NAME,
        .origin = ORIGIN,
        .cookie = desk.cookie,
        .content_type = "application/x-www-form-urlencoded"};
    char body[200];
    struct bw_web_asked kept = asked;
    (void)snprintf(body, sizeof body, "teken=%s&groep=verslag&scholen=1200&beeld=%s",
        desk.token, desk_seen(&desk, "verslag"));
    kept.body = body;
    kept.body_bytes = strlen(body);
    assert_int_equal(desk_ask(&desk, &kept), 303);
    assert_int_equal(get("/geschiedenis", NAME), 200);
    shows("<small>Anouk, ");
}

static void
another_name_or_origin_is_refused(void **state)
{
    static const char *const names[] = {"127.0.0.1:8190", "localhost:8190",
        "evil.example", NAME ":443", NAME ".evil.example", "", NULL};
    static const char *const origins[] = {
        "http://" NAME, "https://evil.example", "null", ORIGIN ".evil.example", NULL};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_int_equal(get("/binnen", names[i]), 421);
    }
    for (size_t i = 0; i < sizeof origins / sizeof origins[0]; i++) {
        assert_int_equal(try_password(RIGHT, origins[i]), 403);
        assert_string_equal(desk.reply.cookie, "");
    }
}

/* WP1 */
static void
guesses_are_few_and_a_right_one_waits_too(void **state)
{
    (void)state;
    for (int i = 0; i < BW_WEB_PASSWORD_WRONG_MAX; i++) {
        assert_int_equal(try_password("naam=Anouk&wachtwoord=nee", ORIGIN), 403);
    }
    assert_int_equal(try_password(RIGHT, ORIGIN), 403);
    shows("Wacht een minuut");
    desk.mono_ms += BW_WEB_PASSWORD_REST_MS;
    assert_int_equal(try_password(RIGHT, ORIGIN), 200);
}

static void
a_password_that_others_may_read_or_that_is_short_opens_no_desk(void **state)
{
    struct bw_web_password password = {.wrong = 0};
    struct bw_error err;
    (void)state;
    assert_int_equal(
        bw_web_password_read(password_file(PASSWORD, 0640), &password, &err), BW_REFUSED);
    assert_int_equal(bw_web_password_read(password_file("kort\nen meer dan twaalf", 0600),
                         &password, &err),
        BW_BAD_INPUT);
    assert_int_equal(bw_web_password_read(office_path(&office, "none"), &password, &err),
        BW_NOT_FOUND);
    assert_false(bw_web_password_is_set(&password));
    assert_int_equal(bw_web_password_try(&password, "", 0), BW_WEB_PASSWORD_LATER);
}

static void
a_base_address_is_https_and_a_name_alone(void **state)
{
    static const char *const wrong[] = {"", "desk.school.example", "http://a.example",
        "https://", "https://a.example/desk", "https://a.example?x", "https://A.example",
        "https://a b", "https://a\r\nx", "https://user@a.example"};
    struct bw_web_guard guard = {.port = 1};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(bw_web_guard_base(&guard, wrong[i], NULL), BW_BAD_INPUT);
    }
    assert_int_equal(bw_web_guard_base(&guard, "https://a.example:8443/", NULL), BW_OK);
    assert_true(bw_web_guard_host(&guard, "a.example:8443"));
    assert_false(bw_web_guard_host(&guard, "127.0.0.1:1"));
}

/* WS1 */
static void
beyond_this_machine_it_listens_with_a_password_alone(void **state)
{
    struct bw_web_server *server = NULL;
    (void)state;
    assert_int_equal(bw_web_server_start(&desk.desk, "0.0.0.0", 0, &server, NULL), BW_OK);
    bw_web_server_stop(server);
    desk.desk.guard.password.hash[0] = '\0';
    assert_int_equal(
        bw_web_server_start(&desk.desk, "0.0.0.0", 0, &server, NULL), BW_BAD_INPUT);
    assert_int_equal(
        bw_web_server_start(&desk.desk, "nowhere", 0, &server, NULL), BW_BAD_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(the_password_alone_opens_it_and_its_cookie_is_secure),
        ON_DESK(who_comes_in_says_who_they_are_and_the_history_tells),
        ON_DESK(another_name_or_origin_is_refused),
        ON_DESK(guesses_are_few_and_a_right_one_waits_too),
        ON_DESK(a_password_that_others_may_read_or_that_is_short_opens_no_desk),
        ON_DESK(a_base_address_is_https_and_a_name_alone),
        ON_DESK(beyond_this_machine_it_listens_with_a_password_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
