/* Tickets signed ahead: see signing.h. */
#include "central/signing.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    THREADS_MAX = 64,
    LEAST = 512,   /* orders; fewer are signed before a thread has begun */
    TOGETHER = 32, /* a turn */
};

struct bw_signing {
    const struct bw_signing_key *key;
    struct bw_signing_order *orders; /* by code; owned */
    size_t count;
    atomic_size_t next; /* whose turn it is */
    atomic_bool stopped;
    pthread_t threads[THREADS_MAX];
    int threads_count; /* that run; 0 once they were joined */
};

static int
by_code(const void *one, const void *other)
{
    const struct bw_signing_order *a = one, *b = other;
    return (a->code > b->code) - (a->code < b->code);
}

static void
sign(const struct bw_signing_key *key, struct bw_signing_order *order)
{
    const struct bw_ticket ticket = {
        .key = key->key, .session_no = order->session_no, .code = order->code};
    bw_ticket_write(&ticket, key->secret_key, order->text);
}

static void *
work(void *context)
{
    struct bw_signing *self = context;
    size_t at;
    while (!atomic_load_explicit(&self->stopped, memory_order_relaxed) &&
           (at = atomic_fetch_add(&self->next, TOGETHER)) < self->count) {
        size_t end = self->count - at < TOGETHER ? self->count : at + TOGETHER;
        for (; at < end; at++) {
            sign(self->key, &self->orders[at]);
        }
    }
    return NULL;
}

static void
join(struct bw_signing *self)
{
    for (int i = 0; i < self->threads_count; i++) {
        (void)pthread_join(self->threads[i], NULL);
    }
    self->threads_count = 0;
}

/* One for each processor but the caller's own, and one at least: the database makes the
 * caller wait, too. */
static int
threads_wanted(void)
{
    long threads = sysconf(_SC_NPROCESSORS_ONLN) - 1;
    return threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : (int)threads;
}

struct bw_signing *
bw_signing_start(
    const struct bw_signing_key *key, struct bw_signing_order *orders, size_t count)
{
    struct bw_signing *self = count < LEAST ? NULL : calloc(1, sizeof *self);
    if (self == NULL) {
        free(orders);
        return NULL;
    }
    qsort(orders, count, sizeof *orders, by_code);
    self->key = key;
    self->orders = orders;
    self->count = count;
    int wanted = threads_wanted();
    while (self->threads_count < wanted &&
           pthread_create(&self->threads[self->threads_count], NULL, work, self) == 0) {
        self->threads_count++;
    }
    return self;
}

/* SG2. What no thread took is signed here. */
static const struct bw_signing_order *
find(struct bw_signing *self, const struct bw_ticket *ticket)
{
    const struct bw_signing_order wanted = {.code = ticket->code};
    (void)work(self);
    join(self);
    const struct bw_signing_order *order =
        bsearch(&wanted, self->orders, self->count, sizeof *self->orders, by_code);
    return order != NULL && order->session_no == ticket->session_no ? order : NULL;
}

void
bw_signing_write(struct bw_signing *self, const struct bw_signing_key *key,
    const struct bw_ticket *ticket, char ret_text[BW_TICKET_TEXT_BYTES])
{
    bool ahead = self != NULL && self->key == key && ticket->generation == 0;
    const struct bw_signing_order *order = ahead ? find(self, ticket) : NULL;
    if (order != NULL) {
        memcpy(ret_text, order->text, sizeof order->text);
    } else {
        bw_ticket_write(ticket, key->secret_key, ret_text);
    }
}

void
bw_signing_destroy(struct bw_signing *self)
{
    if (self != NULL) {
        atomic_store(&self->stopped, true);
        join(self);
        free(self->orders);
        free(self);
    }
}
