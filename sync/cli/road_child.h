/* `run` of a kiosk with several roads: each goes in a process of its own, so that a
 * server that stands still keeps no other road waiting. A process opens the store for
 * itself, and ends with the program.
 *
 * One thread, which has no store open, and starts none while another thread uses
 * SQLite. */
#ifndef BW_CLI_ROAD_CHILD_H
#define BW_CLI_ROAD_CHILD_H

#include "cli/command.h"
#include "exchange/letter/enrolment.h"

#include <brugwachter/road_state.h>

/* One road's process. Zeroed: none. */
struct bw_road_child {
    int pid;    /* 0: none */
    int end_fd; /* hung up once it ended */
    bool sends, takes;
};

/* How an exchange on one road went. */
struct bw_road_went {
    bool sends_well, takes_well;
    bool brought;             /* somebody else's letter, as bw_pace_brought means it */
    enum bw_road_state state; /* of the road, for staff */
    enum bw_status status;    /* of the store; with others than BW_OK nothing was tried */
};

/* What a process does, given what bw_road_child_start was; there, `went` is zeroed. */
typedef void bw_road_work(
    void *context, int road, bool sends, bool takes, struct bw_road_went *went);

/* Starts one. False where the system gives none: then it is done here and now, and
 * ret_went tells. */
bool bw_road_child_start(struct bw_road_child *child, int road, bool sends, bool takes,
    bw_road_work *work, void *context, struct bw_road_went *ret_went);

/* Whether it has ended, without waiting; then it is none any more, and ret_went tells.
 * One that was killed did nothing well. */
bool bw_road_child_ended(struct bw_road_child *child, struct bw_road_went *ret_went);

/* One that was killed, and still doesn't end: it is waited for no more, and is none. */
void bw_road_child_leave(struct bw_road_child *child);

#endif
