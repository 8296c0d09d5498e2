/* `run` at the office with several roads: letters come in by each in a process of its own
 * (road_child.h), so that a server that stands still keeps no other road waiting. Rosters
 * go out in one process, by those roads that answered: a letter that one of them lacks is
 * made again once it answers (exchange/office/round.h).
 *
 *   idle --due--> busy --ended well--> idle, due again in 15 s
 *                      --failed------> idle, due again in 5, 10 … 300 s
 *                      --its time is over--> ended, which is said, and as failed
 *
 * RR1 No process is waited for longer than its time: a minute, then for that road twice
 * as long, up to eight minutes, so that a slow way gets through at last. Of rosters the
 * process says which road it is at (bw_exchange_post_at): that one is left out for a
 * while, and the others get theirs at once. One that can't be ended, as its folder's
 * server is gone, is left to itself.
 *
 * One thread, which has no central database open. */
#ifndef BW_CLI_RUN_ROADS_H
#define BW_CLI_RUN_ROADS_H

#include "cli/road_child.h"
#include "exchange/office/summary.h"

/* A process, and where it leaves what it did. Zeroed: none. */
struct bw_rounds_errand {
    struct bw_road_child child;
    int told_fd;
    int64_t until_ms; /* its time is over then */
    bool overdue;     /* it was, and it was ended */
};

/* Zeroed, with `call` and `uri` set, is the beginning; its processes end with the
 * program. */
struct bw_rounds_roads {
    struct bw_call *call;        /* borrowed; its central database is NULL meanwhile */
    const char *uri;             /* of the central database; borrowed */
    struct bw_carrier_list list; /* as the office keeps it; empty where there is one */
    struct {
        struct bw_rounds_errand in;
        int misses;
        int64_t due_ms;
        int stops;       /* in a row, that rosters stood still there */
        int64_t stop_ms; /* until then they go without it */
    } roads[BW_CARRIERS_MAX];
    struct bw_rounds_errand out;
    unsigned out_by; /* the roads that it goes by */
    bool is_out_due;
};

/* Starts what is due, waits two seconds at most for it, and adds what ended to the
 * summary. A database that is held or away is a sentence there, and that road's failure.
 * BW_NO_MEMORY, BW_IO, and of what the database answers what no waiting mends. */
BW_NODISCARD enum bw_status bw_rounds_roads_round(struct bw_rounds_roads *roads,
    struct bw_round_summary *summary, struct bw_error *err);

/* The roads that are idle and answered when they were last asked, a bit each. */
unsigned bw_rounds_roads_well(const struct bw_rounds_roads *roads);

/* When the next round is due, or a process's time is over; what to poll for reading, as
 * then it is at once. */
int64_t bw_rounds_roads_due_ms(const struct bw_rounds_roads *roads);
int bw_rounds_roads_fds(
    const struct bw_rounds_roads *roads, int ret_fds[BW_CARRIERS_MAX + 1]);

/* These roads, a bit each, have something new: due at that time at the latest. */
void bw_rounds_roads_heard(struct bw_rounds_roads *roads, unsigned heard, int64_t at_ms);

#endif
