/* An office out of its backup: see restore.h.
 *
 *   look at the places -> open it beside them (backup_open.h) -> a new epoch
 *     -> the keys in their place -> the database in its place */
#include "office/backup/restore.h"

#include "central/copy.h"
#include "office/backup/backup.h"
#include "office/backup/backup_open.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SQLITE_SCHEME "sqlite:"

enum { MODE_PRIVATE = 0600 };

struct restore_work {
    const struct bw_office_restoring *asked;
    const char *file; /* where a database in a file goes; NULL: on a server */
    char key_path[PATH_MAX];
    struct bw_backup_opened opened;
    uint32_t epoch; /* that began; 0: none did */
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
    return keys_are(work->key_path, &work->opened.content)
               ? BW_OK
               : bw_error_set(err, BW_REFUSED, 0,
                     "restoring the secret keys: %s holds others, and nothing is "
                     "overwritten; move it to another folder, or give another --key-file",
                     work->key_path);
}

/* ---- a new epoch ---- */

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
        work->epoch = (uint32_t)epoch;
        status = bw_central_sweep(copy, err); /* the file itself has it */
    }
    return status;
}

/* ---- into their places ---- */

static enum bw_status
keys_place(const struct restore_work *work, struct bw_error *err)
{
    struct bw_output output = {.file = NULL};
    if (keys_are(work->key_path, &work->opened.content)) {
        return BW_OK;
    }
    enum bw_status status = bw_output_open(work->key_path, MODE_PRIVATE, &output, err);
    if (status == BW_OK) {
        output.fresh = true;
        (void)setvbuf(output.file, NULL, _IONBF, 0); /* no copy of it is left behind */
        (void)fwrite(
            work->opened.content.keys, 1, work->opened.content.keys_bytes, output.file);
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

/* A new epoch in the copy, which on a server goes into its place. */
static enum bw_status
copy_use(struct restore_work *work, struct bw_error *err)
{
    struct bw_central *copy = NULL;
    enum bw_status status =
        bw_central_open(work->opened.uri, BW_CENTRAL_OPEN, &copy, err);
    if (status == BW_OK) {
        status = epoch_begin(work, copy, err);
    }
    if (status == BW_OK && work->file == NULL) {
        status = server_fill(work, copy, err);
    }
    bw_central_close(copy);
    return status;
}

static enum bw_status
restore(struct restore_work *work, struct bw_error *err)
{
    enum bw_status status = keys_refuse_others(work, err);
    if (status == BW_OK) {
        status = copy_use(work, err);
    }
    if (status == BW_OK && work->file != NULL) {
        status = keys_place(work, err);
    }
    if (status == BW_OK && work->file != NULL) {
        status = bw_output_place_fresh(
            work->opened.uri + strlen(SQLITE_SCHEME), work->file, err);
    }
    return status;
}

/* That it was opened and found whole, for who looks whether it can be relied on: it is
 * noted where the office that it is of is there, and else nowhere. */
static void
note_seen(const struct restore_work *work)
{
    struct bw_central *there = NULL;
    uint8_t id[BW_BACKUP_ID_BYTES];
    struct bw_error why = {.text = ""};
    if (bw_central_open(work->asked->uri, BW_CENTRAL_OPEN, &there, &why) == BW_OK &&
        bw_backup_id_read(there, id, &why) == BW_OK &&
        memcmp(id, work->opened.id, sizeof id) == 0) {
        bw_office_backup_note_seen(there, work->asked->now_ms);
    }
    bw_central_close(there);
}

static enum bw_status
restore_or_look(struct restore_work *work, struct bw_error *err)
{
    const struct bw_office_restoring *asked = work->asked;
    const char *beside = work->file != NULL ? work->file : work->key_path;
    enum bw_status status =
        work->file != NULL && !asked->check ? file_refuse_taken(work, err) : BW_OK;
    if (status == BW_OK) {
        status = bw_backup_open(
            asked->path, asked->phrase, beside, asked->progress, &work->opened, err);
    }
    if (status == BW_OK && asked->check &&
        bw_central_verification_holds(&work->opened.found)) {
        note_seen(work);
    }
    return status == BW_OK && !asked->check ? restore(work, err) : status;
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
        status = restore_or_look(work, err);
    }
    bw_progress_end(restoring->progress);
    if (status == BW_OK) {
        *ret_restored =
            (struct bw_office_restored){.made_ms = work->opened.content.made_ms,
                .sessions = work->opened.sessions,
                .registrations = work->opened.registrations,
                .epoch = work->epoch,
                .found = work->opened.found};
    }
    bw_backup_opened_finish(&work->opened);
    free(work);
    return status;
}
