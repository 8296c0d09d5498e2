/* What somebody saw before: see still.h. */
#include "office/still.h"

enum bw_status
bw_office_still_check(const struct bw_office *office, struct bw_error *err)
{
    bool still = true;
    enum bw_status status = office->still != NULL
                                ? office->still->look(office->still->context, &still, err)
                                : BW_OK;
    return status == BW_OK && !still
               ? bw_error_set(err, BW_BUSY, 0,
                     "changing settings of %s: somebody else has just changed the same; "
                     "look at it, then try again",
                     bw_central_name(office->central))
               : status;
}
