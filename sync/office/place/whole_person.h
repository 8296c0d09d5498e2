/* Somebody as a whole: over all sessions, and under the records that were joined into
 * theirs. One thread. */
#ifndef BW_SYNC_WHOLE_PERSON_H
#define BW_SYNC_WHOLE_PERSON_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who is meant by what somebody typed: a code, or words that fit one person as
 * bw_office_find has it, in however many sessions. BW_NOT_FOUND, also where several fit;
 * BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_place_person_of(struct bw_central *central,
    const char *typed, int64_t *ret_person_no, struct bw_error *err);

/* The numbers of all records that are this person: this one, and those joined with it.
 * The caller frees *ret_numbers. BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_place_person_records(struct bw_central *central,
    int64_t person_no, int64_t **ret_numbers, size_t *ret_count, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
