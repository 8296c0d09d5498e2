/* What the kinds of import share: see import_state.h. */
#include "office/import/import_state.h"

#include "central/base/array.h"
#include "office/table/cell_text.h"

#include <brugwachter/limits.h>
#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <errno.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bw_import_finish(struct bw_import *import)
{
    bw_import_result_finish(&import->result);
    bw_csv_table_finish(&import->table);
    bw_import_learned_finish(&import->learned);
    bw_import_learned_finish(&import->told);
    bw_arena_finish(&import->arena);
    bw_zone_close(import->zone);
    bw_central_rollback(import->office->central);
}

enum bw_status
bw_import_no_memory(const struct bw_import *import, struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, ENOMEM,
        "importing %s: there's no memory left; split the file", import->request->path);
}

void
bw_import_hash_more(struct bw_import *import, const char *what, const char *means)
{
    uint8_t before[sizeof import->hash];
    crypto_generichash_state state;
    memcpy(before, import->hash, sizeof before);
    (void)crypto_generichash_init(&state, NULL, 0, sizeof import->hash);
    (void)crypto_generichash_update(&state, before, sizeof before);
    (void)crypto_generichash_update(
        &state, (const unsigned char *)what, strlen(what) + 1);
    (void)crypto_generichash_update(&state, (const unsigned char *)means, strlen(means));
    (void)crypto_generichash_final(&state, import->hash, sizeof import->hash);
}

/* Of lines that somebody said something of. */
static void
hash_lines(struct bw_import *import, const char *what, const int32_t *lines, int count)
{
    char line[16];
    for (int i = 0; i < count; i++) {
        (void)snprintf(line, sizeof line, "%d", (int)lines[i]);
        bw_import_hash_more(import, what, line);
    }
}

void
bw_import_hash_lines(struct bw_import *import)
{
    const struct bw_import_request *request = import->request;
    hash_lines(import, "skip", request->skipped, request->skipped_count);
    hash_lines(import, "admit", request->admitted, request->admitted_count);
    for (int i = 0; i < request->refused_count; i++) {
        hash_lines(import, request->refused[i].field, &request->refused[i].line, 1);
    }
}

static bool
is_among(const int32_t *lines, int count, int32_t line)
{
    for (int i = 0; i < count; i++) {
        if (lines[i] == line) {
            return true;
        }
    }
    return false;
}

bool
bw_import_is_skipped(const struct bw_import *import, int32_t line)
{
    return is_among(import->request->skipped, import->request->skipped_count, line);
}

bool
bw_import_is_admitted(const struct bw_import *import, int32_t line)
{
    return is_among(import->request->admitted, import->request->admitted_count, line);
}

const char *
bw_import_name(const struct bw_import *import)
{
    const struct bw_import_request *request = import->request;
    const char *whole = request->member != NULL ? request->member : request->path;
    const char *sheet = strrchr(whole, BW_TABLE_SHEET_MARK);
    if (request->member != NULL && sheet != NULL) {
        return sheet + 1;
    }
    const char *slash = strrchr(whole, '/');
    return slash != NULL ? slash + 1 : whole;
}

/* ---- rejections and notes ---- */

__attribute__((format(printf, 1, 0))) static char *
say(const char *format, va_list args)
{
    char text[BW_ERROR_TEXT_BYTES];
    (void)vsnprintf(text, sizeof text, bw_said(format), args);
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

enum bw_status
bw_import_go_on(const struct bw_import *import, struct bw_error *err)
{
    return bw_progress_is_stopped(import->office->progress)
               ? bw_error_set(err, BW_REFUSED, 0,
                     "importing %s: it was stopped, and nothing was changed",
                     import->request->path)
               : BW_OK;
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
            import->fields[field].shown, bw_said(bw_text_fault_name(fault)), raw);
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
            alone ? bw_said("is a day without an hour; add it, as in 2025-02-10 12:37")
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
