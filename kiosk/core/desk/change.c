/* Undoing, leaving, releasing places, the clock, the end of the day, another session. */
#include "parts.h"

#include <stdio.h>
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
           desk_mono_ms(desk) - desk->own_arrival_mono_ms <= OWN_UNDO_MS;
}

static void
tell_person(struct bw_desk *desk, const struct bw_command *command,
    const struct bw_attendance *who, struct bw_answer_change *change)
{
    change->code = who->subject.code;
    if (command->operated_by != BW_OPERATOR_ATTENDEE) {
        desk_name(desk, who, &change->person);
        change->person.region[0] = '\0';
    }
}

static void
show_somebody(const struct bw_command_known *who, char ret_text[BW_EVENT_ID_BYTES])
{
    if (who->code != BW_CODE_NONE) {
        bw_code_format_shown(who->code, ret_text);
    } else {
        bw_event_id_format(who->event, ret_text);
    }
}

static void
take_arrivals(const struct bw_attendance *who, struct bw_event *event)
{
    event->code = who->subject.code;
    event->refs_count = who->arrivals_count;
    memcpy(event->refs, who->arrivals, sizeof event->refs);
}

static void
tell_refs(const struct bw_event *event, struct bw_answer_change *change)
{
    change->refs_count = event->refs_count;
    memcpy(change->refs, event->refs, sizeof change->refs);
}

/* More arrivals than one event can name (somebody who went in and out all day) take more
 * events; the answer tells the first. */
static enum bw_status
undo_rest(struct bw_desk *desk, const struct bw_command *command, bw_code code,
    struct bw_event_id person, struct bw_failure *failure)
{
    enum bw_status status = BW_OK;
    for (int round = 0; round < UNDO_ROUNDS_MAX && status == BW_OK; round++) {
        const struct bw_attendance *who = desk_attendance(desk, code, person);
        if (desk->stale || who == NULL || who->arrivals_count == 0) {
            break;
        }
        struct bw_event event = {.kind = BW_EVENT_UNDONE};
        take_arrivals(who, &event);
        status = desk_append(desk, command->operated_by, &event, NULL, failure);
    }
    return status;
}

enum bw_status
desk_on_undo(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    char shown[BW_EVENT_ID_BYTES];
    show_somebody(&command->undo, shown);
    if (command->operated_by == BW_OPERATOR_ATTENDEE &&
        !is_own_arrival(desk, &command->undo)) {
        return bw_error_set(&failure->error, BW_REFUSED, 0,
            "Undoing %s was refused: only staff may do that. Ask them.", shown);
    }
    const struct bw_attendance *who =
        desk_attendance(desk, command->undo.code, command->undo.event);
    if (who == NULL || who->arrivals_count == 0) {
        return bw_error_set(&failure->error, BW_NOT_FOUND, 0,
            "Undoing %s failed: no check-in of theirs is in force, so there is nothing "
            "to "
            "undo.",
            shown);
    }
    struct bw_event event = {.kind = BW_EVENT_UNDONE};
    take_arrivals(who, &event);
    bw_answer_init(answer, BW_ANSWER_UNDONE);
    tell_refs(&event, &answer->undone);
    tell_person(desk, command, who, &answer->undone);
    struct bw_subject subject = who->subject;
    enum bw_status status =
        desk_append(desk, command->operated_by, &event, NULL, failure);
    answer->event = event.id;
    if (status == BW_OK && event.refs_count == BW_REFS_MAX) {
        status = undo_rest(desk, command, subject.code, subject.walk_in, failure);
    }
    return status;
}

enum bw_status
desk_on_leave(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    char shown[BW_EVENT_ID_BYTES];
    show_somebody(&command->leave, shown);
    const struct bw_attendance *who =
        desk_attendance(desk, command->leave.code, command->leave.event);
    if (who == NULL || !(who->in || who->waiting || who->seen)) {
        return bw_error_set(&failure->error, BW_NOT_FOUND, 0,
            "Recording that %s leaves failed: they are neither inside nor waiting here. "
            "Look them up in the list of who is present.",
            shown);
    }
    struct bw_event event = {.kind = BW_EVENT_LEFT};
    take_arrivals(who, &event);
    if (event.refs_count == 0 && who->waiting_event.device != 0) {
        event.refs[event.refs_count++] =
            who->waiting_event; /* goes without having been in */
    }
    bw_answer_init(answer, BW_ANSWER_LEFT);
    tell_refs(&event, &answer->left);
    tell_person(desk, command, who, &answer->left);
    enum bw_status status =
        desk_append(desk, command->operated_by, &event, NULL, failure);
    answer->event = event.id;
    return status;
}

