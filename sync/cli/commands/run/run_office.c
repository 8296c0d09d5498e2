/* `run` at the office: see rounds.h.
 *
 *   round --nothing failed--> waiting 15 s --> round
 *   waiting --a carrier tells of a letter--> round, a second later
 *   round --a carrier or server is offline, the database is held--> waiting 5, 10 … 300 s
 *   any --TERM, INT, HUP--> end, at once
 *
 * Of several carriers each goes in a process of its own (run_roads.h), and waits and
 * fails by itself.
 *
 * A signal ends the process where it stands: a transaction is rolled back, and a round
 * that was cut anywhere goes on at the next start. A sentence is printed once, until
 * another round has another one. */
#include "cli/answer.h"
#include "cli/letters.h"
#include "cli/pace.h"
#include "cli/rounds.h"
#include "exchange/office/carriers.h"
#include "cli/commands/run/run_roads.h"

#include <brugwachter/said.h>
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
    struct bw_rounds_roads roads;
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
                bw_said("Took %d letters with %" PRId64 " new events, wrote %d.\n"),
                s->taken, s->accepted, s->written);
        }
        if (news) {
            bw_letters_print(s, call->out);
        }
    }
    rounds->told = sum;
    (void)fflush(call->out);
    return status;
}

/* By the only carrier, here. */
static enum bw_status
round_here(const struct bw_exchange_post *post, struct office_rounds *rounds,
    struct bw_round_summary *summary, struct bw_error *err)
{
    enum bw_status status = bw_round_in(post, summary, err);
    if (status == BW_OK) {
        status = bw_round_out(post, summary, err);
    }
    if (status == BW_OK && summary->offline == 0) {
        rounds->soon = bw_office_carriers_listen(post, &rounds->ears);
    }
    rounds->misses = status != BW_OK || summary->offline > 0 ? rounds->misses + 1 : 0;
    return status;
}

/* Which carriers there are, where they are several, and the ears of those that
 * answered. */
static enum bw_status
roads_list(
    struct bw_exchange_post *post, struct office_rounds *rounds, struct bw_error *err)
{
    struct bw_carrier_list *list = &rounds->roads.list;
    enum bw_status status = bw_office_carriers_list(post->central, list, err);
    if (status != BW_OK || list->count <= 1) {
        list->count = 0;
        return status;
    }
    post->without = ~bw_rounds_roads_well(&rounds->roads);
    rounds->soon = bw_office_carriers_listen(post, &rounds->ears);
    return BW_OK;
}

/* A database that processes shared would serve none of them: each opens its own. */
static enum bw_status
round_apart(
    struct office_rounds *rounds, struct bw_round_summary *summary, struct bw_error *err)
{
    bw_central_close(rounds->call->central);
    rounds->call->central = NULL;
    rounds->misses = 0;
    return bw_rounds_roads_round(&rounds->roads, summary, err);
}

static enum bw_status
round_once(struct office_rounds *rounds, struct bw_error *err)
{
    struct bw_exchange_post post = {0};
    struct bw_round_summary summary = {0};
    struct bw_call *call = rounds->call;
    enum bw_status status =
        call->central != NULL
            ? BW_OK
            : bw_central_open(rounds->roads.uri, BW_CENTRAL_OPEN, &call->central, err);
    if (status == BW_OK) {
        status = bw_letters_post(call, &post, err);
    }
    if (status == BW_OK) {
        status = roads_list(&post, rounds, err);
    }
    if (status == BW_OK && rounds->roads.list.count > 0) {
        status = round_apart(rounds, &summary, err);
    } else if (status == BW_OK) {
        post.without = 0;
        status = round_here(&post, rounds, &summary, err);
    } else {
        rounds->misses++;
    }
    if (status == BW_OK) {
        status = answer(rounds, &summary, err);
    }
    bw_round_summary_finish(&summary);
    bw_exchange_post_finish(&post);
    return status;
}

static int64_t
until(struct office_rounds *rounds, int64_t now_ms)
{
    int64_t wait_ms = bw_pace_wait_ms(rounds->misses, arc4random_uniform);
    int64_t due_ms = now_ms + wait_ms;
    if (rounds->roads.list.count > 0 && rounds->misses == 0) {
        due_ms = bw_rounds_roads_due_ms(&rounds->roads);
    }
    if (rounds->soon) {
        due_ms = now_ms + BW_PACE_NOTICE_MS;
        bw_rounds_roads_heard(&rounds->roads, ~0U, due_ms);
        rounds->soon = false;
    }
    return due_ms;
}

/* Until the next round is due, or a road that was late has ended. A letter that is told
 * of is taken within a second or so, with what else comes in that time. */
static void
wait_more(struct office_rounds *rounds)
{
    int64_t now_ms = bw_rounds_mono_ms(), until_ms = until(rounds, now_ms);
    bool ended = false;
    while (!ended && (now_ms = bw_rounds_mono_ms()) < until_ms) {
        struct pollfd ends[2 * BW_CARRIERS_MAX + 1];
        int fds[2 * BW_CARRIERS_MAX + 1];
        int ears = bw_carrier_ears_fds(&rounds->ears, fds);
        int count = ears + bw_rounds_roads_fds(&rounds->roads, fds + ears);
        for (int i = 0; i < count; i++) {
            ends[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
        }
        (void)poll(ends, (nfds_t)count, (int)(until_ms - now_ms));
        unsigned heard = bw_carrier_ears_heard(&rounds->ears);
        if (heard != 0) {
            bw_rounds_roads_heard(&rounds->roads, heard, now_ms + BW_PACE_NOTICE_MS);
        }
        if (heard != 0 && until_ms > now_ms + BW_PACE_NOTICE_MS) {
            until_ms = now_ms + BW_PACE_NOTICE_MS;
        }
        for (int i = ears; i < count; i++) {
            ended = ended || ends[i].revents != 0;
        }
    }
}

enum bw_exit
bw_run_office(struct bw_call *call, struct bw_error *err)
{
    char *uri = strdup(bw_central_name(call->central));
    struct office_rounds rounds = {.call = call, .roads = {.call = call, .uri = uri}};
    enum bw_status status =
        uri != NULL ? BW_OK
                    : bw_error_set(err, BW_NO_MEMORY, 0, "exchanging: out of memory");
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
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
    free(uri);
    return bw_exit_of(status);
}
