/* An office out of its backup: see restore.h.
 *
 *   look at the places -> unseal beside them -> look at what it is -> a new epoch
 *     -> the keys in their place -> the database in its place */
#include "office/backup/restore.h"

#include "central/base/output_stage.h"
#include "central/copy.h"
#include "central/keys_in_use.h"
#include "central/records.h"
#include "office/backup/backup_file.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SQLITE_SCHEME "sqlite:"

enum { MODE_PRIVATE = 0600, URI_BYTES = PATH_MAX + 16 };

struct restore_work {
    const struct bw_office_restoring *asked;
    const char *file; /* where a database in a file goes; NULL: on a server */
    char key_path[PATH_MAX];
    struct bw_output_stage stage;
    char uri[URI_BYTES]; /* of the copy in the stage */
    char keys[PATH_MAX]; /* beside it */
    struct bw_backup_content content;
    struct bw_office_restored result;
};

/* ---- the places ---- */

static const char *
file_of(const char *uri)
{
    size_t bytes = strlen(SQLITE_SCHEME);
    if (strncmp(uri, SQLITE_SCHEME, bytes) != 0) {
        return NULL;
    }
    return strncmp(uri + bytes, "//", 2) == 0 ? uri + bytes + 2 : uri + bytes;
}

static enum bw_status
places_name(struct restore_work *work, struct bw_error *err)
{
    const char *keys = work->asked->key_path;
    work->file = file_of(work->asked->uri);
    if (keys == NULL && work->file == NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "restoring %s: give --key-file FILE for the organiser's secret keys",
            work->asked->path);
    }
    int bytes = snprintf(work->key_path, sizeof work->key_path, "%s%s",
        keys != NULL ? keys : work->file, keys != NULL ? "" : ".key");
    return bytes > 0 && (size_t)bytes < sizeof work->key_path
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "restoring %s: the name of the database is too long; choose a "
                     "shorter one",
                     work->asked->path);
}

/* Also what a database leaves beside itself: another's WAL would be read into it. */
static enum bw_status
file_refuse_taken(const struct restore_work *work, struct bw_error *err)
{
    assert(work->file != NULL);
    static const char *const endings[] = {"", "-wal", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char path[PATH_MAX + sizeof "-journal"];
        struct stat facts;
        (void)snprintf(path, sizeof path, "%s%s", work->file, endings[i]);
        if (lstat(path, &facts) == 0 || errno != ENOENT) {
            return bw_error_set(err, BW_REFUSED, 0,
                "restoring to %s: %s is there already, and nothing is overwritten; move "
                "it to another folder, or name another database",
                work->asked->uri, path);
        }
    }
    return BW_OK;
}

static bool
keys_are(const char *path, const struct bw_backup_content *content)
{
    assert(content->keys != NULL);
    struct bw_error ignored;
    struct bw_backup_content there = {.keys = NULL};
    bool same = bw_file_read(path, BW_BACKUP_KEYS_MAX, &there.keys, &there.keys_bytes,
                    &ignored) == BW_OK &&
                there.keys_bytes == content->keys_bytes &&
                memcmp(there.keys, content->keys, there.keys_bytes) == 0;
    bw_backup_content_finish(&there);
    return same;
}

static enum bw_status
keys_refuse_others(const struct restore_work *work, struct bw_error *err)
{
    if (access(work->key_path, F_OK) != 0 && errno == ENOENT) {
        return BW_OK;
    }
    return keys_are(work->key_path, &work->content)
               ? BW_OK
               : bw_error_set(err, BW_REFUSED, 0,
                     "restoring the secret keys: %s holds others, and nothing is "
                     "overwritten; move it to another folder, or give another --key-file",
                     work->key_path);
}

/* ---- unsealing ---- */

static enum bw_status
unseal_into(struct restore_work *work, FILE *from, const char *path, struct bw_error *err)
{
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, MODE_PRIVATE);
    FILE *database = fd >= 0 ? fdopen(fd, "wb") : NULL;
    if (database == NULL) {
        return bw_output_fault(
            err, bw_said("writing"), path, bw_said("make room or mind its rights"));
    }
    enum bw_status status = bw_backup_read(from, work->asked->path, work->asked->phrase,
        database, &work->content, work->asked->progress, err);
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
unseal(struct restore_work *work, struct bw_error *err)
{
    FILE *from = fopen(work->asked->path, "rbe");
    if (from == NULL) {
        return bw_output_fault(err, bw_said("opening"), work->asked->path,
            bw_said("give the name of the backup"));
    }
    enum bw_status status = bw_output_stage_open(
        work->file != NULL ? work->file : work->key_path, &work->stage, err);
    if (status == BW_OK) {
        (void)snprintf(work->uri, sizeof work->uri, SQLITE_SCHEME "%s/central.db",
            work->stage.folder);
        status = bw_path_join(work->stage.folder, "keys", work->keys, err);
    }
    if (status == BW_OK) {
        status = unseal_into(work, from, work->uri + strlen(SQLITE_SCHEME), err);
    }
    (void)fclose(from);
    if (status == BW_OK) {
        status = bw_output_bytes(
            work->keys, MODE_PRIVATE, work->content.keys, work->content.keys_bytes, err);
    }
    return status;
}

