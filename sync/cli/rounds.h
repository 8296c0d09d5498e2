/* `run`: what its two halves share, the kiosk's (run.c) and the office's
 * (run_office.c).
 * One thread. */
#ifndef BW_CLI_ROUNDS_H
#define BW_CLI_ROUNDS_H

#include "cli/command.h"

/* Milliseconds of the monotonic clock. */
int64_t bw_rounds_mono_ms(void);

/* `run` at the office: letters in and out, by all carriers, until a signal ends the
 * process. Returns with what can't be tried again alone. */
enum bw_exit bw_run_office(struct bw_call *call, struct bw_error *err);

#endif
