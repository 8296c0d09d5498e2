/* No command: the kiosk in its window, from the options as they were typed. */
#ifndef BW_APP_SCREEN_H
#define BW_APP_SCREEN_H

#include "app/options/options.h"

/* Checks the options and runs the kiosk; USAGE with a sentence for one that
 * makes no sense. */
enum bw_exit bw_screen_main(const struct bw_options *options);

#endif
