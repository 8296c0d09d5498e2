/* What the tests of names at rest share: a store with people of known names. All of them
 * fail the test that calls them. */
#ifndef BW_TESTS_NAMES_HELP_H
#define BW_TESTS_NAMES_HELP_H

#include "tests/core/store/roster_help.h"

#include <brugwachter/store_names.h>

#define PIN "271828"
#define OTHER_PIN "314159"

extern const uint8_t details_key[BW_DETAILS_KEY_BYTES];

/* The enrolment with this PIN's hash. */
void give_pin(struct bw_store *store, const char *pin);
/* In one whole letter, with details_key. */
void put_roster(struct bw_store *store, const struct bw_registration *all, int count);
struct bw_registration somebody(bw_code code, const char *first_name, const char *name);
/* Xanthippe of that last name. */
struct bw_event_id walk_in(struct bw_store *store, const char *name);
/* With people of known names and a walk-in, before any PIN; ends with bw_store_close. */
struct bw_store *clear_store(const char *name, char ret_path[HELP_PATH_BYTES]);
void unlock(struct bw_store *store, const char *pin);
enum bw_names names_of(struct bw_store *store);
struct bw_person person_of(struct bw_store *store, bw_code code);
/* In the file, and in its write-ahead log while it is open. */
bool lies_in(const char *path, const char *text);
/* None of clear_store's. */
void assert_no_name_lies_in(const char *path);

#endif
