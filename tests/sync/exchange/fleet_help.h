/* An office and one or two kiosks, for tests of what goes between them: by the program's
 * own commands. */
#ifndef BW_TESTS_FLEET_HELP_H
#define BW_TESTS_FLEET_HELP_H

#include "core/desk/desk.h"
#include "tests/sync/kiosk_help.h"

#include <brugwachter/store_letter.h>

struct world {
    struct office office;
    struct kiosk kiosk, other; /* other: the test's to open */
    int events;                /* that fleet_arrive wrote */
};

/* An office whose database is at `uri` (NULL: in a file), with so many places in S-1 and
 * so many people, and one kiosk of it, Balie; its letters go by `carrier` (NULL: as the
 * office has it). fleet_teardown ends it. */
struct world *fleet_open(const char *uri, const char *carrier, int places, int people);

/* For cmocka: an office with S-1 (4 places, 6 people) and one kiosk of it. */
int fleet_setup(void **state);
int fleet_teardown(void **state);

/* Before the session; `fleet_done` fails the test where it isn't done. */
enum bw_exit fleet_run(struct kiosk *kiosk, const char *verb);
void fleet_done(struct kiosk *kiosk, const char *verb);
enum bw_exit fleet_merge(struct world *world);

/* So many walk-ins at the kiosk. */
void fleet_arrive(struct world *world, int count);
/* A sync before the session: whether the kiosk's first road is there. Whatever the
 * network does is no failure of the kiosk's, and it says which. */
bool fleet_online(struct kiosk *kiosk);
/* The office has so many events, each once, none set aside, in a chain that holds. */
void fleet_whole(struct office *office, int events);

int fleet_events_in(const struct kiosk *kiosk);
int64_t fleet_number_in(const struct kiosk *kiosk, const char *name);
/* The newest time of a server that its store knows, by which the door tells that its own
 * clock is wrong; 0: none. */
int64_t fleet_server_time(const struct kiosk *kiosk);
/* The only other kiosk that this one knows; false where there's none. */
bool fleet_peer_of(const struct kiosk *kiosk, struct bw_peer *ret_peer);
/* What the desk of this kiosk says to a question. */
void fleet_ask(
    struct kiosk *kiosk, const struct bw_command *command, struct bw_answer *ret_answer);
/* How its places stand, as that desk says. */
struct bw_ledger fleet_ledger_at(struct kiosk *kiosk);
/* Who gives the places, if not this kiosk; 0: it does. */
uint32_t fleet_lead_at(struct kiosk *kiosk);

#endif
