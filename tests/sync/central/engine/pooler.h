/* A real pgbouncer in transaction mode before a test's PostgreSQL: transactions of one
 * connection go round among three sessions of the server. */
#ifndef BW_TESTS_POOLER_H
#define BW_TESTS_POOLER_H

#include "postgres_help.h"

struct pooler {
    char folder[80]; /* its socket lies there */
    pid_t pid;
};

/* What `bw`, the superuser, says to come in by SCRAM; who else has a password of the
 * server comes in by that. */
#define POOLER_PASSWORD "bw-is-let-in"

/* False where pgbouncer isn't installed. */
bool pooler_start(struct pooler *pooler, struct postgres *postgres);
void pooler_stop(struct pooler *pooler);

#endif
