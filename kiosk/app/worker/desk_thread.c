/* The desk's thread: see desk_thread.h.
 *
 *   UI thread --commands--> [queue, guarded by lock] --> desk thread
 *   UI thread <---news----- [list, guarded by lock] <--- desk thread
 *
 * - DT1: store and desk are touched by the desk thread alone, once it runs.
 * - DT2: the queue holds at most BW_DESK_QUEUE commands. */
#include "desk_thread.h"

#include "app/door/run.h"
#include "core/desk/desk.h"

#include <assert.h>
#include <brugwachter/said.h>
#include <brugwachter/store.h>
#include <brugwachter/store_names.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum wish { WISH_NOTHING, WISH_REOPEN, WISH_CLOSE, WISH_REHEARSE, WISH_LIVE };

struct news_item {
    struct news_item *next;
    struct bw_desk_news news;
};

struct bw_desk_thread {
    char *store_path, *copy_path, *session_code;
    struct bw_clock clock;
    void (*wake)(void *context);
    void *wake_context;

    pthread_t thread;
    bool started, joined;
    pthread_mutex_t lock;
    pthread_cond_t bell;

    /* guarded by lock */
    struct bw_command *queue; /* ring of BW_DESK_QUEUE */
    int queue_first, queue_count;
    enum wish wish;
    bool stopping;
    struct news_item *first, *last;

    /* desk thread only, once it runs */
    pthread_t worker;       /* itself */
    struct bw_store *store; /* given, and not yet a desk's */
    struct bw_desk *desk;
    struct bw_names_key *names; /* of the desk before; NULL: weren't open; owned */
    bool rehearsing;
    bool opened; /* there was a store: one that is missing was removed */
};

static void
post_news(struct bw_desk_thread *self, struct news_item *item)
{
    pthread_mutex_lock(&self->lock);
    if (self->last != NULL) {
        self->last->next = item;
    } else {
        self->first = item;
    }
    self->last = item;
    pthread_mutex_unlock(&self->lock);
    if (self->wake != NULL) {
        self->wake(self->wake_context);
    }
}

static int64_t
clock_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Memory for one piece of news is a few kilobytes; a kiosk without them can only stop,
 * and its log is whole. */
static struct news_item *
new_item(enum bw_desk_news_kind kind)
{
    struct news_item *item = calloc(1, sizeof *item);
    if (item == NULL) {
        abort();
    }
    item->news.kind = kind;
    return item;
}

static void
remove_copy(const struct bw_desk_thread *self)
{
    static const char *const tails[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s%s", self->copy_path, tails[i]);
        (void)unlink(path);
    }
}

/* The store that was given, or one that is opened. */
static enum bw_status
open_store(struct bw_desk_thread *self, struct bw_store **ret_store, struct bw_error *err)
{
    if (self->store != NULL) {
        *ret_store = self->store;
        self->store = NULL;
        return BW_OK;
    }
    const char *path = self->rehearsing ? self->copy_path : self->store_path;
    return bw_store_open(path, BW_STORE_KIOSK, ret_store, err);
}

/* Opens store and desk, and says how that went; `copying` is what went wrong before. */
static void
open_desk(struct bw_desk_thread *self, const struct bw_error *copying)
{
    assert(pthread_equal(self->worker, pthread_self()) != 0); /* DT1 */
    struct news_item *item = new_item(BW_NEWS_OPENED);
    item->news.rehearsal = self->rehearsing;
    item->news.error = *copying;
    struct bw_store *store = NULL;
    enum bw_status status = open_store(self, &store, &item->news.error);
    bool none = status == BW_NOT_FOUND && !self->opened;
    if (status == BW_OK) {
        self->opened = true;
        bw_store_names_give(store, self->names);
        self->names = NULL;
        bw_store_preallocate(store);
        struct bw_desk_options options = {.session_code = self->session_code};
        status =
            bw_desk_create(store, &self->clock, &options, &self->desk, &item->news.error);
        if (status == BW_NOT_FOUND) { /* a zone, not the store */
            item->news.error.status = BW_IO;
        }
    }
    if (status != BW_OK) {
        item->news.kind = none ? BW_NEWS_NONE : BW_NEWS_FAILED;
    }
    post_news(self, item);
    if (status == BW_OK && !self->rehearsing) { /* nobody waits for it */
        bw_run_begin(store, &self->clock);
    }
}

