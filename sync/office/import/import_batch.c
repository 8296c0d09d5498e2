/* The batch that an import is, and its step: see import_state.h. */
#include "office/import/read/alias.h"
#include "office/import/read/import_columns.h"
#include "office/import/import_state.h"
#include "office/step.h"

#include <brugwachter/text.h>
#include <stdio.h>

enum bw_status
bw_import_limit(const struct bw_import *import, struct bw_error *err)
{
    if (import->table.rows_count <= BW_IMPORT_ITEMS_MAX) {
        return BW_OK;
    }
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: it has %zu rows, and %s go up to %d; is it the right file?",
        import->request->path, import->table.rows_count, import->kind,
        BW_IMPORT_ITEMS_MAX);
}

enum bw_status
bw_import_next_batch(
    struct bw_import *import, int64_t *ret_batch_no, struct bw_error *err)
{
    return bw_central_next_number(
        import->office->central, BW_CENTRAL_OF_BATCHES, ret_batch_no, err);
}

enum bw_status
bw_import_begin_step(struct bw_import *import, const char *session_code, int64_t batch_no,
    struct bw_error *err)
{
    char about[BW_TITLE_BYTES], what[BW_LABEL_BYTES];
    (void)snprintf(about, sizeof about, "%s%s%.300s",
        session_code != NULL ? session_code : "", session_code != NULL ? " " : "",
        bw_import_name(import));
    bw_text_defuse(about, '?');
    (void)snprintf(what, sizeof what, "import %s", import->kind);
    enum bw_status status = bw_step_begin(import->office, what, about, "", batch_no, err);
    if (status == BW_OK) {
        status = bw_import_columns_remember(import, err);
    }
    return status == BW_OK ? bw_import_alias_remember(import, err) : status;
}

enum bw_status
bw_import_put_batch(struct bw_import *import, int64_t batch_no, struct bw_error *err)
{
    char name[BW_TITLE_BYTES];
    if (bw_text_clean(bw_import_name(import), BW_TITLE_CHARS, name) != BW_TEXT_FINE) {
        (void)snprintf(name, sizeof name, "?");
    }
    struct bw_sql_value values[] = {
        bw_sql_int(batch_no),
        bw_sql_text(import->kind),
        bw_sql_text(name),
        bw_sql_blob(import->hash, sizeof import->hash),
        bw_sql_int(bw_office_now_ms(import->office)),
        bw_sql_int((int64_t)import->table.rows_count),
        bw_sql_int(import->result.added),
        bw_sql_int(import->result.changed),
        bw_sql_int((int64_t)import->result.rejections_count),
    };
    return bw_central_run(import->office->central,
        "INSERT INTO import_batch (batch_no, kind, file, hash, imported_ms, rows_count,"
        " added, changed, rejected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values, 9, NULL, NULL, err);
}

enum bw_status
bw_import_count_batch(struct bw_import *import, int64_t batch_no, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(batch_no),
        bw_sql_int(import->result.added), bw_sql_int(import->result.changed),
        bw_sql_int((int64_t)import->result.rejections_count)};
    return bw_central_run(import->office->central,
        "UPDATE import_batch SET added = $2, changed = $3, rejected = $4"
        " WHERE batch_no = $1",
        values, 4, NULL, NULL, err);
}

enum bw_status
bw_import_end(struct bw_import *import, struct bw_error *err)
{
    if (import->no_memory) {
        return bw_import_no_memory(import, err);
    }
    if (import->result.added == 0 && import->result.changed == 0 &&
        import->learned_new == 0) {
        bw_central_rollback(import->office->central);
        return BW_OK;
    }
    return bw_central_commit(import->office->central, err);
}
