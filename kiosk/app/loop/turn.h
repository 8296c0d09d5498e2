/* One turn of the loop: listen, take mail, step, draw, play. UI thread only. */
#ifndef BW_APP_TURN_H
#define BW_APP_TURN_H

#include "running.h"

/* Waits no longer than until something is due. */
void bw_app_turn(struct bw_app *app);

#endif
