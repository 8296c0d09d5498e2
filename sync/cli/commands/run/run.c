/* `run`: an exchange again and again, until a signal ends it. At the office (--central)
 * it is run_office.c's; a kiosk's (--store) is here.
 *
 *   exchanging --done--> waiting, each way of each road as pace.h says
 *   waiting --a way is due--> exchanging, by the ways that are due
 *   waiting --the store has a new event--> that goes in 0.2 s
 *   waiting --the network is back--> what failed is due
 *   waiting --a carrier tells of a letter--> it is taken
 *   any --TERM, INT, HUP--> end (at once, whatever it waits for)
 *
 * Of several roads each goes in a process of its own (road_child.h): one whose server
 * stands still keeps no other waiting. What is due on a road while its process is at work
 * is done after it.
 *
 * The local network has a process of its own, too (run_near.c).
 *
 * A signal ends the process where it stands: an exchange that is cut anywhere goes on
 * where it was at the next start (KX3), and a store's transaction is rolled back. To a
 * service manager it says when it is ready, and that it lives. */
#include "cli/kiosk.h"
#include "cli/notice.h"
#include "cli/pace.h"
#include "cli/road_child.h"
#include "cli/rounds.h"
#include "cli/commands/commands.h"
#include "cli/commands/run/run_lan.h"

#include <brugwachter/said.h>
#include <signal.h>
#include <stdlib.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

enum {
    /* after a notice, which comes when a commit begins, and none when it's done: the
     * first look at the store's head, then twice as long, so often */
    LOOK_LEAST_MS = 20,
    LOOKS = 11,
    WAIT_MOST_MS = 60 * 1000, /* so that the service manager hears of it */
    WHOLE_MS = 5 * 60 * 1000, /* own letters are read back as often */
};

struct rounds {
    struct bw_call *call;
    struct bw_pace pace;
    struct bw_notice notice;
    struct bw_carrier_ears ears;
    uint64_t head_seq; /* as of the last look */
    int64_t looked_ms;
    int64_t whole_ms[BW_CARRIERS_MAX]; /* when own letters were last read back */
    struct bw_road_child children[BW_CARRIERS_MAX];
    uint64_t heads[BW_CARRIERS_MAX]; /* as of their start */
    enum bw_road_state states[BW_CARRIERS_MAX];
    int looks; /* at the head, still to come */
    bool began;
    bool brought; /* by the last exchange, of somebody else's */
};

static void
on_signal(int number)
{
    (void)number;
    _exit(BW_EXIT_DONE);
}

/* What a road says that was tried: a way that failed before, and wasn't tried now, keeps
 * what it said. */
static void
state_note(struct rounds *rounds, int road, enum bw_road_state failed)
{
    enum bw_road_state *state = &rounds->states[road];
    if (rounds->pace.roads[road][BW_PACE_SENDS].misses == 0 &&
        rounds->pace.roads[road][BW_PACE_TAKES].misses == 0) {
        *state = BW_ROAD_FINE;
    } else if (failed != BW_ROAD_UNKNOWN || *state == BW_ROAD_FINE) {
        *state = failed;
    }
}

/* Of all roads: where one is fine, that; else what the first says. */
static enum bw_road_state
state_of_all(const struct rounds *rounds)
{
    enum bw_road_state all = BW_ROAD_UNKNOWN;
    for (int i = 0; i < rounds->pace.roads_count; i++) {
        enum bw_road_state state = rounds->states[i];
        all = all == BW_ROAD_UNKNOWN || state == BW_ROAD_FINE ? state : all;
    }
    return all;
}

/* How it went, on what was tried. */
static void
rounds_note(struct rounds *rounds, const struct bw_kiosk_exchange *exchange)
{
    int64_t now_ms = bw_rounds_mono_ms();
    rounds->pace.roads_count = exchange->roads_count;
    for (int i = 0; i < exchange->roads_count; i++) {
        const struct bw_kiosk_road *road = &exchange->roads[i];
        if (road->sends) {
            bool well = road->sends_why[0] == '\0' && (road->carrier || road->sent_all);
            bw_pace_note(&rounds->pace, i, BW_PACE_SENDS, well, now_ms);
        }
        if (road->takes) {
            bw_pace_note(&rounds->pace, i, BW_PACE_TAKES, road->carrier != NULL, now_ms);
        }
        if (road->sends || road->takes) {
            state_note(rounds, i, bw_kiosk_road_failed(road));
        }
    }
    if (exchange->roads_count == 0) { /* an enrolment without a carrier */
        bw_pace_held(&rounds->pace, now_ms + BW_PACE_CLOSED_MS);
    }
}

