/* `run` by the local network: see run_lan.h. */
#include "cli/commands/run/run_lan.h"

#include "cli/answer.h"
#include "cli/rounds.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    AGAIN_MS = 10 * 1000,
    SETTLE_MS = 15 * 1000, /* until it is said that nobody answers */
};

/* ---- the process ---- */

static bool
is_off(const struct bw_call *call)
{
    const char *value = bw_call_value(call, BW_OPTION_LAN);
    bool on = true;
    return value && bw_text_switch(value, &on) && !on;
}

/* What the other process holds open is its own: a connection that tells of letters is
 * ended by who asked for it. */
static void
files_close(int keep)
{
    if (keep > STDERR_FILENO) {
        (void)close_range(STDERR_FILENO + 1, (unsigned)keep - 1, 0);
        (void)close_range((unsigned)keep + 1, ~0U, 0);
    } else {
        (void)close_range(STDERR_FILENO + 1, ~0U, 0);
    }
}

bool
bw_run_lan_keep(struct bw_run_child *child, struct bw_call *call)
{
    int64_t now_ms = bw_rounds_mono_ms();
    pid_t parent = getpid();
    if (is_off(call)) {
        return false;
    }
    if (child->pid > 0 && waitpid(child->pid, NULL, WNOHANG) == child->pid) {
        child->pid = 0;
        child->due_ms = now_ms + AGAIN_MS;
    }
    if (child->pid > 0 || now_ms < child->due_ms) {
        return false;
    }
    (void)fflush(call->out);
    child->pid = fork();
    if (child->pid < 0) {
        child->pid = 0;
        child->due_ms = now_ms + AGAIN_MS;
    }
    if (child->pid != 0 || child->due_ms > now_ms) {
        return false;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) { /* it ended before */
        _exit(BW_EXIT_DONE);
    }
    files_close(fileno(call->out));
    (void)unsetenv("NOTIFY_SOCKET"); /* the service manager hears of the other one */
    return true;
}

/* ---- in that process ---- */

enum bw_status
bw_run_lan_setup(
    const struct bw_call *call, struct bw_run_lan *ret_lan, struct bw_error *err)
{
    const char *lan = bw_call_value(call, BW_OPTION_LAN);
    int64_t port = -1;
    struct bw_run_lan own = {.peers = bw_call_value(call, BW_OPTION_LAN_PEERS)};
    bool on = true;
    if (lan && !bw_text_switch(lan, &on)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading the options: --lan is on or off, not \"%.40s\"", lan);
    }
    enum bw_status status =
        bw_call_number(call, BW_OPTION_LAN_PORT, 1, 65535, -1, &port, err);
    if (status == BW_OK && own.peers) {
        status = bw_lan_check_peers(own.peers, err);
    }
    if (status == BW_OK) {
        own.port = (int)port;
        *ret_lan = own;
    }
    return status;
}

enum bw_status
bw_run_lan_check(const struct bw_call *call, struct bw_error *err)
{
    struct bw_run_lan checked = {.port = -1};
    return bw_run_lan_setup(call, &checked, err);
}

/* A port that is taken fails no kiosk: staff read it, and it is tried again. */
static void
lan_start(struct bw_run_lan *self, const struct bw_kiosk_exchange *exchange)
{
    char folder[PATH_MAX];
    struct bw_lan_options options = {.folder = folder,
        .device = exchange->device,
        .port = self->port,
        .peers = self->peers,
        .find = true};
    int length = snprintf(folder, sizeof folder, "%s.lan", exchange->store_path);
    if (length < 0 || (size_t)length >= sizeof folder) {
        (void)bw_error_set(&self->why, BW_BAD_INPUT, 0,
            "serving letters on the local network: the store's path is too long");
        return;
    }
    if (bw_lan_start(&options, &self->lan, &self->why) == BW_OK) {
        self->since_ms = bw_rounds_mono_ms();
    }
}

