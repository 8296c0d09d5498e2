/* From a file to its rows and columns: see import_state.h. */
#include "central/base/output.h"
#include "office/import/read/import_columns.h"
#include "office/import/import_read.h"
#include "office/import/read/nobody.h"
#include "office/import/import_state.h"
#include "office/table/table_file.h"

#include <brugwachter/text.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* What a sheet shows as #N/A, or never computed, is empty here: nobody's mail is lost
 * unsaid. */
static void
note_lost(struct bw_import *import, int field)
{
    const struct bw_csv_table *table = &import->table;
    for (int i = import->columns.of[field]; i >= 0; i = import->columns.next[i]) {
        if (table->lost_lines[i] > 0) {
            bw_import_note(import, true,
                "In the column \"%.60s\" there are cells with an error or a formula "
                "without its value (the first on line %d), read as empty: put them right "
                "in the sheet, save it, and import it again",
                bw_csv_cell_at(table, &table->heading, i), (int)table->lost_lines[i]);
        }
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
        note_lost(import, i);
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
            return bw_import_no_memory(import, err);
        }
        bw_text_defuse(heading, '?');
        import->result.ignored[import->result.ignored_count++] = heading;
    }
    return import->result.ignored != NULL ? BW_OK : bw_import_no_memory(import, err);
}

/* What the file holds beside its rows, and what its program doesn't show. */
static void
note_file(
    struct bw_import *import, const struct bw_table_passed *passed, int32_t lines_above)
{
    if (passed->others.names[0] != '\0') {
        bw_import_note(import, passed->others.forms,
            "Not read: %s, which the workbook has too; save a sheet as a file of its own "
            "to import it",
            passed->others.names);
    }
    if (passed->hidden.names[0] != '\0') {
        bw_import_note(import, passed->hidden.forms,
            "The workbook has hidden sheets (%s), which were not read: show them in its "
            "program and import it again, if they belong",
            passed->hidden.names);
    }
    if (lines_above > 0) {
        bw_import_note(import, false,
            "What stands above the heading on line %d was passed over",
            (int)lines_above + 1);
    }
    if (import->table.hidden_rows == 1) {
        bw_import_note(import, true,
            "line %d is hidden in the sheet, by a filter or by hand; it was read like "
            "the others: delete it there, and import it again, if it doesn't belong",
            (int)import->table.hidden_line);
    } else if (import->table.hidden_rows > 0) {
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
    const unsigned char *given = import->request->bytes;
    unsigned char *bytes = NULL;
    size_t length = import->request->length;
    int32_t above = 0;
    struct stat facts;
    if (stat(path, &facts) == 0 && facts.st_size > BW_CSV_BYTES_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it is larger than %d MB; split it and import the parts one "
            "after another",
            path, BW_CSV_BYTES_MAX / (1024 * 1024));
    }
    enum bw_status status =
        given != NULL ? BW_OK
                      : bw_file_read(path, BW_CSV_BYTES_MAX, &bytes, &length, err);
    if (status == BW_OK) {
        given = given != NULL ? given : bytes;
        hash_file(import, given, length);
        status = bw_table_file_read(given, length, path, import->request->member,
            import->fields, &import->table, &import->passed, err);
    }
    free(bytes);
    if (status == BW_OK) {
        bw_columns_title(&import->table, import->title, sizeof import->title);
        bw_columns_settle_heading(&import->table, import->fields, &above);
        import->title[0] = above > 0 ? import->title[0] : '\0';
    }
    if (status == BW_OK) {
        note_file(import, &import->passed, above);
    }
    return status;
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

/* A list without headings: whoever stands first would be lost. */
static enum bw_status
check_heading(const struct bw_import *import, struct bw_error *err)
{
    const struct bw_csv_table *table = &import->table;
    for (int i = 0; i < table->heading.cells_count; i++) {
        const char *cell = bw_csv_cell_at(table, &table->heading, i);
        if (strpbrk(cell, " \t\r\n") == NULL && bw_sign_up_is_mail(cell)) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "importing %s: line %d is an answer itself (\"%.60s\"), and above it "
                "stand no headings; put a line with the name of each column there",
                import->request->path, (int)table->heading.line, cell);
        }
    }
    return BW_OK;
}

enum bw_status
bw_import_open(struct bw_import *import, const struct bw_office *office,
    const struct bw_import_request *request, const char *kind,
    const struct bw_field *fields, struct bw_error *err)
{
    *import = (struct bw_import){
        .office = office, .request = request, .kind = kind, .base_fields = fields};
    enum bw_status status = bw_import_columns_learn(import, err);
    if (status == BW_OK) {
        status = read_file(import, err);
    }
    if (status == BW_OK) {
        status = check_width(import, err);
    }
    if (status == BW_OK) {
        status = check_heading(import, err);
    }
    if (status == BW_OK) {
        import->result.rows = (int64_t)import->table.rows_count;
        status = bw_import_columns_find(import, err);
        if (status != BW_OK) { /* somebody may say which column is what */
            bw_import_read_columns(import, status == BW_REFUSED);
        }
    }
    if (status == BW_OK) {
        bw_import_columns_recall(import);
        bw_import_read_columns(import, true);
        status = keep_ignored(import, err);
    }
    if (status == BW_OK) {
        status = bw_zone_open(BW_ZONE_DEFAULT, &import->zone, err);
    }
    return status;
}
