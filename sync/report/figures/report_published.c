/* What may be published: see report_published.h. */
#include "report/figures/report_published.h"

#include "report/figures/report_beside.h"
#include "report/figures/report_kept.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char doing[] = BW_SAYS("making the public report");

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, 0, "%s: out of memory; close other programs", bw_said(doing));
}

/* ---- tables, as they are kept ---- */

static json_t *
parts_json(const struct bw_report_tally_part *parts, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        (void)json_array_append_new(
            list, json_pack("[s, i]", parts[i].key, (int)parts[i].at));
    }
    return list;
}

static json_t *
tally_json(const struct bw_report_tally *tally)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < tally->rows_count * tally->columns_count; i++) {
        (void)json_array_append_new(cells,
            json_pack("[i, i]", tally->cells[i].count, (int)tally->cells[i].shown));
    }
    return json_pack("{s:i, s:i, s:b, s:o, s:o, s:o}", "height", (int)tally->rows_count,
        "width", (int)tally->columns_count, "totals", (int)tally->column_totals, "cells",
        cells, "rows", parts_json(tally->row_parts, tally->row_parts_count), "columns",
        parts_json(tally->column_parts, tally->column_parts_count));
}

/* NULL without memory: jansson takes no NULL into an object. */
static json_t *
sums_json(const struct bw_report_sums *sums)
{
    json_t *often = json_array();
    for (int i = 0; sums->often_shown && i < BW_OFTEN; i++) {
        (void)json_array_append_new(often, json_integer(sums->report->often[i]));
    }
    return json_pack("{s:o, s:o, s:o, s:b, s:i, s:o}", "circles",
        tally_json(&sums->circles), "regions", tally_json(&sums->regions), "arrivals",
        tally_json(&sums->arrivals), "turned", (int)sums->turned, "people",
        sums->people_shown ? sums->report->unique_people : -1, "often", often);
}

static bool
parts_read(const json_t *list, struct bw_report_tally_part **inout_parts, size_t *count,
    size_t sides)
{
    size_t parts = json_array_size(list);
    struct bw_report_tally_part *made = calloc(parts + 1, sizeof *made);
    bool fine = made != NULL;
    for (size_t i = 0; fine && i < parts; i++) {
        const json_t *one = json_array_get(list, i);
        const char *key = json_string_value(json_array_get(one, 0));
        made[i].at = (size_t)json_integer_value(json_array_get(one, 1));
        fine = key != NULL && made[i].at < sides;
        (void)snprintf(made[i].key, sizeof made[i].key, "%s", key != NULL ? key : "");
    }
    free(*inout_parts);
    *inout_parts = made;
    *count = fine ? parts : 0;
    return fine;
}

/* False without memory, or where it isn't one of ours. */
static bool
tally_read(const json_t *kept, struct bw_report_tally *ret_tally)
{
    enum { SIDE_MOST = 100000 };
    json_int_t height = json_integer_value(json_object_get(kept, "height"));
    json_int_t width = json_integer_value(json_object_get(kept, "width"));
    const json_t *cells = json_object_get(kept, "cells");
    if (height < 0 || width < 0 || height > SIDE_MOST || width > SIDE_MOST ||
        json_array_size(cells) != (size_t)(height * width) ||
        !bw_report_tally_init(ret_tally, (size_t)height, (size_t)width,
            json_is_true(json_object_get(kept, "totals")))) {
        return false;
    }
    for (size_t i = 0; i < (size_t)(height * width); i++) {
        const json_t *cell = json_array_get(cells, i);
        ret_tally->cells[i].count = (int)json_integer_value(json_array_get(cell, 0));
        ret_tally->cells[i].shown =
            (enum bw_report_tally_shown)json_integer_value(json_array_get(cell, 1));
    }
    return parts_read(json_object_get(kept, "rows"), &ret_tally->row_parts,
               &ret_tally->row_parts_count, (size_t)height) &&
           parts_read(json_object_get(kept, "columns"), &ret_tally->column_parts,
               &ret_tally->column_parts_count, (size_t)width);
}

/* ---- one beside another ---- */

/* Rows for columns. Only of a table that shows both totals. */
static bool
tally_turn(struct bw_report_tally *inout_tally)
{
    struct bw_report_tally turned, *tally = inout_tally;
    if (!bw_report_tally_init(&turned, tally->columns_count, tally->rows_count, true)) {
        return false;
    }
    for (size_t r = 0; r < tally->rows_count; r++) {
        for (size_t c = 0; c < tally->columns_count; c++) {
            *bw_report_tally_at(&turned, c, r) = *bw_report_tally_at(tally, r, c);
        }
    }
    bw_report_tally_swap_parts(&turned, tally);
    bw_report_tally_finish(tally);
    *inout_tally = turned;
    return true;
}

/* Brings two matrices to one way; false where that can't be. */
static bool
regions_align(struct bw_report_tally *one, bool one_turned, struct bw_report_tally *other,
    bool other_turned)
{
    struct bw_report_tally *whole = one_turned ? other : one;
    return one_turned == other_turned || (whole->column_totals && tally_turn(whole));
}

