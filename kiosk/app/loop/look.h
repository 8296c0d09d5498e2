/* What the screens show by now. UI thread only. */
#ifndef BW_APP_LOOK_H
#define BW_APP_LOOK_H

#include "running.h"

/* Fills `view` anew; those that were painted stay as they are. */
void bw_app_look(struct bw_app *app);

/* `view` stands on the screen now. */
void bw_app_look_painted(struct bw_app *app);

#endif
