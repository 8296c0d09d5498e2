/* A leader and a standby of a test's own, by streaming replication: either may be killed,
 * and the standby may take the leader's place. Both listen on sockets alone. */
#ifndef BW_TESTS_PAIR_H
#define BW_TESTS_PAIR_H

#include "postgres_help.h"

struct pair {
    struct postgres leader, standby;
    char uri[240]; /* of both, the standby first */
};

/* False where PostgreSQL isn't installed. A commit waits for nobody, until
 * pair_synchronous. */
bool pair_start(struct pair *pair);
void pair_stop(struct pair *pair);

/* Until the standby has replayed all that the leader wrote up to now. */
void pair_replayed(struct pair *pair);
/* From now on a commit waits for the standby, which has all that was before; or for
 * nobody. */
void pair_synchronous(struct pair *pair, bool wanted);
/* kill -9, and the wait until it is gone. */
void pair_kill(struct postgres *postgres);
/* The standby that was killed comes back, as what it was. */
void pair_come_back(struct pair *pair);
/* The standby becomes a leader, and takes commits by itself. */
void pair_promote(struct pair *pair);

#endif
