/* The desk's life: see serve.h.
 *
 *   open -> link printed, browser opened -> turn: requests, letters, streams -> signal
 */
#include "web/serve.h"

#include "web/browser.h"
#include "web/server.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { LIVE_LOOK_MS = 2000, URL_BYTES = 160 };

struct serving {
    const struct bw_web_serve *serve;
    struct bw_web_desk desk;
    struct bw_web_server *server;
    struct bw_web_post *post;
    char page[PATH_MAX]; /* that leads the browser here; "" */
    int signals;
    int64_t looked_ms;
    char why[BW_ERROR_TEXT_BYTES]; /* what was said of letters last */
};

/* ---- the link ---- */

static void
link_out(struct serving *s)
{
    char url[URL_BYTES];
    if (bw_web_password_is_set(&s->desk.guard.password)) { /* WG5 */
        s->desk.guard.port = bw_web_server_port(s->server);
        (void)fprintf(s->serve->out, "https://%s/\n", s->desk.guard.base_host);
        (void)fflush(s->serve->out);
        return;
    }
    const char *address = s->serve->address;
    bool v6 = strchr(address, ':') != NULL;
    int port = bw_web_server_port(s->server);
    bw_web_guard_link(&s->desk.guard, port);
    (void)snprintf(url, sizeof url, "http://%s%s%s:%d/binnen?sleutel=%s", v6 ? "[" : "",
        address, v6 ? "]" : "", port, s->desk.guard.link);
    (void)fprintf(s->serve->out, "%s\n", url);
    (void)fflush(s->serve->out);
    if (s->serve->browser && s->page[0] == '\0') {
        bw_web_browser_open(url, s->page);
    }
}

static void
look_at_link(struct serving *s, int64_t mono_ms)
{
    if (s->desk.guard.link[0] != '\0' ||
        bw_web_password_is_set(&s->desk.guard.password)) {
        return;
    }
    if (s->page[0] != '\0') { /* it led there */
        (void)unlink(s->page);
    }
    if (bw_web_guard_count(&s->desk.guard, mono_ms) == 0) {
        link_out(s);
    }
}

/* ---- turns ---- */

static void
take_letters(struct serving *s)
{
    char why[BW_ERROR_TEXT_BYTES];
    s->desk.letters_ms = bw_web_post_heard(s->post, why);
    if (strcmp(why, s->why) != 0) {
        memcpy(s->why, why, sizeof s->why);
        if (why[0] != '\0') {
            (void)fprintf(s->serve->out, "%s\n", why);
            (void)fflush(s->serve->out);
        }
    }
    s->looked_ms = 0;
}

/* What changed since the last turn is told: to kiosks, and to those who watch. */
static void
spread_news(struct serving *s, int64_t mono_ms)
{
    int streams = bw_web_server_streams(s->server);
    bool news = false;
    bw_web_desk_settle(&s->desk);
    if (s->desk.changed) {
        s->desk.changed = false;
        bw_web_post_put(s->post);
        s->looked_ms = 0;
    }
    bw_web_post_hurry(s->post, streams > 0);
    if (streams > 0 && (s->looked_ms == 0 || mono_ms - s->looked_ms >= LIVE_LOOK_MS)) {
        s->looked_ms = mono_ms;
        if (bw_web_desk_look(&s->desk, &news, NULL) == BW_OK && news) {
            bw_web_server_news(s->server);
        }
    }
}

static void
serve_on(struct serving *s)
{
    struct bw_clock *clock = &s->desk.office.clock;
    struct pollfd ready[] = {
        {.fd = bw_web_server_descriptor(s->server), .events = POLLIN},
        {.fd = bw_web_post_bell(s->post), .events = POLLIN},
        {.fd = s->signals, .events = POLLIN},
    };
    for (;;) {
        int wait_ms = bw_web_server_wait_ms(s->server);
        if (poll(ready, sizeof ready / sizeof ready[0], wait_ms) < 0 && errno != EINTR) {
            return;
        }
        struct signalfd_siginfo signal;
        if (ready[2].revents != 0 &&
            read(s->signals, &signal, sizeof signal) == (ssize_t)sizeof signal) {
            return; /* and it is no longer pending */
        }
        int64_t mono_ms = clock->mono_ms(clock);
        if (ready[1].revents != 0) {
            take_letters(s);
        }
        bw_web_server_turn(s->server, mono_ms);
        spread_news(s, mono_ms);
        look_at_link(s, mono_ms);
    }
}

/* ---- life ---- */

static enum bw_status
start(struct serving *s, struct bw_error *err)
{
    enum bw_status status = bw_wording_open(NULL, err);
    if (status == BW_OK) {
        status = bw_web_desk_open(&s->desk, &s->serve->desk, err);
    }
    if (status == BW_OK) {
        status = bw_web_server_start(
            &s->desk, s->serve->address, s->serve->port, &s->server, err);
    }
    return status == BW_OK ? bw_web_post_start(&s->serve->post, &s->post, err) : status;
}

enum bw_status
bw_web_serve(const struct bw_web_serve *serve, struct bw_error *err)
{
    struct serving s = {.serve = serve};
    sigset_t signals, before;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, &signals, &before); /* before any thread */
    s.signals = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    enum bw_status status = s.signals < 0
                                ? bw_error_set(err, BW_IO, errno, "opening the desk: %s",
                                      bw_said(strerror(errno)))
                                : start(&s, err);
    if (status == BW_OK) {
        link_out(&s);
        serve_on(&s);
    }
    if (s.page[0] != '\0') {
        (void)unlink(s.page);
    }
    bw_web_post_stop(s.post);
    bw_web_server_stop(s.server);
    bw_web_desk_close(&s.desk);
    if (s.signals >= 0) {
        (void)close(s.signals);
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}

enum bw_status
bw_web_listen_parse(const char *text, char ret_address[BW_WEB_ADDRESS_BYTES],
    int *ret_port, struct bw_error *err)
{
    enum { PORT_MOST = 65535 };
    const char *colon = strrchr(text, ':');
    char *end = NULL;
    bool bracketed = text[0] == '[';
    long port = colon != NULL ? strtol(colon + 1, &end, 10) : -1;
    const char *from = text + bracketed;
    size_t bytes = colon != NULL ? (size_t)(colon - from) : 0;
    if (bracketed && (bytes == 0 || colon[-1] != ']')) {
        port = -1;
    }
    bytes -= bracketed && bytes > 0;
    if (port < 0 || port > PORT_MOST || end == colon + 1 || *end != '\0' || bytes == 0 ||
        bytes >= BW_WEB_ADDRESS_BYTES) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "--listen takes an address and a port, such as 127.0.0.1:8080, not \"%s\"",
            text);
    }
    memcpy(ret_address, from, bytes);
    ret_address[bytes] = '\0';
    *ret_port = (int)port;
    return BW_OK;
}
