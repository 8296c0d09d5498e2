/* An office, three kiosks and their letters, for tests of letters that go in together. */
#ifndef BW_TESTS_MERGE_WORLD_H
#define BW_TESTS_MERGE_WORLD_H

#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/central_state.h"
#include "tests/sync/exchange/office/sender.h"

enum { LETTERS_MAX = 40, PEOPLE = 6 };

struct merge_world {
    struct desk desk;
    struct sender kiosk, beside, other; /* two of S-1, one of S-2 */
    bw_code people[PEOPLE];
    struct sent letters[LETTERS_MAX];
    size_t count;
    struct bw_round_summary summary;
};

int world_setup(void **state);
int world_teardown(void **state);

/* One more letter of the sender's events from..to. */
void world_write(
    struct merge_world *world, struct sender *sender, uint64_t from, uint64_t to);
/* Out of order, overlapping, twice, forked, of another session, of people without a code,
 * with a gap that a later letter fills, and a hello alone. */
void world_write_all(struct merge_world *world);

struct bw_merge world_merge(struct merge_world *world, struct bw_central *central);
/* All of them, `together` at a time; what became of each. */
void world_take(struct merge_world *world, struct bw_central *central, size_t together,
    enum bw_merge_outcome *ret_outcomes);
/* All that is in the office's database, in another. The caller closes. */
struct bw_central *world_copy(struct merge_world *world, const char *uri);
/* Fails the test where it fails. */
int64_t world_number(struct bw_central *central, const char *sql);

#endif
