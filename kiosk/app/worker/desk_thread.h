/* The desk's thread: owns the store and the desk, takes commands, posts answers.
 *
 * The queue of commands is bounded: over it, post refuses, and the caller tells so.
 * Nothing that was taken in is dropped: on stop the commands in the queue are still
 * carried out, for a scan that was read is a fact. Answers wait without bound only as
 * long as commands do.
 *
 * create, start, stop, join, destroy: one owner. post, pop, reopen, rehearse: the UI
 * thread. Every function but create and start accepts NULL. */
#ifndef BW_APP_DESK_THREAD_H
#define BW_APP_DESK_THREAD_H

#include <brugwachter/clock.h>
#include <brugwachter/command.h>
#include <brugwachter/store.h>
#include <stdbool.h>

enum { BW_DESK_QUEUE = 64 };

struct bw_desk_thread_options {
    const char *store_path;
    /* That store, open already, for BW_STORE_KIOSK: taken where create gives BW_OK. NULL:
     * the thread opens it. Nobody else of this process may have it open (S8). */
    struct bw_store *take_store;
    const char *session_code; /* NULL: the desk chooses */
    struct bw_clock clock;
    void (*wake)(void *context); /* called from the desk's thread: something to take */
    void *wake_context;
};

enum bw_desk_news_kind {
    BW_NEWS_ANSWER,
    BW_NEWS_OPENED, /* the store is open, the desk ready */
    BW_NEWS_NONE,   /* there's no store at that path, nor was there since the start */
    BW_NEWS_FAILED, /* `error` says why */
};

struct bw_desk_news {
    enum bw_desk_news_kind kind;
    struct bw_answer answer;    /* ANSWER: the taker finishes it */
    int64_t begun_us, ended_us; /* ANSWER: the desk's work, CLOCK_MONOTONIC */
    bool rehearsal;             /* OPENED: the copy, for practice */
    struct bw_error
        error; /* FAILED; OPENED, where a copy was wanted and couldn't be made */
};

struct bw_desk_thread;

/* Prepares the thread, without starting it. The options' texts are copied, their store is
 * taken (as it says there), their wake_context is borrowed until the join. The owner
 * destroys *ret_thread. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_desk_thread_create(
    const struct bw_desk_thread_options *options, struct bw_desk_thread **ret_thread,
    struct bw_error *err);

/* Starts the thread, once. It opens the store where it wasn't given one, and says how
 * that went as news. BW_IO where the system gives no thread. */
BW_NODISCARD enum bw_status bw_desk_thread_start(
    struct bw_desk_thread *thread, struct bw_error *err);

/* Queues a copy of the command. False where the queue is full, or stop was called. */
BW_NODISCARD bool bw_desk_thread_post(
    struct bw_desk_thread *thread, const struct bw_command *command);

/* Closes the store and opens it again; says how that went. */
void bw_desk_thread_reopen(struct bw_desk_thread *thread);

/* Closes the store, and says nothing: till it is opened again, commands are answered with
 * an error. */
void bw_desk_thread_close(struct bw_desk_thread *thread);

/* On: a copy of the store, beside it, takes its place until off;
 * then the copy is gone. */
void bw_desk_thread_rehearse(struct bw_desk_thread *thread, bool on);

/* The next news, oldest first; the caller's from then on (an answer's to finish). False,
 * and nothing written, where there is none. */
bool bw_desk_thread_pop(struct bw_desk_thread *thread, struct bw_desk_news *ret_news);

/* Asks to end once the queue is empty; stop is not join. */
void bw_desk_thread_stop(struct bw_desk_thread *thread);
/* Waits for the end, and does nothing where it wasn't started. */
void bw_desk_thread_join(struct bw_desk_thread *thread);
/* Stops and joins, frees news that nobody took, and closes a store that was given and
 * never used. */
void bw_desk_thread_destroy(struct bw_desk_thread *thread);

#endif
