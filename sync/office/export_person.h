/* All that the office holds of one person, for that person. What tells of others (who
 * came as somebody's substitute) and what opens doors (a ticket's text, links of
 * calendars) is left out. One thread. */
#ifndef BW_SYNC_EXPORT_PERSON_H
#define BW_SYNC_EXPORT_PERSON_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_office_fact_type {
    BW_OFFICE_FACT_TEXT,
    BW_OFFICE_FACT_NUMBER,
    BW_OFFICE_FACT_MS,
    BW_OFFICE_FACT_CODE,
};

/* One value of a row; only what is there is given. The text is borrowed. */
struct bw_office_fact {
    const char *name; /* "first_name"; static */
    enum bw_office_fact_type type;
    int64_t number;   /* times: UTC in ms */
    const char *text; /* "" for the other types */
};

/* A row of what is held; `section` ("registrations") is static. False ends the walk. */
typedef bool bw_office_person_each(
    const char *section, const struct bw_office_fact *facts, int count, void *context);

/* Walks all that is held of the person or walk-in whom `typed` means
 * (bw_office_entry_of_typed), section by section: of all their sessions and all records
 * joined into theirs. One snapshot.
 * BW_NOT_FOUND, also where several fit; BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_office_export_person(struct bw_central *central,
    const char *typed, bw_office_person_each *each, void *context, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
