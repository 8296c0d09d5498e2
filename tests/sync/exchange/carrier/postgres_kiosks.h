/* A table of letters on a real PostgreSQL, and three kiosks with logins of their own: 3
 * and 4 of session 7, 5 of session 8. They come in by SCRAM alone. */
#ifndef BW_TESTS_POSTGRES_KIOSKS_H
#define BW_TESTS_POSTGRES_KIOSKS_H

#include "tests/sync/central/engine/postgres_help.h"

#include "exchange/carrier/carrier.h"

#define EVENTS_3 "bw-events-3-1-9-0011aabb.bwe"
#define EVENTS_4 "bw-events-4-1-9-0011aabb.bwe"
#define EVENTS_5 "bw-events-5-1-9-0011aabb.bwe"
#define ROSTER_3 "bw-roster-3-0-1-0011aabb.bwr"
#define ROSTER_4 "bw-roster-4-0-1-0011aabb.bwr"
#define T "bw_01000000_letters.letter"

extern struct postgres kiosks_server;
extern char kiosks_logins[6][BW_CARRIER_LOGIN_BYTES]; /* by device */

/* `port` as of postgres_start_at. False where there's no PostgreSQL, which is said. */
bool kiosks_start(int port);
void kiosks_stop(void);

/* A new table with a letter of each kiosk, and a roster for 3 and for 4; a cmocka setup.
 */
int kiosks_setup(void **state);

const struct bw_identity *kiosks_organiser(void);

/* The caller closes. Fails the test where it isn't as wanted; NULL for a failure. */
struct bw_carrier *kiosks_open(
    enum bw_carrier_role role, const char *login, enum bw_status want);
/* Gives a kiosk its login, which closes what PUBLIC may. */
void kiosks_admit(uint32_t device, int64_t session_no, uint32_t replaces);
void kiosks_put(struct bw_carrier *carrier, const char *name, enum bw_status want);
void kiosks_put_as(uint32_t device, const char *name, enum bw_status want);

#endif
