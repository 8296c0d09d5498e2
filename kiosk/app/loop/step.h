/* One stimulus through the flow, and its effects carried out. UI thread only. */
#ifndef BW_APP_STEP_H
#define BW_APP_STEP_H

#include "running.h"

/* Afterwards the screen may look different. Never from within itself (AP2). */
void bw_app_step(struct bw_app *app, const struct bw_stimulus *stimulus);

/* A target of the page, or a key that means one; `index` as the target's. */
void bw_app_act(struct bw_app *app, enum bw_action action, int index);

#endif
