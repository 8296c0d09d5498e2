/* The events that are about one person, in the kiosks' logs and in quarantine: by their
 * code, and for a walk-in, who has none there, by what refers to what (an event about a
 * person refers to the newest one known about them).
 *
 * EN1 nobody else's: of an event without a code, only one that belongs to an entry of
 *     theirs by references; of two that bear one number (a fork) neither is followed.
 *
 * One thread. */
#ifndef BW_SYNC_ENTRIES_H
#define BW_SYNC_ENTRIES_H

#include "office/office.h"

#include <brugwachter/event.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_office_entry {
    uint32_t session_no;
    struct bw_event_id id;
    uint8_t hash[BW_HASH_BYTES];
    bool coded;                           /* by a registration's code */
    int64_t quarantine;                   /* its number there; 0: it is in a log */
    struct bw_event_id refs[BW_REFS_MAX]; /* of one without a code */
    int refs_count;
    size_t same; /* whose it is: while they are sorted out */
};

/* A zeroed one is empty. */
struct bw_office_entries {
    struct bw_office_entry *items; /* owned */
    size_t count, capacity;
};

/* Whose they are: a person's, or those of who came in by an event. */
struct bw_office_entry_of {
    int64_t person_no; /* 0: a walk-in */
    uint32_t session_no;
    struct bw_event_id walk_in;
};

/* Adds them to *inout_entries, which bw_office_entries_finish ends. In a transaction or a
 * snapshot. BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_office_entries_add(struct bw_central *central,
    const struct bw_office_entry_of *of, struct bw_office_entries *inout_entries,
    struct bw_error *err);

/* Who is meant by what somebody typed: a person (bw_place_person_of), or a walk-in, by
 * the code that the office gave, or by an entry as 3-17, which may wait in quarantine.
 * One of whom settle said who it is, is that person. BW_NOT_FOUND, also where several
 * fit; BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_office_entry_of_typed(struct bw_central *central,
    const char *typed, struct bw_office_entry_of *ret_of, struct bw_error *err);

/* Frees them; a zeroed one is fine. */
void bw_office_entries_finish(struct bw_office_entries *entries);

#ifdef __cplusplus
}
#endif

#endif
