/* What the parts of the scanner's bench share. One thread. */
#ifndef BW_BENCH_SCAN_BENCH_H
#define BW_BENCH_SCAN_BENCH_H

#include "tests/scan/qr/render.h"
#include "scan_clock.h"
#include "scan_peer.h"
#include "scan_tally.h"

enum {
    SCAN_BENCH_FRAMES = 10,
    SCAN_BENCH_WIDTH = 1280,
    SCAN_BENCH_HEIGHT = 720,
    SCAN_BENCH_KINDS_MAX = 8,
    SCAN_BENCH_NAME_BYTES = 64,
};

/* The longest frame of ours in pictures of one kind, and in which. */
struct scan_worst {
    const char *kind;
    char name[SCAN_BENCH_NAME_BYTES];
    uint32_t us, over; /* frames over 33 ms */
};

struct scan_bench {
    struct scan_peer peers[SCAN_PEERS_MAX]; /* ours comes first */
    int count;
    const char *photos, *part;
    int tickets, decodes;
    int seed;    /* of the kinds: which thousand of their frames is drawn */
    bool missed; /* names what ours misses */
    bool alone;  /* without the others */
    struct scan_texts texts;
    uint8_t *pixels; /* SCAN_BENCH_WIDTH by SCAN_BENCH_HEIGHT */
    struct scan_symbol symbol;
    struct scan_tally tally[SCAN_PEERS_MAX];
    struct scan_worst worst[SCAN_BENCH_KINDS_MAX];
    int kinds, kind; /* that of the picture in work */
    char name[SCAN_BENCH_NAME_BYTES];
};

/* Says what the next pictures are. */
void scan_bench_name(struct scan_bench *bench, const char *kind, const char *name);

/* Reads one picture with one decoder, as the first of a stream, or as the next one. Gives
 * the processor's time, and texts. */
uint32_t scan_bench_read(struct scan_bench *bench, int peer, const struct bw_luma *frame);
uint32_t scan_bench_read_on(
    struct scan_bench *bench, int peer, const struct bw_luma *frame);
void scan_bench_forget(struct scan_bench *bench, int peer);

void scan_bench_reset(struct scan_bench *bench);
void scan_bench_head(const struct scan_bench *bench, const char *title);
void scan_bench_row(struct scan_bench *bench, const char *name, enum scan_figure figure);

/* The parts. */
void scan_bench_photos(struct scan_bench *bench);
void scan_bench_tickets(struct scan_bench *bench);
void scan_bench_modules(struct scan_bench *bench);
void scan_bench_kinds(struct scan_bench *bench);
void scan_bench_halls(struct scan_bench *bench);
void scan_bench_rooms(struct scan_bench *bench);
void scan_bench_hostile(struct scan_bench *bench);
void scan_bench_versions(struct scan_bench *bench);
void scan_bench_rows(struct scan_bench *bench);
void scan_bench_memory(struct scan_bench *bench);

#endif
