/* Entries of people in lists for staff, filled from roster, presence and ledger.
 *
 * A list has its room from birth; what doesn't fit is counted, not kept. Private to the
 * desk, desk thread only. What is given is borrowed; entries are the list's own until
 * bw_desk_entries_give. */
#ifndef BW_CORE_DESK_ENTRIES_H
#define BW_CORE_DESK_ENTRIES_H

#include "core/desk/base/state.h"

struct entries {
    struct bw_desk *desk;
    struct bw_list_entry *items; /* owned until given to an answer */
    int count, capacity;
    enum bw_status status; /* of what was read for them: the first that failed … */
    struct bw_error *err;  /* … and why; borrowed */
};

/* An empty list for at most `capacity` entries (a count, above 0), whose errors go to
 * `err`. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_desk_entries_init(
    struct entries *entries, struct bw_desk *desk, int capacity, struct bw_error *err);
/* Gives the entries to the answer, and says whether their names are locked. */
void bw_desk_entries_give(struct entries *entries, struct bw_answer_list *list);

/* Adds one, borrowed from the list; NULL where there's no room left. What the store
 * can't tell makes entries->status, and the list isn't to be given. */
struct bw_list_entry *bw_desk_entries_add_registration(
    struct entries *entries, const struct bw_registration *registration);
/* Adds the others who were on a registration's place before, with times of their own. */
void bw_desk_entries_add_others(
    struct entries *entries, const struct bw_registration *registration);
struct bw_list_entry *bw_desk_entries_add_code(struct entries *entries, bw_code code);
struct bw_list_entry *bw_desk_entries_add_person(
    struct entries *entries, const struct bw_attendance *who);

#endif
