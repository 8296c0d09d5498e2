/* What `run` of a kiosk wakes for: a write to the store by somebody (inotify on its
 * -wal), a network that comes (netlink), and a carrier that tells of a letter (its ear).
 * Hints alone: where the system gives neither, it looks each second. One thread. */
#ifndef BW_CLI_NOTICE_H
#define BW_CLI_NOTICE_H

#include "exchange/carrier/ear.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

struct bw_notice {
    int store_fd, network_fd; /* -1: the system gives none */
    char wal[NAME_MAX + 1];
};

/* Never fails. `store_path` needn't be there yet; it is borrowed for the call. */
void bw_notice_open(struct bw_notice *notice, const char *store_path);
void bw_notice_close(struct bw_notice *notice);

/* What came meanwhile. */
struct bw_noticed {
    bool store, network;
    unsigned carriers; /* that tell of a letter, a bit each */
};

/* Until `wait_ms` are over, or something came, or one of `ends` (BW_CARRIERS_MAX at most)
 * is hung up. A signal ends the process in here. */
struct bw_noticed bw_notice_wait(struct bw_notice *notice, struct bw_carrier_ears *ears,
    const int *ends, int ends_count, int64_t wait_ms);

#endif
