/* A backup, opened and looked at: see backup_open.h. */
#include "office/backup/backup_open.h"

#include "central/keys_in_use.h"
#include "central/records.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SQLITE_SCHEME "sqlite:"

enum { MODE_PRIVATE = 0600 };

void
bw_backup_opened_finish(struct bw_backup_opened *opened)
{
    if (opened != NULL) {
        bw_output_stage_finish(&opened->stage);
        bw_backup_content_finish(&opened->content);
    }
}

/* ---- unsealing ---- */

struct unsealing {
    const char *path, *phrase;
    struct bw_progress *progress;
    struct bw_backup_opened *opened;
};

static enum bw_status
unseal_into(const struct unsealing *u, FILE *from, const char *path, struct bw_error *err)
{
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, MODE_PRIVATE);
    FILE *database = fd >= 0 ? fdopen(fd, "wb") : NULL;
    if (database == NULL) {
        return bw_output_fault(
            err, bw_said("writing"), path, bw_said("make room or mind its rights"));
    }
    enum bw_status status = bw_backup_read(
        from, u->path, u->phrase, database, &u->opened->content, u->progress, err);
    bool written = fflush(database) == 0 && fsync(fd) == 0;
    int number = errno;
    written = fclose(database) == 0 && written;
    if (status == BW_OK && !written) {
        errno = number;
        return bw_output_fault(
            err, bw_said("writing"), path, bw_said("make room and try again"));
    }
    return status;
}

static enum bw_status
unseal(const struct unsealing *u, const char *beside, struct bw_error *err)
{
    struct bw_backup_opened *opened = u->opened;
    FILE *from = fopen(u->path, "rbe");
    if (from == NULL) {
        return bw_output_fault(
            err, bw_said("opening"), u->path, bw_said("give the name of the backup"));
    }
    enum bw_status status = bw_output_stage_open(beside, &opened->stage, err);
    if (status == BW_OK) {
        (void)snprintf(opened->uri, sizeof opened->uri, SQLITE_SCHEME "%s/central.db",
            opened->stage.folder);
        status = bw_path_join(opened->stage.folder, "keys", opened->keys, err);
    }
    if (status == BW_OK) {
        status = unseal_into(u, from, opened->uri + strlen(SQLITE_SCHEME), err);
    }
    (void)fclose(from);
    return status == BW_OK ? bw_output_bytes(opened->keys, MODE_PRIVATE,
                                 opened->content.keys, opened->content.keys_bytes, err)
                           : status;
}

/* ---- what it is ---- */

static bool
on_id(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    if (columns[0].bytes == BW_BACKUP_ID_BYTES) {
        memcpy(context, columns[0].blob, BW_BACKUP_ID_BYTES);
    }
    return false;
}

enum bw_status
bw_backup_id_read(
    struct bw_central *central, uint8_t ret_id[BW_BACKUP_ID_BYTES], struct bw_error *err)
{
    static const uint8_t none[BW_BACKUP_ID_BYTES];
    uint8_t id[BW_BACKUP_ID_BYTES] = {0};
    enum bw_status status =
        bw_central_run(central, "SELECT id FROM central", NULL, 0, on_id, id, err);
    if (status == BW_OK && memcmp(id, none, sizeof id) == 0) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "reading %s: its row of numbers is gone; restore it from a copy",
            bw_central_name(central));
    }
    if (status == BW_OK) {
        memcpy(ret_id, id, sizeof id);
    }
    return status;
}

/* The database holds, and the keys are its own. */
static enum bw_status
look(const struct unsealing *u, struct bw_central *copy, struct bw_error *err)
{
    struct bw_backup_opened *opened = u->opened;
    struct bw_keys keys;
    enum bw_status status = bw_keys_in_use(copy, opened->keys, &keys, err);
    bw_keys_finish(status == BW_OK ? &keys : NULL);
    if (status == BW_OK) {
        status = bw_central_verify(copy, &opened->found, err);
    }
    if (status == BW_OK && !opened->found.integrity) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "restoring %s: the database in it doesn't hold; take an older backup",
            u->path);
    }
    if (status == BW_OK) {
        status = bw_backup_id_read(copy, opened->id, err);
    }
    return status == BW_OK
               ? bw_record_counts(copy, &opened->sessions, &opened->registrations, err)
               : status;
}

enum bw_status
bw_backup_open(const char *path, const char *phrase, const char *beside,
    struct bw_progress *progress, struct bw_backup_opened *ret_opened,
    struct bw_error *err)
{
    const struct unsealing u = {path, phrase, progress, ret_opened};
    struct bw_central *copy = NULL;
    *ret_opened = (struct bw_backup_opened){.uri = ""};
    enum bw_status status = unseal(&u, beside, err);
    if (status == BW_OK) {
        status = bw_central_open(ret_opened->uri, BW_CENTRAL_OPEN, &copy, err);
    }
    if (status == BW_OK) {
        status = look(&u, copy, err);
    }
    bw_central_close(copy);
    return status;
}
