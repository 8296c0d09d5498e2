/* Stands between a program and PostgreSQL on a socket of its own, and cuts the connection
 * at a COMMIT. Serves one connection at a time, in a thread. */
#ifndef BW_TESTS_POSTGRES_PROXY_H
#define BW_TESTS_POSTGRES_PROXY_H

#include <pthread.h>
#include <stdatomic.h>

enum proxy_cut {
    PROXY_CUT_NOT,
    PROXY_CUT_QUESTION, /* the server never gets it */
    PROXY_CUT_ANSWER,   /* the server does it, and nobody hears */
    PROXY_GONE,         /* the same, and nobody is let through any more */
};

struct proxy {
    char folder[96]; /* where its socket lies, as `host` of a URI */
    char server[120];
    int listener;
    pthread_t thread;
    _Atomic enum proxy_cut cut; /* once */
};

/* `folder`: where the server's socket lies. Fails the program where it can't. */
void proxy_start(struct proxy *proxy, const char *folder);
void proxy_cut_at_commit(struct proxy *proxy, enum proxy_cut cut);
/* All connections through it have to be closed. */
void proxy_stop(struct proxy *proxy);

#endif
