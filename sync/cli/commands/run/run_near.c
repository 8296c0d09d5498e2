/* `run` by the local network alone, in a process of its own: see run_lan.h.
 *
 *   exchanging --done--> waiting, as pace.h says of what is near
 *   waiting --the store has a new event--> it goes at once
 *   waiting --another kiosk has something else than before--> it is taken at once
 *   any --the process that started it ends--> end */
#include "cli/kiosk.h"
#include "cli/notice.h"
#include "cli/pace.h"
#include "cli/rounds.h"
#include "cli/commands/run/run_lan.h"

#include <stdlib.h>

enum {
    LOOK_MS = 20, /* the first look at the store's head after a notice; then twice it … */
    LOOKS = 8,    /* … so often */
    WAIT_MOST_MS = 60 * 1000,
    WHOLE_MS = 5 * 60 * 1000, /* own letters are read back as often */
};

struct near_rounds {
    struct bw_call *call;
    struct bw_pace pace;
    struct bw_notice notice;
    struct bw_carrier_ears no_ears;
    struct bw_run_lan lan;
    uint64_t head_seq; /* as of the last look */
    int64_t looked_ms, whole_ms;
    int looks; /* at the head, still to come */
};

static void
near_note(struct near_rounds *rounds, const struct bw_kiosk_exchange *exchange)
{
    int64_t now_ms = bw_rounds_mono_ms();
    rounds->pace.roads_count = 1;
    if (exchange->roads_count == 0) { /* nobody to reach, or not to be served */
        bw_pace_held(&rounds->pace, now_ms + BW_PACE_CLOSED_MS);
        return;
    }
    const struct bw_kiosk_road *road = &exchange->roads[0];
    if (road->sends) {
        bw_pace_note(
            &rounds->pace, 0, BW_PACE_SENDS, road->carrier && road->sent_all, now_ms);
    }
    if (road->takes) {
        bw_pace_note(&rounds->pace, 0, BW_PACE_TAKES, road->carrier != NULL, now_ms);
    }
}

/* On an exchange that is open. */
static enum bw_status
near_do(struct near_rounds *rounds, struct bw_kiosk_exchange *exchange, unsigned sends,
    unsigned takes, struct bw_error *err)
{
    struct bw_kiosk_pushed pushed = {.online = false};
    struct bw_kiosk_pulled pulled = {.online = false};
    int64_t now_ms = bw_rounds_mono_ms();
    bool open = false;
    exchange->sparing = true;
    exchange->brief = rounds->whole_ms != 0 && now_ms - rounds->whole_ms < WHOLE_MS;
    rounds->whole_ms = exchange->brief ? rounds->whole_ms : now_ms;
    enum bw_status status = bw_run_lan_begin(&rounds->lan, exchange, err);
    if (status == BW_OK) {
        status = bw_cli_kiosk_sync(exchange, sends, takes, &pushed, &pulled, err);
    }
    if (status == BW_OK) {
        rounds->head_seq = pushed.head_seq;
        status = bw_kiosk_doors_open(exchange, &open, err);
    }
    if (status == BW_OK) {
        near_note(rounds, exchange);
        bw_pace_doors(&rounds->pace, open, bw_rounds_mono_ms());
        status = bw_run_lan_end(&rounds->lan, rounds->call, exchange, &pulled, err);
    }
    (void)fflush(rounds->call->out);
    return status;
}

static enum bw_status
near_exchange(
    struct near_rounds *rounds, unsigned sends, unsigned takes, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    enum bw_status status = bw_cli_kiosk_open(rounds->call, &exchange, err);
    if (status == BW_OK) {
        status = near_do(rounds, &exchange, sends, takes, err);
        bw_kiosk_exchange_close(&exchange);
    }
    return status;
}

static int64_t
near_look_ms(const struct near_rounds *rounds)
{
    return rounds->looked_ms + ((int64_t)LOOK_MS << (LOOKS - rounds->looks));
}

/* Whether the log has grown. */
static enum bw_status
near_look(struct near_rounds *rounds, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    struct bw_head head;
    enum bw_status status = bw_cli_kiosk_open(rounds->call, &exchange, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_store_head(exchange.store, &head, err);
    bw_kiosk_exchange_close(&exchange);
    rounds->looked_ms = bw_rounds_mono_ms();
    rounds->looks--;
    if (status == BW_OK && head.seq != rounds->head_seq) {
        rounds->head_seq = head.seq;
        bw_pace_event(&rounds->pace, rounds->looked_ms);
    }
    return status;
}

/* Until something is to be done. */
static void
near_wait(struct near_rounds *rounds)
{
    int bell = bw_run_lan_fd(&rounds->lan);
    int64_t until_ms = bw_pace_next_ms(&rounds->pace), now_ms = bw_rounds_mono_ms();
    if (rounds->looks > 0 && near_look_ms(rounds) < until_ms) {
        until_ms = near_look_ms(rounds);
    }
    if (until_ms > now_ms + WAIT_MOST_MS) {
        until_ms = now_ms + WAIT_MOST_MS;
    }
    struct bw_noticed came = bw_notice_wait(
        &rounds->notice, &rounds->no_ears, &bell, bell >= 0, until_ms - now_ms);
    rounds->looks = came.store ? LOOKS : rounds->looks;
    bw_pace_heard(&rounds->pace, bw_run_lan_heard(&rounds->lan), bw_rounds_mono_ms());
    if (came.network) {
        bw_pace_network(&rounds->pace, bw_rounds_mono_ms());
        bw_run_lan_hurry(&rounds->lan);
    }
}

/* What is due now, and then the wait. */
static enum bw_status
near_once(struct near_rounds *rounds, struct bw_error *err)
{
    int64_t now_ms = bw_rounds_mono_ms();
    unsigned sends = bw_pace_due(&rounds->pace, BW_PACE_SENDS, now_ms) & 1;
    unsigned takes = bw_pace_due(&rounds->pace, BW_PACE_TAKES, now_ms) & 1;
    enum bw_status status = BW_OK;
    if (sends || takes) {
        status = near_exchange(rounds, sends, takes, err);
        rounds->looks = LOOKS;
    } else if (rounds->looks > 0 && now_ms >= near_look_ms(rounds)) {
        status = near_look(rounds, err);
    }
    if (status == BW_BUSY) { /* somebody holds the store for long: tried again */
        bw_pace_held(&rounds->pace, bw_rounds_mono_ms());
        rounds->looked_ms = bw_rounds_mono_ms();
        status = BW_OK;
    }
    if (status == BW_OK) {
        near_wait(rounds);
    }
    return status;
}

enum bw_exit
bw_run_near(struct bw_call *call, struct bw_error *err)
{
    struct near_rounds rounds = {.call = call,
        .pace = {.random = arc4random_uniform, .roads_count = 1, .near = true}};
    enum bw_status status = bw_run_lan_setup(call, &rounds.lan, err);
    bw_notice_open(&rounds.notice, bw_call_value(call, BW_OPTION_STORE));
    while (status == BW_OK) {
        status = near_once(&rounds, err);
    }
    bw_notice_close(&rounds.notice);
    return bw_exit_of(status);
}
