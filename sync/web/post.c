/* Letters, on a thread of their own: see post.h. */
#include "web/post.h"
#include "central/base/wording.h"

#include "central/central.h"
#include "exchange/office/round.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { ROUND_S = 15, HURRY_S = 1 }; /* what comes is on Live within 2 s */

struct bw_web_post {
    struct bw_web_post_setup setup;    /* given before the thread starts */
    enum bw_wording_language language; /* of whoever started it: the terminal's */
    pthread_t thread;
    int bell;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    /* guarded by lock */
    bool stop, put, hurry;
    int64_t heard_ms;
    char why[BW_ERROR_TEXT_BYTES];
};

/* The post thread's alone. */
struct post_rounds {
    struct bw_web_post *post;
    struct bw_central *central;
    struct bw_exchange_post exchange;
    bool ready;
};

static enum bw_status
get_ready(struct post_rounds *r, struct bw_error *err)
{
    const struct bw_web_post_setup *setup = &r->post->setup;
    enum bw_status status = BW_OK;
    if (r->ready) {
        return BW_OK;
    }
    if (r->central == NULL) {
        status = bw_central_open(setup->central_uri, BW_CENTRAL_OPEN, &r->central, err);
    }
    if (status == BW_OK) {
        status = bw_exchange_post_init(&r->exchange, r->central,
            setup->key_path != NULL ? setup->key_path : bw_central_key_path(r->central),
            &setup->clock, err);
    }
    if (status == BW_OK) {
        (void)snprintf(r->exchange.netrc_path, sizeof r->exchange.netrc_path, "%s",
            setup->netrc_path);
        r->exchange.netrc_given = setup->netrc_given;
        r->ready = true;
    }
    return status;
}

/* In, and out where something changed. */
static enum bw_status
round_once(struct post_rounds *r, bool put, struct bw_error *err)
{
    struct bw_round_summary summary = {0};
    if (put && r->ready) { /* the keys may be others since: a backup was put back */
        bw_exchange_post_finish(&r->exchange);
        r->ready = false;
    }
    enum bw_status status = get_ready(r, err);
    if (status == BW_OK) {
        status = bw_round_in(&r->exchange, &summary, err);
    }
    if (status == BW_OK && put) {
        status = bw_round_out(&r->exchange, &summary, err);
    }
    if (status == BW_OK && summary.notes_count > 0) {
        (void)bw_error_set(err, BW_OK, 0, "%s", summary.notes[0]);
    }
    bw_round_summary_finish(&summary);
    return status;
}

/* Until it is time, or somebody asks; false ends the thread. *ret_put: rosters go out. */
static bool
wait_more(struct bw_web_post *post, bool *ret_put)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    (void)pthread_mutex_lock(&post->lock);
    time_t begun = until.tv_sec;
    int answer = 0;
    while (!post->stop && !post->put && answer != ETIMEDOUT) {
        until.tv_sec = begun + (post->hurry ? HURRY_S : ROUND_S);
        answer = pthread_cond_timedwait(&post->wake, &post->lock, &until);
    }
    bool on = !post->stop;
    *ret_put = post->put;
    post->put = false;
    (void)pthread_mutex_unlock(&post->lock);
    return on;
}

static void *
run(void *context)
{
    struct bw_web_post *post = context;
    struct post_rounds rounds = {.post = post};
    bw_wording_speak(post->language);
    bw_said_read_in("desk");
    bool put = false, owed = false, on = true;
    do {
        struct bw_error err = {.text = ""};
        enum bw_status status = round_once(&rounds, put, &err);
        (void)pthread_mutex_lock(&post->lock);
        post->heard_ms = status == BW_OK ? post->setup.clock.wall_ms(&post->setup.clock)
                                         : post->heard_ms;
        memcpy(post->why, err.text, sizeof post->why);
        (void)pthread_mutex_unlock(&post->lock);
        (void)eventfd_write(post->bell, 1);
        owed = put && status != BW_OK; /* with the next round, not at once */
        on = wait_more(post, &put);
        put = put || owed;
    } while (on);
    bw_exchange_post_finish(&rounds.exchange);
    bw_central_close(rounds.central);
    return NULL;
}

enum bw_status
bw_web_post_start(const struct bw_web_post_setup *setup, struct bw_web_post **ret_post,
    struct bw_error *err)
{
    struct bw_web_post *post = calloc(1, sizeof *post);
    pthread_condattr_t attributes;
    if (post == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "starting the post: no memory");
    }
    post->setup = *setup;
    post->language = bw_wording_spoken();
    post->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    (void)pthread_mutex_init(&post->lock, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&post->wake, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    int failed = post->bell < 0 ? errno : pthread_create(&post->thread, NULL, run, post);
    if (failed != 0) {
        enum bw_status status = bw_error_set(
            err, BW_IO, failed, "starting the post: %s", bw_said(strerror(failed)));
        if (post->bell >= 0) {
            (void)close(post->bell);
        }
        free(post);
        return status;
    }
    *ret_post = post;
    return BW_OK;
}

void
bw_web_post_stop(struct bw_web_post *post)
{
    if (post == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&post->lock);
    post->stop = true;
    (void)pthread_cond_signal(&post->wake);
    (void)pthread_mutex_unlock(&post->lock);
    (void)pthread_join(post->thread, NULL);
    (void)pthread_cond_destroy(&post->wake);
    (void)pthread_mutex_destroy(&post->lock);
    (void)close(post->bell);
    free(post);
}

int
bw_web_post_bell(const struct bw_web_post *post)
{
    return post->bell;
}

int64_t
bw_web_post_heard(struct bw_web_post *post, char ret_why[BW_ERROR_TEXT_BYTES])
{
    eventfd_t rings;
    (void)eventfd_read(post->bell, &rings);
    (void)pthread_mutex_lock(&post->lock);
    int64_t heard_ms = post->heard_ms;
    memcpy(ret_why, post->why, sizeof post->why);
    (void)pthread_mutex_unlock(&post->lock);
    return heard_ms;
}

void
bw_web_post_put(struct bw_web_post *post)
{
    (void)pthread_mutex_lock(&post->lock);
    post->put = true;
    (void)pthread_cond_signal(&post->wake);
    (void)pthread_mutex_unlock(&post->lock);
}

void
bw_web_post_hurry(struct bw_web_post *post, bool hurry)
{
    (void)pthread_mutex_lock(&post->lock);
    if (post->hurry != hurry) {
        post->hurry = hurry;
        (void)pthread_cond_signal(&post->wake);
    }
    (void)pthread_mutex_unlock(&post->lock);
}
