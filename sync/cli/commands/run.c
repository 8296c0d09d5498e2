/* `run`: an exchange again and again, until a signal ends it. At the office (--central)
 * it is run_office.c's; a kiosk's (--store) is here.
 *
 *   exchanging --TERM, INT, HUP--> end (at once, whatever it waits for)
 *   exchanging --each road by itself: reached--> due again in 15 s
 *   exchanging --each road by itself: not-----> due in 5, 10, 20 … 120 s, and a
 *                                               random part: kiosks don't come together
 *   waiting --the first road is due--> exchanging, by the roads that are due
 *   waiting --TERM, INT, HUP--> end
 *
 * A signal ends the process where it stands: an exchange that is cut anywhere goes on
 * where it was at the next start (KX3), and a store's transaction is rolled back. */
#include "cli/kiosk.h"
#include "cli/rounds.h"
#include "commands.h"

#include <signal.h>
#include <unistd.h>

enum { BUSY_WAIT_MS = 5 * 1000 };

struct road_state {
    int misses;
    int64_t due_ms; /* by the monotonic clock */
};

/* Before the first exchange all are due. */
struct rounds {
    struct road_state roads[BW_CARRIERS_MAX];
};

static void
on_signal(int number)
{
    (void)number;
    _exit(BW_EXIT_DONE);
}

static unsigned
due_of(const struct rounds *rounds, int64_t now_ms)
{
    unsigned due = 0;
    for (int i = 0; i < BW_CARRIERS_MAX; i++) {
        due |= rounds->roads[i].due_ms <= now_ms ? 1U << i : 0;
    }
    return due;
}

static void
rounds_note(struct rounds *rounds, const struct bw_kiosk_exchange *exchange)
{
    int64_t now_ms = bw_rounds_mono_ms();
    for (int i = 0; i < BW_CARRIERS_MAX; i++) {
        struct road_state *state = &rounds->roads[i];
        bool there = i < exchange->roads_count;
        if (there && !exchange->roads[i].tried) {
            continue;
        }
        bool reached = there && exchange->roads[i].carrier != NULL;
        state->misses = reached ? 0 : state->misses + 1;
        state->due_ms = now_ms + bw_rounds_wait_ms(state->misses);
    }
}

/* Until the first road is due; a signal ends the process in here. */
static void
wait_due(const struct rounds *rounds, int roads_count)
{
    int64_t first_ms = rounds->roads[0].due_ms;
    for (int i = 1; i < roads_count; i++) {
        int64_t due_ms = rounds->roads[i].due_ms;
        first_ms = due_ms < first_ms ? due_ms : first_ms;
    }
    bw_rounds_sleep(first_ms);
}

static enum bw_status
exchange_once(
    struct bw_call *call, struct rounds *rounds, int *ret_roads, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_pushed pushed = {.online = false};
    struct bw_kiosk_pulled pulled = {.online = false};
    enum bw_status status = bw_cli_kiosk_open(call, &exchange, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_cli_kiosk_sync(
        &exchange, due_of(rounds, bw_rounds_mono_ms()), &pushed, &pulled, err);
    if (status == BW_OK) {
        rounds_note(rounds, &exchange);
        *ret_roads = exchange.roads_count;
        status = bw_cli_synced_answer(call, &exchange, &pushed, &pulled, err);
    }
    (void)fflush(call->out);
    bw_kiosk_exchange_close(&exchange);
    return status;
}

static enum bw_exit
run_kiosk(struct bw_call *call, struct bw_error *err)
{
    struct rounds rounds = {.roads = {{.misses = 0}}};
    int roads_count = 0;
    enum bw_status status;
    do {
        status = exchange_once(call, &rounds, &roads_count, err);
        if (status == BW_BUSY) { /* somebody holds the store for long: tried again */
            status = BW_OK;
            rounds.roads[0].due_ms = bw_rounds_mono_ms() + BUSY_WAIT_MS;
        }
        if (status == BW_OK) {
            wait_due(&rounds, roads_count);
        }
    } while (status == BW_OK);
    return bw_exit_of(status);
}

static enum bw_exit
run_run(struct bw_call *call, struct bw_error *err)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal}, before[3];
    bool kiosk = bw_call_value(call, BW_OPTION_STORE) != NULL;
    if (!kiosk && call->central == NULL) {
        return bw_call_usage(err, "run takes --store FILE or --central URI");
    }
    for (size_t i = 0; i < 3; i++) {
        (void)sigaction(signals[i], &action, &before[i]);
    }
    enum bw_exit result = kiosk ? run_kiosk(call, err) : bw_run_office(call, err);
    for (size_t i = 0; i < 3; i++) {
        (void)sigaction(signals[i], &before[i], NULL);
    }
    return result;
}

const struct bw_sync_command bw_sync_command_run = {
    .name = "run",
    .operands = "",
    .summary = "letters in and out for ever, until a signal",
    .help = "Of a kiosk (--store), or of the office (--central). Every 15 seconds by a\n"
            "carrier that is reached; by one that isn't after 5, 10, 20 … at most 120\n"
            "seconds.\n",
    .takes = BW_TAKES(BW_OPTION_CENTRAL) | BW_TAKES(BW_OPTION_KEY_FILE),
    .needs = BW_NEEDS_EITHER,
    .run = run_run,
};
