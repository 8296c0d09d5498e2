/* What the desk writes: events, each with the reference that puts it in order, and the
 * release. */
#include "parts.h"

static enum bw_status
refuse_copy(struct bw_error *err)
{
    return bw_error_set(err, BW_REFUSED, 0,
        "Recording this was refused: this kiosk's file was put back from a copy, and "
        "what "
        "is added now could clash with what was sent before. Ask the organiser to enrol "
        "this kiosk again.");
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
    const struct bw_attendance *who = desk_attendance(desk, event->code, first);
    if (who == NULL) {
        return;
    }
    for (int i = 0; i < event->refs_count; i++) {
        if (event->refs[i].device == who->newest.device &&
            event->refs[i].seq == who->newest.seq) {
            return;
        }
    }
    event->refs_count -= event->refs_count == BW_REFS_MAX;
    event->refs[event->refs_count++] = who->newest;
}

enum bw_status
desk_append(struct bw_desk *desk, enum bw_operator operated_by, struct bw_event *event,
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
    if (desk_clock_is_suspect(&desk->watch, desk->store, &desk->clock)) {
        event->flags |= BW_EVENT_CLOCK_SUSPECT;
    }
    enum bw_status status =
        bw_store_append(desk->store, &desk->clock, event, details, &failure->error);
    if (status != BW_OK) {
        failure->not_saved = true;
        return status;
    }
    desk->is_dirty = true;
    desk->appended_mono_ms = event->mono_ms;
    /* It is durable; a memory that can't follow is read again before the next decision.
     */
    desk->stale =
        event->id.seq != desk->own_seq + 1 || desk_fold(desk, event, NULL) != BW_OK;
    return BW_OK;
}

void
desk_sum(struct bw_desk *desk, struct bw_ledger *ret_sum)
{
    ledger_sum(&desk->ledger, &desk->session, desk->presence, ret_sum);
    ret_sum->lead = bw_desk_lead(desk);
}

/* Not after the end: who opens an old store to read it changes nothing. A disk that is
 * full now is no reason to answer nothing: the release is tried again with the next
 * command. */
void
desk_release_by_clock(struct bw_desk *desk)
{
    int64_t now_ms = desk_now_ms(desk);
    int64_t release_ms = desk_release_ms(&desk->session);
    if (bw_presence_is_released(desk->presence) || desk->restored ||
        now_ms < release_ms || now_ms > desk->session.ends_ms ||
        bw_desk_unheard(desk, release_ms) > 0 ||
        desk_clock_is_suspect(&desk->watch, desk->store, &desk->clock)) {
        return;
    }
    struct bw_event event = {.kind = BW_EVENT_RELEASED, .code = BW_CODE_NONE};
    struct bw_failure failure = {0};
    enum bw_status status = desk_append(desk, BW_OPERATOR_DOOR, &event, NULL, &failure);
    (void)status;
}
