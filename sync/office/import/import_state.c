/* What the kinds of import share: see import_state.h. */
#include "office/import/import_state.h"

#include "central/base/array.h"
#include "central/base/output.h"
#include "office/step.h"
#include "office/table/cell_text.h"
#include "office/table/table_file.h"

#include <brugwachter/limits.h>
#include <brugwachter/text.h>
#include <errno.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void
bw_import_finish(struct bw_import *import)
{
    bw_import_result_finish(&import->result);
    bw_csv_table_finish(&import->table);
    bw_arena_finish(&import->arena);
    bw_zone_close(import->zone);
    bw_central_rollback(import->office->central);
}

static enum bw_status
no_memory(const struct bw_import *import, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, ENOMEM,
        "importing %s: there's no memory left; split the file", import->request->path);
}

/* Forms with sections ask the same in each; they are told where one fills in another. */
static void
note_others(struct bw_import *import, int field)
{
    const struct bw_csv_table *table = &import->table;
    int first = import->columns.of[field];
    for (int i = first >= 0 ? import->columns.next[first] : -1; i >= 0;
         i = import->columns.next[i]) {
        bw_import_note(import, true,
            "\"%.60s\" and \"%.60s\" (columns %d and %d) both mean %s: where the first "
            "is empty the other is used; --map \"%s=…\" names one of them",
            bw_csv_cell_at(table, &table->heading, first),
            bw_csv_cell_at(table, &table->heading, i), first + 1, i + 1,
            import->fields[field].shown, import->fields[field].name);
    }
}

/* Headings that no field has: people look whether one of them matters, and are told
 * where one looks like a field. */
static enum bw_status
keep_ignored(struct bw_import *import, struct bw_error *err)
{
    int count = import->columns.ignored_count;
    for (int i = 0; import->fields[i].name != NULL; i++) {
        note_others(import, i);
        if (import->columns.near[i] != NULL) {
            bw_import_note(import, true,
                "The column \"%.80s\" looks like %s and isn't used: if it is, import "
                "again with --map \"%s=%.80s\"",
                import->columns.near[i], import->fields[i].shown, import->fields[i].name,
                import->columns.near[i]);
        }
    }
    import->result.ignored = calloc((size_t)count + 1, sizeof(char *));
    for (int i = 0; i < count && import->result.ignored != NULL; i++) {
        char *heading = strdup(bw_csv_cell_at(
            &import->table, &import->table.heading, import->columns.ignored[i]));
        if (heading == NULL) {
            return no_memory(import, err);
        }
        bw_text_defuse(heading, '?');
        import->result.ignored[import->result.ignored_count++] = heading;
    }
    return import->result.ignored != NULL ? BW_OK : no_memory(import, err);
}

/* What the file holds beside its rows, and what its program doesn't show. */
static void
note_file(
    struct bw_import *import, const struct bw_table_passed *passed, int32_t lines_above)
{
    if (passed->sheets[0] != '\0') {
        bw_import_note(import, passed->forms,
            "The sheets %s were passed over; save one as a file of its own to import it",
            passed->sheets);
    }
    if (lines_above > 0) {
        bw_import_note(import, false,
            "What stands above the heading on line %d was passed over",
            (int)lines_above + 1);
    }
    if (import->table.hidden_rows > 0) {
        bw_import_note(import, true,
            "%d rows are hidden in the sheet, by a filter or by hand (the first is line "
            "%d); they were read like the others: delete them there, and import it "
            "again, if they don't belong",
            (int)import->table.hidden_rows, (int)import->table.hidden_line);
    }
}

/* The members of one archive are files of their own. */
static void
hash_file(struct bw_import *import, const unsigned char *bytes, size_t length)
{
    const char *member = import->request->member;
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof import->hash);
    (void)crypto_generichash_update(&state, bytes, length);
    if (member != NULL) {
        (void)crypto_generichash_update(
            &state, (const unsigned char *)member, strlen(member));
    }
    (void)crypto_generichash_final(&state, import->hash, sizeof import->hash);
}

static enum bw_status
read_file(struct bw_import *import, struct bw_error *err)
{
    const char *path = import->request->path;
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_table_passed passed = {.sheets = ""};
    int32_t above = 0;
    struct stat facts;
    if (stat(path, &facts) == 0 && facts.st_size > BW_CSV_BYTES_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it is larger than %d MB; split it and import the parts one "
            "after another",
            path, BW_CSV_BYTES_MAX / (1024 * 1024));
    }
    enum bw_status status = bw_file_read(path, BW_CSV_BYTES_MAX, &bytes, &length, err);
    if (status == BW_OK) {
        hash_file(import, bytes, length);
        status = bw_table_file_read(bytes, length, path, import->request->member,
            import->fields, &import->table, &passed, err);
    }
    free(bytes);
    if (status == BW_OK) {
        bw_columns_title(&import->table, import->title, sizeof import->title);
        bw_columns_settle_heading(&import->table, import->fields, &above);
        import->title[0] = above > 0 ? import->title[0] : '\0';
    }
    if (status == BW_OK) {
        note_file(import, &passed, above);
    }
    return status;
}

