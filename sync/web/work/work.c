/* Long work, on a thread of its own: see work.h. */
#include "web/work/work.h"

#include "central/records.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MS_PER_S = 1000, NS_PER_MS = 1000000, NS_PER_S = 1000000000 };

struct bw_web_work {
    struct bw_progress progress;       /* first: the job's watcher */
    struct bw_web_work_plan plan;      /* given before the thread starts */
    enum bw_wording_language language; /* whoever began it reads */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t turn; /* it is over, or told to stop */
    /* guarded by lock */
    struct bw_web_work_state state;
    struct timespec begins; /* after the grace */
    enum bw_status status;
    struct bw_error err;
};

static struct timespec
after_ms(int64_t ms)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    int64_t ns = at.tv_nsec + ms % MS_PER_S * NS_PER_MS;
    at.tv_sec += ms / MS_PER_S + ns / NS_PER_S;
    at.tv_nsec = ns % NS_PER_S;
    return at;
}

/* ---- the work's own thread ---- */

static void
on_step(struct bw_progress *self, const char *what, int64_t done, int64_t total)
{
    struct bw_web_work *work = (struct bw_web_work *)self;
    (void)pthread_mutex_lock(&work->lock);
    bw_text_copy(work->state.what, sizeof work->state.what, what);
    work->state.done = done;
    work->state.total = total;
    (void)pthread_mutex_unlock(&work->lock);
}

static void
on_end(struct bw_progress *self)
{
    (void)self;
}

static bool
on_stopped(struct bw_progress *self)
{
    struct bw_web_work *work = (struct bw_web_work *)self;
    (void)pthread_mutex_lock(&work->lock);
    bool stopping = work->state.stopping;
    (void)pthread_mutex_unlock(&work->lock);
    return stopping;
}

/* False where it was told to stop meanwhile. */
static bool
wait_grace(struct bw_web_work *work)
{
    int answer = 0;
    (void)pthread_mutex_lock(&work->lock);
    while (work->plan.grace_ms > 0 && !work->state.stopping && answer != ETIMEDOUT) {
        answer = pthread_cond_timedwait(&work->turn, &work->lock, &work->begins);
    }
    bool on = !work->state.stopping;
    work->state.grace_ms = 0;
    (void)pthread_mutex_unlock(&work->lock);
    return on;
}

static enum bw_status
run_job(struct bw_web_work *work, struct bw_error *err)
{
    const struct bw_web_work_plan *plan = &work->plan;
    struct bw_office office = {.clock = plan->clock,
        .who = plan->who,
        .attendees = plan->attendees,
        .progress = &work->progress};
    enum bw_status status =
        bw_central_open(plan->central_uri, BW_CENTRAL_OPEN, &office.central, err);
    if (status == BW_OK) {
        office.key_path =
            plan->key_path != NULL ? plan->key_path : bw_central_key_path(office.central);
        if (plan->preview) {
            bw_central_check_only(office.central);
        }
        status = plan->job(&office, plan->context, err);
    }
    bw_central_close(office.central);
    return status;
}

static void *
run(void *context)
{
    struct bw_web_work *work = context;
    struct bw_error err = {.text = ""};
    bw_wording_speak(work->language);
    bw_said_read_in("desk");
    enum bw_status status = wait_grace(work) ? run_job(work, &err)
                                             : bw_error_set(&err, BW_REFUSED, 0,
                                                   "it was stopped before it began");
    (void)pthread_mutex_lock(&work->lock);
    work->status = status;
    work->err = err;
    work->state.over = true;
    (void)pthread_cond_broadcast(&work->turn);
    (void)pthread_mutex_unlock(&work->lock);
    return NULL;
}

/* ---- the desk's thread ---- */

static void
unmake(struct bw_web_work *work)
{
    (void)pthread_cond_destroy(&work->turn);
    (void)pthread_mutex_destroy(&work->lock);
    free(work);
}

enum bw_status
bw_web_work_begin(const struct bw_web_work_plan *plan, struct bw_web_work **ret_work,
    struct bw_error *err)
{
    struct bw_web_work *work = calloc(1, sizeof *work);
    pthread_condattr_t attributes;
    if (work == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "beginning a long work: no memory");
    }
    work->progress = (struct bw_progress){on_step, on_end, on_stopped};
    work->plan = *plan;
    work->language = bw_wording_spoken();
    work->begins = after_ms(plan->grace_ms);
    work->state.grace_ms = plan->grace_ms;
    (void)pthread_mutex_init(&work->lock, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&work->turn, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    int failed = pthread_create(&work->thread, NULL, run, work);
    if (failed != 0) {
        unmake(work);
        return bw_error_set(
            err, BW_IO, failed, "beginning a long work: %s", bw_said(strerror(failed)));
    }
    *ret_work = work;
    return BW_OK;
}

void
bw_web_work_look(
    struct bw_web_work *work, int wait_ms, struct bw_web_work_state *ret_state)
{
    struct timespec until = after_ms(wait_ms), now = after_ms(0);
    int answer = 0;
    (void)pthread_mutex_lock(&work->lock);
    while (wait_ms > 0 && !work->state.over && answer != ETIMEDOUT) {
        answer = pthread_cond_timedwait(&work->turn, &work->lock, &until);
    }
    *ret_state = work->state;
    if (ret_state->grace_ms > 0) {
        int64_t left_ms = (int64_t)(work->begins.tv_sec - now.tv_sec) * MS_PER_S +
                          (work->begins.tv_nsec - now.tv_nsec) / NS_PER_MS;
        ret_state->grace_ms = left_ms > 0 ? left_ms : 1;
    }
    (void)pthread_mutex_unlock(&work->lock);
}

void
bw_web_work_stop(struct bw_web_work *work)
{
    (void)pthread_mutex_lock(&work->lock);
    work->state.stopping = true;
    (void)pthread_cond_broadcast(&work->turn);
    (void)pthread_mutex_unlock(&work->lock);
}

enum bw_status
bw_web_work_end(struct bw_web_work *work, struct bw_error *err)
{
    if (work == NULL) {
        return BW_OK;
    }
    (void)pthread_join(work->thread, NULL);
    enum bw_status status = work->status;
    if (status != BW_OK && err != NULL) {
        *err = work->err;
    }
    unmake(work);
    return status;
}

void
bw_web_work_drop(struct bw_web_work *work)
{
    if (work != NULL) {
        bw_web_work_stop(work);
        (void)pthread_join(work->thread, NULL);
        unmake(work);
    }
}
