/* What is taken and counted while sign-ups are placed: see place.h. */
#include "office/import/judge/place.h"

#include "central/central.h"
#include "office/place/meanwhile.h"

enum bw_status
bw_place_take_revision(struct bw_placing *placing, struct bw_error *err)
{
    if (placing->revision != 0) {
        return BW_OK;
    }
    return bw_central_next_revision(
        placing->import->office->central, placing->session_no, &placing->revision, err);
}

enum bw_status
bw_place_overtaking(
    struct bw_placing *placing, enum bw_status status, struct bw_error *err)
{
    placing->import->overtaken = placing->import->overtaken || status == BW_REFUSED;
    return bw_place_refused(placing->import->office->central, status, err);
}

void
bw_place_count(struct bw_import *import, enum bw_registration_status status)
{
    switch (status) {
    case BW_CONFIRMED:
        import->result.confirmed++;
        break;
    case BW_WAITLISTED:
        import->result.waitlisted++;
        break;
    case BW_CANCELLED:
        import->result.cancelled++;
        break;
    case BW_BLOCKED:
        import->result.blocked++;
        break;
    }
}

/* PL1 */
bool
bw_place_take(struct bw_placing *placing, bool in_doubt)
{
    if (in_doubt) {
        placing->free -= placing->gives && !placing->waits;
        return false;
    }
    bool placed = placing->gives && !placing->waits && placing->free > 0;
    placing->free -= placed;
    placing->waits = placing->waits || !placed;
    return placed;
}
