/* How many are inside, as of when, for the fire officer;
 * and the names after one more tap. */
#include "flow/base/frame.h"
#include "staff.h"

struct evacuation {
    bool names;
    int listed; /* who were inside when the names were asked */
};

static struct evacuation *
own(const struct bw_flow *flow)
{
    return bw_flow_own(flow, BW_SCREEN_EVACUATION);
}

static void
evacuation_enter(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    (void)now;
    (void)effects;
    own(flow)->names = false;
    bw_flow_staff_start_present(flow);
}

static void
list_names(struct bw_flow *flow, int by, struct bw_effects *effects)
{
    own(flow)->listed = flow->overview.ledger.present;
    bw_flow_staff_page_present(flow, by, effects);
}

/* Somebody came in or left, here or at another kiosk. */
static void
evacuation_overview(
    struct bw_flow *flow, const struct bw_overview *before, struct bw_effects *effects)
{
    (void)before;
    if (own(flow)->names && own(flow)->listed != flow->overview.ledger.present) {
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
        bw_flow_staff_leave_present(flow);
        bw_flow_enter(flow, BW_SCREEN_STAFF, now, effects);
    } else if (action == BW_ACTION_EVACUATE_NAMES) {
        own(flow)->names = !own(flow)->names;
        if (own(flow)->names) {
            list_names(flow, 0, effects);
        }
    } else if (action == BW_ACTION_NEXT && own(flow)->names) {
        list_names(flow, 1, effects);
    } else if (action == BW_ACTION_PREVIOUS && own(flow)->names) {
        list_names(flow, -1, effects);
    }
}

static void
evacuation_view(const struct bw_flow *flow, struct bw_now now, struct bw_view *view)
{
    if (own(flow)->names) {
        bw_flow_staff_view(flow, now, view);
    }
    view->values.n = flow->overview.ledger.present;
    view->values.time_ms = now.wall_ms;
    view->staff.searching = own(flow)->names;
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
};
