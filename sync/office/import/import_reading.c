/* How a file was read: see import_reading.h. */
#include "office/import/import_reading.h"

#include "central/records.h"
#include "office/import/import_read.h"
#include "office/import/read/import_columns.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(
    (int)BW_FIELDS_MAX <= (int)BW_IMPORT_READ_FIELDS_MAX, "each field has its place");

const char *
bw_import_column_by_name(enum bw_import_column_by by)
{
    static const char *const names[] = {
        [BW_IMPORT_BY_NOTHING] = "nothing",
        [BW_IMPORT_BY_NEAR] = "near",
        [BW_IMPORT_BY_HEADING] = "heading",
        [BW_IMPORT_BY_LEARNED] = "learned",
        [BW_IMPORT_BY_REQUEST] = "request",
        [BW_IMPORT_BY_FILLING] = "filling",
    };
    return names[by];
}

const char *
bw_import_circle_by_name(enum bw_import_circle_by by)
{
    static const char *const names[] = {
        [BW_IMPORT_CIRCLE_UNKNOWN] = "unknown",
        [BW_IMPORT_CIRCLE_REQUEST] = "request",
        [BW_IMPORT_CIRCLE_NAME] = "name",
        [BW_IMPORT_CIRCLE_TITLE] = "title",
        [BW_IMPORT_CIRCLE_ROWS] = "rows",
    };
    return names[by];
}

static void
column_finish(struct bw_import_read_column *column)
{
    free(column->heading);
    free(column->sample);
}

static void
spelling_finish(struct bw_import_read_spelling *spelling)
{
    free(spelling->written);
    free(spelling->means);
}

static void
row_finish(struct bw_import_read_row *row)
{
    free(row->who);
    free(row->school);
    free(row->region);
}

void
bw_import_reading_finish(struct bw_import_reading *reading)
{
    if (reading == NULL) {
        return;
    }
    for (int i = 0; i < reading->columns_count; i++) {
        column_finish(&reading->columns[i]);
    }
    for (int i = 0; i < reading->spellings_count; i++) {
        spelling_finish(&reading->spellings[i]);
    }
    for (int i = 0; i < reading->rows_count; i++) {
        row_finish(&reading->rows[i]);
    }
    *reading = (struct bw_import_reading){.columns_count = 0};
}

/* Whether all copies of it could be made: else the import ends, and it isn't kept. */
static bool
is_whole(struct bw_import *import, const char *one, const char *other)
{
    bool whole = one != NULL && other != NULL;
    import->no_memory = import->no_memory || !whole;
    return whole;
}

/* ---- columns ---- */

static bool
is_filling(const struct bw_columns *columns, int field, int column)
{
    int at = columns->of[field] >= 0 ? columns->next[columns->of[field]] : -1;
    while (at >= 0 && at != column) {
        at = columns->next[at];
    }
    return at >= 0;
}

static void
judge_column(
    const struct bw_import *import, int column, struct bw_import_read_column *read)
{
    const struct bw_columns *columns = &import->columns;
    const char *heading = bw_csv_cell_at(&import->table, &import->table.heading, column);
    for (int f = 0; import->fields[f].name != NULL; f++) {
        if (columns->of[f] == column) {
            read->field = f;
            read->by = columns->given[f] ? BW_IMPORT_BY_REQUEST
                       : bw_import_columns_is_known(import, heading)
                           ? BW_IMPORT_BY_HEADING
                           : BW_IMPORT_BY_LEARNED;
        } else if (is_filling(columns, f, column)) {
            read->field = f;
            read->by = BW_IMPORT_BY_FILLING;
        } else if (read->field < 0 && columns->near[f] == heading) {
            read->field = f;
            read->by = BW_IMPORT_BY_NEAR;
        }
    }
}

