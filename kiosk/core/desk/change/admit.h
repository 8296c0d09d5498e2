/* Letting people in: decides, records, answers. Desk thread only. All that is given is
 * borrowed for the call; visitor, answer and failure are the caller's, and filled in. */
#ifndef BW_CORE_DESK_ADMIT_H
#define BW_CORE_DESK_ADMIT_H

#include "visitor.h"

/* The one way in, for whoever was gathered: a verdict is the answer, and it is recorded
 * before it is given. BW_REFUSED where somebody present waits before them and no reason
 * was given (failure->out_of_order); BW_BAD_INPUT for a reason that is no text; else what
 * appending answers, and then nothing was written. */
BW_NODISCARD enum bw_status bw_desk_admit(struct bw_desk *desk,
    const struct bw_command *command, struct visitor *visitor, struct bw_answer *answer,
    struct bw_failure *failure);

#endif
