/* What the desk writes: see record.h. */
#include "record.h"

#include "follow.h"
#include "person.h"

#include <assert.h>
#include <brugwachter/store_names.h>

static enum bw_status
refuse_copy(struct bw_error *err)
{
    return bw_error_set(err, BW_REFUSED, 0,
        "Recording this was refused: this kiosk's file was put back from a copy, and "
        "what is added now could clash with what was sent before. Ask the organiser to "
        "enrol this kiosk again.");
}

/* Of a fold nothing else can be told by what is written now: the reference says what was
 * known (P5). An undone that names as many arrivals as it can gives one of them up; it is
 * taken back by the next (undo_rest). */
static void
refer_to_newest(const struct bw_desk *desk, struct bw_event *event)
{
    struct bw_event_id first = {0};
    if (event->kind == BW_EVENT_NOTE || event->kind == BW_EVENT_RELEASED) {
        return; /* about nobody */
    }
    if (event->refs_count > 0) {
        first = event->refs[0];
    }
    const struct bw_attendance *who = bw_desk_attendance(desk, event->code, first);
    if (who == NULL) {
        return;
    }
    for (int i = 0; i < event->refs_count; i++) {
        if (event->refs[i].device == who->newest.device &&
            event->refs[i].seq == who->newest.seq) {
            return;
        }
    }
    if (event->kind == BW_EVENT_UNDONE &&
        bw_presence_is_in_force(desk->presence, who->newest)) {
        return; /* it would be undone with them; where an undone stands says nothing */
    }
    event->refs_count -= event->refs_count == BW_REFS_MAX;
    event->refs[event->refs_count++] = who->newest;
}

bool
bw_desk_names_locked(const struct bw_desk *desk)
{
    enum bw_names names = BW_NAMES_CLEAR;
    return bw_store_names(desk->store, &names, NULL) == BW_OK && names == BW_NAMES_LOCKED;
}

enum bw_status
bw_desk_append(struct bw_desk *desk, enum bw_operator operated_by, struct bw_event *event,
    struct bw_event_details *details, struct bw_failure *failure)
{
    if (desk->restored) {
        failure->not_saved = true;
        return refuse_copy(&failure->error);
    }
    refer_to_newest(desk, event);
    event->session_no = desk->session.session_no;
    event->operated_by = operated_by;
    if (event->kind != BW_EVENT_REFUSED) {
        event->verdict = BW_VERDICT_WELCOME;
    }
    if (bw_desk_clock_is_suspect(&desk->clock, desk->store)) {
        event->flags |= BW_EVENT_CLOCK_SUSPECT;
    }
    /* without the key no name can be sealed so that its letter can bear it; tickets and
     * codes write no names */
    if (details != NULL && bw_desk_names_locked(desk)) {
        return bw_error_set(&failure->error, BW_REFUSED, 0,
            "Writing somebody's name down failed: the names of this kiosk are locked. "
            "Give the staff PIN, then try again.");
    }
    enum bw_status status = bw_store_append(
        desk->store, &desk->clock.source, event, details, &failure->error);
    if (status != BW_OK) {
        failure->not_saved = true;
        return status;
    }
    assert(event->id.seq > desk->own_seq); /* E1: what was appended is new here */
    desk->is_dirty = true;
    desk->appended_mono_ms = event->mono_ms;
    /* It is durable; a memory that can't follow is read again before the next
     * decision. */
    desk->stale =
        event->id.seq != desk->own_seq + 1 || bw_desk_fold(desk, event, NULL) != BW_OK;
    return BW_OK;
}

enum bw_status
bw_desk_append_note(struct bw_desk *desk, const struct bw_command *command,
    enum bw_note which, struct bw_answer *answer, struct bw_failure *failure)
{
    struct bw_event event = {
        .kind = BW_EVENT_NOTE,
        .note = which,
        .code = BW_CODE_NONE,
    };
    enum bw_status status =
        bw_desk_append(desk, command->operated_by, &event, NULL, failure);
    answer->event = event.id;
    return status;
}
