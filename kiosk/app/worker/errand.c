/* One run of brugwachter-sync: see errand.h.
 *
 *   UI thread: start ----> errand's thread: runs the program, reads it, posts the outcome
 *   UI thread: take <----- (guarded by lock)
 *
 * - ER1: at most one thread of an errand lives, so one program.
 * - ER2: a program that doesn't end is ended, so every errand posts an outcome. */
#include "errand.h"

#include "app/input/stick.h"
#include "program.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <time.h>
#include <unistd.h>

enum {
    SAID_BYTES = 65536,
    ARGUMENTS = 12,
    TIME_BYTES = 32,
    LIMIT_MS = 5 * 60 * 1000,
    GRACE_MS = 5 * 1000, /* from SIGTERM to SIGKILL */
};

struct bw_errand {
    char *store_path, *program, *stick_root;
    int limit_ms;
    const struct bw_clock *clock;
    uint32_t (*device)(void *context);
    void (*wake)(void *context);
    void *context;

    pthread_t thread;
    bool has_thread; /* UI thread only */
    struct bw_program started;
    pthread_mutex_t lock;

    /* guarded by lock */
    bool running, ended;
    enum bw_helper_outcome outcome;
    char said[BW_ERROR_TEXT_BYTES];

    /* given before the thread starts */
    enum bw_helper helper;
    char *enrolment;
    uint32_t device_no;
    char time[TIME_BYTES]; /* empty: the system's clock */
};

/* What one run of the program came to. */
struct outcome {
    int exit_status; /* -1: it could not be run */
    bool late;
    enum bw_helper_outcome road; /* DONE, OFFLINE, or what is wrong with it */
    char said[BW_ERROR_TEXT_BYTES];
};

static int64_t
mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What is said beyond `capacity` is read and forgotten. False at the end. */
static bool
read_more(int fd, char *text, size_t capacity, size_t *have)
{
    char rest[4096];
    bool fits = *have < capacity - 1;
    ssize_t got =
        read(fd, fits ? text + *have : rest, fits ? capacity - 1 - *have : sizeof rest);
    if (got > 0 && fits) {
        *have += (size_t)got;
        text[*have] = '\0';
    }
    return got > 0 || (got < 0 && errno == EINTR);
}

/* What an answer says of the way to the office; of several roads the first that can tell.
 */
static enum bw_helper_outcome
road_of(const char *text)
{
    static const struct {
        const char *fault;
        enum bw_helper_outcome outcome;
    } faults[] = {{"access", BW_OUTCOME_ACCESS}, {"trust", BW_OUTCOME_TRUST},
        {"full", BW_OUTCOME_FULL}, {"place", BW_OUTCOME_PLACE}};
    json_t *json = json_loads(text, 0, NULL);
    const json_t *carriers = json_object_get(json, "carriers");
    enum bw_helper_outcome outcome = json_is_false(json_object_get(json, "online"))
                                         ? BW_OUTCOME_OFFLINE
                                         : BW_OUTCOME_DONE;
    for (size_t i = 0; outcome == BW_OUTCOME_OFFLINE && i < json_array_size(carriers);
         i++) {
        const char *fault =
            json_string_value(json_object_get(json_array_get(carriers, i), "fault"));
        for (size_t k = 0; fault && k < sizeof faults / sizeof *faults; k++) {
            if (strcmp(faults[k].fault, fault) == 0) {
                outcome = faults[k].outcome;
            }
        }
    }
    json_decref(json);
    return outcome;
}

/* ER2: reads until the program ends, or is ended; returns its status. */
static int
follow(struct bw_errand *self, int out, char *ret_text, bool *ret_late)
{
    pid_t pid = self->started.pid; /* this thread alone writes it */
    struct pollfd ends[] = {
        {.fd = pidfd_open(pid, 0), .events = POLLIN}, {.fd = out, .events = POLLIN}};
    int64_t until_ms = mono_ms() + self->limit_ms;
    size_t have = 0;
    ret_text[0] = '\0';
    *ret_late = false;
    if (ends[0].fd < 0) { /* nothing would tell that it ended */
        (void)kill(pid, SIGKILL);
    }
    while (ends[0].fd >= 0 && ends[0].revents == 0) {
        int64_t left_ms = until_ms - mono_ms();
        if (left_ms <= 0) {
            (void)kill(pid, *ret_late ? SIGKILL : SIGTERM);
            *ret_late = true;
            until_ms += GRACE_MS;
            continue;
        }
        (void)poll(ends, 2, (int)left_ms);
        if (ends[1].revents != 0 && !read_more(out, ret_text, SAID_BYTES, &have)) {
            ends[1].fd = -1;
        }
    }
    while (ends[1].fd >= 0 && poll(&ends[1], 1, 0) > 0 &&
           read_more(out, ret_text, SAID_BYTES, &have)) {
    }
    if (ends[0].fd >= 0) {
        (void)close(ends[0].fd);
    }
    return bw_program_wait(&self->started);
}

