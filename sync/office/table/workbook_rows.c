/* The rows of a workbook's sheet: see workbook.h. */
#include "office/table/cell_text.h"
#include "office/table/workbook.h"
#include "office/table/workbook_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

struct row_reading {
    struct bw_workbook *workbook;
    struct bw_csv_table *table;
    int32_t line;
    int columns; /* cells of this row so far */
};

/* The column that "BC12" names, from 0; `next` where it names none. */
static int
column_of(const char *place, int next)
{
    int column = 0;
    for (; *place >= 'A' && *place <= 'Z' && column <= BW_CSV_COLUMNS_MAX; place++) {
        column = column * 26 + (*place - 'A' + 1);
    }
    return column > 0 ? column - 1 : next;
}

static enum bw_status
cell_add(struct row_reading *r, const char *text)
{
    assert(text != NULL);
    r->columns++;
    return bw_csv_table_add_cell(
        r->table, text, strlen(text), r->line, r->workbook->file, r->workbook->err);
}

/* A value of that kind and style, as text (WB2). Borrowed until the next; NULL: it isn't
 * as a workbook has it. */
static const char *
value_text(struct bw_workbook *workbook, const char *kind, int style, const char *value,
    char number[BW_CELL_NUMBER_BYTES])
{
    if (strcmp(kind, "s") == 0) {
        size_t at = strtoul(value, NULL, 10);
        return at < workbook->texts_count ? workbook->texts[at] : NULL;
    }
    if (strcmp(kind, "b") == 0) {
        return value[0] == '1' ? "TRUE" : "FALSE";
    }
    if (strcmp(kind, "e") == 0) {
        return ""; /* is_lost */
    }
    if (kind[0] != '\0' && strcmp(kind, "n") != 0) {
        return value; /* str, d */
    }
    bool time =
        style >= 0 && (size_t)style < workbook->times_count && workbook->times[style];
    bool fine = (time && bw_cell_time_text(value, workbook->from_1904, number)) ||
                bw_cell_number_text(value, number);
    return fine ? number : value;
}

/* Whether a cell has no value, though its sheet means one: #N/A is nobody's name, and a
 * formula has to be computed by the program that saved it. */
static bool
is_lost(const char *kind, bool formula, size_t length)
{
    return strcmp(kind, "e") == 0 || (formula && length == 0 && strcmp(kind, "str") != 0);
}

static void
lost_keep(const struct row_reading *r, int column)
{
    struct bw_csv_table *table = r->table;
    bool below = table->heading.line > 0 && column < BW_CSV_COLUMNS_MAX;
    if (below && table->lost_lines[column] == 0) {
        table->lost_lines[column] = r->line;
    }
}

/* The value in a v element, or the text in an is element, up to the cell's end. */
static enum bw_status
cell_read(struct row_reading *r, struct bw_sheet_xml *xml)
{
    struct bw_workbook *workbook = r->workbook;
    struct bw_workbook_text *text = &workbook->text;
    char place[BW_WORKBOOK_WORD_BYTES], kind[BW_WORKBOOK_WORD_BYTES],
        style[BW_WORKBOOK_WORD_BYTES];
    char number[BW_CELL_NUMBER_BYTES];
    bool value = false, formula = false;
    bw_sheet_xml_attribute(xml, "r", place, sizeof place);
    bw_sheet_xml_attribute(xml, "t", kind, sizeof kind);
    bw_sheet_xml_attribute(xml, "s", style, sizeof style);
    text->length = 0;
    bw_workbook_text_add(text, "");
    while (bw_sheet_xml_next(xml) && !bw_sheet_xml_ends(xml, "c")) {
        if (bw_sheet_xml_starts(xml, "is")) {
            bw_workbook_text_read(workbook, xml, "is");
        } else if (bw_sheet_xml_starts(xml, "f")) {
            formula = true;
        } else if (bw_sheet_xml_starts(xml, "v") || bw_sheet_xml_ends(xml, "v")) {
            value = xml->kind == BW_SHEET_XML_START;
        } else if (xml->kind == BW_SHEET_XML_TEXT && value) {
            bw_workbook_text_add(text, xml->text);
        }
    }
    if (text->failed) {
        return bw_workbook_damaged(workbook, "a cell");
    }
    int column = column_of(place, r->columns);
    if (is_lost(kind, formula, text->length)) {
        lost_keep(r, column);
    }
    if (text->length == 0) { /* one without a place takes the next all the same */
        return place[0] == '\0' ? cell_add(r, "") : BW_OK;
    }
    assert(text->bytes != NULL);
    enum bw_status status = BW_OK;
    while (status == BW_OK && r->columns < column) {
        status = cell_add(r, "");
    }
    const char *says = strcmp(kind, "inlineStr") == 0
                           ? text->bytes
                           : value_text(workbook, kind, atoi(style), text->bytes, number);
    if (status == BW_OK && says == NULL) {
        status = bw_workbook_damaged(workbook, "a cell");
    }
    return status == BW_OK ? cell_add(r, says) : status;
}

