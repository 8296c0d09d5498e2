/* An office and a kiosk whose one road is a server of web_help.h, for tests of what goes
 * between them there. */
#ifndef BW_TESTS_WEB_WORLD_H
#define BW_TESTS_WEB_WORLD_H

#include "tests/sync/exchange/fleet_help.h"

extern char web_world_uri[128];       /* of the newest one's road */
extern char web_world_enrolment[200]; /* the path of its newest enrolment */

/* The road is `before`localhost:`port``after`; S-1 has 3 places and 2 people. The kiosk
 * is enrolled with that password, and has pulled nothing. fleet_teardown ends it. */
struct world *web_world_open(
    const char *before, int port, const char *after, const char *password);
/* The office's login from now on, for who is enrolled then. */
void web_world_login(struct world *world, const char *password);
/* Another enrolment by this road, which the kiosk's store is given. */
void web_world_enrol(struct world *world, const char *name);

#endif
