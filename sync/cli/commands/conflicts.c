/* `conflicts`: what is to settle: each session's conflicts, what is in quarantine,
 * introductions that wait, and letters that were set aside. */
#include "central/records.h"
#include "cli/answer.h"
#include "cli/pending.h"
#include "commands.h"
#include "exchange/office/merge/quarantine.h"
#include "report/book/book.h"
#include "report/conflict/conflicts.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdlib.h>

struct conflicts_telling {
    struct bw_call *call;
    json_t *sessions, *quarantine; /* NULL where text is printed */
    struct bw_pending pending;
    struct bw_zone *zone;
    int count;
};

static void
conflict_tell(
    struct conflicts_telling *telling, json_t **list, const struct bw_conflict *conflict)
{
    telling->count++;
    if (!telling->call->json) {
        (void)fprintf(telling->call->out, "  %s: %s\n", conflict->kind, conflict->text);
        return;
    }
    json_t *events = json_array();
    for (int i = 0; i < conflict->events_count; i++) {
        char id[BW_EVENT_ID_BYTES];
        bw_event_id_format(conflict->events[i], id);
        bw_cli_add(&events, json_string(id));
    }
    bw_cli_add(list, json_pack("{s:s, s:s, s:o}", "kind", conflict->kind, "text",
                         conflict->text, "events", events));
}

static enum bw_status
session_tell(struct conflicts_telling *telling, uint32_t session_no, struct bw_error *err)
{
    struct bw_central *central = telling->call->central;
    struct bw_book *book = NULL;
    struct bw_conflicts conflicts = {.count = 0};
    struct bw_session session;
    enum bw_status status =
        bw_record_session_by_number(central, session_no, &session, err);
    if (status == BW_OK) {
        status = bw_book_open(central, session_no, NULL, &book, err);
    }
    if (status == BW_OK) {
        status = bw_conflicts_find(book,
            telling->call->json ? BW_WORDING_DUTCH : bw_wording_spoken(), &conflicts,
            err);
    }
    if (status == BW_OK && conflicts.count > 0) {
        json_t *list = telling->call->json ? json_array() : NULL;
        if (!telling->call->json) {
            (void)fprintf(telling->call->out, "%s  %s\n", session.code, session.title);
        }
        for (int i = 0; i < conflicts.count; i++) {
            conflict_tell(telling, &list, &conflicts.items[i]);
        }
        if (telling->call->json) {
            bw_cli_add(&telling->sessions,
                json_pack("{s:s, s:o}", "code", session.code, "conflicts", list));
        }
    }
    bw_conflicts_finish(&conflicts);
    bw_book_close(book);
    return status;
}

static bool
on_quarantined(const struct bw_quarantined *q, void *context)
{
    struct conflicts_telling *telling = context;
    char id[BW_EVENT_ID_BYTES];
    bw_event_id_format(q->event.id, id);
    telling->count++;
    if (telling->call->json) {
        bw_cli_add(&telling->quarantine,
            json_pack("{s:I, s:s, s:s, s:s, s:I}", "number", (json_int_t)q->number,
                "event", id, "kind", bw_event_kind_name(q->event.kind), "reason",
                bw_quarantine_reason_name(q->reason), "session_no",
                (json_int_t)q->event.session_no));
        return true;
    }
    (void)fprintf(telling->call->out,
        bw_said("  %" PRId64 ": event %s (%s) for %s: %s\n"), q->number, id,
        bw_event_kind_name(q->event.kind),
        q->session_code[0] != '\0' ? q->session_code
                                   : bw_said("a session that isn't here"),
        bw_said(bw_quarantine_reason_text(q->reason)));
    return true;
}

static enum bw_status
tell_all(struct conflicts_telling *telling, struct bw_error *err)
{
    struct bw_central *central = telling->call->central;
    int64_t *sessions = NULL, waiting = 0;
    size_t count = 0;
    enum bw_status status = bw_record_numbers(central,
        "SELECT session_no FROM session ORDER BY starts_ms, code", NULL, 0, &sessions,
        &count, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = session_tell(telling, (uint32_t)sessions[i], err);
    }
    free(sessions);
    if (status == BW_OK) {
        status = bw_central_number(central,
            "SELECT count(*) FROM quarantine WHERE settled = 0", NULL, 0, 0, &waiting,
            err);
    }
    if (status == BW_OK && waiting > 0 && !telling->call->json) {
        (void)fputs(
            bw_said("In quarantine, counted nowhere (settle N in|out --why T):\n"),
            telling->call->out);
    }
    if (status == BW_OK) {
        status = bw_quarantine_list(central, false, on_quarantined, telling, err);
    }
    return status == BW_OK ? bw_pending_read(central, bw_call_now_ms(telling->call),
                                 &telling->pending, err)
                           : status;
}

/* Takes what was gathered. */
static enum bw_status
answer(struct conflicts_telling *telling, struct bw_error *err)
{
    FILE *out = telling->call->out;
    const struct bw_pending *pending = &telling->pending;
    if (telling->call->json) {
        return bw_cli_json(telling->call,
            json_pack("{s:O, s:O, s:o, s:o}", "sessions", telling->sessions, "quarantine",
                telling->quarantine, "introductions",
                bw_cli_introductions_json(pending, telling->zone), "letters_aside",
                bw_cli_aside_json(pending, telling->zone)),
            err);
    }
    bw_cli_introductions_print(pending, telling->zone, out);
    bw_cli_aside_print(pending, telling->zone, out);
    if (telling->count == 0 && pending->letters_count == 0) {
        (void)fputs(bw_said("There's nothing to settle.\n"), out);
    }
    return BW_OK;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct conflicts_telling telling = {.call = call};
    if (call->json) {
        telling.sessions = json_array();
        telling.quarantine = json_array();
    }
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &telling.zone, err);
    if (status == BW_OK) {
        status = bw_central_read_begin(call->central, err);
    }
    if (status == BW_OK) {
        status = tell_all(&telling, err);
        bw_central_read_end(call->central);
    }
    telling.count += (int)telling.pending.introductions_count;
    if (status == BW_OK) {
        status = answer(&telling, err);
    }
    bool look = telling.count > 0 ||
                bw_pending_needs_a_look(&telling.pending, bw_call_now_ms(call));
    json_decref(telling.sessions);
    json_decref(telling.quarantine);
    bw_pending_finish(&telling.pending);
    bw_zone_close(telling.zone);
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    return look ? BW_EXIT_LOOK : BW_EXIT_DONE;
}

const struct bw_sync_command bw_sync_command_conflicts = {
    .name = "conflicts",
    .operands = "",
    .summary = BW_SAYS(
        "what is to settle: conflicts, quarantine, introductions, letters set aside"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE),
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run,
};
