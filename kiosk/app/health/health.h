/* `brugwachter-kiosk health`: whether all is right that must be, a line for each thing,
 * as plugins of a monitor say it. Reads the store, writes nothing, and may run beside the
 * kiosk. One thread. */
#ifndef BW_APP_HEALTH_H
#define BW_APP_HEALTH_H

#include "app/options/options.h"

/* Reads its own arguments from options->rest: --json, --help. Returns a plugin's exit
 * status, not an enum bw_exit: 0 all is right, 1 something to look at, 2 something is
 * wrong (that no store was named or it can't be opened, too), 3 wrong use. */
int bw_health_main(const struct bw_options *options);

#endif