/* The next desk is of the same store, or its copy: no PIN is asked for again. */
static void
keep_names(struct bw_desk_thread *self)
{
    struct bw_names_key *names = bw_desk_take_names(self->desk);
    if (names != NULL) {
        bw_store_names_drop(self->names);
        self->names = names;
    }
}

static void
grant(struct bw_desk_thread *self, enum wish wish)
{
    struct bw_error error = {0};
    keep_names(self);
    bw_desk_destroy(self->desk);
    self->desk = NULL;
    if (wish == WISH_CLOSE) {
        return;
    }
    if (wish == WISH_REHEARSE || wish == WISH_LIVE) {
        self->rehearsing = false;
        remove_copy(self);
        if (wish == WISH_REHEARSE &&
            bw_store_copy(self->store_path, self->copy_path, &error) == BW_OK) {
            self->rehearsing = true;
        }
    }
    open_desk(self, &error);
}

static void
carry_out(struct bw_desk_thread *self, const struct bw_command *command)
{
    assert(pthread_equal(self->worker, pthread_self()) != 0); /* DT1 */
    struct news_item *item = new_item(BW_NEWS_ANSWER);
    item->news.begun_us = clock_us();
    if (self->desk != NULL) {
        bw_desk_run(self->desk, command, &item->news.answer);
    } else {
        bw_answer_init(&item->news.answer, BW_ANSWER_ERROR);
        item->news.answer.command = command->kind;
        item->news.answer.request_no = command->request_no;
        (void)bw_error_set(&item->news.answer.failure.error, BW_REFUSED, 0,
            "Asking the kiosk's file failed: it isn't open. Wait till it is, or see what "
            "the screen says.");
    }
    item->news.ended_us = clock_us();
    post_news(self, item);
}

static void *
run(void *context)
{
    struct bw_desk_thread *self = context;
    self->worker = pthread_self();
    static const struct bw_error none;
    remove_copy(self); /* of a practice that was cut off: it holds names */
    open_desk(self, &none);
    struct bw_command *command = malloc(sizeof *command);
    if (command == NULL) {
        abort();
    }
    pthread_mutex_lock(&self->lock);
    for (;;) {
        while (self->queue_count == 0 && self->wish == WISH_NOTHING && !self->stopping) {
            pthread_cond_wait(&self->bell, &self->lock);
        }
        assert(self->queue_count <= BW_DESK_QUEUE); /* DT2 */
        if (self->queue_count > 0) {
            *command = self->queue[self->queue_first];
            self->queue_first = (self->queue_first + 1) % BW_DESK_QUEUE;
            self->queue_count--;
            pthread_mutex_unlock(&self->lock);
            carry_out(self, command);
            pthread_mutex_lock(&self->lock);
        } else if (self->stopping) {
            break;
        } else {
            enum wish wish = self->wish;
            self->wish = WISH_NOTHING;
            pthread_mutex_unlock(&self->lock);
            grant(self, wish);
            pthread_mutex_lock(&self->lock);
        }
    }
    pthread_mutex_unlock(&self->lock);
    free(command);
    bw_store_names_drop(self->names);
    bw_desk_destroy(self->desk);
    self->desk = NULL;
    if (self->rehearsing) {
        remove_copy(self);
    }
    return NULL;
}

