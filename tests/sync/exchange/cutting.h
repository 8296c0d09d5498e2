/* A proxy between a test and its PostgreSQL, or another server, that cuts a connection
 * after so many bytes, in either direction, lets each piece wait, or loses a third of
 * them: one that is lost goes again after a while, as TCP does it. Its thread serves one
 * connection at a time per direction pair; several may be open. */
#ifndef BW_TESTS_CUTTING_H
#define BW_TESTS_CUTTING_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

enum cutting_way { CUTTING_UP, CUTTING_DOWN, CUTTING_WAYS }; /* to the server, from it */

struct cutting {
    char folder[96]; /* its socket lies there */
    char server[110];
    int server_port; /* 0: it has a socket */
    int port;        /* on loopback, where the server has one */
    int listener;
    pthread_t thread;
    _Atomic int64_t left[CUTTING_WAYS];   /* bytes until all is cut; -1: never */
    _Atomic int64_t passed[CUTTING_WAYS]; /* bytes, since cutting_reset */
    _Atomic int turns;       /* how often an answer came to what was sent, since then */
    _Atomic int delay_ms;    /* of each piece */
    _Atomic int resend_ms;   /* a third is lost, and goes then; 0: none is */
    _Atomic unsigned chance; /* which */
};

/* Before the server whose socket lies in `folder`. Nothing is cut at first. */
void cutting_start(struct cutting *cutting, const char *folder);
/* The same before a server on loopback. */
void cutting_start_at(struct cutting *cutting, int server_port);
void cutting_stop(struct cutting *cutting);

/* Nothing is cut, and counting begins anew. */
void cutting_reset(struct cutting *cutting);
/* From now on: after so many bytes in that direction, once; then every connection that
 * comes is cut at once, until cutting_reset. */
void cutting_after(struct cutting *cutting, enum cutting_way way, int64_t bytes);

#endif
