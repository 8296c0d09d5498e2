/* `brugwachter-kiosk quiet`: whether nothing is due at the door, so that the machine may
 * be updated or switched off. Reads the store, writes nothing, and may run beside the
 * kiosk. One thread. */
#ifndef BW_APP_QUIET_H
#define BW_APP_QUIET_H

#include "app/options/options.h"

/* Reads its own arguments from options->rest: --hours N (1 to 72, usually 3), --help.
 * DONE: quiet, as a store that isn't there is too; LOOK: a session that the kiosk serves
 * begins within N hours, is on, or ended less than N hours ago, or something was recorded
 * since then (by a clock that went back, too); USAGE; FAILED: the store can't be read. It
 * says on stdout which, and on stderr what failed. */
enum bw_exit bw_quiet_main(const struct bw_options *options);

#endif
