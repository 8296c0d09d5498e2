/* A kiosk's store for tests: one session of its own, one elsewhere, tickets signed with a
 * test key, and a clock that stands where the test puts it.
 * Filled by roster letters, as a pull fills it. */
#ifndef BW_TESTS_FIXTURE_H
#define BW_TESTS_FIXTURE_H

#include "core/desk/desk.h"
#include <brugwachter/store.h>
#include <brugwachter/ticket.h>

enum { FIXTURE_SESSION = 7, FIXTURE_ELSEWHERE = 8, FIXTURE_DEVICE = 3 };

/* 18 March 2025: doors 12.30, start 13.30, release 13.45, end 16.30 in Amsterdam. */
#define FIXTURE_CODE "GRO-2025-03-18"
#define FIXTURE_START_MS INT64_C(1742301000000)
#define FIXTURE_MINUTE_MS INT64_C(60000)
#define FIXTURE_PIN "471100"

struct fixture_clock {
    int64_t wall_ms, mono_ms;
};

struct fixture {
    char folder[500]; /* made anew, removed at the end */
    char path[520];   /* the store */
    uint8_t secret_key[BW_SECRET_KEY_BYTES];
    struct bw_enrolment enrolment;
    struct bw_session session, elsewhere;
    int lines;
    uint64_t hellos;                /* of other kiosks */
    const char *region, *attention; /* of the people put from now on */
    struct fixture_clock at;
    struct bw_clock clock;
};

/* All of them fail the test that calls them.
 * `pin`: with a staff PIN, which costs time. */
void fixture_create(struct fixture *fixture, int capacity, int extra_places, bool pin);
void fixture_destroy(struct fixture *fixture);

/* Puts one registration of the own session; they signed up in the order of the calls. */
void fixture_person(struct fixture *fixture, const char *code, const char *first_name,
    const char *name, enum bw_registration_status status, uint8_t generation);
/* Puts the session again, with what the test changed in it. */
void fixture_put_session(const struct fixture *fixture);
/* Puts a list of the other session, which the store was enrolled for meanwhile. */
void fixture_put_elsewhere(const struct fixture *fixture);
/* Puts the agenda, whole. */
void fixture_agenda(
    const struct fixture *fixture, const struct bw_agenda_item *items, int count);
/* Seals a row of the other session's. */
void fixture_sealed(struct fixture *fixture, const char *code, const char *first_name,
    const char *name, enum bw_registration_status status, uint8_t generation);
/* A roster of `count` confirmed people, in one letter; codes from fixture_code. */
void fixture_crowd(struct fixture *fixture, int count);
bw_code fixture_code(int number);

void fixture_ticket(const struct fixture *fixture, uint32_t session_no, bw_code code,
    uint8_t generation, char ret_text[BW_TICKET_TEXT_BYTES]);

/* Another kiosk of the session, heard at `heard_ms` (0: never), whose hello of then says
 * that it heard this one then. */
void fixture_peer(struct fixture *fixture, uint32_t device, int64_t heard_ms);

/* The store opened, as sync would; the caller closes it. */
struct bw_store *fixture_store(const struct fixture *fixture, enum bw_store_mode mode);
/* A desk on the store, by the fixture's clock. */
struct bw_desk *fixture_desk(const struct fixture *fixture);

#endif
