/* Names of schools as people wrote them, which the list (central/schools.h) doesn't tell:
 * which there are, and which school one of them is. One thread, that of the database. */
#ifndef BW_SYNC_IMPORT_SCHOOL_SETTLE_H
#define BW_SYNC_IMPORT_SCHOOL_SETTLE_H

#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Texts are borrowed for the call. */
struct bw_import_school_name {
    const char *name;   /* as most people wrote it */
    int64_t people;     /* who did */
    const char *likely; /* a school of the list, as bw_import_school_settle takes it; "":
                         * none, or several are */
};
/* False ends the walk. */
typedef bool bw_import_school_name_each(
    const struct bw_import_school_name *name, void *context);

/* Walks those that are no school of the list, of most people first. Where there is no
 * list they aren't walked. BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_import_school_names_walk(struct bw_central *central,
    bw_import_school_name_each *each, void *context, struct bw_error *err);

/* From now on `name` is that school of the list, by its code or as "OBS De Klim, Zwolle":
 * one step. *ret_changed is false where that was known. BW_BAD_INPUT for a school that
 * isn't on the list, or is several of it, and for an empty name or one that is no text;
 * BW_NO_MEMORY; what the database answers. Nothing was changed then. */
BW_NODISCARD enum bw_status bw_import_school_settle(const struct bw_office *office,
    const char *name, const char *school, const char *why, bool *ret_changed,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