static enum bw_status
exchange_open(struct bw_call *call, struct rounds *rounds,
    struct bw_kiosk_exchange *ret_exchange, struct bw_error *err)
{
    enum bw_status status = bw_cli_kiosk_open(call, ret_exchange, err);
    if (status == BW_OK && !rounds->began) {
        (void)sd_notify(0, "READY=1");
        rounds->began = true;
    }
    return status;
}

/* Whether own letters needn't be read back on that road this time. */
static bool
is_brief(struct rounds *rounds, int road)
{
    int64_t now_ms = bw_rounds_mono_ms(), *whole_ms = &rounds->whole_ms[road];
    bool brief = *whole_ms != 0 && now_ms - *whole_ms < WHOLE_MS;
    *whole_ms = brief ? *whole_ms : now_ms;
    return brief;
}

/* What the doors and the ears say, of the roads that were reached; and for staff, how the
 * roads stand. */
static enum bw_status
exchange_after(struct rounds *rounds, struct bw_kiosk_exchange *exchange,
    unsigned reached, struct bw_error *err)
{
    bool open = false;
    enum bw_status status = bw_kiosk_doors_open(exchange, &open, err);
    if (status == BW_OK) {
        bw_pace_heard(&rounds->pace, bw_kiosk_ears_open(exchange, reached, &rounds->ears),
            bw_rounds_mono_ms());
        rounds->pace.tells = bw_carrier_ears_open(&rounds->ears);
        bw_pace_doors(&rounds->pace, open, bw_rounds_mono_ms());
        status = bw_kiosk_road_keep(exchange, state_of_all(rounds), err);
    }
    return status;
}

/* How long the log is now; where it has grown, that is due. */
static void
head_note(struct rounds *rounds, uint64_t head_seq)
{
    if (head_seq != rounds->head_seq) {
        rounds->head_seq = head_seq;
        bw_pace_event(&rounds->pace, bw_rounds_mono_ms());
    }
}

/* On an exchange that is open. An event that is written while it takes, and doesn't send,
 * is noticed here first. */
static enum bw_status
exchange_do(struct rounds *rounds, struct bw_kiosk_exchange *exchange, unsigned sends,
    unsigned takes, struct bw_error *err)
{
    struct bw_kiosk_pushed pushed = {.online = false};
    struct bw_kiosk_pulled pulled = {.online = false};
    exchange->sparing = true;
    enum bw_status status =
        bw_cli_kiosk_sync(exchange, sends, takes, &pushed, &pulled, err);
    if (status == BW_OK) {
        rounds_note(rounds, exchange);
        if (sends != 0) {
            rounds->head_seq = pushed.head_seq;
        }
        head_note(rounds, pushed.head_seq);
        rounds->brought = pulled.letters > 0 || pulled.peers > 0;
        if (rounds->brought) {
            bw_pace_brought(&rounds->pace, bw_rounds_mono_ms());
        }
        status = bw_cli_synced_answer(rounds->call, exchange, &pushed, &pulled, err);
    }
    (void)fflush(rounds->call->out);
    return status;
}

/* The same, by all its roads one after the other. */
static enum bw_status
exchange_here(struct rounds *rounds, struct bw_kiosk_exchange *exchange, unsigned sends,
    unsigned takes, struct bw_error *err)
{
    unsigned reached = 0;
    exchange->brief = is_brief(rounds, 0);
    enum bw_status status = exchange_do(rounds, exchange, sends, takes, err);
    for (int i = 0; i < exchange->roads_count; i++) {
        reached |= exchange->roads[i].carrier ? 1U << i : 0;
    }
    return status == BW_OK ? exchange_after(rounds, exchange, reached, err) : status;
}

static enum bw_status
exchange_once(struct rounds *rounds, unsigned sends, unsigned takes, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    enum bw_status status = exchange_open(rounds->call, rounds, &exchange, err);
    if (status == BW_OK) {
        status = exchange_here(rounds, &exchange, sends, takes, err);
        bw_kiosk_exchange_close(&exchange);
    }
    return status;
}

/* ---- several roads ---- */

/* In a road's own process. */
static void
road_work(void *context, int road, bool sends, bool takes, struct bw_road_went *went)
{
    struct rounds *rounds = context;
    struct bw_kiosk_exchange exchange;
    struct bw_error err = {.text = ""};
    went->status = exchange_open(rounds->call, rounds, &exchange, &err);
    if (went->status != BW_OK) {
        return;
    }
    exchange.brief = is_brief(rounds, road);
    went->status = exchange_do(
        rounds, &exchange, (unsigned)sends << road, (unsigned)takes << road, &err);
    bw_kiosk_exchange_close(&exchange);
    went->sends_well = rounds->pace.roads[road][BW_PACE_SENDS].misses == 0;
    went->takes_well = rounds->pace.roads[road][BW_PACE_TAKES].misses == 0;
    went->brought = rounds->brought;
    went->state = rounds->states[road];
}

