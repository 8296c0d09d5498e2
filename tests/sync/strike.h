/* A program whose Nth change to the disk fails, or is its last.
 *
 * The program runs under ptrace, and every system call that changes a file is counted:
 * writing, syncing, cutting, making, renaming, linking and removing. What it prints
 * doesn't count, and goes nowhere. Linux on x86-64; elsewhere strike_works is false. */
#ifndef BW_TESTS_STRIKE_H
#define BW_TESTS_STRIKE_H

#include <stdbool.h>

enum strike {
    STRIKE_KILL, /* SIGKILL before the Nth call is done */
    STRIKE_FAIL, /* the Nth call alone fails: no space left */
    STRIKE_FULL, /* it fails, and all that would write after it */
};

struct strike_end {
    bool struck; /* there was an Nth call */
    int status;  /* exit status; -1 where it was killed */
};

/* False where a program can't be traced here. */
bool strike_works(void);

/* Runs argv (NULL ends it) with its `nth` call, from 1, struck. */
struct strike_end strike_run(char *const argv[], enum strike how, int nth);

#endif
