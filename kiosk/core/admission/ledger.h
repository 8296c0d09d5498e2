/* The ledger of places: the roster of one session and who of it is in, kept as counts.
 *
 * L1 free = max(0, capacity - present - held).
 * L2 held = confirmed and not in, not left; 0 once the places are released.
 * L3 the counts follow each change of one person's presence in O(log n): what a person
 *    added before is taken off, what they add now is put on.
 *
 * Private to core. One thread at a time. Holds no names. */
#ifndef BW_CORE_LEDGER_H
#define BW_CORE_LEDGER_H

#include "waitlist.h"

#include "core/admission/admission.h"
#include <brugwachter/presence.h>
#include <brugwachter/store.h>

struct ledger_row {
    bw_code code;
    enum bw_registration_status status;
    uint32_t place; /* in the waitlist, where status is WAITLISTED */
    bool in, left, seen;
};

struct ledger {
    struct ledger_row *rows;
    size_t count, capacity;
    uint32_t *slots;    /* code -> row + 1, open addressing; 0 is empty */
    size_t slots_count; /* a power of two */
    struct waitlist waitlist;
    int confirmed, confirmed_in, confirmed_left;
};

/* Reads the roster of `session` from the store. A zeroed ledger is an empty roster. What
 * the store answers where it fails, or BW_NO_MEMORY: it is as it was then. */
BW_NODISCARD enum bw_status bw_ledger_load(struct ledger *ledger, struct bw_store *store,
    const struct bw_session *session, struct bw_error *err);
void bw_ledger_finish(struct ledger *ledger);

/* NULL where the roster doesn't know the code. */
struct ledger_row *bw_ledger_find(const struct ledger *ledger, bw_code code);

/* Takes over what presence says of one person now; people who aren't on the roster are
 * passed over (presence counts them). */
void bw_ledger_follow(struct ledger *ledger, const struct bw_attendance *attendance);

/* The same for everybody on the roster, in O(n log n). */
void bw_ledger_follow_all(struct ledger *ledger, const struct bw_presence *presence);

/* True where this row still waits for a place: on the waitlist, not in, not left. */
bool bw_ledger_row_waits(const struct ledger_row *row);

/* Rank among those still waiting (from 1), and a count of present people who wait before;
 * 0 for a row that doesn't wait. */
int bw_ledger_position(const struct ledger *ledger, const struct ledger_row *row);
int bw_ledger_before(const struct ledger *ledger, const struct ledger_row *row);

/* The sums. `lead` is the caller's to fill. */
void bw_ledger_sum(const struct ledger *ledger, const struct bw_session *session,
    const struct bw_presence *presence, struct bw_ledger *ret_sum);

#endif
