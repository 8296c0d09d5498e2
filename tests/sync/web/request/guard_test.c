/* Who is let in: links, sessions, hosts, origins and tokens. */
#include "tests/sync/testing.h"

#include "web/request/guard.h"

#include <brugwachter/core.h>
#include <stdio.h>
#include <string.h>

enum { PORT = 8190 };

static struct bw_web_guard guard;

static int
begin(void **state)
{
    struct bw_error err;
    (void)state;
    guard = (struct bw_web_guard){.port = 0};
    bw_web_guard_link(&guard, PORT);
    return bw_core_init(&err) == BW_OK ? 0 : -1;
}

static const char *
cookie_of(const struct bw_web_session *session)
{
    static char header[BW_WEB_KEY_BYTES + 32];
    (void)snprintf(header, sizeof header, BW_WEB_COOKIE "=%s", session->cookie);
    return header;
}

static struct bw_web_session *
enter_at(int64_t mono_ms)
{
    char key[BW_WEB_KEY_BYTES];
    bw_web_guard_link(&guard, PORT);
    memcpy(key, guard.link, sizeof key);
    return bw_web_guard_enter(&guard, key, mono_ms);
}

/* WG1 */
static void
a_link_works_once(void **state)
{
    char key[BW_WEB_KEY_BYTES];
    (void)state;
    memcpy(key, guard.link, sizeof key);
    assert_non_null(bw_web_guard_enter(&guard, key, 0));
    assert_null(bw_web_guard_enter(&guard, key, 0));
    assert_null(bw_web_guard_enter(&guard, "", 0));
}

static void
whoever_guesses_ten_times_makes_the_link_void(void **state)
{
    char key[BW_WEB_KEY_BYTES];
    (void)state;
    memcpy(key, guard.link, sizeof key);
    for (int i = 0; i < BW_WEB_WRONG_KEYS_MAX; i++) {
        char wrong[BW_WEB_KEY_BYTES];
        (void)snprintf(wrong, sizeof wrong, "%064d", i);
        assert_null(bw_web_guard_enter(&guard, wrong, 0));
    }
    assert_null(bw_web_guard_enter(&guard, key, 0));
    assert_string_equal(guard.link, "");
}

static void
keys_are_long_and_no_two_are_alike(void **state)
{
    char first[BW_WEB_KEY_BYTES];
    (void)state;
    memcpy(first, guard.link, sizeof first);
    bw_web_guard_link(&guard, PORT);
    assert_int_equal(strlen(guard.link), BW_WEB_KEY_BYTES - 1);
    assert_string_not_equal(first, guard.link);
    struct bw_web_session *session = enter_at(0);
    assert_string_not_equal(session->cookie, session->token);
}

/* WG2 */
static void
a_session_ends_after_half_an_hour_of_rest(void **state)
{
    struct bw_web_session *session = enter_at(0);
    const char *cookie = cookie_of(session);
    (void)state;
    assert_ptr_equal(
        bw_web_guard_session(&guard, cookie, true, BW_WEB_REST_MS - 1), session);
    assert_non_null(
        bw_web_guard_session(&guard, cookie, true, 2 * (int64_t)BW_WEB_REST_MS - 2));
    assert_null(bw_web_guard_session(&guard, cookie, true, 3 * (int64_t)BW_WEB_REST_MS));
    assert_int_equal(bw_web_guard_count(&guard, 0), 0);
}

static void
a_page_that_looks_by_itself_keeps_nobody_in(void **state)
{
    struct bw_web_session *session = enter_at(0);
    (void)state;
    assert_non_null(
        bw_web_guard_session(&guard, cookie_of(session), false, BW_WEB_REST_MS - 1));
    assert_null(bw_web_guard_session(&guard, cookie_of(session), false, BW_WEB_REST_MS));
}

