/* The options of brugwachter-sync: one table makes parsing, settings and help alike.
 * Any thread. */
#ifndef BW_SYNC_OPTION_H
#define BW_SYNC_OPTION_H

#include "cli/command.h"

struct bw_option_row {
    const char *name;
    const char *value; /* NULL for a switch */
    const char *help;
    bool global; /* every command takes it */
};

extern const struct bw_option_row bw_option_rows[BW_OPTIONS];

/* The option whose name is these bytes (without --); -1 where there's none. */
int bw_option_of_name(const char *name, size_t length);

/* BW_TAKES, a bit an option, of each that the command can't do without; and that it takes
 * at all. */
uint64_t bw_options_needed(const struct bw_sync_command *command);
uint64_t bw_options_allowed(const struct bw_sync_command *command);

#endif
