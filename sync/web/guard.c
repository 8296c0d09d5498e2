/* Links, sessions and what a request has to show: see guard.h. */
#include "web/guard.h"

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
    struct bw_web_session *session = room_for_session(guard);
    *session = (struct bw_web_session){.open = true, .rested_ms = mono_ms};
    key_make(session->cookie);
    key_make(session->token);
    return session;
}

struct bw_web_session *
bw_web_guard_session(
    struct bw_web_guard *guard, const char *cookie_header, bool awake, int64_t mono_ms)
{
    char cookie[BW_WEB_KEY_BYTES];
    if (!bw_web_request_cookie(cookie_header, BW_WEB_COOKIE, cookie, sizeof cookie)) {
        return NULL;
    }
    for (int i = 0; i < BW_WEB_SESSIONS_MAX; i++) {
        struct bw_web_session *session = &guard->sessions[i];
        if (!session->open || !key_equals(session->cookie, cookie)) {
            continue;
        }
        if (rested_too_long(session, mono_ms)) {
            bw_web_guard_leave(session);
            return NULL;
        }
        session->rested_ms = awake ? mono_ms : session->rested_ms;
        return session;
    }
    return NULL;
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
        struct bw_web_session *session = &guard->sessions[i];
        if (session->open && rested_too_long(session, mono_ms)) {
            bw_web_guard_leave(session);
        }
        count += session->open;
    }
    return count;
}

/* Whether `text` is one of the desk's own names with its port. */
static bool
is_ours(const struct bw_web_guard *guard, const char *text)
{
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    char ours[64];
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
    static const char scheme[] = "http://";
    return origin != NULL && strncmp(origin, scheme, sizeof scheme - 1) == 0 &&
           is_ours(guard, origin + sizeof scheme - 1);
}

bool
bw_web_guard_token(const struct bw_web_session *session, const char *token)
{
    return session != NULL && session->open && key_equals(session->token, token);
}
