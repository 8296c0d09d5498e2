/* What somebody saw before: see still.h. */
#include "office/still.h"

enum bw_status
bw_office_still_begin(const struct bw_office *office, struct bw_error *err)
{
    bool still = true;
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) {
        status = bw_central_lock_numbers(office->central, err);
    }
    if (status == BW_OK && office->still != NULL) {
        status = office->still->look(office->still->context, &still, err);
    }
    return status == BW_OK && !still
               ? bw_error_set(err, BW_BUSY, 0,
                     "changing settings of %s: somebody else has just changed the same; "
                     "look at it, then try again",
                     bw_central_name(office->central))
               : status;
}
