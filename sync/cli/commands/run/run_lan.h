/* `run` at a kiosk, by the local network: the process that does it, and what it adds to
 * each of its rounds. */
#ifndef BW_CLI_RUN_LAN_H
#define BW_CLI_RUN_LAN_H

#include "cli/command.h"
#include "exchange/kiosk/kiosk.h"

#include <sys/types.h>

/* ---- the process ---- */

/* Zeroed: not started yet. */
struct bw_run_child {
    pid_t pid; /* 0: none */
    int64_t due_ms;
};

/* Starts it where there's none, and --lan isn't off; one that ended (which it never
 * should) is started again 10 s later. Called between rounds, when no file but stdio's is
 * needed in it. True: this is the new process, which ends with the old one. */
bool bw_run_lan_keep(struct bw_run_child *child, struct bw_call *call);

/* Whether the options are as they should be. BW_BAD_INPUT. */
BW_NODISCARD enum bw_status bw_run_lan_check(
    const struct bw_call *call, struct bw_error *err);

/* ---- in that process ---- */

/* Its rounds, until it is ended; returns with what can't be tried again alone. */
enum bw_exit bw_run_near(struct bw_call *call, struct bw_error *err);

struct bw_run_lan {
    struct bw_lan *lan; /* NULL: nobody to reach, or not to be served */
    int port;           /* -1: any */
    const char *peers;  /* borrowed; NULL: none given */
    int64_t since_ms;   /* it was started */
    int reached, others;
    enum bw_lan_state state;
    bool ever;           /* one answered, since it was started */
    bool said;           /* the state was printed */
    struct bw_error why; /* BW_LAN_BLOCKED */
};

/* Reads the options. BW_BAD_INPUT: one isn't as it should be. */
BW_NODISCARD enum bw_status bw_run_lan_setup(
    const struct bw_call *call, struct bw_run_lan *ret_lan, struct bw_error *err);

/* At the start of a round: serves where the rosters name another kiosk, and no longer
 * where they don't; then the exchange goes by that road alone, or by none. What the store
 * fails with. */
BW_NODISCARD enum bw_status bw_run_lan_begin(
    struct bw_run_lan *self, struct bw_kiosk_exchange *exchange, struct bw_error *err);
/* At its end: keeps for staff how it stands, and prints what is new of it. Store errors,
 * and those of bw_cli_json. */
BW_NODISCARD enum bw_status bw_run_lan_end(struct bw_run_lan *self, struct bw_call *call,
    struct bw_kiosk_exchange *exchange, const struct bw_kiosk_pulled *pulled,
    struct bw_error *err);

/* What to poll for reading; -1: nothing. */
int bw_run_lan_fd(const struct bw_run_lan *self);
/* Whether another kiosk has something else than before. */
bool bw_run_lan_heard(struct bw_run_lan *self);
/* The network is back. NULL is fine. */
void bw_run_lan_hurry(struct bw_run_lan *self);

#endif
