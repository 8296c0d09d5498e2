/* The desk's server by real sockets, for tests: one server, one answer. The clock is the
 * test's (desk.mono_ms). */
#ifndef BW_TESTS_WEB_SERVER_HELP_H
#define BW_TESTS_WEB_SERVER_HELP_H

#include "tests/sync/web/desk_help.h"

#include "web/server.h"

enum { ANSWER_BYTES = 1 << 20 };

extern struct browser desk; /* whose session is open */
extern struct bw_web_server *server;
extern char answer[ANSWER_BYTES]; /* what receive read last */

/* For cmocka: an office, its desk, its server. */
int open_server(void **state);
int close_server(void **state);

int connect_to_it(void);

/* Some turns of the server; between two it waits for what comes, a moment at most. */
void turn(int times);

/* Sends, and lets the server take turns; ends early where it shuts the connection. */
void send_all(int to, const char *text, size_t bytes);

/* Reads what there is, until the other end closes or `until` came; true where it did. */
bool receive(int from, const char *until);

/* A request with the session's cookie; `more` is headers, and a body. The socket. */
int ask(const char *method, const char *target, const char *more);

#endif
