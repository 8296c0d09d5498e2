/* What the flow wants done. UI thread only. */
#ifndef BW_APP_EFFECTS_H
#define BW_APP_EFFECTS_H

#include "running.h"

/* All of them, in their order. What can't be asked for now is kept in `refused`, and told
 * on standard error. */
void bw_app_carry_out(struct bw_app *app, const struct bw_effects *effects);

#endif
