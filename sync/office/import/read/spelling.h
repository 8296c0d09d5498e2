/* Other words for a region, outside an import: which there are, and one more. Imports
 * read them as what was learned (learned.h). One thread, that of the database. */
#ifndef BW_SYNC_IMPORT_SPELLING_H
#define BW_SYNC_IMPORT_SPELLING_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A region of sign-ups or of a session; texts are borrowed for the call. */
struct bw_import_region {
    const char *name;
    bool known;          /* some session is of it */
    int64_t people;      /* who said so */
    const char *aliases; /* folded, with ", " between; "" where there are none */
};
/* False ends the walk. */
typedef bool bw_import_region_each(const struct bw_import_region *region, void *context);

/* Walks them by name, those that no session has last. BW_NO_MEMORY, what the database
 * answers. */
BW_NODISCARD enum bw_status bw_import_regions_walk(struct bw_central *central,
    bw_import_region_each *each, void *context, struct bw_error *err);

/* From now on files mean `region` where they say `spelling`: one step, for the imports to
 * come. *ret_changed is false where that was known. BW_BAD_INPUT where no session is of
 * that region, or the spelling is empty or no text; BW_NO_MEMORY; what the database
 * answers. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_import_spelling_settle(const struct bw_office *office,
    const char *spelling, const char *region, const char *why, bool *ret_changed,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
