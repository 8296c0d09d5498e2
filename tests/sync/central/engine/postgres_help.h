/* A real PostgreSQL of a test's own: it lies in a temporary folder, listens on a socket
 * there alone, runs as somebody who isn't root, and ends with the test, however that
 * ends. Its collation is Dutch, so that an order by bytes has to be asked for. */
#ifndef BW_TESTS_POSTGRES_HELP_H
#define BW_TESTS_POSTGRES_HELP_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct postgres {
    char folder[64];
    pid_t server;
    PGconn *db; /* the superuser's, for what a test arranges */
    int places;
    int port;        /* on 127.0.0.1; 0: the socket alone */
    bool pair;       /* another may follow it */
    int connections; /* that it takes; 0: 30 */
    const char *log; /* a folder to be made for its log (pg_wal); NULL: in data */
    char uri[160];   /* of the newest place */
};

/* False where PostgreSQL isn't installed; fails the program where it doesn't start. */
bool postgres_start(struct postgres *postgres);
/* The same, and it listens at that port too. */
bool postgres_start_at(struct postgres *postgres, int port);
/* The same, of one whose port, `pair` and `log` are set. */
bool postgres_start_as(struct postgres *postgres);
/* Ends it at once, whatever it is at; its folder stays, for postgres_run. */
void postgres_kill(struct postgres *postgres);
void postgres_stop(struct postgres *postgres);

/* The steps of it: a folder that the server may write to, the server on what lies in
 * `data` there, the superuser's connection. */
void postgres_folder(struct postgres *postgres);
void postgres_run(struct postgres *postgres);
void postgres_connect(struct postgres *postgres);
/* One of PostgreSQL's own programs, as who runs the server; false: it failed. */
bool postgres_tool(const char *name, char *const *words);
/* Any server that says on its output, with these words, that it is ready. */
pid_t postgres_daemon(const char *path, char *const *words, const char *ready);

/* An empty schema of its own, named by postgres->uri; and its end. */
void postgres_place(struct postgres *postgres);
void postgres_clear(struct postgres *postgres);

/* SQL as the superuser, in the newest place. */
void postgres_do(struct postgres *postgres, const char *sql);
/* A number that it asks for likewise. */
int64_t postgres_number(struct postgres *postgres, const char *sql);
/* Whether somebody waits for a lock there; and till then. */
bool postgres_has_waiter(struct postgres *postgres);
void postgres_await_waiter(struct postgres *postgres);

#endif
