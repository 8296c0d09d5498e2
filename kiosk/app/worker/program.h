/* A process that a thread of ours starts and waits for: brugwachter-sync, what prints,
 * CUPS' own programs. Who closes the kiosk ends it from another thread.
 *
 * start, feed and wait: any one thread; end: any. */
#ifndef BW_APP_PROGRAM_H
#define BW_APP_PROGRAM_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

/* The one process of a thread; its memory is the caller's. */
struct bw_program {
    pthread_mutex_t lock;
    pid_t pid;    /* guarded by lock; 0: none */
    bool stopped; /* guarded by lock: none lives on any more */
};

/* Before the first one. */
void bw_program_init(struct bw_program *program);
/* After the thread that starts them was joined. */
void bw_program_finish(struct bw_program *program);

/* Starts a program, looked for in PATH where its name has no slash, with these for its
 * standard input, output and errors; -1: the caller's own. `arguments` end with NULL. One
 * that starts just as bw_program_end is called is ended too. False where it can't be
 * program. */
bool bw_program_start(struct bw_program *program, const char *const arguments[],
    int input, int output, int errors);

/* Waits till it ended; its exit status, or -1 where a signal ended it. */
int bw_program_wait(struct bw_program *program);

/* Sends SIGTERM to what runs, and to whatever would be program after. */
void bw_program_end(struct bw_program *program);

/* Writes all of the text, and closes the descriptor; a reader that went away is no error
 * (SIGPIPE is ignored). */
void bw_program_feed(int fd, const char *text);

#endif