static struct outcome
run_program(struct bw_errand *self, const char *const arguments[], const char *input)
{
    struct outcome outcome = {.exit_status = -1};
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    FILE *errors = tmpfile();
    char *text = malloc(SAID_BYTES);
    if (errors != NULL && text != NULL && pipe2(in, O_CLOEXEC) == 0 &&
        pipe2(out, O_CLOEXEC) == 0) {
        bool runs =
            bw_program_start(&self->started, arguments, in[0], out[1], fileno(errors));
        (void)close(in[0]);
        (void)close(out[1]);
        in[0] = out[1] = -1;
        if (runs) {
            bw_program_feed(in[1], input != NULL ? input : "");
            in[1] = -1;
            outcome.exit_status = follow(self, out[0], text, &outcome.late);
            outcome.road = road_of(text);
            rewind(errors);
            size_t said = fread(outcome.said, 1, sizeof outcome.said - 1, errors);
            outcome.said[said] = '\0';
            if (outcome.late) {
                (void)snprintf(outcome.said, sizeof outcome.said,
                    bw_said("running brugwachter-sync: it had not ended after %d s and "
                            "was stopped; what it had done is kept: try again"),
                    self->limit_ms / 1000);
            }
        }
    }
    int *const ends[] = {&in[0], &in[1], &out[0], &out[1]};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (*ends[i] >= 0) {
            (void)close(*ends[i]);
        }
    }
    if (errors != NULL) {
        (void)fclose(errors);
    }
    free(text);
    return outcome;
}

static enum bw_helper_outcome
judge(const struct outcome *outcome)
{
    if (outcome->exit_status != BW_EXIT_DONE && outcome->exit_status != BW_EXIT_LOOK) {
        return BW_OUTCOME_FAILED;
    }
    return outcome->road;
}

/* What every run begins with; returns where its command stands. */
static const char **
begin(const struct bw_errand *self, const char *ret_arguments[ARGUMENTS])
{
    const char *const words[] = {self->program, "--store", self->store_path, "--json"};
    const char **at = ret_arguments;
    memset(ret_arguments, 0, ARGUMENTS * sizeof *ret_arguments);
    memcpy(at, words, sizeof words);
    at += sizeof words / sizeof *words;
    if (self->time[0] != '\0') {
        *at++ = "--clock";
        *at++ = self->time;
    }
    return at;
}

static enum bw_helper_outcome
run_errand(struct bw_errand *self, char ret_said[BW_ERROR_TEXT_BYTES])
{
    char stick[BW_STICK_PATH_BYTES], file[BW_STICK_PATH_BYTES];
    const char *arguments[ARGUMENTS];
    const char **command = begin(self, arguments);
    bool needs_stick = self->helper == BW_HELPER_EXPORT ||
                       self->helper == BW_HELPER_IMPORT ||
                       self->helper == BW_HELPER_ENROL_USB;
    if (needs_stick && !bw_stick_find(self->stick_root, stick)) {
        return BW_OUTCOME_NO_STICK;
    }
    switch (self->helper) {
    case BW_HELPER_NONE:
    case BW_HELPER_INSIDE:
    case BW_HELPER_LABEL:
    case BW_HELPER_LIST:
        return BW_OUTCOME_FAILED;
    case BW_HELPER_UPDATE:
        command[0] = "sync";
        break;
    case BW_HELPER_EXPORT:
        command[0] = "export";
        command[1] = stick;
        break;
    case BW_HELPER_IMPORT:
        if (!bw_stick_roster(stick, self->device_no)) {
            return BW_OUTCOME_NO_FILE;
        }
        command[0] = "pull";
        command[1] = "--from";
        command[2] = stick;
        break;
    case BW_HELPER_ENROL:
        command[0] = "enrol-device";
        command[1] = "-";
        break;
    case BW_HELPER_ENROL_USB:
        if (!bw_stick_enrolment(stick, file)) {
            return BW_OUTCOME_NO_FILE;
        }
        command[0] = "enrol-device";
        command[1] = file;
        break;
    }
    struct outcome outcome = run_program(self, arguments, self->enrolment);
    (void)snprintf(ret_said, BW_ERROR_TEXT_BYTES, "%s", outcome.said);
    bool enrols = self->enrolment != NULL || self->helper == BW_HELPER_ENROL_USB;
    if (enrols && judge(&outcome) == BW_OUTCOME_DONE) {
        /* the roster too, if the network is there; offline is no error */
        command = begin(self, arguments);
        command[0] = "pull";
        (void)run_program(self, arguments, NULL);
    }
    return judge(&outcome);
}

static void *
run(void *context)
{
    struct bw_errand *self = context;
    char said[BW_ERROR_TEXT_BYTES] = "";
    enum bw_helper_outcome outcome = run_errand(self, said);
    pthread_mutex_lock(&self->lock);
    self->running = false;
    self->ended = true;
    self->outcome = outcome;
    memcpy(self->said, said, sizeof said);
    pthread_mutex_unlock(&self->lock);
    if (self->wake != NULL) {
        self->wake(self->context);
    }
    return NULL;
}

