/* Settings files: every long option but --clock may stand in a .ini file of
 * /etc/brugwachter, in the section [sync].
 *
 *   [sync]
 *   central = sqlite:/var/lib/brugwachter/central.db
 *
 * Files are read in byte order of their names, and the first that names an option sets
 * it; the command line goes before all. An option that a command doesn't take is passed
 * over, for the files are there for all of them. Other sections are other programs'. One
 * thread. */
#ifndef BW_SYNC_SETTINGS_H
#define BW_SYNC_SETTINGS_H

#include "cli/command.h"

/* Owns the texts that the call then points to. A zeroed one is empty. */
struct bw_sync_settings {
    int count;
    char *texts[BW_OPTIONS];
};

/* Sets what the call doesn't have yet. A folder that isn't there is no error unless
 * --settings named it; a file that can't be read, or a name that is no option, is
 * BW_BAD_INPUT with file and line; BW_NO_MEMORY. bw_sync_settings_finish is due in any
 * case, after the last use of the call. */
BW_NODISCARD enum bw_status bw_sync_settings_apply(
    struct bw_sync_settings *settings, struct bw_call *call, struct bw_error *err);
/* Frees the texts. */
void bw_sync_settings_finish(struct bw_sync_settings *settings);

#endif