static bool
often_tells(const json_t *before, const json_t *now)
{
    size_t i;
    json_t *was;
    json_array_foreach(before, i, was)
    {
        const json_t *is = json_array_get(now, i);
        if (is != NULL && bw_report_beside_number((int)json_integer_value(was),
                              (int)json_integer_value(is))) {
            return true;
        }
    }
    return false;
}

static bool
people_tell(const json_t *before, const json_t *now)
{
    int was = (int)json_integer_value(json_object_get(before, "people"));
    int is = (int)json_integer_value(json_object_get(now, "people"));
    return (was >= 0 && is >= 0 && bw_report_beside_number(was, is)) ||
           often_tells(json_object_get(before, "often"), json_object_get(now, "often"));
}

/* PB1. What can't be read tells. */
static enum bw_report_beside
beside(const json_t *before, const json_t *now)
{
    static const char *const names[] = {"circles", "regions", "arrivals"};
    enum bw_report_beside answer =
        people_tell(before, now) ? BW_REPORT_BESIDE_TELLS : BW_REPORT_BESIDE_SAFE;
    for (size_t i = 0; answer == BW_REPORT_BESIDE_SAFE && i < 3; i++) {
        struct bw_report_tally was = {.rows_count = 0}, is = {.rows_count = 0};
        bool fine = tally_read(json_object_get(before, names[i]), &was) &&
                    tally_read(json_object_get(now, names[i]), &is) &&
                    (i != 1 || regions_align(&was,
                                   json_is_true(json_object_get(before, "turned")), &is,
                                   json_is_true(json_object_get(now, "turned"))));
        answer = fine ? bw_report_tally_beside(&was, &is) : BW_REPORT_BESIDE_TELLS;
        bw_report_tally_finish(&was);
        bw_report_tally_finish(&is);
    }
    return answer;
}

/* ---- what was published ---- */

struct publishing {
    const json_t *now;
    enum bw_report_beside answer;
    int64_t number, made_ms; /* of the one that it was judged by last */
    bool same;               /* the newest is this one */
};

static bool
on_published(const struct bw_sql_value *columns, int count, void *context)
{
    struct publishing *publishing = context;
    (void)count;
    json_t *before = json_loads(columns[2].text, 0, NULL);
    publishing->number = columns[0].number;
    publishing->made_ms = columns[1].number;
    publishing->same = json_equal(before, publishing->now);
    publishing->answer =
        publishing->same ? BW_REPORT_BESIDE_SAFE : beside(before, publishing->now);
    json_decref(before);
    return publishing->answer == BW_REPORT_BESIDE_SAFE;
}

static enum bw_status
refuse(const struct publishing *publishing, const char *series, struct bw_error *err)
{
    char made[BW_WHEN_BYTES] = "";
    if (publishing->answer == BW_REPORT_BESIDE_NO_MEMORY) {
        return no_memory(err);
    }
    (void)!bw_when_of_moment(
        bw_wording_spoken(), BW_ZONE_DEFAULT, publishing->made_ms, made, err);
    return bw_error_set(err, BW_REFUSED, 0,
        "%s of %s: beside that of %s it would tell of fewer than %d people; let that "
        "one stand, or where it never went out, say so with --yes",
        bw_said(doing), series, made, BW_REPORT_TALLY_SMALL_BELOW);
}

/* Within a transaction. */
static enum bw_status
judge_and_note(struct bw_central *central, const char *series, const json_t *now,
    int64_t now_ms, bool anew, struct bw_error *err)
{
    char scope[BW_REPORT_SCOPE_BYTES];
    struct publishing publishing = {.now = now, .answer = BW_REPORT_BESIDE_SAFE};
    (void)snprintf(scope, sizeof scope, "public:%s", series);
    struct bw_sql_value value = bw_sql_text(scope);
    enum bw_status status =
        anew ? bw_central_run(central, "DELETE FROM report_version WHERE scope = $1",
                   &value, 1, NULL, NULL, err)
             : BW_OK;
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT version, made_ms, figures FROM report_version WHERE scope = $1"
            " ORDER BY version",
            &value, 1, on_published, &publishing, err);
    }
    if (status == BW_OK && publishing.answer != BW_REPORT_BESIDE_SAFE) {
        return refuse(&publishing, series, err);
    }
    return status == BW_OK && !publishing.same
               ? bw_report_kept_write(
                     central, scope, (int)publishing.number + 1, now_ms, now, err)
               : status;
}

