/* How many are inside, as of when, and who, for the fire officer. It never locks, and
 * never ends by itself: staff close it. The whole list goes to a stick, or to a printer,
 * at a touch. */
#include "flow/base/ask.h"
#include "flow/base/effect.h"
#include "flow/base/frame.h"
#include "flow/base/notice.h"
#include "staff.h"

struct evacuation {
    int listed;      /* who were inside when the names were asked */
    int saved;       /* names that are written down */
    uint32_t saving; /* the page that is asked for that; 0: none */
    bool prints;     /* for the printer, not a stick */
};

enum { SAVE_ROWS = 200 };

static struct evacuation *
own(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_EVACUATION);
}

static void
list_names(struct bw_flow *flow, int by, struct bw_effects *effects)
{
    own(flow)->listed = flow->overview.ledger.present;
    bw_flow_staff_page_present(flow, by, effects);
}

static void
evacuation_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    own(flow)->saving = 0;
    bw_flow_staff_start_present(flow);
    list_names(flow, 0, effects);
}

/* ---- on a stick, or on paper ---- */

static bw_flow_handler on_page;

static void
ask_page(struct bw_flow *flow, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_LIST);
    command.operated_by = BW_OPERATOR_STAFF;
    command.list.filter = BW_LIST_PRESENT;
    command.list.offset = own(flow)->saved;
    command.list.limit = SAVE_ROWS;
    own(flow)->saving = bw_flow_ask(flow, effects, on_page, &command);
}

static void
on_page(struct bw_flow *flow, const struct bw_answer *answer, struct bw_now now,
    struct bw_effects *effects)
{
    if (flow->screen != BW_SCREEN_EVACUATION || answer->request_no != own(flow)->saving) {
        return;
    }
    own(flow)->saving = 0;
    if (answer->kind != BW_ANSWER_LIST) {
        bw_flow_notice_set(flow, "to.error", NULL, NULL, false, now);
        return;
    }
    struct bw_effect *effect = bw_flow_effect(effects, BW_EFFECT_SAVE_INSIDE);
    effect->answer = answer;
    effect->first = own(flow)->saved;
    own(flow)->saved += answer->list.count;
    effect->helper = own(flow)->prints ? BW_HELPER_LIST : BW_HELPER_INSIDE;
    effect->on = answer->list.count == 0 || own(flow)->saved >= answer->list.total;
    if (!effect->on) {
        ask_page(flow, effects);
    } else if (own(flow)->prints) { /* how that ends may take half a minute */
        bw_flow_notice_set(flow, "ev.printing", NULL, NULL, true, now);
    }
}

/* ---- the screen ---- */

static void
close_it(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    bw_flow_staff_leave_present(flow);
    if (bw_flow_resting(flow) == BW_SCREEN_FAULT) { /* it broke meanwhile */
        bw_flow_lock(flow, now, effects);
    } else {
        bw_flow_enter(flow, BW_SCREEN_STAFF, now, effects);
    }
}

/* Somebody came in or left, here or at another kiosk. */
static void
evacuation_overview(
    struct bw_flow *flow, const struct bw_overview *before, struct bw_effects *effects)
{
    (void)before;
    if (own(flow)->listed != flow->overview.ledger.present) {
        own(flow)->listed = flow->overview.ledger.present;
        bw_flow_staff_refresh_present(flow, effects);
    }
}

static void
evacuation_action(struct bw_flow *flow, enum bw_action action, int index,
    struct bw_now now, struct bw_effects *effects)
{
    (void)index;
    if (action == BW_ACTION_BACK) {
        close_it(flow, now, effects);
    } else if (own(flow)->saving == 0 &&
               (action == BW_ACTION_USB ||
                   (action == BW_ACTION_PRINT && flow->options.lists))) {
        own(flow)->saved = 0;
        own(flow)->prints = action == BW_ACTION_PRINT;
        ask_page(flow, effects);
    } else if (action == BW_ACTION_NEXT) {
        list_names(flow, 1, effects);
    } else if (action == BW_ACTION_PREVIOUS) {
        list_names(flow, -1, effects);
    }
}

static void
evacuation_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    bw_flow_staff_view(flow, now, view);
    view->values.n = flow->overview.ledger.present;
    view->values.time_ms = now.wall_ms;
    view->staff.lists = flow->options.lists;
}

const struct bw_flow_screen_ops bw_flow_evacuation_screen = {
    .own_bytes = sizeof(struct evacuation),
    .on_enter = evacuation_enter,
    .on_action = evacuation_action,
    .on_overview = evacuation_overview,
    .view = evacuation_view,
    .scans_as = BW_OPERATOR_STAFF,
    .hand_only = true,
    .staff = true,
    .stays = true,
};
