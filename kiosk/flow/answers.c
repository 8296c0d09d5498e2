/* What comes back: from the desk, from the store's opening, from the other program. Each
 * answer finds what it was asked for by its number. UI thread only. */
#include "state.h"

#include <string.h>

/* ---- the store ---- */

void
flow_on_store(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects)
{
    memset(&flow->store_error, 0, sizeof flow->store_error);
    flow->store_known = true;
    flow->has_overview = flow->overview_asked = flow->storage_low = false;
    flow->store_open = stimulus->store == BW_STORE_OPENED;
    flow->rehearsal = flow->store_open && stimulus->rehearsal;
    switch (stimulus->store) {
    case BW_STORE_NONE:
        flow_lock(flow, now, effects);
        break;
    case BW_STORE_OPENED:
        /* the screen stays till the overview says what the store can do */
        flow_ask_overview(flow, now, effects);
        flow_set_camera(flow, effects);
        break;
    case BW_STORE_FAILED:
        flow_fault(flow, &stimulus->error, now, effects);
        break;
    }
}

/* A kiosk that can't keep what it does must not say welcome; it comes back by itself. */
static bool
is_storage_low(const struct bw_flow *flow)
{
    int64_t bytes = flow->overview.free_bytes;
    return bytes >= 0 && bytes < (flow->storage_low ? STORAGE_BACK : STORAGE_OUT);
}

/* Who waits may have changed under a list that shows them; a row that staff just changed,
 * or have open, keeps its place. */
static bool
list_is_old(const struct bw_flow *flow, const struct bw_overview *before)
{
    return flow->screen == BW_SCREEN_STAFF && !staff_is_search(flow) &&
           flow->staff.list.filter == BW_LIST_WAITLIST && !flow->staff.has_changed &&
           flow->staff.more_row < 0 && !flow->dialog.open && flow->staff.sent == 0 &&
           (before->present_waiting != flow->overview.present_waiting ||
               before->ledger.waitlisted != flow->overview.ledger.waitlisted);
}

/* A stick of last week: it says so, instead of a door where every ticket is over. */
static bool
is_wrong_list(const struct bw_flow *flow, struct bw_now now)
{
    const struct bw_overview *overview = &flow->overview;
    return flow->screen == BW_SCREEN_NO_ROSTER && flow->kiosk.imported &&
           overview->has_roster && !overview->clock_suspect &&
           now.wall_ms - overview->session.ends_ms > DAY_MS / 2;
}

/* Whoever is at the waitlist hears that somebody may come in. */
static bool
place_came_free(const struct bw_flow *flow, const struct bw_overview *before)
{
    return flow->screen == BW_SCREEN_STAFF &&
           flow->staff.list.filter == BW_LIST_WAITLIST && before->ledger.free <= 0 &&
           flow->overview.ledger.free > 0;
}

/* What went wrong; nothing, where another answer came than was asked for. */
static const struct bw_error *
error_of(const struct bw_answer *answer)
{
    static const struct bw_error none;
    return answer->kind == BW_ANSWER_ERROR ? &answer->failure.error : &none;
}

static void
on_overview(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    flow->overview_asked = false;
    if (answer->kind != BW_ANSWER_OVERVIEW) {
        enum bw_status status = error_of(answer)->status;
        bool broken = status != BW_OK && status != BW_BUSY;
        if (flow->store_open && broken && flow->store_error.status == BW_OK) {
            flow_fault(flow, error_of(answer), now, effects);
        }
        return;
    }
    if (!flow->store_open) {
        return;
    }
    struct bw_overview before = flow->overview;
    flow->has_overview = true;
    flow->overview = *answer->overview;
    flow->storage_low = is_storage_low(flow);
    flow->kiosk.wrong_list = is_wrong_list(flow, now);
    effect_sound(effects, place_came_free(flow, &before) ? BW_SOUND_DONE : BW_SOUND_NONE);
    enum bw_screen here =
        flow->screen == BW_SCREEN_AGENDA ? BW_SCREEN_IDLE : flow->screen;
    if (flow_ops(flow)->resting && flow_resting(flow) != here) {
        if (flow->screen == BW_SCREEN_NO_ROSTER) {
            effect_sound(effects, BW_SOUND_DONE);
        }
        flow_rest(flow, now, effects);
    } else if (list_is_old(flow, &before)) {
        staff_refresh(flow, effects);
    }
}

/* ---- answers ---- */

/* A person's answer. While staff are at their screens it is a line for them; where the
 * desk could not answer, somebody helps. */
static void
on_result(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    bool verdict = answer->kind == BW_ANSWER_VERDICT;
    if (verdict && answer->verdict.verdict == BW_VERDICT_NOT_A_TICKET) {
        return;
    }
    if (flow_ops(flow)->staff) {
        if (flow->staff.unlocked) {
            staff_answer(flow, answer, now, effects);
        }
    } else if (verdict) {
        result_show(flow, answer, now, effects);
    } else if (flow->store_open && flow->overview.has_roster) {
        result_show_help(flow, BW_CODE_NONE, now, effects);
    }
}

static void
on_row(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    if (flow->staff.unlocked && flow_ops(flow)->staff) {
        staff_answer(flow, answer, now, effects);
    }
    if (flow->staff.sent == answer->request_no) {
        flow->staff.sent = 0;
        flow->staff.has_acted = false;
    }
}

