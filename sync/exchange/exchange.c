/* `push`, `pull`, `sync`: what a kiosk and the central database have to tell each other,
 * once. Being offline is said, and is no error. */
#include "exchange/exchange.h"
#include "exchange/usb.h"
#include "cli/answer.h"
#include "cli/commands.h"

#include <inttypes.h>

#define CENTRAL_HELP                                                                     \
    "--central is needed only where the central database isn't at its enrolled place.\n"

/* ---- answers ---- */

static json_t *
pushed_json(const struct bw_pushed *pushed)
{
    return json_pack("{s:b, s:I, s:I, s:I, s:I, s:b}", "online", (int)pushed->online,
        "sent", (json_int_t)pushed->sent, "accepted", (json_int_t)pushed->accepted,
        "acknowledged_seq", (json_int_t)pushed->acknowledged_seq, "waiting",
        (json_int_t)pushed->waiting, "restored", (int)pushed->restored);
}

static json_t *
pulled_json(const struct bw_pulled *pulled)
{
    return json_pack("{s:b, s:I, s:I, s:I, s:b}", "online", (int)pulled->online,
        "revision", (json_int_t)pulled->revision, "registrations",
        (json_int_t)pulled->registrations, "sessions", (json_int_t)pulled->sessions,
        "restored", (int)pulled->restored);
}

static void
pushed_print(const struct bw_link *link, const struct bw_pushed *pushed, FILE *out)
{
    if (!pushed->online) {
        (void)fprintf(out, "Offline: %s\n%" PRIu64 " events wait in the store.\n",
            link->why_offline, pushed->waiting);
        return;
    }
    (void)fprintf(out,
        "Sent %" PRId64 " events, of which %" PRId64
        " were new; the central database has all up to %" PRIu64 ".\n",
        pushed->sent, pushed->accepted, pushed->acknowledged_seq);
}

static void
pulled_print(const struct bw_link *link, const struct bw_pulled *pulled, FILE *out)
{
    if (!pulled->online && link->why_offline[0]) {
        (void)fprintf(out, "Offline: %s\n", link->why_offline);
    }
    (void)fprintf(out,
        "The store has %" PRId64 " registrations and %" PRId64
        " sessions, as of revision %" PRId64 ".\n",
        pulled->registrations, pulled->sessions, pulled->revision);
}

static enum bw_exit
exit_of(bool restored, FILE *out, bool json)
{
    if (!restored) {
        return BW_EXIT_DONE;
    }
    if (!json) {
        (void)fputs(
            "This store is an old copy: the central database knows other events of "
            "this kiosk. It takes no more check-ins; enrol the kiosk under a new "
            "number.\n",
            out);
    }
    return BW_EXIT_LOOK;
}

/* ---- commands ---- */

static enum bw_exit
run_push(struct bw_call *call, struct bw_error *err)
{
    struct bw_link link;
    struct bw_pushed pushed = {0};
    enum bw_status status = bw_link_open(call, &link, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    status = bw_link_reach(&link, err);
    if (status == BW_OK) {
        status = bw_link_push(&link, &pushed, err);
    }
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call, pushed_json(&pushed), err);
    } else if (status == BW_OK) {
        pushed_print(&link, &pushed, call->out);
    }
    bw_link_close(&link);
    return status == BW_OK ? exit_of(pushed.restored, call->out, call->json)
                           : bw_exit_of(status);
}

static enum bw_exit
run_pull(struct bw_call *call, struct bw_error *err)
{
    struct bw_link link;
    struct bw_pulled pulled = {0};
    const char *from = bw_call_value(call, BW_OPTION_FROM);
    enum bw_status status = bw_link_open(call, &link, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (from) {
        status = bw_usb_roster_take(&link, from, &pulled, err);
    } else {
        status = bw_link_reach(&link, err);
        if (status == BW_OK) {
            status = bw_link_pull(&link, &pulled, err);
        }
    }
    if (status == BW_OK && call->json) {
        status = bw_cli_json(call, pulled_json(&pulled), err);
    } else if (status == BW_OK) {
        pulled_print(&link, &pulled, call->out);
    }
    bw_link_close(&link);
    return status == BW_OK ? exit_of(pulled.restored, call->out, call->json)
                           : bw_exit_of(status);
}

enum bw_status
bw_exchange(struct bw_link *link, struct bw_pushed *ret_pushed,
    struct bw_pulled *ret_pulled, struct bw_error *err)
{
    enum bw_status status = bw_link_reach(link, err);
    if (status == BW_OK) {
        status = bw_link_push(link, ret_pushed, err);
    }
    return status == BW_OK ? bw_link_pull(link, ret_pulled, err) : status;
}

enum bw_status
bw_exchange_answer(const struct bw_link *link, const struct bw_pushed *pushed,
    const struct bw_pulled *pulled, struct bw_error *err)
{
    struct bw_call *call = link->call;
    if (!call->json) {
        pushed_print(link, pushed, call->out);
        if (pushed->online) {
            pulled_print(link, pulled, call->out);
        }
        return BW_OK;
    }
    json_t *root = pushed_json(pushed), *more = pulled_json(pulled);
    bool online = pushed->online && pulled->online;
    bool restored = pushed->restored || pulled->restored;
    if (json_object_update(root, more) != 0 ||
        json_object_set_new(root, "online", json_boolean(online)) != 0 ||
        json_object_set_new(root, "restored", json_boolean(restored)) != 0) {
        json_decref(root);
        root = NULL;
    }
    json_decref(more);
    return bw_cli_json(call, root, err);
}

static enum bw_exit
run_sync(struct bw_call *call, struct bw_error *err)
{
    struct bw_link link;
    struct bw_pushed pushed = {0};
    struct bw_pulled pulled = {0};
    enum bw_status status = bw_link_open(call, &link, err);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    status = bw_exchange(&link, &pushed, &pulled, err);
    if (status == BW_OK) {
        status = bw_exchange_answer(&link, &pushed, &pulled, err);
    }
    bw_link_close(&link);
    return status == BW_OK
               ? exit_of(pushed.restored || pulled.restored, call->out, call->json)
               : bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_push = {
    .name = "push",
    .operands = "",
    .summary = "send this kiosk's events to the central database, once",
    .help = "Every push states how far this kiosk's log goes: the report's completeness\n"
            "rests on it. Push again after the session's end, also when nothing is "
            "new.\n" CENTRAL_HELP,
    .takes = BW_TAKES(BW_OPTION_CENTRAL),
    .needs = BW_NEEDS_STORE,
    .run = run_push,
};

const struct bw_sync_command bw_sync_command_pull = {
    .name = "pull",
    .operands = "",
    .summary = "fetch this kiosk's roster, once; or from a file",
    .help = "--from takes a file that `pack` made for this kiosk.\n" CENTRAL_HELP,
    .takes = BW_TAKES(BW_OPTION_FROM) | BW_TAKES(BW_OPTION_CENTRAL),
    .needs = BW_NEEDS_STORE,
    .run = run_pull,
};

const struct bw_sync_command bw_sync_command_sync = {
    .name = "sync",
    .operands = "",
    .summary = "push and pull, once",
    .help = CENTRAL_HELP,
    .takes = BW_TAKES(BW_OPTION_CENTRAL),
    .needs = BW_NEEDS_STORE,
    .run = run_sync,
};
