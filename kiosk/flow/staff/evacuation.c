/* How many are inside, as of when, for the fire officer;
 * and the names after one more tap. */
#include "flow/base/frame.h"
#include "staff.h"

struct evacuation {
    bool names;
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
            bw_flow_staff_page_present(flow, 0, effects);
        }
    } else if (action == BW_ACTION_NEXT && own(flow)->names) {
        bw_flow_staff_page_present(flow, 1, effects);
    } else if (action == BW_ACTION_PREVIOUS && own(flow)->names) {
        bw_flow_staff_page_present(flow, -1, effects);
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
    .view = evacuation_view,
    .staff = true,
};
