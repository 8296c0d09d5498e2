/* A report's versions: see report_version.h. */
#include "report/figures/report_version.h"

#include "central/records.h"
#include "report/figures/report.h"
#include "report/figures/report_kept.h"

#include <brugwachter/zone.h>
#include <stdlib.h>

enum { DUMP = JSON_SORT_KEYS | JSON_COMPACT };

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "looking for the report's version: out of memory; close other programs");
}

/* Whose versions they are: a code says nothing of its kind. */
void
bw_report_scope_write(
    const struct bw_report *report, char ret_scope[BW_REPORT_SCOPE_BYTES])
{
    (void)snprintf(ret_scope, BW_REPORT_SCOPE_BYTES, "%s:%s",
        report->series ? "series" : "session",
        report->series ? report->series : report->sessions[0].code);
}

/* Figures that were kept. */
struct kept_figures {
    int number; /* -1: none */
    int64_t made_ms;
    json_t *figures; /* owned */
};

static bool
on_kept(const struct bw_sql_value *columns, int count, void *context)
{
    struct kept_figures *kept = context;
    (void)count;
    json_decref(kept->figures);
    *kept = (struct kept_figures){
        (int)columns[0].number, columns[1].number, json_loads(columns[2].text, 0, NULL)};
    return false;
}

/* The newest from `least` to `most`. What isn't there has number -1. */
static enum bw_status
kept_read(struct bw_central *central, const char *scope, int least, int most,
    struct kept_figures *ret_kept, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_text(scope), bw_sql_int(least), bw_sql_int(most)};
    *ret_kept = (struct kept_figures){.number = -1};
    return bw_central_run(central,
        "SELECT version, made_ms, figures FROM report_version WHERE scope = $1"
        " AND version >= $2 AND version <= $3 ORDER BY version DESC LIMIT 1",
        values, 3, on_kept, ret_kept, err);
}

enum bw_status
bw_report_kept_write(struct bw_central *central, const char *scope, int number,
    int64_t made_ms, const json_t *figures, struct bw_error *err)
{
    char *text = json_dumps(figures, DUMP);
    if (!text) {
        return no_memory(err);
    }
    struct bw_sql_value values[] = {
        bw_sql_text(scope), bw_sql_int(number), bw_sql_int(made_ms), bw_sql_text(text)};
    enum bw_status status = bw_central_run(central,
        "INSERT INTO report_version (scope, version, made_ms, figures)"
        " VALUES ($1, $2, $3, $4) ON CONFLICT (scope, version)"
        " DO UPDATE SET made_ms = excluded.made_ms, figures = excluded.figures",
        values, 4, NULL, NULL, err);
    free(text);
    return status;
}

static bool
is_closed(const struct bw_report *report)
{
    int closed = 0;
    bool all = true;
    for (size_t i = 0; i < report->sessions_count; i++) {
        closed += report->sessions[i].state == BW_SESSION_CLOSED;
        all = all && (report->sessions[i].state == BW_SESSION_CLOSED ||
                         report->sessions[i].state == BW_SESSION_CANCELLED);
    }
    return all && closed > 0;
}

bool
bw_report_has_purged(const struct bw_report *report)
{
    bool purged = false;
    for (size_t i = 0; i < report->sessions_count; i++) {
        purged = purged || report->sessions[i].purged;
    }
    return purged;
}

/* RV3 */
enum bw_status
bw_report_kept_apply(struct bw_central *central, const char *scope,
    struct bw_report *report, struct bw_error *err)
{
    struct kept_figures kept;
    enum bw_status status =
        kept_read(central, scope, BW_REPORT_KEPT, BW_REPORT_KEPT, &kept, err);
    if (status == BW_OK && kept.figures &&
        !bw_report_figures_apply(kept.figures, report)) {
        status = no_memory(err);
    }
    json_decref(kept.figures);
    return status;
}

/* The newest version, or a new one where the figures aren't its own (RV1, RV2). Within a
 * transaction, so that two who write at once make one. */
static enum bw_status
version_take(struct bw_central *central, const char *scope, int64_t now_ms,
    const json_t *figures, struct kept_figures *ret_newest, struct bw_error *err)
{
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_central_lock_numbers(central, err);
    }
    if (status == BW_OK) {
        status = kept_read(central, scope, 1, INT32_MAX, ret_newest, err);
    }
    if (status == BW_OK && !json_equal(ret_newest->figures, figures)) {
        ret_newest->number = ret_newest->number < 1 ? 1 : ret_newest->number + 1;
        ret_newest->made_ms = now_ms;
        status = bw_report_kept_write(
            central, scope, ret_newest->number, now_ms, figures, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    return status;
}

static enum bw_status
version_read(struct bw_central *central, const char *scope, struct bw_report *report,
    struct bw_error *err)
{
    struct kept_figures newest = {.number = -1}, before = {.number = -1};
    struct bw_report_version *version = &report->version;
    json_t *figures = bw_report_figures_json(report);
    enum bw_status status =
        figures ? kept_read(central, scope, 1, INT32_MAX, &newest, err) : no_memory(err);
    if (status == BW_OK && !json_equal(newest.figures, figures)) {
        json_decref(newest.figures);
        newest.figures = NULL;
        status =
            version_take(central, scope, report->generated_ms, figures, &newest, err);
    }
    if (status == BW_OK && newest.number > 1) {
        status =
            kept_read(central, scope, newest.number - 1, newest.number - 1, &before, err);
    }
    if (status == BW_OK) {
        version->number = newest.number;
        version->made_ms = newest.made_ms;
        status = bw_when_of_moment(
            report->language, BW_ZONE_DEFAULT, version->made_ms, version->made, err);
    }
    if (status == BW_OK && before.figures &&
        !bw_report_figures_compare(report, before.figures, figures, version)) {
        status = no_memory(err);
    }
    json_decref(figures);
    json_decref(newest.figures);
    json_decref(before.figures);
    return status;
}

enum bw_status
bw_report_version_fix(
    struct bw_central *central, struct bw_report *report, struct bw_error *err)
{
    char scope[BW_REPORT_SCOPE_BYTES];
    enum bw_status status = BW_OK;
    bw_report_scope_write(report, scope);
    if (bw_report_has_purged(report)) {
        status = bw_report_kept_apply(central, scope, report, err);
    }
    if (status == BW_OK && is_closed(report)) {
        status = version_read(central, scope, report, err);
    }
    return status;
}

void
bw_report_version_finish(struct bw_report_version *version)
{
    if (version) {
        free(version->changes);
        *version = (struct bw_report_version){0};
    }
}
