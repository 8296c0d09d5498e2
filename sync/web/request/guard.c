/* Links, sessions and what a request has to show: see guard.h. */
#include "web/request/guard.h"

#include "central/records.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static void
key_make(char ret_key[BW_WEB_KEY_BYTES])
{
    unsigned char bytes[(BW_WEB_KEY_BYTES - 1) / 2];
    randombytes_buf(bytes, sizeof bytes);
    (void)sodium_bin2hex(ret_key, BW_WEB_KEY_BYTES, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
}

/* In constant time. An empty key equals nothing. */
static bool
key_equals(const char key[BW_WEB_KEY_BYTES], const char *given)
{
    return key[0] != '\0' && strlen(given) == BW_WEB_KEY_BYTES - 1 &&
           sodium_memcmp(key, given, BW_WEB_KEY_BYTES - 1) == 0;
}

void
bw_web_guard_link(struct bw_web_guard *guard, int port)
{
    key_make(guard->link);
    guard->wrong = 0;
    guard->port = port;
}

static bool
rested_too_long(const struct bw_web_session *session, int64_t mono_ms)
{
    return mono_ms - session->rested_ms >= BW_WEB_REST_MS;
}

static bool
is_watched(const struct bw_web_session *session, int64_t mono_ms)
{
    return session->watched_ms != 0 && mono_ms - session->watched_ms < BW_WEB_WATCH_MS;
}

/* WG2, WG6: ends the one whose rest is over, or leaves of it what looking takes. Whether
 * it may do all. */
static bool
is_awake(struct bw_web_session *session, int64_t mono_ms)
{
    if (session->open && rested_too_long(session, mono_ms)) {
        if (is_watched(session, mono_ms)) {
            sodium_memzero(session->token, sizeof session->token);
            sodium_memzero(&session->said, sizeof session->said);
        } else {
            bw_web_guard_leave(session);
        }
        return false;
    }
    return session->open;
}

/* One that is free, else the one that rested longest. */
static struct bw_web_session *
room_for_session(struct bw_web_guard *guard)
{
    struct bw_web_session *oldest = &guard->sessions[0];
    for (int i = 0; i < BW_WEB_SESSIONS_MAX; i++) {
        struct bw_web_session *session = &guard->sessions[i];
        if (!session->open) {
            return session;
        }
        if (session->rested_ms < oldest->rested_ms) {
            oldest = session;
        }
    }
    return oldest;
}

static struct bw_web_session *
session_open(struct bw_web_guard *guard, int64_t mono_ms)
{
    struct bw_web_session *session = room_for_session(guard);
    *session = (struct bw_web_session){.open = true, .rested_ms = mono_ms};
    key_make(session->cookie);
    key_make(session->token);
    return session;
}

struct bw_web_session *
bw_web_guard_enter(struct bw_web_guard *guard, const char *key, int64_t mono_ms)
{
    if (!key_equals(guard->link, key)) {
        if (++guard->wrong >= BW_WEB_WRONG_KEYS_MAX) {
            sodium_memzero(guard->link, sizeof guard->link);
        }
        return NULL;
    }
    sodium_memzero(guard->link, sizeof guard->link);
    return session_open(guard, mono_ms);
}

struct bw_web_session *
bw_web_guard_enter_by_password(struct bw_web_guard *guard, const char *typed,
    const char *who, int64_t mono_ms, enum bw_web_password_answer *ret_answer)
{
    *ret_answer = bw_web_password_try(&guard->password, typed, mono_ms);
    if (*ret_answer != BW_WEB_PASSWORD_RIGHT) {
        return NULL;
    }
    struct bw_web_session *session = session_open(guard, mono_ms);
    bw_text_copy(session->who, sizeof session->who, who);
    return session;
}

enum bw_status
bw_web_guard_base(struct bw_web_guard *guard, const char *url, struct bw_error *err)
{
    static const char scheme[] = "https://";
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-.:";
    const char *host = url + sizeof scheme - 1;
    size_t length = strncmp(url, scheme, sizeof scheme - 1) == 0 ? strlen(host) : 0;
    if (length > 0 && host[length - 1] == '/') {
        length--;
    }
    if (length == 0 || length >= BW_WEB_HOST_BYTES || strspn(host, plain) != length) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "--base-url takes the address of the proxy, such as "
            "https://desk.school.nl, in lower case and without a path, not \"%s\"",
            url);
    }
    (void)snprintf(guard->base_host, sizeof guard->base_host, "%.*s", (int)length, host);
    return BW_OK;
}

