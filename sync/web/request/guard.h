/* Who may use the desk: the link that opens it once, the session that follows, and what
 * each request has to show.
 *
 * WG1 a link's key is 256 random bits, works once, and is void after ten wrong ones.
 * WG2 a session's cookie is 256 random bits; the session ends after 30 minutes' rest, and
 *     when one more than there may be is opened, the one that rested longest ends.
 * WG6 a page that looks by itself (Live, on the office's wall) goes on after that, for as
 *     long as it looks: its session then has no token, no words of what was done, and is
 *     none for any other page. It reads Live, and changes nothing.
 * WG3 the Host that a request names is one that the desk was opened as: a name that
 *     somebody else's DNS points here isn't (DNS rebinding).
 * WG5 with a password (password.h) a session is opened by that alone, and behind a proxy
 *     (a base address) only its name is the desk's, its Origin is https, and the cookie
 *     is Secure: no link is out.
 * WG4 a change comes from a page of the desk: its Origin is the desk's, and its form has
 *     the session's own token.
 * Secrets are compared in constant time.
 *
 * One thread: the server's. Times are monotonic ms. */
#ifndef BW_WEB_GUARD_H
#define BW_WEB_GUARD_H

#include "web/request/password.h"
#include "web/request/request.h"
#include "web/template/wording.h"

#include <brugwachter/limits.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_WEB_KEY_BYTES = 65, /* 64 hex digits and a NUL */
    BW_WEB_SESSIONS_MAX = 32,
    BW_WEB_WRONG_KEYS_MAX = 10,
    BW_WEB_REST_MS = 30 * 60 * 1000,
    BW_WEB_WATCH_MS = 2 * 60 * 1000, /* a page that looks by itself is gone after this */
    BW_WEB_SAID_BYTES = 600,
    BW_WEB_STEPS_MAX = 64, /* that one form makes */
    BW_WEB_HOST_BYTES = 128,
};

#define BW_WEB_COOKIE "brugwachter"

/* What was done last, said on the next pages until something else is done. */
struct bw_web_said {
    char text[BW_WEB_SAID_BYTES];    /* "": nothing */
    int64_t step;                    /* that undo takes back; 0: none */
    bool redo;                       /* it is one that took something back */
    int64_t steps[BW_WEB_STEPS_MAX]; /* where it was several: all, that one the last */
    int steps_count;
    /* the mail server's password was kept: what stands there since, by which Instellingen
     * takes that back; "" */
    char password[BW_WEB_KEY_BYTES];
};

struct bw_web_session {
    bool open;
    char cookie[BW_WEB_KEY_BYTES], token[BW_WEB_KEY_BYTES];
    int64_t rested_ms;  /* since */
    int64_t watched_ms; /* a page looked by itself, last; 0: none did */
    enum bw_wording_language language;
    char who[BW_NAME_BYTES]; /* as they said with the password; "": the machine's user */
    bool practises;          /* at the practice series (desk/practice.h) */
    struct bw_web_said said;
};

/* Zeroed lets nobody in. */
struct bw_web_guard {
    char link[BW_WEB_KEY_BYTES]; /* "": none is out */
    int wrong;                   /* keys that were tried */
    int port;
    char base_host[BW_WEB_HOST_BYTES]; /* "desk.school.nl" of the proxy; "": none */
    struct bw_web_password password;
    struct bw_web_session sessions[BW_WEB_SESSIONS_MAX];
};

/* A new link; one that was out is void. `port`: where the desk listens. */
void bw_web_guard_link(struct bw_web_guard *guard, int port);

/* WG1, WG2: opens a session for the link's key, and voids the link. Borrowed from the
 * guard; NULL where the key isn't right. */
struct bw_web_session *bw_web_guard_enter(
    struct bw_web_guard *guard, const char *key, int64_t mono_ms);

/* WG5: opens one for the password, which `who` typed; NULL where it isn't right, with
 * *ret_answer. Borrowed from the guard. */
struct bw_web_session *bw_web_guard_enter_by_password(struct bw_web_guard *guard,
    const char *typed, const char *who, int64_t mono_ms,
    enum bw_web_password_answer *ret_answer);

/* Reads "https://desk.school.nl" or with a port: nothing comes after it. BW_BAD_INPUT for
 * anything else. */
BW_NODISCARD enum bw_status bw_web_guard_base(
    struct bw_web_guard *guard, const char *url, struct bw_error *err);

/* Writes the cookie of a session as a header's value; NULL: one that ends it. */
void bw_web_guard_cookie(const struct bw_web_guard *guard,
    const struct bw_web_session *session, char *ret_cookie, size_t capacity);

/* The session of a cookie that has not rested too long; NULL where there's none. `awake`:
 * a person did something, so its rest begins anew. */
struct bw_web_session *bw_web_guard_session(
    struct bw_web_guard *guard, const char *cookie_header, bool awake, int64_t mono_ms);

/* WG6: the session of a cookie for a page that looks by itself, which is noted. Beside
 * those of bw_web_guard_session one whose rest is over, while pages of it go on looking;
 * NULL where there's none. */
struct bw_web_session *bw_web_guard_watch(
    struct bw_web_guard *guard, const char *cookie_header, int64_t mono_ms);

/* WG4: forms that are out with the token of before come from no page of the desk. */
void bw_web_guard_token_renew(struct bw_web_session *session);

/* Ends it. NULL is fine. */
void bw_web_guard_leave(struct bw_web_session *session);

/* How many sessions are open that may do all: those of WG6 are not counted. */
int bw_web_guard_count(struct bw_web_guard *guard, int64_t mono_ms);

/* WG3, WG4: the Host header, the Origin header, and the form's token. NULL is a header
 * that didn't come. */
bool bw_web_guard_host(const struct bw_web_guard *guard, const char *host);
bool bw_web_guard_origin(const struct bw_web_guard *guard, const char *origin);
bool bw_web_guard_token(const struct bw_web_session *session, const char *token);

#ifdef __cplusplus
}
#endif

#endif
