/* 10: the form, for whoever needs one filled in. UI thread. */
#ifndef BW_FLOW_FORM_H
#define BW_FLOW_FORM_H

#include "flow/base/state.h"

/* `command` is completed by what is typed (NULL: a new walk-in; a half-typed one goes
 * on), `values` are named in its texts (NULL: none); both are copied. `on_end` hears the
 * answer once the form is left for it. */
void bw_flow_form_start(struct bw_flow *flow, enum bw_form_kind kind,
    const struct bw_command *command, const struct bw_values *values,
    bw_flow_handler *on_end, struct bw_now now, struct bw_effects *effects);

#endif