const char *
bw_import_name(const struct bw_import *import)
{
    const struct bw_import_request *request = import->request;
    const char *whole = request->member != NULL ? request->member : request->path;
    const char *slash = strrchr(whole, '/');
    return slash != NULL ? slash + 1 : whole;
}

/* A paper list may hold names alone; whatever else has one column was cut wrongly. */
static enum bw_status
check_width(const struct bw_import *import, struct bw_error *err)
{
    if (import->table.heading.cells_count > 1 ||
        import->request->kind == BW_IMPORT_ATTENDANCE) {
        return BW_OK;
    }
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: its heading has one column; separate columns by comma, "
        "semicolon or tab",
        import->request->path);
}

enum bw_status
bw_import_open(struct bw_import *import, const struct bw_office *office,
    const struct bw_import_request *request, const char *kind,
    const struct bw_field *fields, struct bw_error *err)
{
    *import = (struct bw_import){
        .office = office, .request = request, .kind = kind, .fields = fields};
    enum bw_status status = read_file(import, err);
    if (status == BW_OK) {
        status = check_width(import, err);
    }
    if (status == BW_OK) {
        import->result.rows = (int64_t)import->table.rows_count;
        status = bw_columns_find(&import->table, request->path, fields, request->maps,
            request->maps_count, &import->columns, err);
    }
    if (status == BW_OK) {
        status = keep_ignored(import, err);
    }
    if (status == BW_OK) {
        status = bw_zone_open(BW_ZONE_DEFAULT, &import->zone, err);
    }
    return status;
}

/* ---- rejections and notes ---- */

__attribute__((format(printf, 1, 0))) static char *
say(const char *format, va_list args)
{
    char text[BW_ERROR_TEXT_BYTES];
    (void)vsnprintf(text, sizeof text, format, args);
    bw_text_defuse(text, '?'); /* a cell that is quoted may hold anything, and be cut */
    return strdup(text);
}

void
bw_import_reject(struct bw_import *import, int32_t line, enum bw_reject reason,
    const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = say(format, args);
    va_end(args);
    struct bw_rejection *row =
        text == NULL
            ? NULL
            : bw_array_more(&import->result.rejections, &import->result.rejections_count,
                  &import->rejections_capacity, sizeof *row);
    if (row == NULL) {
        free(text);
        import->no_memory = true;
        return;
    }
    *row = (struct bw_rejection){.line = line, .reason = reason, .text = text};
}

void
bw_import_note(struct bw_import *import, bool look, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = say(format, args);
    va_end(args);
    struct bw_import_note *row =
        text == NULL ? NULL
                     : bw_array_more(&import->result.notes, &import->result.notes_count,
                           &import->notes_capacity, sizeof *row);
    if (row == NULL) {
        free(text);
        import->no_memory = true;
        return;
    }
    *row = (struct bw_import_note){.look = look, .text = text};
}

/* ---- cells ---- */

const char *
bw_import_raw(const struct bw_import *import, const struct bw_csv_row *row, int field)
{
    return bw_columns_cell(&import->columns, &import->table, row, field);
}

const char *
bw_import_text(
    struct bw_import *import, const struct bw_csv_row *row, int field, size_t chars_max)
{
    char clean[BW_TEXT_CHARS_MOST * 4 + 1];
    const char *raw = bw_import_raw(import, row, field);
    enum bw_text_fault fault = bw_text_clean(raw, chars_max, clean);
    if (fault != BW_TEXT_FINE) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID, "%s %s: \"%.60s\"",
            import->fields[field].shown, bw_text_fault_name(fault), raw);
        return NULL;
    }
    const char *kept = bw_arena_text(&import->arena, clean);
    import->no_memory = import->no_memory || kept == NULL;
    return kept;
}

static bool
is_form(const struct bw_import *import)
{
    return import->request->kind == BW_IMPORT_REGISTRATIONS ||
           import->request->kind == BW_IMPORT_WAITLIST;
}

/* Answers stand in the order in which they came: one that seems to be before the one
 * above it is of the second time that the clocks showed that hour. */
static void
settle_twice(struct bw_import *import, int64_t *inout_ms)
{
    const int64_t hour_ms = INT64_C(3600000);
    int64_t back_ms = import->twice_ms - *inout_ms;
    if (back_ms > 0 && back_ms < 2 * hour_ms) {
        *inout_ms += hour_ms;
    }
    import->twice_ms = *inout_ms;
}

