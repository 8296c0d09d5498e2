/* A report's figures, kept before a purge: see report_version.h. */
#include "central/base/array.h"
#include "central/records.h"
#include "report/figures/report.h"
#include "report/figures/report_kept.h"

#include <stdlib.h>

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "keeping the report's figures: out of memory; close other programs");
}

struct purged_code {
    char text[BW_LABEL_BYTES];
};

struct purged_codes {
    struct purged_code *items;
    size_t count, capacity;
    bool full; /* memory ran out */
};

static bool
on_code(const struct bw_sql_value *columns, int count, void *context)
{
    struct purged_codes *codes = context;
    (void)count;
    struct purged_code *code =
        bw_array_more(&codes->items, &codes->count, &codes->capacity, sizeof *code);
    codes->full = code == NULL;
    if (code) {
        bw_text_copy(code->text, sizeof code->text, columns[0].text);
    }
    return code != NULL;
}

/* In a transaction, as all that changes something: --check keeps nothing. */
static enum bw_status
figures_write(struct bw_central *central, const char *scope, int64_t now_ms,
    const json_t *figures, struct bw_error *err)
{
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_central_lock_numbers(central, err);
    }
    if (status == BW_OK) {
        status =
            bw_report_kept_write(central, scope, BW_REPORT_KEPT, now_ms, figures, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    return status;
}

/* Unless those kept before are still of these sessions: they had the names. */
static enum bw_status
figures_keep(struct bw_central *central, struct bw_report *report, int64_t now_ms,
    struct bw_error *err)
{
    char scope[BW_REPORT_SCOPE_BYTES];
    bw_report_scope_write(report, scope);
    enum bw_status status = bw_report_has_purged(report)
                                ? bw_report_kept_apply(central, scope, report, err)
                                : BW_OK;
    json_t *figures = status == BW_OK ? bw_report_figures_json(report) : NULL;
    if (figures) {
        status = figures_write(central, scope, now_ms, figures, err);
    } else if (status == BW_OK) {
        status = no_memory(err);
    }
    json_decref(figures);
    return status;
}

static enum bw_status
all_keep(struct bw_central *central, bool of_series, const char *sql, int64_t before_ms,
    int64_t now_ms, struct bw_error *err)
{
    struct purged_codes codes = {0};
    struct bw_sql_value before = bw_sql_int(before_ms);
    enum bw_status status =
        bw_central_run(central, sql, &before, 1, on_code, &codes, err);
    if (status == BW_OK && codes.full) {
        status = no_memory(err);
    }
    for (size_t i = 0; status == BW_OK && i < codes.count; i++) {
        struct bw_report report = {0};
        const char *code = codes.items[i].text;
        status = of_series ? bw_report_of_series(central, BW_WORDING_DUTCH, code, now_ms,
                                 NULL, NULL, &report, err)
                           : bw_report_of_session(central, BW_WORDING_DUTCH, code, now_ms,
                                 NULL, NULL, &report, err);
        if (status == BW_OK) {
            status = figures_keep(central, &report, now_ms, err);
        }
        bw_report_finish(&report);
    }
    free(codes.items);
    return status;
}

#define TO_BE_PURGED                                                                     \
    "ends_ms < $1 AND session_no NOT IN (SELECT session_no FROM purged_session)"

enum bw_status
bw_report_version_keep(
    struct bw_central *central, int64_t before_ms, int64_t now_ms, struct bw_error *err)
{
    enum bw_status status = all_keep(central, false,
        "SELECT code FROM session WHERE " TO_BE_PURGED, before_ms, now_ms, err);
    return status == BW_OK
               ? all_keep(central, true,
                     "SELECT DISTINCT series FROM session WHERE " TO_BE_PURGED, before_ms,
                     now_ms, err)
               : status;
}
