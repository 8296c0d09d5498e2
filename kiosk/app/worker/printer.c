/* The label printer's thread: see printer.h.
 *
 *   UI thread: put --> [queue, guarded by lock] --> printer's thread: a process a label
 *   UI thread: pop <-- [outcome, guarded by lock] <--'
 *
 * - PR1: at most one process prints, and at most BW_PRINTER_QUEUE labels wait. */
#include "printer.h"

#include "print.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct bw_printer {
    char *printer, *size, *program;
    void (*wake)(void *context);
    void *context;
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock;
    pthread_cond_t bell;

    /* guarded by lock */
    char *queue[BW_PRINTER_QUEUE];
    int count;
    bool stopping, ended;
    pid_t pid; /* 0: none */
    enum bw_helper_outcome outcome;
};

static void
write_all(int fd, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t put = write(fd, text, left);
        if (put < 0 && errno != EINTR) {
            return;
        }
        if (put > 0) {
            text += put;
            left -= (size_t)put;
        }
    }
}

static pid_t
launch(const struct bw_printer *self, int input)
{
    posix_spawn_file_actions_t actions;
    pid_t pid = 0;
    char *const arguments[] = {
        self->program, BW_PRINT_ARGUMENT, self->printer, self->size, NULL};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    int failed = posix_spawn(&pid, self->program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? pid : -1;
}

/* One that was started just as the kiosk closes is ended like one that ran. */
static void
set_pid(struct bw_printer *self, pid_t pid)
{
    pthread_mutex_lock(&self->lock);
    self->pid = pid;
    if (self->stopping && pid > 0) {
        (void)kill(pid, SIGTERM);
    }
    pthread_mutex_unlock(&self->lock);
}

static enum bw_helper_outcome
print(struct bw_printer *self, const char *label)
{
    int ends[2] = {-1, -1};
    int status = -1;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return BW_OUTCOME_FAILED;
    }
    pid_t pid = launch(self, ends[0]);
    (void)close(ends[0]);
    if (pid > 0) {
        set_pid(self, pid);
        write_all(ends[1], label);
    }
    (void)close(ends[1]);
    if (pid <= 0) {
        return BW_OUTCOME_FAILED;
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    set_pid(self, 0);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : BW_PRINT_FAILED;
    return code == BW_PRINT_DONE    ? BW_OUTCOME_DONE
           : code == BW_PRINT_PAPER ? BW_OUTCOME_PAPER
                                    : BW_OUTCOME_FAILED;
}

static void *
run(void *context)
{
    struct bw_printer *self = context;
    pthread_mutex_lock(&self->lock);
    for (;;) {
        while (self->count == 0 && !self->stopping) {
            pthread_cond_wait(&self->bell, &self->lock);
        }
        if (self->stopping) {
            break;
        }
        char *label = self->queue[0];
        assert(self->count <= BW_PRINTER_QUEUE && self->pid == 0); /* PR1 */
        self->count--;
        memmove(self->queue, self->queue + 1, (size_t)self->count * sizeof *self->queue);
        pthread_mutex_unlock(&self->lock);
        enum bw_helper_outcome outcome = print(self, label);
        explicit_bzero(label, strlen(label));
        free(label);
        pthread_mutex_lock(&self->lock);
        self->outcome = outcome;
        self->ended = true;
        if (self->wake != NULL && !self->stopping) {
            self->wake(self->context);
        }
    }
    pthread_mutex_unlock(&self->lock);
    return NULL;
}

enum bw_status
bw_printer_create(const struct bw_printer_options *options,
    struct bw_printer **ret_printer, struct bw_error *err)
{
    struct bw_printer *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "preparing the printer: out of memory");
    }
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->bell, NULL);
    self->printer = strdup(options->printer);
    self->size = strdup(options->size);
    self->program =
        strdup(options->program != NULL ? options->program : "/proc/self/exe");
    self->wake = options->wake;
    self->context = options->context;
    if (self->printer == NULL || self->size == NULL || self->program == NULL) {
        bw_printer_destroy(self);
        return bw_error_set(err, BW_NO_MEMORY, 0, "preparing the printer: out of memory");
    }
    int failed = pthread_create(&self->thread, NULL, run, self);
    self->has_thread = failed == 0;
    if (failed != 0) {
        bw_printer_destroy(self);
        return bw_error_set(
            err, BW_IO, failed, "starting the printer's thread: %s", strerror(failed));
    }
    *ret_printer = self;
    return BW_OK;
}

bool
bw_printer_put(struct bw_printer *self, const char *label)
{
    char *copy = self != NULL ? strdup(label) : NULL;
    if (copy == NULL) {
        return false;
    }
    pthread_mutex_lock(&self->lock);
    bool room = self->count < BW_PRINTER_QUEUE;
    if (room) {
        self->queue[self->count++] = copy;
        pthread_cond_signal(&self->bell);
    }
    pthread_mutex_unlock(&self->lock);
    if (!room) {
        free(copy);
    }
    return room;
}

bool
bw_printer_pop(struct bw_printer *self, enum bw_helper_outcome *ret_outcome)
{
    if (self == NULL) {
        return false;
    }
    pthread_mutex_lock(&self->lock);
    bool ended = self->ended;
    if (ended) {
        *ret_outcome = self->outcome;
        self->ended = false;
    }
    pthread_mutex_unlock(&self->lock);
    return ended;
}

void
bw_printer_destroy(struct bw_printer *self)
{
    if (self == NULL) {
        return;
    }
    pthread_mutex_lock(&self->lock);
    self->stopping = true;
    if (self->pid > 0) {
        (void)kill(self->pid, SIGTERM);
    }
    pthread_cond_signal(&self->bell);
    pthread_mutex_unlock(&self->lock);
    if (self->has_thread) {
        pthread_join(self->thread, NULL);
    }
    for (int i = 0; i < self->count; i++) {
        free(self->queue[i]);
    }
    pthread_cond_destroy(&self->bell);
    pthread_mutex_destroy(&self->lock);
    free(self->printer);
    free(self->size);
    free(self->program);
    free(self);
}