static enum bw_status
series_publish(struct bw_central *central, const struct bw_report_sums *sums, bool anew,
    struct bw_error *err)
{
    json_t *now = sums_json(sums);
    enum bw_status status =
        now != NULL ? bw_central_begin_step(central, err) : no_memory(err);
    if (status == BW_OK) {
        status = bw_central_lock_numbers(central, err);
    }
    if (status == BW_OK) {
        status = judge_and_note(
            central, sums->report->series, now, sums->report->generated_ms, anew, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    json_decref(now);
    return status;
}

/* ---- one circle of it (PB2) ---- */

/* A table of one cell that says the total of a row. */
static bool
total_alone(
    struct bw_report_tally *inout_tally, const char *row, const char *column, int total)
{
    struct bw_report_tally alone;
    if (!bw_report_tally_init(&alone, 1, 1, false)) {
        return false;
    }
    (void)snprintf(alone.rows[0].name, sizeof alone.rows[0].name, "%s", row);
    (void)snprintf(alone.columns[0].name, sizeof alone.columns[0].name, "%s", column);
    alone.cells[0].count = total;
    bool small = total > 0 && total < BW_REPORT_TALLY_SMALL_BELOW;
    alone.cells[0].shown = small ? BW_REPORT_TALLY_SMALL : BW_REPORT_TALLY_PLAIN;
    bw_report_tally_finish(inout_tally);
    *inout_tally = alone;
    return true;
}

/* The row of the whole's circles that this one is in; SIZE_MAX for none. */
static size_t
row_of(const struct bw_report_sums *whole, const char *code)
{
    for (size_t i = 0; i < whole->circles.row_parts_count; i++) {
        if (strcmp(whole->circles.row_parts[i].key, code) == 0) {
            return whole->circles.row_parts[i].at;
        }
    }
    return SIZE_MAX;
}

/* That row alone, as the whole shows it. */
static bool
circles_cut(struct bw_report_sums *sums, const struct bw_report_sums *whole, size_t row)
{
    const struct bw_report_tally *from = &whole->circles;
    struct bw_report_tally alone;
    if (!bw_report_tally_init(&alone, 1, from->columns_count, false)) {
        return false;
    }
    alone.rows[0] = from->rows[row];
    for (size_t c = 0; c < from->columns_count; c++) {
        alone.columns[c] = from->columns[c];
        *bw_report_tally_at(&alone, 0, c) = *bw_report_tally_at(from, row, c);
    }
    bw_report_tally_finish(&sums->circles);
    sums->circles = alone;
    return true;
}

/* With those that the series shows it with. */
static bool
cut(struct bw_report_sums *sums, const struct bw_report_sums *whole, size_t row)
{
    const char *total = bw_report_word(sums->language, BW_REPORT_TOTAL);
    if (!circles_cut(sums, whole, row)) {
        return false;
    }
    sums->visits = bw_report_tally_total(&sums->circles);
    sums->places = sums->circles.rows[0].capacity;
    sums->held = sums->circles.rows[0].merged;
    sums->turned = true;
    sums->start = 1; /* no column begins with it */
    sums->people_shown = false;
    sums->often_shown = false;
    sums->waitlist_shown = false;
    sums->schools_shown = false;
    sums->beside_shown = false;
    return total_alone(&sums->regions, sums->circles.rows[0].name, total, sums->visits) &&
           total_alone(&sums->arrivals, bw_report_word(sums->language, BW_REPORT_ARRIVED),
               total, sums->visits);
}

/* A series of one circle says of it all that it says. */
static bool
is_all(const struct bw_report_sums *whole)
{
    return whole->circles.row_parts_count <= 1;
}

static enum bw_status
circle_publish(struct bw_central *central, struct bw_report_sums *sums,
    struct bw_report *series, bool anew, struct bw_error *err)
{
    char scope[BW_REPORT_SCOPE_BYTES];
    struct bw_report_sums whole = {.report = NULL};
    bw_report_scope_write(series, scope);
    enum bw_status status = bw_report_has_purged(series)
                                ? bw_report_kept_apply(central, scope, series, err)
                                : BW_OK;
    if (status == BW_OK) {
        status = bw_report_sums_make(series, sums->language, true, &whole, err);
    }
    if (status == BW_OK) {
        status = series_publish(central, &whole, anew, err);
    }
    size_t row =
        status == BW_OK ? row_of(&whole, sums->report->sessions[0].code) : SIZE_MAX;
    if (row != SIZE_MAX && !is_all(&whole) && !cut(sums, &whole, row)) {
        status = no_memory(err);
    }
    bw_report_sums_finish(&whole);
    return status;
}

static bool
on_series(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    (void)snprintf(context, BW_LABEL_BYTES, "%s", columns[0].text);
    return false;
}

enum bw_status
bw_report_publish(struct bw_central *central, struct bw_report_sums *inout_sums,
    bool anew, struct bw_error *err)
{
    const struct bw_report *report = inout_sums->report;
    char series[BW_LABEL_BYTES] = "";
    struct bw_report whole = {0};
    if (report->series) {
        return series_publish(central, inout_sums, anew, err);
    }
    struct bw_sql_value code = bw_sql_text(report->sessions[0].code);
    enum bw_status status = bw_central_run(central,
        "SELECT series FROM session WHERE code = $1", &code, 1, on_series, series, err);
    if (status == BW_OK) {
        status = bw_report_of_series(central, report->language, series,
            report->generated_ms, NULL, NULL, &whole, err);
    }
    if (status == BW_OK) {
        status = circle_publish(central, inout_sums, &whole, anew, err);
    }
    bw_report_finish(&whole);
    return status;
}
