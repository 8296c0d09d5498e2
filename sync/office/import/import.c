/* `import`: what its four kinds share; see import.h. One thread. */
#include "office/import/import.h"

#include "central/central.h"
#include "cli/commands.h"
#include "central/base/output.h"

#include <brugwachter/limits.h>
#include <brugwachter/text.h>
#include <errno.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <utf8proc.h>

void
bw_import_finish(struct bw_import *import)
{
    for (size_t i = 0; i < import->rejections_count; i++) {
        free(import->rejections[i].text);
    }
    for (size_t i = 0; i < import->notes_count; i++) {
        free(import->notes[i].text);
    }
    free(import->rejections);
    free(import->notes);
    bw_csv_table_finish(&import->table);
    bw_arena_finish(&import->arena);
    bw_zone_close(import->zone);
    bw_central_rollback(import->call->central);
}

enum bw_status
bw_import_open(struct bw_import *import, struct bw_call *call, const char *kind,
    const char *path, const struct bw_field *fields, struct bw_error *err)
{
    *import =
        (struct bw_import){.call = call, .path = path, .kind = kind, .fields = fields};
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct stat facts;
    if (stat(path, &facts) == 0 && facts.st_size > BW_CSV_BYTES_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it is larger than %d MB; split it and import the parts one "
            "after another",
            path, BW_CSV_BYTES_MAX / (1024 * 1024));
    }
    enum bw_status status = bw_file_read(path, BW_CSV_BYTES_MAX, &bytes, &length, err);
    if (status == BW_OK) {
        (void)crypto_generichash(
            import->hash, sizeof import->hash, bytes, length, NULL, 0);
        status = bw_csv_table_read(bytes, length, path, &import->table, err);
    }
    free(bytes);
    if (status == BW_OK) {
        status = bw_columns_find(&import->table, path, fields, call->maps,
            call->maps_count, &import->columns, err);
    }
    if (status == BW_OK) {
        status = bw_zone_open(BW_ZONE_DEFAULT, &import->zone, err);
    }
    return status;
}

/* ---- rejections and notes ---- */

/* A cell that is quoted may hold controls, and is cut where it is long; JSON takes
 * neither. */
static void
make_valid(char *text)
{
    utf8proc_uint8_t *at = (utf8proc_uint8_t *)text;
    while (*at != '\0') {
        utf8proc_int32_t point;
        utf8proc_ssize_t bytes = utf8proc_iterate(at, -1, &point);
        if (bytes <= 0 || point < 0x20 || point == 0x7f) {
            *at = '?';
            bytes = 1;
        }
        at += bytes;
    }
}

static char *
say(const char *format, va_list args)
{
    char text[BW_ERROR_TEXT_BYTES];
    (void)vsnprintf(text, sizeof text, format, args);
    make_valid(text);
    return strdup(text);
}

static void *
more(void *rows, size_t count, size_t *room, size_t size)
{
    if (count < *room) {
        return rows;
    }
    size_t wanted = *room == 0 ? 64 : *room * 2;
    void *grown = reallocarray(rows, wanted, size);
    if (grown != NULL) {
        *room = wanted;
    }
    return grown;
}

void
bw_import_reject(struct bw_import *import, int32_t line, enum bw_reject reason,
    const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = say(format, args);
    va_end(args);
    struct bw_rejection *rows = more(import->rejections, import->rejections_count,
        &import->rejections_room, sizeof *rows);
    if (rows == NULL || text == NULL) {
        free(text);
        import->no_memory = true;
        return;
    }
    import->rejections = rows;
    rows[import->rejections_count++] =
        (struct bw_rejection){.line = line, .reason = reason, .text = text};
}

void
bw_import_note(struct bw_import *import, bool look, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = say(format, args);
    va_end(args);
    struct bw_import_note *rows =
        more(import->notes, import->notes_count, &import->notes_room, sizeof *rows);
    if (rows == NULL || text == NULL) {
        free(text);
        import->no_memory = true;
        return;
    }
    import->notes = rows;
    rows[import->notes_count++] = (struct bw_import_note){.look = look, .text = text};
}

/* ---- cells ---- */

const char *
bw_import_raw(const struct bw_import *import, const struct bw_csv_row *row, int field)
{
    return bw_csv_cell_at(&import->table, row, import->columns.of[field]);
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

bool
bw_import_time(struct bw_import *import, const struct bw_csv_row *row, int field,
    const struct bw_zone *zone, int64_t *ret_wall_ms)
{
    char clean[BW_TITLE_BYTES];
    const char *raw = bw_import_raw(import, row, field);
    enum bw_time_fault fault = BW_TIME_UNKNOWN;
    if (bw_text_clean(raw, BW_TITLE_CHARS, clean) == BW_TEXT_FINE) {
        fault = bw_form_time_parse(clean, zone, ret_wall_ms);
    }
    if (fault != BW_TIME_FINE) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID, "%s \"%.60s\" %s",
            import->fields[field].shown, raw, bw_time_fault_name(fault));
    }
    return fault == BW_TIME_FINE;
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
                "the row has %d columns, the heading %d: put a cell that holds a '%s' in "
                "quotes",
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
        import->path, import->table.rows_count, import->kind, BW_IMPORT_ITEMS_MAX);
}

