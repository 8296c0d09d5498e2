/* What the log says of one person, for staff who are asked "why": scans that were
 * refused, arrivals, what was taken back. Read from the log when asked;
 * nothing is kept. */
#include "core/desk/base/handler.h"
#include "core/desk/base/person.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IDS_MAX = 64 };

struct telling {
    struct bw_desk *desk;
    struct bw_answer_history *history;
    struct bw_subject subject;
    /* people without a code: their events so far, for others to refer to */
    struct bw_event_id ids[IDS_MAX];
    int ids_count;
};

static bool
is_known(const struct telling *telling, struct bw_event_id id)
{
    for (int i = 0; i < telling->ids_count; i++) {
        if (telling->ids[i].device == id.device && telling->ids[i].seq == id.seq) {
            return true;
        }
    }
    return false;
}

static void
know(struct telling *telling, struct bw_event_id id)
{
    if (telling->ids_count < IDS_MAX) {
        telling->ids[telling->ids_count++] = id;
    }
}

static bool
is_about(const struct telling *telling, const struct bw_event *event)
{
    if (telling->subject.code != BW_CODE_NONE) {
        return event->code == telling->subject.code;
    }
    bool refers = is_known(telling, event->id);
    for (int i = 0; i < event->refs_count; i++) {
        refers = refers || is_known(telling, event->refs[i]);
    }
    return refers;
}

/* A release names everybody's places, a note nobody. */
static bool
is_personal(enum bw_event_kind kind)
{
    switch (kind) {
    case BW_EVENT_ARRIVED:
    case BW_EVENT_REFUSED:
    case BW_EVENT_WAITING:
    case BW_EVENT_UNDONE:
    case BW_EVENT_LEFT:
        return true;
    case BW_EVENT_RELEASED:
    case BW_EVENT_NOTE:
        return false;
    }
    return false;
}

/* The last ones stay: the oldest makes room. */
static struct bw_history_item *
next_item(struct bw_answer_history *history)
{
    history->total++;
    if (history->count == BW_HISTORY_MAX) {
        memmove(history->items, history->items + 1,
            (BW_HISTORY_MAX - 1) * sizeof *history->items);
        history->count--;
    }
    return &history->items[history->count++];
}

/* Forgotten or damaged details are no reason to tell nothing. */
static void
tell_reason(
    struct telling *telling, const struct bw_event *event, struct bw_history_item *item)
{
    struct bw_event_details details;
    if ((item->overridden || item->out_of_order) && bw_event_has_details(event) &&
        bw_store_details(telling->desk->store, event->id, &details, NULL) == BW_OK) {
        memcpy(item->reason, details.reason, sizeof item->reason);
    }
}

static bool
on_event(const struct bw_event *event, void *context)
{
    struct telling *telling = context;
    if (!is_personal(event->kind) || !is_about(telling, event)) {
        return true;
    }
    know(telling, event->id);
    struct bw_history_item *item = next_item(telling->history);
    *item = (struct bw_history_item){
        .wall_ms = event->wall_ms,
        .kind = event->kind,
        .basis = event->basis,
        .verdict = event->verdict,
        .operated_by = event->operated_by,
        .clock_suspect = (event->flags & BW_EVENT_CLOCK_SUSPECT) != 0,
        .overridden = (event->flags & BW_EVENT_OVERRIDE) != 0,
        .out_of_order = (event->flags & BW_EVENT_OUT_OF_ORDER) != 0,
        .device = event->id.device,
    };
    (void)snprintf(item->device_name, sizeof item->device_name, "%s",
        bw_desk_device_name(telling->desk, event->id.device));
    tell_reason(telling, event, item);
    return true;
}

enum bw_status
bw_desk_on_history(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    const struct bw_command_known *asked = &command->history;
    bw_answer_init(answer, BW_ANSWER_HISTORY);
    struct telling telling = {
        .desk = desk,
        .history = &answer->history,
        .subject = {.code = asked->code},
    };
    const struct bw_attendance *who = bw_desk_attendance(desk, asked->code, asked->event);
    if (who != NULL) {
        telling.subject = who->subject;
        know(&telling, who->subject.walk_in);
        know(&telling, who->first);
        know(&telling, who->waiting_event);
    } else if (asked->code == BW_CODE_NONE) {
        return bw_error_set(&failure->error, BW_NOT_FOUND, 0,
            "Telling somebody's history failed: no event names them. Search them anew.");
    }
    answer->history.code = telling.subject.code;
    answer->history.items = calloc(BW_HISTORY_MAX, sizeof *answer->history.items);
    if (answer->history.items == NULL) {
        return bw_error_set(&failure->error, BW_NO_MEMORY, 0,
            "Telling somebody's history failed: this kiosk has too little memory. Close "
            "other programs, then try again.");
    }
    return bw_store_events(
        desk->store, desk->session.session_no, on_event, &telling, &failure->error);
}
