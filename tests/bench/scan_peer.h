/* Decoders side by side, behind one table. */
#ifndef BW_BENCH_SCAN_PEER_H
#define BW_BENCH_SCAN_PEER_H

#include "scan/qr/scanner.h"

#include <stdbool.h>
#include <stddef.h>

enum { SCAN_PEER_TEXTS = 8, SCAN_PEERS_MAX = 6 };

struct scan_texts {
    int count;
    char text[SCAN_PEER_TEXTS][BW_SCAN_ENROLMENT_BYTES];
};

/* What one decoder needs; `state` is its own. */
struct scan_peer {
    const char *name;
    void *state;
    void (*forget)(void *state); /* NULL: it remembers nothing */
    void (*read)(void *state, const struct bw_luma *frame, struct scan_texts *ret_texts);
    void (*finish)(void *state);
};

/* This scanner, zbar twice, and quirc and zxing-cpp where they were found at build time.
 * Returns how many. */
int scan_peers_init(struct scan_peer *ret_peers);
void scan_peers_finish(struct scan_peer *peers, int count);

/* The parts of peers that are in other files. */
struct scan_peer scan_peer_quirc(void);
struct scan_peer scan_peer_zxing(void);

void scan_texts_add(struct scan_texts *texts, const char *text, size_t bytes);

#endif