enum bw_status
bw_run_lan_begin(
    struct bw_run_lan *self, struct bw_kiosk_exchange *exchange, struct bw_error *err)
{
    struct bw_kiosk_lan_facts facts;
    enum bw_status status = bw_kiosk_lan_facts(exchange, &facts, err);
    if (status != BW_OK) {
        return status;
    }
    bool wanted = facts.others > 0 && facts.keys_count > 0;
    self->others = facts.others;
    if (!wanted) {
        bw_lan_stop(self->lan);
        self->lan = NULL;
        self->ever = false;
        self->why.text[0] = '\0';
    } else if (!self->lan) {
        lan_start(self, exchange);
    }
    if (self->lan) {
        bw_lan_keys(
            self->lan, (const uint8_t(*)[BW_LAN_KEY_BYTES])facts.keys, facts.keys_count);
        bw_kiosk_exchange_by_lan(exchange, self->lan);
    } else {
        exchange->roads_count = 0;
    }
    return BW_OK;
}

static enum bw_lan_state
state_of(struct bw_run_lan *self)
{
    if (!self->lan) {
        return self->why.text[0] ? BW_LAN_BLOCKED : BW_LAN_UNKNOWN;
    }
    if (self->reached == 0 && self->ever) {
        return BW_LAN_LOST;
    }
    if (self->reached == 0) {
        return bw_rounds_mono_ms() - self->since_ms < SETTLE_MS ? BW_LAN_UNKNOWN
                                                                : BW_LAN_ALONE;
    }
    return self->reached < self->others ? BW_LAN_SOME : BW_LAN_ALL;
}

static enum bw_status
state_say(const struct bw_run_lan *self, struct bw_call *call,
    const struct bw_kiosk_pulled *pulled, struct bw_error *err)
{
    static const char *const names[] = {[BW_LAN_UNKNOWN] = "unknown",
        [BW_LAN_ALONE] = "alone",
        [BW_LAN_LOST] = "lost",
        [BW_LAN_SOME] = "some",
        [BW_LAN_ALL] = "all",
        [BW_LAN_BLOCKED] = "blocked"};
    const char *why = self->why.text[0] ? self->why.text : pulled->why;
    if (call->json) {
        return bw_cli_json(call,
            json_pack("{s:s, s:i, s:i, s:i, s:i, s:s?}", "lan", names[self->state],
                "reached", self->reached, "others", self->others, "port",
                self->lan ? bw_lan_port(self->lan) : 0, "refused", pulled->refused, "why",
                why[0] ? why : NULL),
            err);
    }
    (void)fprintf(call->out,
        bw_said("On the local network %d of %d other kiosks answer%s%s.\n"),
        self->reached, self->others, why[0] ? "; " : "", why);
    return BW_OK;
}

enum bw_status
bw_run_lan_end(struct bw_run_lan *self, struct bw_call *call,
    struct bw_kiosk_exchange *exchange, const struct bw_kiosk_pulled *pulled,
    struct bw_error *err)
{
    int reached = self->lan ? bw_lan_reached(self->lan) : 0;
    bool other = !self->said || reached != self->reached || pulled->refused > 0;
    self->reached = reached;
    self->ever = self->ever || reached > 0;
    enum bw_lan_state state = state_of(self);
    other = other || state != self->state;
    self->state = state;
    enum bw_status status = bw_kiosk_lan_keep(exchange, state, err);
    bool nobody = !self->lan && !self->why.text[0];
    if (status == BW_OK && other && (self->said || !nobody)) {
        self->said = true;
        status = state_say(self, call, pulled, err);
    }
    return status;
}

int
bw_run_lan_fd(const struct bw_run_lan *self)
{
    return self->lan ? bw_lan_fd(self->lan) : -1;
}

bool
bw_run_lan_heard(struct bw_run_lan *self)
{
    return self->lan && bw_lan_heard(self->lan);
}

void
bw_run_lan_hurry(struct bw_run_lan *self)
{
    if (self && self->lan) {
        bw_lan_hurry(self->lan);
    }
}