bool
bw_import_time(struct bw_import *import, const struct bw_csv_row *row, int field,
    const struct bw_zone *zone, int64_t *ret_wall_ms)
{
    char clean[BW_TITLE_BYTES];
    const char *raw = bw_import_raw(import, row, field);
    enum bw_time_fault fault = BW_TIME_UNKNOWN;
    bool alone = false;
    if (bw_text_clean(raw, BW_TITLE_CHARS, clean) == BW_TEXT_FINE) {
        fault = bw_form_time_read(
            clean, import->dates, import->table.from_1904, zone, ret_wall_ms, &alone);
    }
    if (fault == BW_TIME_DOUBLE && is_form(import)) {
        settle_twice(import, ret_wall_ms);
        fault = BW_TIME_FINE;
    }
    alone = alone && fault == BW_TIME_FINE;
    if (fault != BW_TIME_FINE || (alone && !is_form(import))) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID, "%s \"%.60s\" %s",
            import->fields[field].shown, raw,
            alone ? "is a day without an hour; add it, as in 2025-02-10 12:37"
                  : bw_time_fault_name(fault));
        return false;
    }
    import->days_alone += alone;
    return true;
}

bool
bw_import_time_of(struct bw_import *import, const struct bw_csv_row *row, int field,
    const struct bw_zone *zone, int64_t day_ms, int64_t *ret_wall_ms)
{
    const char *raw = bw_import_raw(import, row, field);
    char part[BW_CELL_NUMBER_BYTES]; /* of a day, in a cell that has no hour's format */
    if (strncmp(raw, "0.", 2) == 0 && bw_cell_time_text(raw, false, part)) {
        raw = part;
    }
    struct bw_civil civil;
    int hour, minute, end = 0;
    bool alone = sscanf(raw, "%2d%*1[.:]%2d%n", &hour, &minute, &end) == 2 && end > 0 &&
                 raw[end] == '\0';
    if (!alone) {
        return bw_import_time(import, row, field, zone, ret_wall_ms);
    }
    bw_zone_to_civil(zone, day_ms, &civil);
    civil.hour = hour;
    civil.minute = minute;
    civil.second = 0;
    if (bw_zone_from_civil(zone, &civil, ret_wall_ms) != BW_CIVIL_ONE) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "%s \"%.40s\" is no time of that day", import->fields[field].shown, raw);
        return false;
    }
    return true;
}

bool
bw_import_number(struct bw_import *import, const struct bw_csv_row *row, int field,
    int least, int most, int missing, int *ret_number)
{
    const char *raw = bw_import_raw(import, row, field);
    char *end = NULL;
    errno = 0;
    long number = strtol(raw, &end, 10);
    if (end == raw) {
        number = missing;
    }
    if (end[strspn(end, " ")] != '\0' || errno != 0 || number < least || number > most) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "%s \"%.60s\" is no whole number from %d to %d", import->fields[field].shown,
            raw, least, most);
        return false;
    }
    *ret_number = (int)number;
    return true;
}

bool
bw_import_is_shifted(struct bw_import *import, const struct bw_csv_row *row)
{
    int columns = import->table.heading.cells_count;
    for (int i = columns; i < row->cells_count; i++) {
        const char *cell = bw_csv_cell_at(&import->table, row, i);
        if (cell[strspn(cell, " \t\r\n")] != '\0') {
            bw_import_reject(import, row->line, BW_REJECT_INVALID,
                "the row has %d columns, the heading %d: "
                "put a cell that holds a '%s' in quotes",
                (int)row->cells_count, columns,
                import->table.delimiter == '\t'  ? "tab"
                : import->table.delimiter == ';' ? ";"
                                                 : ",");
            return true;
        }
    }
    return false;
}

/* ---- the batch ---- */

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
    enum bw_status status = bw_central_lock_numbers(import->office->central, err);
    return status != BW_OK
               ? status
               : bw_central_number(import->office->central,
                     "SELECT coalesce(max(batch_no), 0) + 1 FROM import_batch", NULL, 0,
                     1, ret_batch_no, err);
}

enum bw_status
bw_import_begin_step(const struct bw_import *import, const char *session_code,
    int64_t batch_no, struct bw_error *err)
{
    char about[BW_TITLE_BYTES], what[BW_LABEL_BYTES];
    (void)snprintf(about, sizeof about, "%s%s%.300s",
        session_code != NULL ? session_code : "", session_code != NULL ? " " : "",
        bw_import_name(import));
    bw_text_defuse(about, '?');
    (void)snprintf(what, sizeof what, "import %s", import->kind);
    return bw_step_begin(import->office, what, about, "", batch_no, err);
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
bw_import_end(struct bw_import *import, struct bw_error *err)
{
    if (import->no_memory) {
        return no_memory(import, err);
    }
    if (import->result.added == 0 && import->result.changed == 0) {
        bw_central_rollback(import->office->central);
        return BW_OK;
    }
    return bw_central_commit(import->office->central, err);
}
