/* Files that were imported before: what became of each, and which step it is (step.h), so
 * that it can be taken back, and put back. One thread, that of the central database. */
#ifndef BW_SYNC_IMPORT_BEFORE_H
#define BW_SYNC_IMPORT_BEFORE_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One of them. Texts are borrowed for the call. */
struct bw_import_before {
    int64_t step, at_ms;
    int64_t undone_by;  /* the step that took it back; 0: it stands; <0: bw_step_end */
    const char *file;   /* its own name, of an archive's member that one's */
    const char *circle; /* the title of the one that it is of; "": of none, or several */
    int64_t circles;    /* whose people it touched */
    int64_t added, changed; /* as its import said; of people, circles, items */
    int64_t waiting;        /* of those that it brought: in doubt still */
};
/* False ends the walk. */
typedef bool bw_import_before_each(const struct bw_import_before *before, void *context);

/* Walks them, newest first, `most` of them. What the database answers. */
BW_NODISCARD enum bw_status bw_import_before_walk(struct bw_central *central,
    int64_t most, bw_import_before_each *each, void *context, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