enum bw_status
bw_import_next_batch(
    struct bw_import *import, int64_t *ret_batch_no, struct bw_error *err)
{
    enum bw_status status = bw_central_lock_numbers(import->call->central, err);
    return status != BW_OK
               ? status
               : bw_central_number(import->call->central,
                     "SELECT coalesce(max(batch_no), 0) + 1 FROM import_batch", NULL, 0,
                     1, ret_batch_no, err);
}

enum bw_status
bw_import_put_batch(struct bw_import *import, int64_t batch_no, struct bw_error *err)
{
    const char *slash = strrchr(import->path, '/');
    char name[BW_TITLE_BYTES];
    if (bw_text_clean(slash != NULL ? slash + 1 : import->path, BW_TITLE_CHARS, name) !=
        BW_TEXT_FINE) {
        (void)snprintf(name, sizeof name, "?");
    }
    struct bw_sql_value values[] = {
        bw_sql_int(batch_no),
        bw_sql_text(import->kind),
        bw_sql_text(name),
        bw_sql_blob(import->hash, sizeof import->hash),
        bw_sql_int(bw_call_now_ms(import->call)),
        bw_sql_int((int64_t)import->table.rows_count),
        bw_sql_int(import->added),
        bw_sql_int(import->changed),
        bw_sql_int((int64_t)import->rejections_count),
    };
    return bw_central_run(import->call->central,
        "INSERT INTO import_batch (batch_no, kind, file, hash, imported_ms, rows_count,"
        " added, changed, rejected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values, 9, NULL, NULL, err);
}

enum bw_status
bw_import_end(struct bw_import *import, struct bw_error *err)
{
    if (import->no_memory) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM,
            "importing %s: there's no memory left; split the file", import->path);
    }
    if (import->added == 0 && import->changed == 0) {
        bw_central_rollback(import->call->central);
        return BW_OK;
    }
    return bw_central_commit(import->call->central, err);
}

/* ---- the command ---- */

struct kind {
    const char *name;
    bool needs_session;
    enum bw_exit (*run)(struct bw_call *call, const char *path, struct bw_error *err);
};

static const struct kind kinds[] = {
    {"sessions", false, bw_import_sessions},
    {"registrations", true, bw_import_registrations},
    {"waitlist", false, bw_import_waitlist},
    {"agenda", false, bw_import_agenda},
};

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(call->operands[0], kinds[i].name) != 0) {
            continue;
        }
        bool given = bw_call_value(call, BW_OPTION_SESSION) != NULL;
        if (given != kinds[i].needs_session) {
            return bw_call_usage(err,
                given ? "import %s takes no --session: the file names the sessions"
                      : "import %s needs --session S: the code of the session",
                kinds[i].name);
        }
        return kinds[i].run(call, call->operands[1], err);
    }
    return bw_call_usage(err,
        "import takes sessions, registrations, waitlist or agenda, not \"%s\"",
        call->operands[0]);
}

const struct bw_sync_command bw_sync_command_import = {
    .name = "import",
    .operands = "sessions|registrations|waitlist|agenda FILE",
    .summary = "take in a CSV file, whole or not at all",
    .help =
        "sessions       by code, again and again: a changed row changes the session\n"
        "registrations  a form of one session (--session): who first came has the "
        "place,\n"
        "               the rest waits\n"
        "waitlist       the shared form: the session is named by its title or code\n"
        "agenda         what else is on offer; the file is the whole agenda\n"
        "\n"
        "CSV in UTF-8 or Windows-1252, with comma, semicolon or tab; columns by "
        "heading,\n"
        "Dutch or English, in any order. Fields for --map, of a form: timestamp email "
        "name\n"
        "first_name infix last_name school role region session table; of sessions: code\n"
        "series title kind region venue address starts_at ends_at capacity audience\n"
        "doors_minutes release_minutes extra_places timezone go_to desk "
        "own_region_first;\n"
        "of the agenda: kind title starts_at ends_at audience url.\n",
    .takes = BW_TAKES(BW_OPTION_SESSION) | BW_TAKES(BW_OPTION_MAP) |
             BW_TAKES(BW_OPTION_KEY_FILE),
    .operands_min = 2,
    .operands_max = 2,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_OUT,
    .run = run,
};
