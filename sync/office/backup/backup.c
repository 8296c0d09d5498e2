/* Database and keys into one sealed file: see backup.h. */
#include "office/backup/backup.h"

#include "central/base/output_stage.h"
#include "central/copy.h"
#include "central/keys_in_use.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { MODE_PRIVATE = 0600, URI_BYTES = PATH_MAX + 32 };

/* The key file's bytes; the database's own, as was looked at. */
static enum bw_status
keys_read(const struct bw_office *office, struct bw_backup_content *content,
    struct bw_error *err)
{
    struct bw_keys keys;
    enum bw_status status = bw_office_keys(office, &keys, err);
    bw_keys_finish(status == BW_OK ? &keys : NULL);
    return status == BW_OK ? bw_file_read(office->key_path, BW_BACKUP_KEYS_MAX,
                                 &content->keys, &content->keys_bytes, err)
                           : status;
}

/* They are those that were read before the snapshot: else one that it has in use may not
 * be among them. */
static enum bw_status
keys_compare(const struct bw_office *office, const struct bw_backup_content *content,
    struct bw_error *err)
{
    struct bw_backup_content now = {.keys = NULL};
    enum bw_status status = bw_file_read(
        office->key_path, BW_BACKUP_KEYS_MAX, &now.keys, &now.keys_bytes, err);
    if (status == BW_OK && (now.keys_bytes != content->keys_bytes ||
                               memcmp(now.keys, content->keys, now.keys_bytes) != 0)) {
        status = bw_error_set(err, BW_BUSY, 0,
            "copying %s: a signing key was made or retired meanwhile; run it again",
            bw_central_name(office->central));
    }
    bw_backup_content_finish(&now);
    return status;
}

/* What reminds of the next one counts from here. */
#define NOTE_MADE "UPDATE central SET backed_up_ms = $1 WHERE one = 1"

void
bw_office_backup_note_seen(struct bw_central *central, int64_t now_ms)
{
    bw_office_note(
        central, "UPDATE central SET backup_seen_ms = $1 WHERE one = 1", now_ms);
}

static bool
on_backups(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_office_backups *backups = context;
    (void)count;
    *backups = (struct bw_office_backups){columns[0].number, columns[1].number};
    return false;
}

enum bw_status
bw_office_backups_read(struct bw_central *central, struct bw_office_backups *ret_backups,
    struct bw_error *err)
{
    struct bw_office_backups backups = {.made_ms = 0};
    enum bw_status status = bw_central_run(central,
        "SELECT backed_up_ms, backup_seen_ms FROM central WHERE one = 1", NULL, 0,
        on_backups, &backups, err);
    if (status == BW_OK) {
        *ret_backups = backups;
    }
    return status;
}

/* A copy of all rows, from one snapshot, in a file of its own: `uri`. */
static enum bw_status
database_copy(const struct bw_office *office, const char *uri, int64_t made_ms,
    int64_t *ret_rows, struct bw_error *err)
{
    struct bw_central *copy = NULL;
    enum bw_status status = bw_central_open(uri, BW_CENTRAL_CREATE, &copy, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_central_begin(copy, err);
    if (status == BW_OK) {
        status = bw_central_copy(office->central, copy, office->progress, ret_rows, err);
    }
    if (status == BW_OK) {
        struct bw_sql_value made = bw_sql_int(made_ms);
        status = bw_central_run(copy, NOTE_MADE, &made, 1, NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(copy, err);
    }
    bw_central_rollback(copy);
    if (status == BW_OK) { /* what is in its WAL has to be in the file itself */
        status = bw_central_sweep(copy, err);
    }
    bw_central_close(copy);
    return status;
}

static enum bw_status
seal(const struct bw_office *office, const char *path, const char *phrase,
    const struct bw_backup_cost *cost, const struct bw_backup_content *content,
    FILE *database, struct bw_error *err)
{
    struct bw_output output = {.file = NULL};
    bw_output_sweep_beside(path);
    enum bw_status status = bw_output_open(path, MODE_PRIVATE, &output, err);
    if (status == BW_OK) {
        output.fresh = true;
        status = bw_backup_write(
            output.file, phrase, cost, content, database, office->progress, err);
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}

/* Seals the copy that lies in `staged`. */
static enum bw_status
copy_seal(const struct bw_office *office, const char *staged, const char *path,
    const char *phrase, const struct bw_backup_cost *cost,
    struct bw_backup_content *content, struct bw_error *err)
{
    struct stat facts;
    FILE *database = fopen(staged, "rbe");
    if (database == NULL || fstat(fileno(database), &facts) != 0) {
        enum bw_status status = bw_output_fault(
            err, bw_said("reading the copy"), staged, bw_said("try again"));
        if (database != NULL) {
            (void)fclose(database);
        }
        return status;
    }
    content->database_bytes = (uint64_t)facts.st_size;
    enum bw_status status = seal(office, path, phrase, cost, content, database, err);
    (void)fclose(database);
    return status;
}

/* No name is taken before all the work is done, and again after it (bw_output_commit). */
static enum bw_status
refuse_taken(const char *path, struct bw_error *err)
{
    struct stat facts;
    return lstat(path, &facts) != 0 && errno == ENOENT
               ? BW_OK
               : bw_error_set(err, BW_REFUSED, 0,
                     "writing %s: something has that name already; a backup never goes "
                     "over another: choose another name",
                     path);
}

static enum bw_status
backup(const struct bw_office *office, const char *path, const char *phrase,
    const struct bw_backup_cost *cost, int64_t made_ms,
    struct bw_office_backup *ret_backup, struct bw_error *err)
{
    struct bw_backup_content content = {.made_ms = made_ms};
    struct bw_output_stage stage = {.folder = ""};
    struct bw_office_backup made = {.rows = 0};
    char uri[URI_BYTES] = "";
    enum bw_status status = refuse_taken(path, err);
    if (status == BW_OK) {
        status = keys_read(office, &content, err);
    }
    if (status == BW_OK) {
        status = bw_output_stage_open(office->key_path, &stage, err);
    }
    if (status == BW_OK) {
        (void)snprintf(uri, sizeof uri, "sqlite:%s/central.db", stage.folder);
        status = database_copy(office, uri, made_ms, &made.rows, err);
    }
    if (status == BW_OK) {
        status = keys_compare(office, &content, err);
    }
    if (status == BW_OK) {
        status =
            copy_seal(office, uri + strlen("sqlite:"), path, phrase, cost, &content, err);
    }
    bw_progress_end(office->progress);
    bw_output_stage_finish(&stage);
    made.bytes = content.database_bytes;
    bw_backup_content_finish(&content);
    if (status == BW_OK) {
        *ret_backup = made;
    }
    return status;
}

enum bw_status
bw_office_backup_make(const struct bw_office *office, const char *path,
    const char *phrase, const struct bw_backup_cost *cost,
    struct bw_office_backup *ret_backup, struct bw_error *err)
{
    int64_t made_ms = bw_office_now_ms(office);
    enum bw_status status = backup(office, path, phrase, cost, made_ms, ret_backup, err);
    if (status == BW_OK) {
        bw_office_note(office->central, NOTE_MADE, made_ms); /* it stands, noted or not */
    }
    return status;
}

enum bw_status
bw_office_backup_within(const struct bw_office *office, const char *path,
    const char *phrase, const struct bw_backup_cost *cost,
    struct bw_office_backup *ret_backup, struct bw_error *err)
{
    assert(bw_central_in_transaction(office->central));
    return backup(office, path, phrase, cost, bw_office_now_ms(office), ret_backup, err);
}