void
bw_web_guard_cookie(const struct bw_web_guard *guard,
    const struct bw_web_session *session, char *ret_cookie, size_t capacity)
{
    (void)snprintf(ret_cookie, capacity,
        BW_WEB_COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
        session != NULL ? session->cookie : "", session != NULL ? "" : "; Max-Age=0",
        guard->base_host[0] != '\0' ? "; Secure" : "");
}

/* The open one of a cookie, however long it rested; NULL where there's none. */
static struct bw_web_session *
session_of(struct bw_web_guard *guard, const char *cookie_header)
{
    char cookie[BW_WEB_KEY_BYTES];
    if (!bw_web_request_cookie(cookie_header, BW_WEB_COOKIE, cookie, sizeof cookie)) {
        return NULL;
    }
    for (int i = 0; i < BW_WEB_SESSIONS_MAX; i++) {
        struct bw_web_session *session = &guard->sessions[i];
        if (session->open && key_equals(session->cookie, cookie)) {
            return session;
        }
    }
    return NULL;
}

struct bw_web_session *
bw_web_guard_session(
    struct bw_web_guard *guard, const char *cookie_header, bool awake, int64_t mono_ms)
{
    struct bw_web_session *session = session_of(guard, cookie_header);
    if (session == NULL || !is_awake(session, mono_ms)) {
        return NULL;
    }
    session->rested_ms = awake ? mono_ms : session->rested_ms;
    return session;
}

struct bw_web_session *
bw_web_guard_watch(struct bw_web_guard *guard, const char *cookie_header, int64_t mono_ms)
{
    struct bw_web_session *session = session_of(guard, cookie_header);
    if (session == NULL || (!is_awake(session, mono_ms) && !session->open)) {
        return NULL;
    }
    session->watched_ms = mono_ms;
    return session;
}

void
bw_web_guard_leave(struct bw_web_session *session)
{
    if (session != NULL) {
        sodium_memzero(session, sizeof *session);
    }
}

int
bw_web_guard_count(struct bw_web_guard *guard, int64_t mono_ms)
{
    int count = 0;
    for (int i = 0; i < BW_WEB_SESSIONS_MAX; i++) {
        count += is_awake(&guard->sessions[i], mono_ms);
    }
    return count;
}

/* Whether `text` is one of the desk's own names with its port. */
static bool
is_ours(const struct bw_web_guard *guard, const char *text)
{
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    char ours[64];
    if (guard->base_host[0] != '\0') {
        return strcmp(guard->base_host, text) == 0;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(ours, sizeof ours, "%s:%d", names[i], guard->port);
        if (strcmp(ours, text) == 0) {
            return true;
        }
    }
    return false;
}

bool
bw_web_guard_host(const struct bw_web_guard *guard, const char *host)
{
    return host != NULL && is_ours(guard, host);
}

bool
bw_web_guard_origin(const struct bw_web_guard *guard, const char *origin)
{
    const char *scheme = guard->base_host[0] != '\0' ? "https://" : "http://";
    size_t length = strlen(scheme);
    return origin != NULL && strncmp(origin, scheme, length) == 0 &&
           is_ours(guard, origin + length);
}

void
bw_web_guard_token_renew(struct bw_web_session *session)
{
    key_make(session->token);
}

bool
bw_web_guard_token(const struct bw_web_session *session, const char *token)
{
    return session != NULL && session->open && key_equals(session->token, token);
}