enum bw_status
bw_desk_thread_create(const struct bw_desk_thread_options *options,
    struct bw_desk_thread **ret_thread, struct bw_error *err)
{
    struct bw_desk_thread *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "starting the desk: out of memory");
    }
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->bell, NULL);
    self->clock = options->clock;
    self->wake = options->wake;
    self->wake_context = options->wake_context;
    self->store_path = strdup(options->store_path);
    self->session_code =
        options->session_code != NULL ? strdup(options->session_code) : NULL;
    self->queue = calloc(BW_DESK_QUEUE, sizeof *self->queue);
    int length = asprintf(&self->copy_path, "%s.rehearsal", options->store_path);
    if (self->store_path == NULL || self->queue == NULL || length < 0 ||
        (options->session_code != NULL && self->session_code == NULL)) {
        bw_desk_thread_destroy(self);
        return bw_error_set(err, BW_NO_MEMORY, 0, "starting the desk: out of memory");
    }
    self->store = options->take_store;
    *ret_thread = self;
    return BW_OK;
}

enum bw_status
bw_desk_thread_start(struct bw_desk_thread *self, struct bw_error *err)
{
    int failed = pthread_create(&self->thread, NULL, run, self);
    if (failed != 0) {
        return bw_error_set(err, BW_IO, failed, "starting the desk's thread: %s",
            bw_said(strerror(failed)));
    }
    self->started = true;
    return BW_OK;
}

bool
bw_desk_thread_post(struct bw_desk_thread *self, const struct bw_command *command)
{
    if (self == NULL) {
        return false;
    }
    pthread_mutex_lock(&self->lock);
    bool capacity = self->queue_count < BW_DESK_QUEUE && !self->stopping;
    if (capacity) {
        self->queue[(self->queue_first + self->queue_count++) % BW_DESK_QUEUE] = *command;
        pthread_cond_signal(&self->bell);
    }
    pthread_mutex_unlock(&self->lock);
    return capacity;
}

static void
wish_for(struct bw_desk_thread *self, enum wish wish)
{
    if (self == NULL) {
        return;
    }
    pthread_mutex_lock(&self->lock);
    self->wish = wish;
    pthread_cond_signal(&self->bell);
    pthread_mutex_unlock(&self->lock);
}

void
bw_desk_thread_reopen(struct bw_desk_thread *self)
{
    wish_for(self, WISH_REOPEN);
}

void
bw_desk_thread_close(struct bw_desk_thread *self)
{
    wish_for(self, WISH_CLOSE);
}

void
bw_desk_thread_rehearse(struct bw_desk_thread *self, bool on)
{
    wish_for(self, on ? WISH_REHEARSE : WISH_LIVE);
}

bool
bw_desk_thread_pop(struct bw_desk_thread *self, struct bw_desk_news *ret_news)
{
    if (self == NULL) {
        return false;
    }
    pthread_mutex_lock(&self->lock);
    struct news_item *item = self->first;
    if (item != NULL) {
        self->first = item->next;
        if (self->first == NULL) {
            self->last = NULL;
        }
    }
    pthread_mutex_unlock(&self->lock);
    if (item == NULL) {
        return false;
    }
    *ret_news = item->news;
    free(item);
    return true;
}

void
bw_desk_thread_stop(struct bw_desk_thread *self)
{
    if (self != NULL) {
        pthread_mutex_lock(&self->lock);
        self->stopping = true;
        pthread_cond_signal(&self->bell);
        pthread_mutex_unlock(&self->lock);
    }
}

void
bw_desk_thread_join(struct bw_desk_thread *self)
{
    if (self != NULL && self->started && !self->joined) {
        pthread_join(self->thread, NULL);
        self->joined = true;
    }
}

void
bw_desk_thread_destroy(struct bw_desk_thread *self)
{
    if (self == NULL) {
        return;
    }
    bw_desk_thread_stop(self);
    bw_desk_thread_join(self);
    struct bw_desk_news news;
    while (bw_desk_thread_pop(self, &news)) {
        if (news.kind == BW_NEWS_ANSWER) {
            bw_answer_finish(&news.answer);
        }
    }
    bw_store_close(self->store);
    pthread_cond_destroy(&self->bell);
    pthread_mutex_destroy(&self->lock);
    free(self->queue);
    free(self->store_path);
    free(self->copy_path);
    free(self->session_code);
    free(self);
}