enum bw_status
desk_on_release(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    enum bw_status status = BW_OK;
    bw_answer_init(answer, BW_ANSWER_RELEASED);
    if (bw_presence_is_released(desk->presence)) {
        answer->event = desk->release_event; /* once is enough: tell which one it was */
    } else {
        struct bw_event event = {.kind = BW_EVENT_RELEASED, .code = BW_CODE_NONE};
        status = desk_append(desk, command->operated_by, &event, NULL, failure);
        answer->event = event.id;
    }
    struct bw_ledger sum;
    desk_sum(desk, &sum);
    answer->released_free = sum.free;
    return status;
}

enum bw_status
desk_on_clock(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    bw_clock_inject(&desk->clock, command->wall_ms);
    desk_clock_injected(&desk->watch, &desk->clock);
    (void)answer;
    if (desk->has_roster && desk->wanted[0] != '\0') {
        return BW_OK;
    }
    return desk_reload(desk, &failure->error);
}

static enum bw_status
note(struct bw_desk *desk, const struct bw_command *command, enum bw_note which,
    struct bw_answer *answer, struct bw_failure *failure)
{
    struct bw_event event = {
        .kind = BW_EVENT_NOTE,
        .note = which,
        .code = BW_CODE_NONE,
    };
    enum bw_status status =
        desk_append(desk, command->operated_by, &event, NULL, failure);
    answer->event = event.id;
    return status;
}

enum bw_status
desk_on_confirm_clock(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    enum bw_status status = note(desk, command, BW_NOTE_CLOCK_CONFIRMED, answer, failure);
    if (status == BW_OK) {
        desk_clock_confirm(&desk->watch, desk->store, &desk->clock);
    }
    return status;
}

enum bw_status
desk_on_close_day(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    return note(desk, command, BW_NOTE_CLOSED, answer, failure);
}

/* What ended before today and before the session that is served: even a clock that runs
 * ahead leaves that one's list alone. */
enum bw_status
desk_on_tidy(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    int64_t before_ms = bw_zone_day_start(desk->zone, desk_now_ms(desk));
    if (before_ms > desk->session.starts_ms) {
        before_ms = desk->session.starts_ms;
    }
    enum bw_status status = bw_store_forget(desk->store, before_ms, &failure->error);
    bw_store_preallocate(desk->store);
    return status == BW_OK ? note(desk, command, BW_NOTE_FORGOTTEN, answer, failure)
                           : status;
}

enum bw_status
desk_on_keep_camera(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    (void)answer;
    return bw_store_set_number(
        desk->store, BW_NUMBER_CAMERA, command->camera, &failure->error);
}

enum bw_status
desk_on_switch(struct bw_desk *desk, const struct bw_command *command,
    struct bw_answer *answer, struct bw_failure *failure)
{
    char before[BW_LABEL_BYTES];
    memcpy(before, desk->wanted, sizeof before);
    (void)snprintf(desk->wanted, sizeof desk->wanted, "%s", command->session_code);
    struct bw_session session;
    bool found = false;
    enum bw_status status = desk_choose_session(desk, &session, &found, &failure->error);
    if (status == BW_OK && !found) {
        status = bw_error_set(&failure->error, BW_NOT_FOUND, 0,
            "Switching to %s failed: its roster has not come yet. Fetch the roster "
            "first.",
            command->session_code);
    }
    if (status == BW_OK) {
        status = desk_reload(desk, &failure->error);
    }
    if (status != BW_OK) {
        memcpy(desk->wanted, before, sizeof before);
        desk->stale = true;
    }
    (void)answer;
    return status;
}
