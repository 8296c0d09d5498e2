/* Progress of long work as one line on a terminal, drawn over again. One thread. */
#ifndef BW_SYNC_TERMINAL_H
#define BW_SYNC_TERMINAL_H

#include "central/progress.h"

#include <stdio.h>

/* The caller's memory. */
struct bw_terminal {
    struct bw_progress base;
    FILE *to; /* borrowed */
};

/* What the work then tells goes to `to`. Returns its base, which lives as long as
 * `terminal`; NULL, and so nothing is drawn, where `to` is no terminal. */
struct bw_progress *bw_terminal_init(struct bw_terminal *terminal, FILE *to);

#endif
