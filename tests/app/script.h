/* A day at the door as a text: what is sent, and what must come back.
 *
 *   # a remark
 *   house CAPACITY EXTRA                the session's places
 *   person CODE STATUS GENERATION FIRST|NAME
 *   sealed CODE STATUS GENERATION FIRST|NAME
 *   start [ARGUMENT…]                   the door, on what was put so far
 *   > COMMAND                           a line; «here CODE GENERATION» and «elsewhere
 *                                       CODE GENERATION» become tickets, -> a tab
 *   < JSON                              its answer holds all of this; null: not there
 *   end STATUS                          end of input, and its exit status
 *
 * person and sealed may come while the door runs, as a pull would bring them. */
#ifndef BW_TESTS_SCRIPT_H
#define BW_TESTS_SCRIPT_H

#include "door_pipe.h"
#include "tests/core/store/fixture.h"

struct script {
    struct fixture fixture;
    struct door_pipe door;
    bool has_house, running;
    const char *path;
    int line;
    int faults;
};

/* Plays it; every fault is printed with its line. The fixture stays until finish. */
void script_play(struct script *script, const char *path, const char *program);
void script_finish(struct script *script);

#endif
