/* `run`: an exchange again and again, until a signal ends it.
 *
 *   waiting --time is up--> exchanging --online---> waiting 15 s
 *                                      --offline--> waiting 5, 10, 20 … 120 s, and a
 *                                                   random part, so that kiosks don't
 *                                                   come all at once
 *   waiting --TERM, INT, HUP--> end
 *
 * The signals are blocked all along and taken while waiting only, so that no exchange is
 * cut and nothing needs to be safe in a handler. */
#include "exchange/exchange.h"
#include "cli/commands.h"

#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <time.h>

enum {
    ONLINE_WAIT_MS = 15 * 1000,
    OFFLINE_LEAST_MS = 5 * 1000,
    OFFLINE_MOST_MS = 120 * 1000, /* peers count as silent after 5 minutes */
};

static int64_t
wait_of(int misses)
{
    int64_t wait_ms = OFFLINE_LEAST_MS;
    if (misses == 0) {
        return ONLINE_WAIT_MS;
    }
    for (int i = 1; i < misses && wait_ms < OFFLINE_MOST_MS; i++) {
        wait_ms *= 2;
    }
    if (wait_ms > OFFLINE_MOST_MS) {
        wait_ms = OFFLINE_MOST_MS;
    }
    return wait_ms + randombytes_uniform((uint32_t)(wait_ms / 4));
}

/* True where a signal came. */
static bool
wait_for(const sigset_t *signals, int64_t wait_ms)
{
    struct timespec wait = {
        .tv_sec = (time_t)(wait_ms / 1000), .tv_nsec = (long)(wait_ms % 1000) * 1000000};
    return sigtimedwait(signals, NULL, &wait) > 0;
}

static enum bw_status
exchange_once(struct bw_call *call, bool *ret_online, struct bw_error *err)
{
    struct bw_link link;
    struct bw_pushed pushed = {0};
    struct bw_pulled pulled = {0};
    enum bw_status status = bw_link_open(call, &link, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_exchange(&link, &pushed, &pulled, err);
    if (status == BW_OK) {
        *ret_online = pushed.online && pulled.online;
        status = bw_exchange_answer(&link, &pushed, &pulled, err);
    }
    (void)fflush(call->out);
    bw_link_close(&link);
    return status;
}

static enum bw_exit
run_run(struct bw_call *call, struct bw_error *err)
{
    sigset_t signals, before;
    int misses = 0;
    enum bw_status status;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &signals, &before);
    do {
        bool online = false;
        status = exchange_once(call, &online, err);
        misses = online ? 0 : misses + 1;
    } while (status == BW_OK && !wait_for(&signals, wait_of(misses)));
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_run = {
    .name = "run",
    .operands = "",
    .summary = "push and pull for ever, until a signal",
    .help =
        "Every 15 seconds while online; offline after 5, 10, 20 … at most 120 seconds.\n",
    .takes = BW_TAKES(BW_OPTION_CENTRAL),
    .needs = BW_NEEDS_STORE,
    .run = run_run,
};
