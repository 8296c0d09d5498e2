/* An office out of its backup: never over what is there. One thread. */
#ifndef BW_SYNC_RESTORE_H
#define BW_SYNC_RESTORE_H

#include "central/progress.h"
#include "central/verify.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is to be done; all of it borrowed. */
struct bw_office_restoring {
    const char *path; /* the backup */
    const char *uri;  /* the central database to be: sqlite:PATH or postgresql://… */
    const char *key_path;         /* where the keys go; NULL: PATH.key */
    const char *phrase;           /* as bw_phrase_settle gives it */
    int64_t now_ms;               /* UTC, by the office's clock */
    bool check;                   /* looks at it, and puts nothing anywhere */
    struct bw_progress *progress; /* NULL where nobody watches */
};

/* What was in it. */
struct bw_office_restored {
    int64_t made_ms; /* UTC */
    int64_t sessions, registrations;
    uint32_t epoch; /* that begins now; 0 where it was only looked at */
    struct bw_central_verification found;
};

/* Opens the backup beside the place of the database to be, looks at all of it, begins a
 * new epoch in it (kiosks hold rosters that it never gave, and send again what it lacks),
 * and puts keys and database in their places: the database last, whole or not at all.
 * Run again after a stop it goes on; keys that are there are fine where they are the
 * same. One of an older program is brought up to date. With `check` nothing is written
 * but that it was found whole, where the office that it is of is there
 * (bw_office_backup_note_seen).
 * BW_REFUSED: there is a database already, or leavings of one, or other keys; or the
 * phrase isn't the backup's. BW_BAD_INPUT: it is no backup, or no place for the keys is
 * known. BW_CORRUPT, BW_NEWER, BW_NOT_FOUND, BW_FULL, BW_READ_ONLY, BW_IO, BW_NO_MEMORY;
 * what the database answers. */
BW_NODISCARD enum bw_status bw_office_restore(const struct bw_office_restoring *restoring,
    struct bw_office_restored *ret_restored, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