void
bw_import_read_columns(struct bw_import *import, bool found)
{
    struct bw_import_reading *reading = import->request->ret_reading;
    char text[BW_TITLE_BYTES];
    if (reading == NULL) {
        return;
    }
    for (int f = 0; import->fields[f].name != NULL; f++) {
        reading->fields[reading->fields_count++] = (struct bw_import_read_field){
            import->base_fields[f].name, import->base_fields[f].shown};
    }
    for (int i = 0; i < import->table.heading.cells_count; i++) {
        const char *heading = bw_csv_cell_at(&import->table, &import->table.heading, i);
        if (heading[strspn(heading, " \t\r\n")] == '\0') {
            continue;
        }
        if (reading->columns_count == BW_IMPORT_READ_COLUMNS_MAX) {
            reading->columns_more++;
            continue;
        }
        struct bw_import_read_column read = {.field = -1};
        if (found) {
            judge_column(import, i, &read);
        }
        bw_columns_shown(&import->table, i, text, sizeof text);
        read.heading = strdup(text);
        bw_import_columns_sample(import, i, text);
        read.sample = strdup(text);
        if (!is_whole(import, read.heading, read.sample)) {
            column_finish(&read);
            return;
        }
        reading->columns[reading->columns_count++] = read;
    }
}

/* ---- rows ---- */

void
bw_import_read_region(
    struct bw_import *import, const char *written, const char *means, bool told)
{
    struct bw_import_reading *reading = import->request->ret_reading;
    if (reading == NULL || written[0] == '\0') {
        return;
    }
    int at = 0;
    while (at < reading->spellings_count &&
           strcmp(reading->spellings[at].written, written) != 0) {
        at++;
    }
    if (at == BW_IMPORT_READ_SPELLINGS_MAX) {
        reading->spellings_more_rows++;
        return;
    }
    if (at == reading->spellings_count) {
        struct bw_import_read_spelling spelling = {
            .written = strdup(written), .means = strdup(means), .told = told};
        if (!is_whole(import, spelling.written, spelling.means)) {
            spelling_finish(&spelling);
            return;
        }
        reading->spellings[reading->spellings_count++] = spelling;
    }
    reading->spellings[at].rows++;
}

static bool
has_region(const struct bw_import_reading *reading, const char *region)
{
    for (int i = 0; i < reading->regions_count; i++) {
        if (strcmp(reading->regions[i], region) == 0) {
            return true;
        }
    }
    return region[0] == '\0' || reading->regions_count == BW_IMPORT_READ_REGIONS_MAX;
}

void
bw_import_read_regions(struct bw_import *import, const struct bw_session_names *names)
{
    struct bw_import_reading *reading = import->request->ret_reading;
    for (size_t i = 0; reading != NULL && i < names->count; i++) {
        const char *region = names->sessions[i].region;
        if (!has_region(reading, region)) {
            bw_text_copy(
                reading->regions[reading->regions_count++], BW_NAME_BYTES, region);
        }
    }
}

void
bw_import_read_row(struct bw_import *import, const struct bw_sign_up *row)
{
    struct bw_import_reading *reading = import->request->ret_reading;
    if (reading == NULL || reading->rows_count == BW_IMPORT_READ_ROWS_MAX) {
        return;
    }
    struct bw_import_read_row read = {.line = row->line,
        .at_ms = row->time_ms,
        .who = strdup(row->shown),
        .school = strdup(row->school),
        .region = strdup(row->region)};
    if (!is_whole(import, read.who, read.school) ||
        !is_whole(import, read.who, read.region)) {
        row_finish(&read);
        return;
    }
    reading->rows[reading->rows_count++] = read;
}

/* ---- the circle ---- */

void
bw_import_read_circle(
    const struct bw_session *session, struct bw_import_read_circle *ret_circle)
{
    *ret_circle = (struct bw_import_read_circle){.code = ""};
    if (session != NULL) {
        bw_text_copy(ret_circle->code, sizeof ret_circle->code, session->code);
        bw_text_copy(ret_circle->title, sizeof ret_circle->title, session->title);
    }
}
