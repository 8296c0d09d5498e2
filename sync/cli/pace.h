/* When a kiosk's roads are due in `run`: each carrier by itself, and on each what goes
 * there apart from what comes from there. Times are milliseconds of any monotonic clock,
 * which the caller reads: nothing here waits or looks at one.
 *
 *   well ---- due again in 15 s while doors are open, else in 60 s
 *   lively -- while doors are open, on a road that tells of nothing, two minutes long
 *             after an event in the store and after something came: what comes from there
 *             is due 5 s after the last time. So a road is asked 240 times an hour at a
 *             door where nothing happens, and 720 times at most
 *   failed -- due again in 5, 10, 20 … at most 300 s, less a random quarter: kiosks don't
 *             come together
 *   an event in the store --- what goes there is due in 50 ms, where it isn't failing
 *   the network is back ----- what fails is due within a second
 *   a carrier tells of a letter --- what comes from there is due now, where it isn't
 *             failing, and once more a second later; at most three times a second
 *   near -------- an event goes at once, another kiosk's letter is taken at once, twenty
 *             times a second at most
 *
 * One thread. */
#ifndef BW_CLI_PACE_H
#define BW_CLI_PACE_H

#include "exchange/letter/enrolment.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    BW_PACE_OPEN_MS = 15 * 1000,
    BW_PACE_CLOSED_MS = 60 * 1000,
    BW_PACE_LIVELY_MS = 5 * 1000,
    BW_PACE_LIVELY_FOR_MS = 120 * 1000,
    BW_PACE_LEAST_MS = 5 * 1000,
    BW_PACE_MOST_MS = 300 * 1000,
    BW_PACE_EVENT_MS = 50, /* for what is written with it */
    BW_PACE_NEAR_MS = 50,
    BW_PACE_NETWORK_MS = 1000,
    BW_PACE_HEARD_MS = 300,   /* between two looks at what was told of */
    BW_PACE_NOTICE_MS = 1010, /* over a second: the sender hints that often (CE1) */
};

enum bw_pace_way { BW_PACE_SENDS, BW_PACE_TAKES, BW_PACE_WAYS };

/* A zeroed one with `random` set: all is due, of BW_CARRIERS_MAX roads. */
struct bw_pace {
    uint32_t (*random)(uint32_t below); /* 0..below - 1, as arc4random_uniform */
    int roads_count;                    /* 0: not known yet */
    bool doors_open;
    bool near;      /* the local network: what happens is due at once */
    unsigned tells; /* the roads that tell of letters now, a bit each */
    int64_t lively_until_ms;
    struct {
        int misses; /* in a row */
        int64_t due_ms;
        int64_t noted_ms; /* when it was last done */
        int64_t again_ms; /* due once more then; 0: not so */
    } roads[BW_CARRIERS_MAX][BW_PACE_WAYS];
};

/* The roads that are due, a bit each. */
unsigned bw_pace_due(const struct bw_pace *pace, enum bw_pace_way way, int64_t now_ms);
/* When the first is due. */
int64_t bw_pace_next_ms(const struct bw_pace *pace);
/* The same but for those that `busy` names, a bit each; INT64_MAX where all are. */
int64_t bw_pace_next_but_ms(const struct bw_pace *pace, unsigned busy);

/* How it went, on those that were due. */
void bw_pace_note(
    struct bw_pace *pace, int road, enum bw_pace_way way, bool well, int64_t now_ms);
/* Nothing was tried: somebody holds the store. */
void bw_pace_held(struct bw_pace *pace, int64_t now_ms);

/* What happens meanwhile. */
void bw_pace_event(struct bw_pace *pace, int64_t now_ms);
/* A letter of somebody else's came that isn't just a sign of life, by any road. */
void bw_pace_brought(struct bw_pace *pace, int64_t now_ms);
void bw_pace_network(struct bw_pace *pace, int64_t now_ms);
void bw_pace_heard(struct bw_pace *pace, unsigned roads, int64_t now_ms);
void bw_pace_doors(struct bw_pace *pace, bool open, int64_t now_ms);

/* How long to wait after so many failures in a row; 0: BW_PACE_OPEN_MS. */
int64_t bw_pace_wait_ms(int misses, uint32_t (*random)(uint32_t below));

#endif
