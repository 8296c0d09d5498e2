/* How the kiosk starts a sandbox: the arguments, the descriptors, the commands. Shared by
 * both sides, and by nobody else. Pure; any thread. */
#ifndef BW_SCAN_SANDBOX_START_H
#define BW_SCAN_SANDBOX_START_H

#include "sandbox.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    BW_SANDBOX_FD_CONTROL = 3, /* commands in; its end is the order to end */
    BW_SANDBOX_FD_RECORDS = 4, /* records out, never waits */
    BW_SANDBOX_FD_MAILBOX = 5, /* pictures */
    BW_SANDBOX_POISON_MAX = 16,
    BW_SANDBOX_ARGUMENTS = 8,
    BW_SANDBOX_ARGUMENT_BYTES = 4200,
};

enum bw_sandbox_command {
    BW_SANDBOX_PAUSE = 'p',
    BW_SANDBOX_GO_ON = 'g',
    BW_SANDBOX_LONG_TEXTS = 'L',
    BW_SANDBOX_SHORT_TEXTS = 's',
};

struct bw_sandbox_start {
    const char *spec; /* borrowed */
    uint32_t budget_us;
    bool enrolment;
    uint32_t first_picture;
    uint64_t first_seq;
    int poison_count; /* pictures that are left out, by fingerprint */
    uint64_t poison[BW_SANDBOX_POISON_MAX];
};

/* The argument vector: PROGRAM --scan-sandbox SPEC BUDGET ENROLMENT PICTURE SEQ POISON,…
 * Readable in a list of processes; nothing in it is secret. `texts` holds the numbers. */
struct bw_sandbox_arguments {
    char *argv[BW_SANDBOX_ARGUMENTS + 1];
    char texts[4][24];
    char spec[BW_SANDBOX_ARGUMENT_BYTES];
    char program[BW_SANDBOX_ARGUMENT_BYTES];
    char option[sizeof BW_SANDBOX_ARGUMENT];
    char poison[BW_SANDBOX_POISON_MAX * 17 + 2];
};

/* Writes them, ended by NULL. The vector points into *ret_arguments, so that may not be
 * moved. */
void bw_sandbox_start_write(const struct bw_sandbox_start *start, const char *program,
    struct bw_sandbox_arguments *ret_arguments);

/* The way back; the spec points into argv. False, and nothing written, where they aren't
 * of that form, or a number is too large. */
bool bw_sandbox_start_parse(int argc, char **argv, struct bw_sandbox_start *ret_start);

#endif
