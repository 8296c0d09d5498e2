/* A printer's thread: see printer.h.
 *
 *   UI thread: put --> [queue, guarded by lock] --> printer's thread: a process a sheet
 *   UI thread: pop <-- [outcome, guarded by lock] <--'
 *
 * - PR1: at most one process prints, and at most BW_PRINTER_QUEUE sheets wait. */
#include "printer.h"

#include "program.h"
#include "print.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct bw_printer {
    char *printer, *size, *program;
    void (*wake)(void *context);
    void *context;
    pthread_t thread;
    bool has_thread;
    struct bw_program started;
    pthread_mutex_t lock;
    pthread_cond_t bell;

    /* guarded by lock */
    char *queue[BW_PRINTER_QUEUE];
    int count;
    bool stopping, ended;
    enum bw_helper_outcome outcome;
};

static enum bw_helper_outcome
print(struct bw_printer *self, const char *text)
{
    const char *const arguments[] = {
        self->program, BW_PRINT_ARGUMENT, self->printer, self->size, NULL};
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return BW_OUTCOME_FAILED;
    }
    bool runs = bw_program_start(&self->started, arguments, ends[0], -1, -1);
    (void)close(ends[0]);
    bw_program_feed(ends[1], runs ? text : "");
    int code = runs ? bw_program_wait(&self->started) : -1;
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
        char *sheet = self->queue[0];
        assert(self->count <= BW_PRINTER_QUEUE && self->started.pid == 0); /* PR1 */
        self->count--;
        memmove(self->queue, self->queue + 1, (size_t)self->count * sizeof *self->queue);
        pthread_mutex_unlock(&self->lock);
        enum bw_helper_outcome outcome = print(self, sheet);
        explicit_bzero(sheet, strlen(sheet));
        free(sheet);
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
    bw_program_init(&self->started);
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
        return bw_error_set(err, BW_IO, failed, "starting the printer's thread: %s",
            bw_said(strerror(failed)));
    }
    *ret_printer = self;
    return BW_OK;
}

bool
bw_printer_put(struct bw_printer *self, const char *sheet)
{
    char *copy = self != NULL ? strdup(sheet) : NULL;
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
    pthread_cond_signal(&self->bell);
    pthread_mutex_unlock(&self->lock);
    bw_program_end(&self->started);
    if (self->has_thread) {
        pthread_join(self->thread, NULL);
    }
    for (int i = 0; i < self->count; i++) {
        free(self->queue[i]);
    }
    bw_program_finish(&self->started);
    pthread_cond_destroy(&self->bell);
    pthread_mutex_destroy(&self->lock);
    free(self->printer);
    free(self->size);
    free(self->program);
    free(self);
}
