/* A real PostgreSQL of a test's own: it lies in a temporary folder, listens on a socket
 * there alone, runs as somebody who isn't root, and ends with the test, however that
 * ends. Its collation is Dutch, so that an order by bytes has to be asked for. */
#ifndef BW_TESTS_POSTGRES_HELP_H
#define BW_TESTS_POSTGRES_HELP_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <sys/types.h>

struct postgres {
    char folder[64];
    pid_t server;
    PGconn *db; /* the superuser's, for what a test arranges */
    int places;
    int port;      /* on 127.0.0.1; 0: the socket alone */
    char uri[160]; /* of the newest place */
};

/* False where PostgreSQL isn't installed; fails the program where it doesn't start. */
bool postgres_start(struct postgres *postgres);
/* The same, and it listens at that port too. */
bool postgres_start_at(struct postgres *postgres, int port);
void postgres_stop(struct postgres *postgres);

/* An empty schema of its own, named by postgres->uri; and its end. */
void postgres_place(struct postgres *postgres);
void postgres_clear(struct postgres *postgres);

/* SQL as the superuser, in the newest place. */
void postgres_do(struct postgres *postgres, const char *sql);

#endif
