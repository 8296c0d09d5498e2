/* What files said of people and wasn't taken over (PL9), outside an import: which there
 * is, and that it is asked again. One thread, that of the database. */
#ifndef BW_SYNC_IMPORT_REFUSED_H
#define BW_SYNC_IMPORT_REFUSED_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Texts are borrowed for the call. */
struct bw_import_refused {
    bw_code code;
    const char *first_name, *name, *session; /* the circle's title */
    const char *field;                       /* its name: "school" */
    const char *said; /* what the file said; of "timestamp" UTC in ms, as a number */
};
/* False ends the walk. */
typedef bool bw_import_refused_each(
    const struct bw_import_refused *refused, void *context);

/* Walks what stands, by name. What the database answers. */
BW_NODISCARD enum bw_status bw_import_refused_walk(struct bw_central *central,
    bw_import_refused_each *each, void *context, struct bw_error *err);

/* "K7QM-2XRD.school" is asked again by the next file that says it: one step, which undo
 * takes back. BW_NOT_FOUND where nothing of that is refused; what the database answers.
 * Nothing was changed then. */
BW_NODISCARD enum bw_status bw_import_refused_forget(const struct bw_office *office,
    const char *typed, const char *why, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
