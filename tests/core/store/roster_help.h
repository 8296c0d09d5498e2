/* Rosters put and found again, for the tests of both. */
#ifndef TESTS_CORE_ROSTER_HELP_H
#define TESTS_CORE_ROSTER_HELP_H

#include "help.h"

enum { FOUND_MAX = 200 };

/* Codes in the order in which they were given; a bw_registration_each collects them. */
struct found {
    int count;
    bw_code codes[FOUND_MAX];
};
bool found_collect(const struct bw_registration *registration, void *found);

/* One letter of HELP_SESSION, with these registrations: see help_letter_begin. */
void roster_put(
    struct bw_store *store, bool whole, const struct bw_registration *all, int count);

struct found roster_found(struct bw_store *store, enum bw_roster_order order);
struct found search_found(struct bw_store *store, const char *query);

/* Exactly these codes, in this order. */
void search_expect(
    struct bw_store *store, const char *query, int count, const bw_code *codes);
#define FINDS(store, query, ...)                                                         \
    search_expect(store, query,                                                          \
        (int)(sizeof((bw_code[]){__VA_ARGS__}) / sizeof(bw_code)),                       \
        (bw_code[]){__VA_ARGS__})

#endif