/* brugwachter-sync beside this binary. */
static enum bw_status
find_program(char **ret_program, struct bw_error *err)
{
    char own[4096];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length <= 0) {
        return bw_error_set(err, BW_IO, errno,
            "preparing errands: where this program lies can't be read from "
            "/proc/self/exe: %s. Mount /proc, then try again.",
            bw_said(strerror(errno)));
    }
    own[length] = '\0';
    const char *slash = strrchr(own, '/');
    assert(slash != NULL); /* the kernel gives it from the root on */
    if (asprintf(ret_program, "%.*s/brugwachter-sync", (int)(slash - own), own) < 0) {
        *ret_program = NULL;
    }
    return BW_OK; /* NULL: no memory, as after strdup */
}

enum bw_status
bw_errand_create(const struct bw_errand_options *options, struct bw_errand **ret_errand,
    struct bw_error *err)
{
    struct bw_errand *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "preparing errands: out of memory");
    }
    pthread_mutex_init(&self->lock, NULL);
    bw_program_init(&self->started);
    self->store_path = strdup(options->store_path);
    if (options->program != NULL) {
        self->program = strdup(options->program);
    } else {
        enum bw_status status = find_program(&self->program, err);
        if (status != BW_OK) {
            bw_errand_destroy(self);
            return status;
        }
    }
    self->stick_root = options->stick_root != NULL ? strdup(options->stick_root) : NULL;
    self->limit_ms = options->limit_ms > 0 ? options->limit_ms : LIMIT_MS;
    self->clock = options->clock;
    self->device = options->device;
    self->wake = options->wake;
    self->context = options->context;
    if (self->store_path == NULL || self->program == NULL ||
        (options->stick_root != NULL && self->stick_root == NULL)) {
        bw_errand_destroy(self);
        return bw_error_set(err, BW_NO_MEMORY, 0, "preparing errands: out of memory");
    }
    *ret_errand = self;
    return BW_OK;
}

static void
join(struct bw_errand *self)
{
    if (self->has_thread) {
        pthread_join(self->thread, NULL);
        self->has_thread = false;
    }
}

/* A kiosk whose clock was given would hold what another one stamps for a wrong clock. */
static void
tell_time(struct bw_errand *self)
{
    struct tm civil;
    self->time[0] = '\0';
    if (self->clock != NULL && self->clock->injected) {
        time_t now = (time_t)(self->clock->wall_ms(self->clock) / 1000);
        if (gmtime_r(&now, &civil) != NULL) {
            (void)strftime(self->time, sizeof self->time, "%Y-%m-%dT%H:%M:%SZ", &civil);
        }
    }
}

enum bw_status
bw_errand_start(struct bw_errand *self, enum bw_helper helper, const char *enrolment,
    struct bw_error *err)
{
    pthread_mutex_lock(&self->lock);
    bool busy = self->running;
    pthread_mutex_unlock(&self->lock);
    if (busy) {
        return bw_error_set(
            err, BW_BUSY, 0, "starting brugwachter-sync: it is running already");
    }
    join(self);
    assert(!self->has_thread); /* ER1 */
    free(self->enrolment);
    self->enrolment = enrolment != NULL ? strdup(enrolment) : NULL;
    if (enrolment != NULL && self->enrolment == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "starting brugwachter-sync: out of memory");
    }
    self->helper = helper;
    tell_time(self);
    self->device_no = self->device != NULL ? self->device(self->context) : 0;
    self->running = true;
    int failed = pthread_create(&self->thread, NULL, run, self);
    if (failed != 0) {
        self->running = false;
        return bw_error_set(err, BW_IO, failed, "starting brugwachter-sync: %s",
            bw_said(strerror(failed)));
    }
    self->has_thread = true;
    return BW_OK;
}

bool
bw_errand_pop(struct bw_errand *self, enum bw_helper *ret_helper,
    enum bw_helper_outcome *ret_outcome, char ret_said[BW_ERROR_TEXT_BYTES])
{
    if (self == NULL) {
        return false;
    }
    pthread_mutex_lock(&self->lock);
    bool ended = self->ended;
    self->ended = false;
    if (ended) {
        *ret_outcome = self->outcome;
        *ret_helper = self->helper;
        memcpy(ret_said, self->said, sizeof self->said);
    }
    pthread_mutex_unlock(&self->lock);
    return ended;
}

void
bw_errand_destroy(struct bw_errand *self)
{
    if (self == NULL) {
        return;
    }
    bw_program_end(&self->started);
    join(self);
    bw_program_finish(&self->started);
    pthread_mutex_destroy(&self->lock);
    free(self->enrolment);
    free(self->store_path);
    free(self->program);
    free(self->stick_root);
    free(self);
}
