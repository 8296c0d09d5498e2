/* People at the office, by what somebody remembers of them. One thread. */
#ifndef BW_SYNC_FIND_H
#define BW_SYNC_FIND_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One that fits. Texts are borrowed for the call. */
struct bw_office_found {
    bw_code code;
    enum bw_registration_status status;
    const char *first_name, *name, *mail, *school, *session_code, *session_title;
    int64_t person_no; /* whose registration it is */
};

/* False ends the walk. */
typedef bool bw_office_find_each(const struct bw_office_found *found, void *context);

/* Walks the registrations that have each word of `text`, folded, at the beginning of a
 * word of name, mail, school or session, or that have it as their code; newest session
 * first, then by name. What the database answers. */
BW_NODISCARD enum bw_status bw_office_find(struct bw_central *central, const char *text,
    bw_office_find_each *each, void *context, struct bw_error *err);

/* The one that fits. BW_NOT_FOUND where there's none, or more than one: the sentence
 * names the first of them. What the database answers. */
BW_NODISCARD enum bw_status bw_office_find_one(struct bw_central *central,
    const char *text, bw_code *ret_code, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
