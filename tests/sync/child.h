/* The program in a process of its own, whose lines a test reads: for what goes on until a
 * signal ends it. */
#ifndef BW_TESTS_CHILD_H
#define BW_TESTS_CHILD_H

#include <stdio.h>
#include <sys/types.h>

struct child {
    pid_t pid; /* 0: there is none */
    FILE *out; /* what it prints, line by line */
};

/* Runs `brugwachter-sync WORDS…` (NULL ends them; at most 11); its errors are the test's
 * own. */
struct child child_start(const char *const words[]);
/* By SIGTERM; fails the test where it doesn't end as done. */
void child_end(struct child *child);
/* At once, for a test that failed; nothing where it has ended. */
void child_kill(struct child *child);

#endif
