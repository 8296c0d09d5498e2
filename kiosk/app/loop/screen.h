/* No command: the kiosk in its window, from the options as they were typed. Main's
 * thread, which becomes the UI thread. */
#ifndef BW_APP_SCREEN_H
#define BW_APP_SCREEN_H

#include "app/options/options.h"

/* Checks the options, opens the store and runs the kiosk until it is closed. Borrows the
 * options. USAGE with a sentence on stderr for one that makes no sense; else as
 * bw_app_main ends. */
enum bw_exit bw_screen_main(const struct bw_options *options);

/* Whether the kiosk would start with what they say of screen, language and printers; what
 * isn't set is fine. BW_BAD_INPUT with a sentence. Any thread. */
BW_NODISCARD enum bw_status bw_screen_check(
    const struct bw_options *options, struct bw_error *err);

#endif
