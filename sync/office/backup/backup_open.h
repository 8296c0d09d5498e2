/* A backup, opened beside the place that it is for: its database as a file of its own,
 * looked at whole, and its keys; nothing of it is anywhere else. One thread.
 *
 *   bw_backup_open -> bw_central_open(uri) where it is wanted -> bw_backup_opened_finish
 */
#ifndef BW_SYNC_BACKUP_OPEN_H
#define BW_SYNC_BACKUP_OPEN_H

#include "central/base/output_stage.h"
#include "central/progress.h"
#include "central/verify.h"
#include "office/backup/backup_file.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_BACKUP_URI_BYTES = PATH_MAX + 16, BW_BACKUP_ID_BYTES = 32 };

/* Zeroed is none. */
struct bw_backup_opened {
    struct bw_output_stage stage;
    char uri[BW_BACKUP_URI_BYTES]; /* of the database in the stage */
    char keys[PATH_MAX];           /* the key file beside it */
    struct bw_backup_content content;
    uint8_t id[BW_BACKUP_ID_BYTES]; /* which office it is of: central.id */
    int64_t sessions, registrations;
    struct bw_central_verification found;
};

/* Opens the backup `path`, named so in sentences, in a folder beside the file `beside`,
 * brings its database up to date, and looks at all of it. `phrase` is as bw_phrase_settle
 * gives it; `progress` may be NULL. The caller finishes *ret_opened, whatever is
 * answered. The errors of bw_backup_read; BW_NOT_FOUND: there is no such file;
 * BW_CORRUPT: its database doesn't hold; BW_REFUSED: the keys in it aren't its own;
 * BW_FULL, BW_READ_ONLY, BW_IO, and what the database answers. */
BW_NODISCARD enum bw_status bw_backup_open(const char *path, const char *phrase,
    const char *beside, struct bw_progress *progress, struct bw_backup_opened *ret_opened,
    struct bw_error *err);

/* All of it goes. */
void bw_backup_opened_finish(struct bw_backup_opened *opened);

/* Which office a database is of. BW_CORRUPT where it has no such row; what the database
 * answers. */
BW_NODISCARD enum bw_status bw_backup_id_read(
    struct bw_central *central, uint8_t ret_id[BW_BACKUP_ID_BYTES], struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