static bool
is_true(const char *value)
{
    return strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
}

static enum bw_status
row_read(struct row_reading *r, struct bw_sheet_xml *xml)
{
    char line[BW_WORKBOOK_WORD_BYTES], hidden[BW_WORKBOOK_WORD_BYTES];
    enum bw_status status = BW_OK;
    size_t rows = r->table->rows_count;
    bw_sheet_xml_attribute(xml, "r", line, sizeof line);
    bw_sheet_xml_attribute(xml, "hidden", hidden, sizeof hidden);
    int number = atoi(line);
    r->line = number > r->line ? number : r->line + 1;
    r->columns = 0;
    while (status == BW_OK && bw_sheet_xml_next(xml) && !bw_sheet_xml_ends(xml, "row")) {
        if (bw_sheet_xml_starts(xml, "c")) {
            status = cell_read(r, xml);
        }
    }
    if (status == BW_OK) {
        status =
            bw_csv_table_add_row(r->table, r->line, r->workbook->file, r->workbook->err);
    }
    if (status == BW_OK && r->table->rows_count > rows && is_true(hidden)) {
        r->table->hidden_line =
            r->table->hidden_rows == 0 ? r->line : r->table->hidden_line;
        r->table->hidden_rows++;
    }
    return status;
}

/* "B3:B7": the value stands in the first of them alone. */
static enum bw_status
merged_read(const struct row_reading *r, struct bw_sheet_xml *xml)
{
    char area[BW_WORKBOOK_WORD_BYTES];
    bw_sheet_xml_attribute(xml, "ref", area, sizeof area);
    const char *colon = strchr(area, ':');
    int column = column_of(area, -1);
    if (colon == NULL || column < 0) {
        return BW_OK;
    }
    int from = atoi(area + strspn(area, LETTERS));
    int to = atoi(colon + 1 + strspn(colon + 1, LETTERS));
    return bw_csv_table_fill_down(
        r->table, column, from, to, r->workbook->file, r->workbook->err);
}

enum bw_status
bw_workbook_read(struct bw_workbook *workbook, int sheet, struct bw_csv_table *ret_table,
    struct bw_error *err)
{
    struct bw_csv_table table = {.from_1904 = workbook->from_1904};
    struct row_reading reading = {.workbook = workbook, .table = &table};
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_sheet_xml xml;
    workbook->err = err;
    workbook->text.failed = false;
    const char *part = workbook->sheets[sheet].part;
    enum bw_status status = bw_archive_read(
        workbook->archive, part, BW_WORKBOOK_PART_BYTES_MAX, &bytes, &length, err);
    if (status != BW_OK) {
        return status == BW_NOT_FOUND ? bw_workbook_damaged(workbook, "a sheet") : status;
    }
    bw_sheet_xml_init(&xml, bytes, length);
    if (xml.reader == NULL && !xml.broken) {
        status = bw_workbook_no_memory(workbook);
    }
    while (status == BW_OK && bw_sheet_xml_next(&xml)) {
        if (bw_sheet_xml_starts(&xml, "row")) {
            status = row_read(&reading, &xml);
        } else if (bw_sheet_xml_starts(&xml, "mergeCell")) {
            status = merged_read(&reading, &xml);
        }
    }
    if (status == BW_OK && xml.broken) {
        status = bw_workbook_damaged(workbook, part);
    }
    bw_sheet_xml_finish(&xml);
    free(bytes);
    if (status != BW_OK) {
        bw_csv_table_finish(&table);
        return status;
    }
    *ret_table = table;
    return BW_OK;
}
