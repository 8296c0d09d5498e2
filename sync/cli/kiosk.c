/* See kiosk.h. */
#include "cli/kiosk.h"

#include "cli/answer.h"

#include <brugwachter/said.h>
#include <inttypes.h>

enum bw_status
bw_cli_kiosk_open(
    struct bw_call *call, struct bw_kiosk_exchange *ret_exchange, struct bw_error *err)
{
    enum bw_status status = bw_kiosk_exchange_open(bw_call_value(call, BW_OPTION_STORE),
        &call->clock, bw_call_value(call, BW_OPTION_CENTRAL), ret_exchange, err);
    if (status == BW_OK) {
        ret_exchange->netrc_path = bw_call_value(call, BW_OPTION_NETRC_FILE);
    }
    return status;
}

static json_t *
roads_json(const struct bw_kiosk_exchange *exchange)
{
    json_t *list = json_array();
    for (int i = 0; i < exchange->roads_count; i++) {
        const struct bw_kiosk_road *road = &exchange->roads[i];
        const char *why = road->why[0] ? road->why : road->sends_why;
        bw_cli_add(&list, json_pack("{s:s, s:b, s:s?, s:s?}", "uri", road->uri, "online",
                              (int)(road->carrier && why[0] == '\0'), "why",
                              why[0] ? why : NULL, "fault", why[0] ? road->fault : NULL));
    }
    return list;
}

json_t *
bw_cli_pushed_json(
    const struct bw_kiosk_exchange *exchange, const struct bw_kiosk_pushed *pushed)
{
    uint64_t waiting = pushed->head_seq - pushed->acknowledged_seq;
    return json_pack("{s:b, s:I, s:I, s:I, s:I, s:b, s:b, s:o}", "online",
        (int)pushed->online, "sent", (json_int_t)pushed->sent_seq, "accepted",
        (json_int_t)pushed->accepted, "acknowledged_seq",
        (json_int_t)pushed->acknowledged_seq, "waiting", (json_int_t)waiting, "restored",
        (int)pushed->restored, "introduced", (int)pushed->introduced, "carriers",
        roads_json(exchange));
}

json_t *
bw_cli_pulled_json(const struct bw_kiosk_pulled *pulled)
{
    return json_pack("{s:b, s:I, s:I, s:I, s:i, s:i, s:i, s:i, s:b, s:b, s:s?}", "online",
        (int)pulled->online, "revision", (json_int_t)pulled->revision, "registrations",
        (json_int_t)pulled->registrations, "sessions", (json_int_t)pulled->sessions,
        "letters", pulled->letters, "waiting_letters", pulled->waiting, "refused",
        pulled->refused, "unknown", pulled->unknown, "restored", (int)pulled->restored,
        "other_introduced", (int)pulled->other_introduced, "why",
        pulled->why[0] ? pulled->why : NULL);
}

void
bw_cli_pushed_print(const struct bw_kiosk_exchange *exchange,
    const struct bw_kiosk_pushed *pushed, FILE *out)
{
    if (!pushed->online) {
        (void)fprintf(out,
            bw_said("Offline: %s\n%" PRIu64 " events wait in the store.\n"),
            bw_kiosk_exchange_why(exchange), pushed->head_seq - pushed->sent_seq);
        return;
    }
    (void)fprintf(out,
        bw_said("Sent up to event %" PRIu64 ", of which %" PRId64
                " were new; the office has acknowledged all up to %" PRIu64 ".\n"),
        pushed->sent_seq, pushed->accepted, pushed->acknowledged_seq);
}

void
bw_cli_pulled_print(const struct bw_kiosk_exchange *exchange,
    const struct bw_kiosk_pulled *pulled, FILE *out)
{
    const char *why = bw_kiosk_exchange_why(exchange);
    if (!pulled->online && why[0]) {
        (void)fprintf(out, bw_said("Offline: %s\n"), why);
    }
    (void)fprintf(out,
        bw_said("The store has %" PRId64 " registrations and %" PRId64
                " sessions, as of revision %" PRId64 ".\n"),
        pulled->registrations, pulled->sessions, pulled->revision);
    if (pulled->refused > 0) {
        (void)fprintf(out, bw_said("Letters refused: %d. The first: %s\n"),
            pulled->refused, pulled->why);
    }
    if (pulled->unknown > 0) {
        (void)fprintf(out,
            bw_said(
                "Letters of kiosks that are on no roster here: %d; the organiser has a "
                "newer roster for this kiosk.\n"),
            pulled->unknown);
    }
    if (pulled->other_introduced) {
        (void)fputs(bw_said("The office knows another kiosk under this number: have the "
                            "organiser look at `kiosks`.\n"),
            out);
    }
}

enum bw_status
bw_cli_synced_answer(struct bw_call *call, const struct bw_kiosk_exchange *exchange,
    const struct bw_kiosk_pushed *pushed, const struct bw_kiosk_pulled *pulled,
    struct bw_error *err)
{
    if (!call->json) {
        bw_cli_pushed_print(exchange, pushed, call->out);
        if (pushed->online) {
            bw_cli_pulled_print(exchange, pulled, call->out);
        }
        return BW_OK;
    }
    json_t *root = bw_cli_pushed_json(exchange, pushed);
    json_t *more = bw_cli_pulled_json(pulled);
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

enum bw_exit
bw_cli_kiosk_exit(struct bw_call *call, bool restored)
{
    if (!restored) {
        return BW_EXIT_DONE;
    }
    if (!call->json) {
        (void)fputs(
            bw_said("This store is an old copy: other events of this kiosk are known "
                    "elsewhere. It takes no more check-ins; "
                    "enrol the kiosk under a new number.\n"),
            call->out);
    }
    return BW_EXIT_LOOK;
}

enum bw_status
bw_cli_kiosk_sync(struct bw_kiosk_exchange *exchange, unsigned sends, unsigned takes,
    struct bw_kiosk_pushed *ret_pushed, struct bw_kiosk_pulled *ret_pulled,
    struct bw_error *err)
{
    bw_kiosk_exchange_reach_ways(exchange, sends, takes);
    enum bw_status status = bw_kiosk_push(exchange, ret_pushed, err);
    if (status == BW_OK) {
        status = bw_kiosk_pull(exchange, ret_pulled, err);
    }
    if (status == BW_OK && ret_pulled->letters > 0) {
        /* a receipt may have gone back: what it no longer covers goes again */
        int64_t accepted = ret_pushed->accepted;
        status = bw_kiosk_push(exchange, ret_pushed, err);
        ret_pushed->accepted += accepted;
    }
    return status;
}
