/* A backup over the office that there is: see put_back.h. */
#include "office/backup/put_back.h"

#include "central/copy.h"
#include "central/records.h"
#include "office/backup/backup.h"
#include "office/backup/backup_open.h"
#include "office/backup/put_back_since.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct putting_back {
    const struct bw_office *office;
    const struct bw_office_putting *asked;
    struct bw_backup_opened opened;
    struct bw_office_put result;
    bool fresh; /* nothing was done here yet */
};

/* ---- may it ---- */

static enum bw_status
check_whose(struct putting_back *work, struct bw_error *err)
{
    struct bw_central *central = work->office->central;
    uint8_t id[BW_BACKUP_ID_BYTES];
    int64_t sessions = 0, registrations = 0;
    enum bw_status status = bw_record_counts(central, &sessions, &registrations, err);
    if (status == BW_OK) {
        status = bw_backup_id_read(central, id, err);
    }
    work->fresh = sessions == 0 && registrations == 0;
    return status != BW_OK || work->fresh || memcmp(id, work->opened.id, sizeof id) == 0
               ? status
               : bw_error_set(err, BW_REFUSED, 0,
                     "putting back %s: it is the backup of another office than %s; "
                     "restore it as a database of its own",
                     work->asked->path, bw_central_name(central));
}

/* ---- keys ---- */

/* BO3. Where nothing was done here, nobody needs the keys of before. */
static enum bw_status
keys_join(const struct putting_back *work, struct bw_error *err)
{
    const char *path = work->office->key_path;
    struct bw_keys both = {.count = 0}, theirs = {.count = 0};
    enum bw_status status = bw_keys_load(work->opened.keys, &theirs, err);
    if (status == BW_OK && work->fresh) {
        both = theirs;
    } else if (status == BW_OK) {
        status = bw_keys_load(path, &both, err);
    }
    if (status == BW_OK) {
        status = bw_keys_join(&both, &theirs, err);
    }
    if (status == BW_OK) {
        status = bw_keys_write(path, &both, false, err);
    }
    bw_keys_finish(&both);
    bw_keys_finish(&theirs);
    return status;
}

/* ---- rows ---- */

/* Above both: rosters of either life are older than what goes out from now on. */
static enum bw_status
epoch_begin(struct putting_back *work, int64_t before, struct bw_error *err)
{
    int64_t epoch = 0;
    struct bw_sql_value values[] = {bw_sql_int(bw_office_now_ms(work->office)),
        bw_sql_text("a backup was put back"), bw_sql_int(before)};
    enum bw_status status = bw_central_number(work->office->central,
        "UPDATE central SET epoch = 1 + CASE WHEN epoch < $3 THEN $3 ELSE epoch END,"
        " epoch_ms = $1, epoch_why = $2, backup_seen_ms = $1 RETURNING epoch",
        values, 3, 0, &epoch, err);
    if (status == BW_OK) {
        work->result.epoch = (uint32_t)epoch;
    }
    return status;
}

static enum bw_status
keep_aside(struct putting_back *work, struct bw_error *err)
{
    struct bw_office_backup made;
    enum bw_status status = bw_office_backup_within(work->office, work->asked->kept,
        work->asked->phrase, work->asked->cost, &made, err);
    work->result.kept = status == BW_OK;
    return status;
}

/* In the transaction: nobody changes what is kept aside before it is replaced. Where it
 * fails nothing was done, and nothing is kept. */
static enum bw_status
replace(struct putting_back *work, struct bw_central *copy, struct bw_error *err)
{
    struct bw_central *central = work->office->central;
    int64_t before = 0, rows = 0;
    enum bw_status status = check_whose(work, err);
    if (status == BW_OK) {
        status = bw_central_number(
            central, "SELECT epoch FROM central", NULL, 0, 1, &before, err);
    }
    if (status == BW_OK && !work->fresh) {
        status = keep_aside(work, err);
    }
    if (status == BW_OK && !work->fresh) {
        const struct bw_office_put_back_since since = {
            work->office, copy, work->opened.keys, &work->result};
        status = bw_office_put_back_carry(&since, err); /* BO2 */
    }
    if (status == BW_OK) {
        status = bw_central_copy_over(copy, central, work->office->progress, &rows, err);
    }
    if (status == BW_OK) {
        status = epoch_begin(work, before, err);
    }
    if (status == BW_OK && !bw_central_is_check_only(central)) {
        status = keys_join(work, err);
    }
    if (status != BW_OK && work->result.kept) {
        (void)unlink(work->asked->kept);
    }
    return status;
}

static enum bw_status
put_back(struct putting_back *work, struct bw_error *err)
{
    const struct bw_office *office = work->office;
    struct bw_central *copy = NULL;
    struct bw_error unswept;
    enum bw_status status =
        bw_central_open(work->opened.uri, BW_CENTRAL_OPEN, &copy, err);
    if (status == BW_OK) {
        status = bw_central_begin(office->central, err);
    }
    if (status == BW_OK) {
        status = replace(work, copy, err);
    }
    if (status == BW_OK) { /* whatever it answers, it may stand: what was kept stays */
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) { /* as far as others let us: it lies sealed beside */
        (void)(bw_central_sweep(office->central, &unswept) == BW_OK);
    }
    bw_central_close(copy);
    return status;
}

enum bw_status
bw_office_put_back(const struct bw_office *office,
    const struct bw_office_putting *putting, struct bw_office_put *ret_put,
    struct bw_error *err)
{
    struct putting_back *work = calloc(1, sizeof *work);
    if (work == NULL || office->key_path[0] == '\0') {
        free(work);
        return work == NULL ? bw_error_set(err, BW_NO_MEMORY, ENOMEM,
                                  "putting back %s: there is no memory left; close other "
                                  "programs",
                                  putting->path)
                            : bw_error_set(err, BW_BAD_INPUT, 0,
                                  "putting back %s: it isn't known where the secret keys "
                                  "lie; give --key-file FILE",
                                  putting->path);
    }
    *work = (struct putting_back){.office = office, .asked = putting};
    enum bw_status status = bw_backup_open(putting->path, putting->phrase,
        office->key_path, office->progress, &work->opened, err);
    if (status == BW_OK) {
        status = put_back(work, err);
    }
    bw_progress_end(office->progress);
    if (status == BW_OK) {
        *ret_put = work->result;
        ret_put->made_ms = work->opened.content.made_ms;
        ret_put->sessions = work->opened.sessions;
        ret_put->registrations = work->opened.registrations;
        ret_put->found = work->opened.found;
    }
    bw_backup_opened_finish(&work->opened);
    free(work);
    return status;
}
