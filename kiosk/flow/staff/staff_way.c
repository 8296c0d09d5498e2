/* What would succeed for one row's person, as the desk would decide. Pure. */
#include "staff_own.h"

bool
bw_flow_staff_waits(const struct bw_list_entry *row)
{
    return !row->present && (row->status == BW_WAITLISTED || row->waiting);
}

/* The desk's own rule (design: admission): places that are held for people who haven't
 * come are no extra places, but to whom they are held for. */
enum bw_override
bw_flow_staff_override(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    const struct bw_ledger *ledger = &flow->overview.ledger;
    bool listed = row->kind == BW_ENTRY_REGISTRATION;
    if (row->present ||
        (listed && (row->status == BW_BLOCKED || row->status == BW_CANCELLED))) {
        return BW_OVERRIDE_NONE;
    }
    bool has_place = listed && row->status == BW_CONFIRMED;
    int taken = ledger->present + (has_place ? 0 : ledger->held);
    return taken < ledger->capacity + ledger->extra_places ? BW_OVERRIDE_OFFERED
                                                           : BW_OVERRIDE_FULL;
}

/* Full for this one: somebody with a place is let in while there is a seat. */
static bool
is_full_for(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    const struct bw_ledger *ledger = &flow->overview.ledger;
    bool has_place = row->kind == BW_ENTRY_REGISTRATION && row->status == BW_CONFIRMED;
    return ledger->present >= ledger->capacity || (!has_place && ledger->free <= 0);
}

enum bw_flow_staff_way
bw_flow_staff_way_of(const struct bw_flow *flow, const struct bw_list_entry *row)
{
    bool listed = row->kind == BW_ENTRY_REGISTRATION;
    if (row->present) {
        return WAY_UNDO;
    }
    if (listed && row->status == BW_BLOCKED) {
        return WAY_CALL;
    }
    if (listed && row->status == BW_CANCELLED && !row->waiting) {
        return WAY_WALK_IN;
    }
    if (is_full_for(flow, row) && flow->overview.ledger.lead == 0) {
        bool extra = bw_flow_staff_override(flow, row) == BW_OVERRIDE_OFFERED;
        return extra ? WAY_OVERRIDE : WAY_FULL;
    }
    return bw_flow_staff_waits(row) ? WAY_ADMIT : WAY_CHECK_IN;
}