/* What came of a road's process. Where somebody holds the store, all waits; where the
 * store failed it otherwise, it is done once more here, so that there is a sentence. */
static enum bw_status
road_ended(struct rounds *rounds, int road, const struct bw_road_child *child,
    const struct bw_road_went *went, struct bw_error *err)
{
    int64_t now_ms = bw_rounds_mono_ms();
    struct bw_kiosk_exchange exchange;
    if (went->status == BW_BUSY) {
        bw_pace_held(&rounds->pace, now_ms);
        return BW_OK;
    }
    if (went->status != BW_OK) {
        return exchange_once(
            rounds, (unsigned)child->sends << road, (unsigned)child->takes << road, err);
    }
    if (child->sends) {
        bw_pace_note(&rounds->pace, road, BW_PACE_SENDS, went->sends_well, now_ms);
    }
    if (child->takes) {
        bw_pace_note(&rounds->pace, road, BW_PACE_TAKES, went->takes_well, now_ms);
    }
    rounds->states[road] = went->state;
    if (went->brought) {
        bw_pace_brought(&rounds->pace, now_ms);
    }
    if (rounds->head_seq != rounds->heads[road]) { /* it may have been too early for it */
        bw_pace_event(&rounds->pace, now_ms);
    }
    enum bw_status status = exchange_open(rounds->call, rounds, &exchange, err);
    if (status == BW_OK) {
        bool reached = child->takes && went->takes_well;
        status = exchange_after(rounds, &exchange, (unsigned)reached << road, err);
        bw_kiosk_exchange_close(&exchange);
    }
    return status;
}

static unsigned
busy_roads(const struct rounds *rounds)
{
    unsigned busy = 0;
    for (int i = 0; i < BW_CARRIERS_MAX; i++) {
        busy |= rounds->children[i].pid != 0 ? 1U << i : 0;
    }
    return busy;
}

static enum bw_status
children_look(struct rounds *rounds, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < BW_CARRIERS_MAX; i++) {
        struct bw_road_child child = rounds->children[i];
        struct bw_road_went went;
        if (bw_road_child_ended(&rounds->children[i], &went)) {
            status = road_ended(rounds, i, &child, &went, err);
            rounds->looks = LOOKS;
        }
    }
    return status;
}

static enum bw_status
child_start(struct rounds *rounds, int road, bool sends, bool takes, struct bw_error *err)
{
    struct bw_road_went went;
    const struct bw_road_child here = {.sends = sends, .takes = takes};
    bool brief = is_brief(rounds, road); /* as it is for the process */
    int64_t whole_ms = rounds->whole_ms[road];
    if (!brief) {
        rounds->whole_ms[road] = 0;
    }
    rounds->heads[road] = rounds->head_seq;
    bool started = bw_road_child_start(
        &rounds->children[road], road, sends, takes, road_work, rounds, &went);
    rounds->whole_ms[road] = whole_ms;
    return started ? BW_OK : road_ended(rounds, road, &here, &went, err);
}

/* One road is done here; what is due of several in processes of their own. */
static enum bw_status
exchange_due(struct rounds *rounds, unsigned sends, unsigned takes, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    struct bw_head head;
    enum bw_status status = exchange_open(rounds->call, rounds, &exchange, err);
    if (status != BW_OK) {
        return status;
    }
    int count = exchange.roads_count;
    status = count > 1 ? bw_store_head(exchange.store, &head, err)
                       : exchange_here(rounds, &exchange, sends, takes, err);
    bw_kiosk_exchange_close(&exchange);
    if (status != BW_OK || count <= 1) {
        return status;
    }
    rounds->pace.roads_count = count;
    head_note(rounds, head.seq);
    for (int i = 0; status == BW_OK && i < count; i++) {
        bool out = (sends >> i & 1) != 0, in = (takes >> i & 1) != 0;
        status = out || in ? child_start(rounds, i, out, in, err) : BW_OK;
    }
    return status;
}

/* On a slow disk a commit may take long. */
static int64_t
look_next_ms(const struct rounds *rounds)
{
    return rounds->looked_ms + ((int64_t)LOOK_LEAST_MS << (LOOKS - rounds->looks));
}

