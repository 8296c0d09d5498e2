/* How the kiosk starts a room: the arguments, the descriptors, the commands. Shared by
 * both sides, and by nobody else. */
#ifndef BW_SCAN_ROOM_START_H
#define BW_SCAN_ROOM_START_H

#include "room.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    BW_ROOM_FD_CONTROL = 3, /* commands in; its end is the order to end */
    BW_ROOM_FD_RECORDS = 4, /* records out, never waits */
    BW_ROOM_FD_MAILBOX = 5, /* pictures */
    BW_ROOM_POISON_MAX = 16,
    BW_ROOM_ARGUMENTS = 8,
    BW_ROOM_ARGUMENT_BYTES = 4200,
};

enum bw_room_command {
    BW_ROOM_PAUSE = 'p',
    BW_ROOM_GO_ON = 'g',
    BW_ROOM_LONG_TEXTS = 'L',
    BW_ROOM_SHORT_TEXTS = 's',
};

struct bw_room_start {
    const char *spec; /* borrowed */
    uint32_t budget_us;
    bool enrolment;
    uint32_t first_picture;
    uint64_t first_seq;
    int poison_count; /* pictures that are left out, by fingerprint */
    uint64_t poison[BW_ROOM_POISON_MAX];
};

/* The argument vector: PROGRAM --scan-room SPEC BUDGET ENROLMENT PICTURE SEQ POISON,…
 * Readable in a list of processes; nothing in it is secret. `texts` holds the numbers. */
struct bw_room_arguments {
    char *argv[BW_ROOM_ARGUMENTS + 1];
    char texts[4][24];
    char spec[BW_ROOM_ARGUMENT_BYTES];
    char program[BW_ROOM_ARGUMENT_BYTES];
    char option[sizeof BW_ROOM_ARGUMENT];
    char poison[BW_ROOM_POISON_MAX * 17 + 2];
};

void bw_room_start_write(const struct bw_room_start *start, const char *program,
    struct bw_room_arguments *ret_arguments);

/* The way back; false for anything that the kiosk wouldn't have written. */
bool bw_room_start_parse(int argc, char **argv, struct bw_room_start *ret_start);

#endif
