/* People who go: check-ins that are taken back, and leaving. */
#include "core/desk/base/handler.h"
#include "core/desk/base/person.h"
#include "core/desk/base/record.h"

#include <string.h>

/* An attendee may take back their own check-in by name for as long as the screen asks
 * "is this not you?", and a little longer. */
enum { OWN_UNDO_MS = 60 * 1000, UNDO_ROUNDS_MAX = 64 };

static bool
is_own_arrival(struct bw_desk *desk, const struct bw_command_known *who)
{
    return who->code == BW_CODE_NONE && who->event.device != 0 &&
           who->event.device == desk->own_arrival.device &&
           who->event.seq == desk->own_arrival.seq &&
           bw_desk_clock_mono_ms(&desk->clock) - desk->own_arrival_mono_ms <= OWN_UNDO_MS;
}

static void
tell_person(struct bw_desk *desk, const struct bw_command *command,
    const struct bw_attendance *who, struct bw_answer_change *change)
{
    change->code = who->subject.code;
    if (command->operated_by != BW_OPERATOR_ATTENDEE) {
        struct bw_person *person = &change->person;
        if (bw_desk_name(desk, who, person, NULL) != BW_OK) {
            *person = (struct bw_person){0}; /* going is no matter of names */
        }
        person->region[0] = '\0';
    }
}

/* Whom a command names, NULL where nobody is known by that; and what to call them in a
 * sentence. */
static const struct bw_attendance *
find(const struct bw_desk *desk, const struct bw_command_known *named,
    char ret_shown[BW_EVENT_ID_BYTES])
{
    if (named->code != BW_CODE_NONE) {
        bw_code_format_shown(named->code, ret_shown);
    } else {
        bw_event_id_format(named->event, ret_shown);
    }
    return bw_desk_attendance(desk, named->code, named->event);
}

/* Names every arrival in force since they left last. */
static void
name_visit(const struct bw_attendance *who, struct bw_event *event)
{
    int before = who->arrivals_count - who->visit_count;
    event->code = who->subject.code;
    event->refs_count = who->visit_count;
    memcpy(event->refs, who->arrivals + before,
        (size_t)who->visit_count * sizeof event->refs[0]);
}

/* An arrival that was named is meant alone: who went out and came back by mistake was
 * there before. One that isn't in force any more may still be what a walk-in is called
 * by. */
static void
name_undone(const struct bw_desk *desk, const struct bw_command_known *named,
    const struct bw_attendance *who, struct bw_event *event)
{
    name_visit(who, event);
    if (named->code != BW_CODE_NONE ||
        !bw_presence_is_arrival(desk->presence, named->event)) {
        return;
    }
    if (bw_presence_is_in_force(desk->presence, named->event)) {
        event->refs_count = 1;
        event->refs[0] = named->event;
    } else if (who->subject.code != BW_CODE_NONE) {
        event->refs_count = 0;
    }
}

/* Appends `event` about somebody, and tells whom it is about and what it names. */
static enum bw_status
record(struct bw_desk *desk, const struct bw_command *command,
    const struct bw_attendance *who, struct bw_event *event, struct bw_answer *answer,
    struct bw_answer_change *change, struct bw_failure *failure)
{
    change->refs_count = event->refs_count;
    memcpy(change->refs, event->refs, sizeof change->refs);
    tell_person(desk, command, who, change);
    enum bw_status status =
        bw_desk_append(desk, command->operated_by, event, NULL, failure);
    answer->event = event->id;
    return status;
}

/* More arrivals than one event can name (somebody who went in and out all day) take more
 * events; the answer tells the first. */
static enum bw_status
undo_rest(struct bw_desk *desk, const struct bw_command *command, bw_code code,
    struct bw_event_id person, struct bw_failure *failure)
{
    enum bw_status status = BW_OK;
    for (int round = 0; round < UNDO_ROUNDS_MAX && status == BW_OK; round++) {
        const struct bw_attendance *who = bw_desk_attendance(desk, code, person);
        if (desk->stale || who == NULL || who->visit_count == 0) {
            break;
        }
        struct bw_event event = {.kind = BW_EVENT_UNDONE};
        name_visit(who, &event);
        status = bw_desk_append(desk, command->operated_by, &event, NULL, failure);
    }
    return status;
}

enum bw_status
bw_desk_on_undo(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    char shown[BW_EVENT_ID_BYTES];
    const struct bw_attendance *who = find(desk, &command->undo, shown);
    if (command->operated_by == BW_OPERATOR_ATTENDEE &&
        !is_own_arrival(desk, &command->undo)) {
        return bw_error_set(&failure->error, BW_REFUSED, 0,
            "Undoing %s was refused: only staff may do that. Ask them.", shown);
    }
    struct bw_event event = {.kind = BW_EVENT_UNDONE};
    if (who != NULL) {
        name_undone(desk, &command->undo, who, &event);
    }
    if (event.refs_count == 0) {
        return bw_error_set(&failure->error, BW_NOT_FOUND, 0,
            "Undoing %s failed: no check-in of theirs "
            "is in force, so there is nothing to undo.",
            shown);
    }
    bw_answer_init(answer, BW_ANSWER_UNDONE);
    struct bw_subject subject = who->subject;
    enum bw_status status =
        record(desk, command, who, &event, answer, &answer->undone, failure);
    if (status == BW_OK && event.refs_count == BW_REFS_MAX) {
        status = undo_rest(desk, command, subject.code, subject.walk_in, failure);
    }
    return status;
}

enum bw_status
bw_desk_on_leave(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    char shown[BW_EVENT_ID_BYTES];
    const struct bw_attendance *who = find(desk, &command->leave, shown);
    if (who == NULL || !(who->in || who->waiting || who->seen)) {
        return bw_error_set(&failure->error, BW_NOT_FOUND, 0,
            "Recording that %s leaves failed: they are neither inside nor waiting here. "
            "Look them up in the list of who is present.",
            shown);
    }
    struct bw_event event = {.kind = BW_EVENT_LEFT};
    name_visit(who, &event);
    if (event.refs_count == 0 && who->waiting_event.device != 0) {
        event.refs[event.refs_count++] =
            who->waiting_event; /* goes without having been in */
    }
    bw_answer_init(answer, BW_ANSWER_LEFT);
    return record(desk, command, who, &event, answer, &answer->left, failure);
}