/* Whether the log has grown. */
static enum bw_status
head_look(struct rounds *rounds, struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    struct bw_head head;
    enum bw_status status = exchange_open(rounds->call, rounds, &exchange, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_store_head(exchange.store, &head, err);
    bw_kiosk_exchange_close(&exchange);
    rounds->looked_ms = bw_rounds_mono_ms();
    rounds->looks--;
    if (status == BW_OK) {
        head_note(rounds, head.seq);
    }
    return status;
}

/* Until something is to be done; a signal ends the process in here. */
static void
wait_more(struct rounds *rounds)
{
    int ends[BW_CARRIERS_MAX], count = 0;
    int64_t until_ms = bw_pace_next_but_ms(&rounds->pace, busy_roads(rounds));
    int64_t now_ms = bw_rounds_mono_ms();
    for (int i = 0; i < BW_CARRIERS_MAX; i++) {
        if (rounds->children[i].pid != 0) {
            ends[count++] = rounds->children[i].end_fd;
        }
    }
    if (rounds->looks > 0 && look_next_ms(rounds) < until_ms) {
        until_ms = look_next_ms(rounds);
    }
    if (until_ms > now_ms + WAIT_MOST_MS) {
        until_ms = now_ms + WAIT_MOST_MS;
    }
    struct bw_noticed came =
        bw_notice_wait(&rounds->notice, &rounds->ears, ends, count, until_ms - now_ms);
    rounds->looks = came.store ? LOOKS : rounds->looks;
    rounds->pace.tells = bw_carrier_ears_open(&rounds->ears);
    bw_pace_heard(&rounds->pace, came.carriers, bw_rounds_mono_ms());
    if (came.network) {
        bw_pace_network(&rounds->pace, bw_rounds_mono_ms());
    }
}

/* What is due now, and then the wait. */
static enum bw_status
round_once(struct rounds *rounds, struct bw_error *err)
{
    enum bw_status status = children_look(rounds, err);
    int64_t now_ms = bw_rounds_mono_ms();
    unsigned free_roads = ~busy_roads(rounds);
    unsigned sends = bw_pace_due(&rounds->pace, BW_PACE_SENDS, now_ms) & free_roads;
    unsigned takes = bw_pace_due(&rounds->pace, BW_PACE_TAKES, now_ms) & free_roads;
    if (status == BW_OK && (sends || takes)) {
        status = exchange_due(rounds, sends, takes, err);
        rounds->looks = LOOKS; /* what came in the meantime is looked for */
    } else if (status == BW_OK && rounds->looks > 0 && now_ms >= look_next_ms(rounds)) {
        status = head_look(rounds, err);
    }
    if (status == BW_BUSY) { /* somebody holds the store for long: tried again */
        bw_pace_held(&rounds->pace, bw_rounds_mono_ms());
        rounds->looked_ms = bw_rounds_mono_ms();
        status = BW_OK;
    }
    (void)sd_notify(0, "WATCHDOG=1");
    if (status == BW_OK) {
        wait_more(rounds);
    }
    return status;
}

static enum bw_exit
run_kiosk(struct bw_call *call, struct bw_error *err)
{
    struct rounds rounds = {.call = call, .pace = {.random = arc4random_uniform}};
    struct bw_run_child near = {.pid = 0};
    enum bw_status status = BW_OK;
    bw_notice_open(&rounds.notice, bw_call_value(call, BW_OPTION_STORE));
    do {
        if (bw_run_lan_keep(&near, call)) { /* this is the new process */
            return bw_run_near(call, err);
        }
        status = round_once(&rounds, err);
    } while (status == BW_OK);
    bw_notice_close(&rounds.notice);
    bw_carrier_ears_close(&rounds.ears);
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
    if (bw_run_lan_check(call, err) != BW_OK) {
        return BW_EXIT_USAGE;
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
    .summary = BW_SAYS("letters in and out for ever, until a signal"),
    .help = BW_SAYS(
        "Of a kiosk (--store), or of the office (--central). A kiosk sends within a\n"
        "second of an event, and looks for what is new every 15 seconds while doors\n"
        "are open, every 5 for two minutes after something happened there, else each\n"
        "minute; a carrier in PostgreSQL tells of a letter at once, the office too.\n"
        "By a carrier that fails it tries again after 5, 10, 20 … at most 300\n"
        "seconds, or once the network is back; sending and taking apart. The office\n"
        "does both every 15 seconds.\n"
        "Where its rosters name another kiosk, a kiosk also serves its letters on the\n"
        "local network, announces itself there, and takes the others' at once: two at\n"
        "one door need no internet. --lan off where a network must not be used so;\n"
        "--lan-peers where it has no multicast.\n"),
    .takes = BW_TAKES(BW_OPTION_CENTRAL) | BW_TAKES(BW_OPTION_KEY_FILE) |
             BW_TAKES(BW_OPTION_LAN) | BW_TAKES(BW_OPTION_LAN_PORT) |
             BW_TAKES(BW_OPTION_LAN_PEERS),
    .needs = BW_NEEDS_EITHER,
    .run = run_run,
};
