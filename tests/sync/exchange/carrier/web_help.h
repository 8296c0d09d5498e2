/* Servers on a loopback port for tests of carriers on the web: Apache's mod_dav, and one
 * that misbehaves (faulty_web.py, faulty_s3.py). All speak TLS with a certificate made
 * for the test, which SSL_CERT_FILE then names, and end with the test's process. And what
 * is asked of a carrier there. */
#ifndef BW_TESTS_WEB_HELP_H
#define BW_TESTS_WEB_HELP_H

#include "exchange/carrier/carrier.h"

#include <stdbool.h>
#include <sys/types.h>

#define WEB_LOGIN "kring:Geheim 1!" /* whom Apache lets in */

struct web {
    char folder[64]; /* what the servers keep; `files` in it is Apache's */
    char files[80];
    pid_t apache, faulty;
    int apache_port, faulty_port;
    int apache_threads; /* set before its start; 0: few */
};

/* Makes folder and certificate. False: it can't be. */
bool web_init(struct web *web);
/* Each starts its server and waits for it. False: it doesn't start. */
bool web_apache_start(struct web *web);
/* `script` beside this file, run by `language` (python3, node), prints its port. */
bool web_faulty_start(struct web *web, const char *language, const char *script);
/* The same key's certificate of the year 2020, in a folder of its own: *ret_old is the
 * servers' there; nothing of it is started. False: it can't be made. */
bool web_old_make(const struct web *web, struct web *ret_old);
void web_stop(pid_t *pid); /* 0: none */
void web_finish(struct web *web);

/* How many letters a carrier's list names after so many were put, each with a name of its
 * own. The list has to end so; where that isn't BW_OK, with a sentence, in which `said`
 * stands. */
int web_listed(
    struct bw_carrier *carrier, int letters, enum bw_status wanted, const char *said);
/* The list of a carrier whose server never ends it is left once its time is over, with a
 * sentence; the time is made short. */
void web_list_times_out(struct bw_carrier *carrier);
/* The letter of this name is "letter", whole. */
void web_holds(struct bw_carrier *carrier, const char *name);

/* Empties a folder. */
void web_folder_empty(const char *path);

#endif
