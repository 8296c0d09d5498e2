/* `run` at the office: see rounds.h.
 *
 *   round --nothing failed--> waiting 15 s --> round
 *   waiting --a carrier tells of a letter--> round, a second later
 *   round --a carrier or server is offline, the database is held--> waiting 5, 10 … 300 s
 *   any --TERM, INT, HUP--> end, at once
 *
 * A signal ends the process where it stands: a transaction is rolled back, and a round
 * that was cut anywhere goes on at the next start. A sentence is printed once, until
 * another round has another one. */
#include "cli/answer.h"
#include "cli/letters.h"
#include "cli/pace.h"
#include "cli/rounds.h"
#include "exchange/office/carriers.h"

#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>

struct office_rounds {
    struct bw_call *call;
    uint64_t told; /* of the sentences of the round before */
    int misses;
    struct bw_carrier_ears ears;
    bool soon; /* one of them is new */
};

/* Tells whether the sentences are those of the round before. */
static uint64_t
sum_of(const struct bw_round_summary *summary)
{
    uint64_t sum = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < summary->notes_count; i++) {
        for (const char *c = summary->notes[i]; *c != '\0'; c++) {
            sum = (sum ^ (uint8_t)*c) * UINT64_C(1099511628211);
        }
    }
    return sum;
}

static enum bw_status
answer_json(struct bw_call *call, const struct bw_round_summary *s, struct bw_error *err)
{
    json_t *notes = json_array();
    for (size_t i = 0; i < s->notes_count; i++) {
        bw_cli_add(&notes, json_string(s->notes[i]));
    }
    return bw_cli_json(call,
        json_pack("{s:b, s:i, s:i, s:i, s:I, s:I, s:I, s:i, s:i, s:o}", "online",
            s->offline == 0, "taken", s->taken, "left", s->left, "aside", s->aside,
            "events", (json_int_t)s->events, "accepted", (json_int_t)s->accepted,
            "quarantined", (json_int_t)s->quarantined, "written", s->written, "removed",
            s->removed, "notes", notes),
        err);
}

/* A line where something came or went, and what hasn't been said. */
static enum bw_status
answer(
    struct office_rounds *rounds, const struct bw_round_summary *s, struct bw_error *err)
{
    struct bw_call *call = rounds->call;
    uint64_t sum = sum_of(s);
    bool news = sum != rounds->told;
    enum bw_status status = BW_OK;
    if (call->json) {
        status = answer_json(call, s, err);
    } else {
        if (s->taken > 0 || s->written > 0) {
            (void)fprintf(call->out,
                "Took %d letters with %" PRId64 " new events, wrote %d.\n", s->taken,
                s->accepted, s->written);
        }
        if (news) {
            bw_letters_print(s, call->out);
        }
    }
    rounds->told = sum;
    (void)fflush(call->out);
    return status;
}

static enum bw_status
round_once(struct office_rounds *rounds, struct bw_error *err)
{
    struct bw_exchange_post post = {0};
    struct bw_round_summary summary = {0};
    enum bw_status status = bw_letters_post(rounds->call, &post, err);
    if (status == BW_OK) {
        status = bw_round_in(&post, &summary, err);
    }
    if (status == BW_OK) {
        status = bw_round_out(&post, &summary, err);
    }
    if (status == BW_OK && summary.offline == 0) {
        rounds->soon = bw_office_carriers_listen(&post, &rounds->ears);
    }
    if (status == BW_OK) {
        status = answer(rounds, &summary, err);
    }
    rounds->misses = status != BW_OK || summary.offline > 0 ? rounds->misses + 1 : 0;
    bw_round_summary_finish(&summary);
    bw_exchange_post_finish(&post);
    return status;
}

/* Until the next round is due. A letter that is told of is taken within a second or so,
 * with what else comes in that time. */
static void
wait_more(struct office_rounds *rounds)
{
    int64_t until_ms =
        bw_rounds_mono_ms() + bw_pace_wait_ms(rounds->misses, arc4random_uniform);
    int64_t now_ms = bw_rounds_mono_ms();
    if (rounds->soon) {
        until_ms = now_ms + BW_PACE_NOTICE_MS;
        rounds->soon = false;
    }
    while ((now_ms = bw_rounds_mono_ms()) < until_ms) {
        struct pollfd ends[BW_CARRIERS_MAX];
        int fds[BW_CARRIERS_MAX];
        int count = bw_carrier_ears_fds(&rounds->ears, fds);
        for (int i = 0; i < count; i++) {
            ends[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        }
        (void)poll(ends, (nfds_t)count, (int)(until_ms - now_ms));
        if (bw_carrier_ears_heard(&rounds->ears) != 0 &&
            until_ms > now_ms + BW_PACE_NOTICE_MS) {
            until_ms = now_ms + BW_PACE_NOTICE_MS;
        }
    }
}

enum bw_exit
bw_run_office(struct bw_call *call, struct bw_error *err)
{
    struct office_rounds rounds = {.call = call};
    enum bw_status status;
    do {
        status = round_once(&rounds, err);
        (void)sd_notify(0, status == BW_OK ? "READY=1\nWATCHDOG=1" : "WATCHDOG=1");
        /* somebody works in the database, or its server is away: tried again */
        if (status == BW_BUSY || status == BW_OFFLINE) {
            if (rounds.misses == 1 && !call->json) {
                (void)fprintf(call->out, "%s\n", err->text);
                (void)fflush(call->out);
            }
            status = BW_OK;
        }
        if (status == BW_OK) {
            wait_more(&rounds);
        }
    } while (status == BW_OK);
    bw_carrier_ears_close(&rounds.ears);
    return bw_exit_of(status);
}
