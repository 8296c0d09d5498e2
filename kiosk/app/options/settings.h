/* Settings files: every long option may stand in a .ini file
 * of /etc/brugwachter, [kiosk].
 *
 *   [kiosk]
 *   store = /var/lib/brugwachter/kiosk.db
 *   camera-at = top
 *
 * Files are read in byte order of their names, and the first that names an option sets
 * it; the command line goes before all. Other sections are other programs'. One
 * thread. */
#ifndef BW_APP_SETTINGS_H
#define BW_APP_SETTINGS_H

#include "options.h"

#define BW_SETTINGS_DIR "/etc/brugwachter" /* unless --settings names another */

struct bw_settings; /* owns the texts that the options point to */

/* Sets what the options don't have yet. The caller destroys *ret_settings, after the last
 * use of the options. A folder that isn't there is no error unless --settings named it.
 * BW_BAD_INPUT, with file and line: a folder or file that can't be read, a name that is
 * no option or may not stand in a file, over 64 settings; BW_NO_MEMORY. The options are
 * as they were then. */
BW_NODISCARD enum bw_status bw_settings_apply(
    struct bw_options *options, struct bw_settings **ret_settings, struct bw_error *err);
/* Frees the texts. NULL is fine. */
void bw_settings_destroy(struct bw_settings *settings);

#endif