/* The day's last event is in the log: now it can be sent with the rest. */
static void
on_closed(
    struct bw_flow *flow, const struct bw_answer *answer, struct bw_effects *effects)
{
    if (answer->kind == BW_ANSWER_DONE) {
        effect_helper(flow, effects, BW_HELPER_UPDATE);
    }
}

static void
dispatch(struct bw_flow *flow, enum purpose purpose, const struct bw_answer *answer,
    struct bw_now now, struct bw_effects *effects)
{
    switch (purpose) {
    case FOR_NOTHING:
        break;
    case FOR_TICK:
        on_overview(flow, answer, now, effects);
        break;
    case FOR_RESULT:
        on_result(flow, answer, now, effects);
        break;
    case FOR_TOAST:
        on_row(flow, answer, now, effects);
        break;
    case FOR_FORM:
        form_answer(flow, answer, now, effects);
        break;
    case FOR_SCHOOLS:
        form_take_schools(flow, answer);
        break;
    case FOR_AGENDA:
        agenda_take(flow, answer, now);
        break;
    case FOR_CLOSE:
        on_closed(flow, answer, effects);
        break;
    case FOR_LIST:
        if (flow->staff.unlocked) {
            staff_take_rows(flow, answer, effects);
        }
        break;
    case FOR_HISTORY:
        if (flow->staff.unlocked) {
            staff_take_history(flow, answer);
        }
        break;
    case FOR_FIND:
    case FOR_PIN:
    case FOR_PIN_STATE:
    case FOR_UNDO_NOT_ME:
    case FOR_SESSIONS:
    case FOR_SWITCH:
    case FOR_CAMERA:
    case FOR_TIDY:
        if (flow_ops(flow)->on_answer != NULL) {
            flow_ops(flow)->on_answer(flow, purpose, answer, now, effects);
        }
        break;
    }
}

static bool
brings_ledger(const struct bw_answer *answer)
{
    return answer->kind == BW_ANSWER_VERDICT || answer->kind == BW_ANSWER_UNDONE ||
           answer->kind == BW_ANSWER_LEFT || answer->kind == BW_ANSWER_RELEASED ||
           answer->kind == BW_ANSWER_WAITING;
}

/* FL1: a commit that failed is a fault screen, whatever was asked. */
void
flow_on_answer(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    struct pending *pending = &flow->pending[answer->request_no % PENDING_MAX];
    if (answer->request_no == 0 || pending->request_no != answer->request_no) {
        return; /* nobody waits for it any more */
    }
    pending->request_no = 0;
    bool not_saved = answer->kind == BW_ANSWER_ERROR && answer->failure.not_saved;
    if (flow->staff.sent == answer->request_no && not_saved) {
        flow->staff.sent = 0;
    }
    bool own_form = flow->form.sent == answer->request_no;
    if (own_form) {
        flow->form.sent = 0;
    }
    if (not_saved) {
        flow_fault(flow, error_of(answer), now, effects);
    } else {
        if (brings_ledger(answer)) {
            int in_row = flow->overview.ledger.queued;
            flow->overview.ledger = answer->ledger;
            flow->overview.ledger.queued = in_row;
        }
        flow->answering = pending;
        enum purpose purpose = pending->purpose;
        bool stale = purpose == FOR_FORM && !own_form; /* its form is gone */
        dispatch(flow, stale ? FOR_NOTHING : purpose, answer, now, effects);
        flow->answering = NULL;
    }
    memset(pending->text, 0, sizeof pending->text);
}

/* ---- the other program ---- */

void
flow_on_helper(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects)
{
    /* done, offline, no stick, no file, failed */
    static const char *const texts[][5] = {
        [BW_HELPER_UPDATE] = {"de.done", "de.fail", "de.fail", "de.fail", "de.fail"},
        [BW_HELPER_EXPORT] = {"de.usbok", "de.usbin", "de.usbin", "de.usbin",
            "de.usbfail"},
        [BW_HELPER_IMPORT] = {"de.done", "de.usbin", "de.usbin", "de.usbbad",
            "de.usbbad"},
        [BW_HELPER_ENROL] = {"en.good", "en.bad", "en.bad", "en.bad", "en.bad"},
        [BW_HELPER_ENROL_USB] = {"en.good", "de.usbin", "de.usbin", "en.nofile",
            "en.bad"},
    };
    flow->kiosk.running = BW_HELPER_NONE;
    flow->kiosk.tried_ms = now.wall_ms;
    if (stimulus->helper == BW_HELPER_NONE) {
        return;
    }
    set_key(flow->kiosk.outcome, texts[stimulus->helper][stimulus->outcome]);
    bool done = stimulus->outcome == BW_OUTCOME_DONE;
    if (stimulus->outcome != BW_OUTCOME_NO_STICK &&
        stimulus->outcome != BW_OUTCOME_NO_FILE) {
        flow->kiosk.awaits_stick = false;
    }
    if (done) {
        flow->kiosk.imported = stimulus->helper == BW_HELPER_IMPORT;
    } else if (flow->screen == BW_SCREEN_NO_ROSTER &&
               stimulus->helper == BW_HELPER_UPDATE) {
        set_key(flow->kiosk.outcome, "nl.last");
    }
    effect_sound(effects, done ? BW_SOUND_DONE : BW_SOUND_NONE);
    bool enrols =
        stimulus->helper == BW_HELPER_ENROL || stimulus->helper == BW_HELPER_ENROL_USB;
    if (done && enrols) {
        effect_add(effects, BW_EFFECT_REOPEN);
    } else {
        flow_ask_overview(flow, now, effects);
    }
}
