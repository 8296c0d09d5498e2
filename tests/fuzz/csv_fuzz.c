/* CSV files: any bytes are a table whose rows have rising lines and cells of valid UTF-8,
 * or a sentence why not. What is a table goes on through headings, texts and times, and
 * as a list of schools, each of which is found as itself or not at all. */
#include "fuzz.h"

#include "central/schools.h"
#include "office/import/import_state.h"
#include "office/table/csv_columns.h"
#include "office/import/read/form_time.h"
#include "office/import/read/sign_up.h"

#include <brugwachter/text.h>
#include <string.h>
#include <strings.h>

/* Made once: opening reads the system's file. */
static const struct bw_zone *
amsterdam(void)
{
    static struct bw_zone *zone;
    if (zone == NULL) {
        FUZZ_CHECK(bw_zone_open(BW_ZONE_DEFAULT, &zone, NULL) == BW_OK);
    }
    return zone;
}

static void
check_cell(const char *cell)
{
    char clean[BW_TITLE_BYTES];
    int64_t wall_ms = 0;
    enum bw_text_fault fault = bw_text_clean(cell, BW_TITLE_CHARS, clean);
    FUZZ_CHECK(fault != BW_TEXT_NOT_UTF8);
    if (fault == BW_TEXT_FINE &&
        bw_form_time_parse(clean, amsterdam(), &wall_ms) == BW_TIME_FINE) {
        char iso[BW_ISO_BYTES];
        int64_t again_ms = 0;
        bw_zone_format_iso(amsterdam(), wall_ms, iso);
        FUZZ_CHECK(bw_form_time_parse(iso, amsterdam(), &again_ms) == BW_TIME_FINE);
        FUZZ_CHECK(again_ms == wall_ms);
    }
}

static void
check_row(const struct bw_csv_table *table, const struct bw_csv_row *row)
{
    bool any = false;
    FUZZ_CHECK(row->cells_count >= 1 && row->cells_count <= BW_CSV_COLUMNS_MAX);
    for (int i = 0; i < row->cells_count; i++) {
        const char *cell = bw_csv_cell_at(table, row, i);
        any = any || cell[0] != '\0';
        check_cell(cell);
    }
    FUZZ_CHECK(any);
    FUZZ_CHECK(bw_csv_cell_at(table, row, row->cells_count)[0] == '\0');
    FUZZ_CHECK(bw_csv_cell_at(table, row, -1)[0] == '\0');
}

static int32_t
count_lines(const uint8_t *bytes, size_t length)
{
    int32_t lines = 1;
    for (size_t i = 0; i < length; i++) {
        lines += bytes[i] == '\n' || bytes[i] == '\r';
    }
    return lines;
}

static void
check_table(const struct bw_csv_table *table, int32_t lines)
{
    FUZZ_CHECK(table->heading.cells_count >= 1); /* names alone: a paper list */
    check_row(table, &table->heading);
    int32_t line = table->heading.line;
    FUZZ_CHECK(line >= 1);
    for (size_t i = 0; i < table->rows_count; i++) {
        FUZZ_CHECK(table->rows[i].line > line && table->rows[i].line <= lines);
        line = table->rows[i].line;
        check_row(table, &table->rows[i]);
    }
    struct bw_columns columns;
    struct bw_error err = {.text = ""};
    const char *const maps[] = {"table=Regio"};
    if (bw_columns_find(table, "f", bw_sign_up_fields, maps, 0, &columns, &err) ==
        BW_OK) {
        FUZZ_CHECK(columns.ignored_count < table->heading.cells_count);
    } else {
        FUZZ_CHECK(err.text[0] != '\0');
    }
    (void)!bw_columns_find(table, "f", bw_sign_up_fields, maps, 1, &columns, &err);
}

/* Of a table that is read as `import schools` reads it. */
static void
check_schools(const struct bw_csv_table *table)
{
    enum { SCHOOLS_MAX = 64 };
    struct bw_columns columns;
    struct bw_error err = {.text = ""};
    struct bw_schools list = {.items = NULL};
    if (bw_columns_find(table, "f", bw_import_schools_fields, NULL, 0, &columns, &err) !=
        BW_OK) {
        FUZZ_CHECK(err.text[0] != '\0');
        return;
    }
    for (size_t i = 0; i < table->rows_count && i < SCHOOLS_MAX; i++) {
        char cells[4][4 * BW_TITLE_CHARS + 1];
        bool fine = true;
        for (int f = 0; f < 4; f++) { /* code, brin, name, town */
            const char *raw = bw_columns_cell(&columns, table, &table->rows[i], f);
            fine = fine && bw_text_clean(raw, BW_TITLE_CHARS, cells[f]) == BW_TEXT_FINE;
        }
        FUZZ_CHECK(!fine || bw_schools_add(&list, cells[0], cells[2], cells[3], ""));
    }
    bw_schools_sort(&list);
    for (size_t i = 0; i < list.count; i++) {
        const struct bw_school *school = &list.items[i];
        const struct bw_school *found = bw_schools_find(&list, school->name);
        const struct bw_school *named = bw_schools_named(&list, school->label);
        FUZZ_CHECK(
            found == NULL || (found >= list.items && found < list.items + list.count));
        FUZZ_CHECK(named == NULL || named == school || school->label[0] == '\0' ||
                   strcasecmp(named->label, school->label) == 0 ||
                   strcasecmp(named->code, school->label) == 0);
    }
    bw_schools_finish(&list);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_csv_table table = {.rows_count = 77};
    struct bw_error err = {.text = ""};
    enum bw_status status = bw_csv_table_read(bytes, length, "f", &table, &err);
    if (status != BW_OK) {
        FUZZ_CHECK(status == BW_BAD_INPUT && err.text[0] != '\0');
        FUZZ_CHECK(table.rows_count == 77);
        return 0;
    }
    check_table(&table, count_lines(bytes, length));
    check_schools(&table);
    bw_csv_table_finish(&table);
    return 0;
}