/* ---- what it is ---- */

/* The database holds, and the keys are its own. */
static enum bw_status
copy_look(struct restore_work *work, struct bw_central *copy, struct bw_error *err)
{
    struct bw_keys keys;
    enum bw_status status = bw_keys_in_use(copy, work->keys, &keys, err);
    bw_keys_finish(status == BW_OK ? &keys : NULL);
    if (status == BW_OK) {
        status = bw_central_verify(copy, &work->result.found, err);
    }
    if (status == BW_OK && !work->result.found.integrity) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "restoring %s: the database in it doesn't hold; take an older backup",
            work->asked->path);
    }
    return status == BW_OK ? bw_record_counts(copy, &work->result.sessions,
                                 &work->result.registrations, err)
                           : status;
}

/* From here on its kiosks get whole rosters, and send again what it doesn't have. */
static enum bw_status
epoch_begin(struct restore_work *work, struct bw_central *copy, struct bw_error *err)
{
    int64_t epoch = 0;
    struct bw_sql_value values[] = {
        bw_sql_int(work->asked->now_ms), bw_sql_text("it was restored from a backup")};
    enum bw_status status = bw_central_begin(copy, err);
    if (status == BW_OK) {
        status = bw_central_number(copy,
            "UPDATE central SET epoch = epoch + 1, epoch_ms = $1, epoch_why = $2"
            " RETURNING epoch",
            values, 2, 0, &epoch, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(copy, err);
    }
    bw_central_rollback(copy);
    if (status == BW_OK) {
        work->result.epoch = (uint32_t)epoch;
        status = bw_central_sweep(copy, err); /* the file itself has it */
    }
    return status;
}

/* ---- into their places ---- */

static enum bw_status
keys_place(const struct restore_work *work, struct bw_error *err)
{
    struct bw_output output = {.file = NULL};
    if (keys_are(work->key_path, &work->content)) {
        return BW_OK;
    }
    enum bw_status status = bw_output_open(work->key_path, MODE_PRIVATE, &output, err);
    if (status == BW_OK) {
        output.fresh = true;
        (void)setvbuf(output.file, NULL, _IONBF, 0); /* no copy of it is left behind */
        (void)fwrite(work->content.keys, 1, work->content.keys_bytes, output.file);
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}

static enum bw_status
server_fill(
    const struct restore_work *work, struct bw_central *copy, struct bw_error *err)
{
    struct bw_central *to = NULL;
    int64_t rows = 0;
    enum bw_status status =
        bw_central_open(work->asked->uri, BW_CENTRAL_CREATE, &to, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_central_begin(to, err);
    if (status == BW_OK) {
        status = bw_central_copy(copy, to, work->asked->progress, &rows, err);
    }
    if (status == BW_OK) {
        status = keys_place(work, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(to, err);
    }
    bw_central_rollback(to);
    bw_central_close(to);
    return status;
}

/* Looks at the copy, and on a server puts it in its place. */
static enum bw_status
copy_use(struct restore_work *work, struct bw_error *err)
{
    struct bw_central *copy = NULL;
    enum bw_status status = bw_central_open(work->uri, BW_CENTRAL_OPEN, &copy, err);
    if (status != BW_OK) {
        return status;
    }
    status = copy_look(work, copy, err);
    if (status == BW_OK && !work->asked->check) {
        status = epoch_begin(work, copy, err);
        if (status == BW_OK && work->file == NULL) {
            status = server_fill(work, copy, err);
        }
    }
    bw_central_close(copy);
    return status;
}

static enum bw_status
restore(struct restore_work *work, struct bw_error *err)
{
    bool into_file = work->file != NULL && !work->asked->check;
    enum bw_status status = into_file ? file_refuse_taken(work, err) : BW_OK;
    if (status == BW_OK) {
        status = unseal(work, err);
    }
    if (status == BW_OK && !work->asked->check) {
        status = keys_refuse_others(work, err);
    }
    if (status == BW_OK) {
        status = copy_use(work, err);
    }
    if (status == BW_OK && into_file) {
        status = keys_place(work, err);
    }
    if (status == BW_OK && into_file) {
        status =
            bw_output_place_fresh(work->uri + strlen(SQLITE_SCHEME), work->file, err);
    }
    return status;
}

enum bw_status
bw_office_restore(const struct bw_office_restoring *restoring,
    struct bw_office_restored *ret_restored, struct bw_error *err)
{
    struct restore_work *work = calloc(1, sizeof *work);
    if (work == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM,
            "restoring %s: there is no memory left; close other programs",
            restoring->path);
    }
    work->asked = restoring;
    enum bw_status status = places_name(work, err);
    if (status == BW_OK) {
        status = restore(work, err);
    }
    bw_progress_end(restoring->progress);
    bw_output_stage_finish(&work->stage);
    work->result.made_ms = work->content.made_ms;
    bw_backup_content_finish(&work->content);
    if (status == BW_OK) {
        *ret_restored = work->result;
    }
    free(work);
    return status;
}
