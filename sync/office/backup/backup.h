/* The central database and the organiser's keys in one sealed file, which a phrase opens:
 * see backup_file.h for the file. One thread. */
#ifndef BW_SYNC_BACKUP_H
#define BW_SYNC_BACKUP_H

#include "office/backup/backup_file.h"
#include "office/office.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What was put away. */
struct bw_office_backup {
    int64_t rows;
    uint64_t bytes; /* of the database's copy */
};

/* Writes the backup of the office as it is now, in one snapshot, from either engine;
 * others go on working meanwhile; that it was made is noted, for who reminds of the next
 * one (report/figures/todo.h). `path` is a new file, its owner's alone, whole or not
 * there. `phrase` is as bw_phrase_settle gives it, and kept nowhere. Until it is done a
 * copy lies beside the key file, in a folder of its owner's alone.
 * BW_REFUSED: something has that name, or the key file isn't this database's. BW_BUSY: a
 * key was made or retired meanwhile. BW_NOT_FOUND without keys; BW_FULL, BW_READ_ONLY,
 * BW_IO, BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_office_backup_make(const struct bw_office *office,
    const char *path, const char *phrase, const struct bw_backup_cost *cost,
    struct bw_office_backup *ret_backup, struct bw_error *err);

/* The same within the caller's transaction, of what it sees: nothing is noted, and
 * nobody else changes anything meanwhile. The errors of bw_office_backup_make. */
BW_NODISCARD enum bw_status bw_office_backup_within(const struct bw_office *office,
    const char *path, const char *phrase, const struct bw_backup_cost *cost,
    struct bw_office_backup *ret_backup, struct bw_error *err);

/* What is known of the backups of an office; UTC, 0: never. */
struct bw_office_backups {
    int64_t made_ms; /* the last one */
    int64_t seen_ms; /* one was opened, and found whole */
};

/* What the database answers. */
BW_NODISCARD enum bw_status bw_office_backups_read(struct bw_central *central,
    struct bw_office_backups *ret_backups, struct bw_error *err);

/* Notes that a backup of this office was found whole: no step, as nobody takes back what
 * was seen. Where it can't be noted nothing is lost but that. */
void bw_office_backup_note_seen(struct bw_central *central, int64_t now_ms);

#ifdef __cplusplus
}
#endif

#endif