/* WG6 */
static void
a_page_that_goes_on_looking_goes_on_and_may_do_nothing_else(void **state)
{
    struct bw_web_session *session = enter_at(0);
    char cookie[BW_WEB_KEY_BYTES + 32], token[BW_WEB_KEY_BYTES];
    (void)state;
    (void)snprintf(cookie, sizeof cookie, "%s", cookie_of(session));
    memcpy(token, session->token, sizeof token);
    (void)strcpy(session->said.text, "Hanna de Vries is afgemeld.");
    int64_t now_ms = 0;
    for (; now_ms < 3 * (int64_t)BW_WEB_REST_MS; now_ms += BW_WEB_WATCH_MS - 1) {
        assert_ptr_equal(bw_web_guard_watch(&guard, cookie, now_ms), session);
    }
    assert_null(bw_web_guard_session(&guard, cookie, true, now_ms - 1));
    assert_int_equal(bw_web_guard_count(&guard, now_ms - 1), 0);
    assert_false(bw_web_guard_token(session, token));
    assert_false(bw_web_guard_token(session, ""));
    assert_string_equal(session->said.text, "");
    assert_non_null(bw_web_guard_watch(&guard, cookie, now_ms));
    assert_null(bw_web_guard_watch(&guard, cookie, now_ms + BW_WEB_WATCH_MS));
    assert_false(session->open);
}

static void
one_session_too_many_ends_the_one_that_rested_longest(void **state)
{
    char first[BW_WEB_KEY_BYTES + 32];
    (void)state;
    (void)snprintf(first, sizeof first, "%s", cookie_of(enter_at(1)));
    for (int i = 1; i < BW_WEB_SESSIONS_MAX; i++) {
        assert_non_null(enter_at(1 + i));
    }
    assert_non_null(bw_web_guard_session(&guard, first, false, 100));
    assert_non_null(enter_at(100));
    assert_null(bw_web_guard_session(&guard, first, false, 100));
    assert_int_equal(bw_web_guard_count(&guard, 100), BW_WEB_SESSIONS_MAX);
}

/* WG3 */
static void
a_name_that_somebody_elses_dns_points_here_is_not_ours(void **state)
{
    static const char *const wrong[] = {"evil.example", "evil.example:8190", "127.0.0.1",
        "127.0.0.1:8191", "127.0.0.1:8190.evil.example", "0.0.0.0:8190", "localhost",
        "[::1]", "127.0.0.1:81900", " 127.0.0.1:8190", ""};
    (void)state;
    assert_true(bw_web_guard_host(&guard, "127.0.0.1:8190"));
    assert_true(bw_web_guard_host(&guard, "localhost:8190"));
    assert_true(bw_web_guard_host(&guard, "[::1]:8190"));
    assert_false(bw_web_guard_host(&guard, NULL));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(bw_web_guard_host(&guard, wrong[i]));
    }
}

/* WG4 */
static void
only_a_form_of_the_desk_itself_changes_something(void **state)
{
    struct bw_web_session *session = enter_at(0);
    (void)state;
    assert_true(bw_web_guard_origin(&guard, "http://127.0.0.1:8190"));
    assert_false(bw_web_guard_origin(&guard, NULL));
    assert_false(bw_web_guard_origin(&guard, "null"));
    assert_false(bw_web_guard_origin(&guard, "https://127.0.0.1:8190"));
    assert_false(bw_web_guard_origin(&guard, "http://127.0.0.1:8190.evil.example"));
    assert_false(bw_web_guard_origin(&guard, "http://127.0.0.1:1"));
    assert_true(bw_web_guard_token(session, session->token));
    assert_false(bw_web_guard_token(session, session->cookie));
    assert_false(bw_web_guard_token(session, ""));
    assert_false(bw_web_guard_token(NULL, session->token));
    struct bw_web_session *other = enter_at(0);
    assert_false(bw_web_guard_token(other, session->token));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_link_works_once, begin),
        cmocka_unit_test_setup(whoever_guesses_ten_times_makes_the_link_void, begin),
        cmocka_unit_test_setup(keys_are_long_and_no_two_are_alike, begin),
        cmocka_unit_test_setup(a_session_ends_after_half_an_hour_of_rest, begin),
        cmocka_unit_test_setup(a_page_that_looks_by_itself_keeps_nobody_in, begin),
        cmocka_unit_test_setup(
            a_page_that_goes_on_looking_goes_on_and_may_do_nothing_else, begin),
        cmocka_unit_test_setup(
            one_session_too_many_ends_the_one_that_rested_longest, begin),
        cmocka_unit_test_setup(
            a_name_that_somebody_elses_dns_points_here_is_not_ours, begin),
        cmocka_unit_test_setup(only_a_form_of_the_desk_itself_changes_something, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
