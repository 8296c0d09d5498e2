/* An XLSX workbook as tables: see workbook.h.
 *
 *   xl/workbook.xml             sheets, by name and relation; dates from 1900 or 1904
 *   xl/_rels/workbook.xml.rels  relation -> the part that a sheet lies in
 *   xl/styles.xml               which styles are dates
 *   xl/sharedStrings.xml        texts that cells name by number
 *   xl/worksheets/sheet1.xml …  rows > cells (r: place, t: kind, s: style) > v or is */
#include "office/table/workbook.h"

#include "central/base/array.h"
#include "office/table/cell_text.h"
#include "office/table/sheet_xml.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORKBOOK "xl/workbook.xml"

enum {
    PART_BYTES_MAX = 200 * 1024 * 1024,
    STYLES_MAX = 65536,
    FORMATS_MAX = 1024,
    TEXTS_MAX = 4000000,
    TEXT_BYTES_MAX = 64 * 1024, /* of a cell; the program itself has 32,767 characters */
    WORD_BYTES = 128,
};

struct workbook_sheet {
    char name[BW_SHEET_NAME_BYTES];
    char relation[WORD_BYTES];
    char part[2 * WORD_BYTES];
};

/* A text on its way, out of several pieces. */
struct workbook_text {
    char *bytes;
    size_t length, capacity;
    bool failed; /* no memory, or too long */
};

struct bw_workbook {
    struct bw_archive *archive;
    const char *file;
    struct workbook_sheet sheets[BW_SHEETS_MAX];
    int sheets_count;
    bool from_1904;
    bool *times; /* by style: whether its numbers are dates or hours */
    size_t times_count, times_capacity;
    const char **texts;
    size_t texts_count, texts_capacity;
    struct bw_arena arena;
    struct workbook_text text;
    struct bw_error *err; /* of the call that is at work */
};

static enum bw_status
no_memory(const struct bw_workbook *workbook)
{
    return bw_error_set(workbook->err, BW_NO_MEMORY, ENOMEM,
        "importing %s: there's no memory left", workbook->file);
}

static enum bw_status
damaged(const struct bw_workbook *workbook, const char *part)
{
    return bw_error_set(workbook->err, BW_BAD_INPUT, 0,
        "importing %s: %.80s in it isn't as a workbook has it; save it again, or as CSV "
        "(UTF-8)",
        workbook->file, part);
}

/* ---- parts ---- */

typedef enum bw_status on_part(struct bw_workbook *workbook, struct bw_sheet_xml *xml);

/* Goes through a part; one that may be missing is fine without. */
static enum bw_status
part_walk(struct bw_workbook *workbook, const char *part, bool may_miss, on_part *walk)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_error why = {.text = ""};
    enum bw_status status =
        bw_archive_read(workbook->archive, part, PART_BYTES_MAX, &bytes, &length, &why);
    if (status == BW_NOT_FOUND) {
        return may_miss ? BW_OK : damaged(workbook, part);
    }
    if (status != BW_OK) {
        return bw_error_set(workbook->err, status, why.os_errno, "%s", why.text);
    }
    struct bw_sheet_xml xml;
    bw_sheet_xml_init(&xml, bytes, length);
    status =
        xml.reader == NULL && !xml.broken ? no_memory(workbook) : walk(workbook, &xml);
    if (status == BW_OK && xml.broken) {
        status = damaged(workbook, part);
    }
    bw_sheet_xml_finish(&xml);
    free(bytes);
    return status;
}

/* ---- texts ---- */

static void
text_add(struct workbook_text *text, const char *more)
{
    size_t length = strlen(more);
    if (text->length + length + 1 > text->capacity) {
        size_t capacity = (text->length + length + 1) * 2;
        char *bytes =
            capacity <= 2 * TEXT_BYTES_MAX ? realloc(text->bytes, capacity) : NULL;
        if (bytes == NULL) {
            text->failed = true;
            return;
        }
        text->bytes = bytes;
        text->capacity = capacity;
    }
    memcpy(text->bytes + text->length, more, length + 1);
    text->length += length;
}

/* What stands in the t elements up to the end of `element`; how it is said aloud (rPh)
 * isn't part of it. */
static void
text_read(struct bw_workbook *workbook, struct bw_sheet_xml *xml, const char *element)
{
    struct workbook_text *text = &workbook->text;
    bool here = false, aloud = false;
    text->length = 0;
    text_add(text, "");
    while (bw_sheet_xml_next(xml) && !bw_sheet_xml_ends(xml, element)) {
        if (bw_sheet_xml_starts(xml, "rPh") || bw_sheet_xml_ends(xml, "rPh")) {
            aloud = xml->kind == BW_SHEET_XML_START;
        } else if (bw_sheet_xml_starts(xml, "t") || bw_sheet_xml_ends(xml, "t")) {
            here = xml->kind == BW_SHEET_XML_START;
        } else if (xml->kind == BW_SHEET_XML_TEXT && here && !aloud) {
            text_add(text, xml->text);
        }
    }
    if (!text->failed) {
        bw_cell_unescape(text->bytes);
    }
}

static enum bw_status
walk_texts(struct bw_workbook *workbook, struct bw_sheet_xml *xml)
{
    while (bw_sheet_xml_next(xml)) {
        if (!bw_sheet_xml_starts(xml, "si")) {
            continue;
        }
        text_read(workbook, xml, "si");
        if (workbook->text.failed || workbook->texts_count == TEXTS_MAX) {
            return damaged(workbook, "a text");
        }
        const char **text = bw_array_more(&workbook->texts, &workbook->texts_count,
            &workbook->texts_capacity, sizeof *text);
        const char *copy = bw_arena_text(&workbook->arena, workbook->text.bytes);
        if (text == NULL || copy == NULL) {
            return no_memory(workbook);
        }
        *text = copy;
    }
    return BW_OK;
}

/* ---- styles ---- */

/* Formats of the workbook's own, and which of them are times. */
struct own_formats {
    int count;
    int numbers[FORMATS_MAX];
    bool times[FORMATS_MAX];
};

static void
format_take(struct bw_sheet_xml *xml, struct own_formats *formats)
{
    char number[WORD_BYTES], code[WORD_BYTES];
    bw_sheet_xml_attribute(xml, "numFmtId", number, sizeof number);
    bw_sheet_xml_attribute(xml, "formatCode", code, sizeof code);
    if (formats->count < FORMATS_MAX) {
        formats->numbers[formats->count] = atoi(number);
        formats->times[formats->count++] = bw_cell_format_is_time(atoi(number), code);
    }
}

static bool
is_time(const struct own_formats *formats, int number)
{
    for (int i = 0; i < formats->count; i++) {
        if (formats->numbers[i] == number) {
            return formats->times[i];
        }
    }
    return bw_cell_format_is_time(number, NULL);
}

static enum bw_status
walk_styles(struct bw_workbook *workbook, struct bw_sheet_xml *xml)
{
    struct own_formats formats = {.count = 0};
    bool cells = false;
    while (bw_sheet_xml_next(xml)) {
        if (bw_sheet_xml_starts(xml, "numFmt")) {
            format_take(xml, &formats);
        } else if (bw_sheet_xml_starts(xml, "cellXfs") ||
                   bw_sheet_xml_ends(xml, "cellXfs")) {
            cells = xml->kind == BW_SHEET_XML_START;
        } else if (cells && bw_sheet_xml_starts(xml, "xf") &&
                   workbook->times_count < STYLES_MAX) {
            char number[WORD_BYTES];
            bool *time = bw_array_more(&workbook->times, &workbook->times_count,
                &workbook->times_capacity, sizeof *time);
            if (time == NULL) {
                return no_memory(workbook);
            }
            bw_sheet_xml_attribute(xml, "numFmtId", number, sizeof number);
            *time = is_time(&formats, atoi(number));
        }
    }
    return BW_OK;
}

/* ---- sheets ---- */

static enum bw_status
walk_workbook(struct bw_workbook *workbook, struct bw_sheet_xml *xml)
{
    while (bw_sheet_xml_next(xml)) {
        char word[WORD_BYTES];
        if (bw_sheet_xml_starts(xml, "workbookPr")) {
            bw_sheet_xml_attribute(xml, "date1904", word, sizeof word);
            workbook->from_1904 = strcmp(word, "1") == 0 || strcmp(word, "true") == 0;
        } else if (bw_sheet_xml_starts(xml, "sheet") &&
                   workbook->sheets_count < BW_SHEETS_MAX) {
            bw_sheet_xml_attribute(xml, "state", word, sizeof word);
            if (word[0] == '\0' || strcmp(word, "visible") == 0) {
                struct workbook_sheet *sheet =
                    &workbook->sheets[workbook->sheets_count++];
                bw_sheet_xml_attribute(xml, "name", sheet->name, sizeof sheet->name);
                bw_sheet_xml_attribute(
                    xml, "id", sheet->relation, sizeof sheet->relation);
            }
        }
    }
    return BW_OK;
}

static enum bw_status
walk_relations(struct bw_workbook *workbook, struct bw_sheet_xml *xml)
{
    while (bw_sheet_xml_next(xml)) {
        if (!bw_sheet_xml_starts(xml, "Relationship")) {
            continue;
        }
        char relation[WORD_BYTES], target[WORD_BYTES];
        bw_sheet_xml_attribute(xml, "Id", relation, sizeof relation);
        bw_sheet_xml_attribute(xml, "Target", target, sizeof target);
        for (int i = 0; i < workbook->sheets_count; i++) {
            struct workbook_sheet *sheet = &workbook->sheets[i];
            if (strcmp(sheet->relation, relation) == 0) {
                bool whole = target[0] == '/';
                (void)snprintf(sheet->part, sizeof sheet->part, "%s%s",
                    whole ? "" : "xl/", target + whole);
            }
        }
    }
    return BW_OK;
}

bool
bw_workbook_is(struct bw_archive *archive)
{
    for (int i = 0; i < bw_archive_count(archive); i++) {
        if (strcmp(bw_archive_name(archive, i), WORKBOOK) == 0) {
            return true;
        }
    }
    return false;
}

enum bw_status
bw_workbook_open(struct bw_archive *archive, const char *file,
    struct bw_workbook **ret_workbook, struct bw_error *err)
{
    struct bw_workbook *workbook = calloc(1, sizeof *workbook);
    if (workbook == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "importing %s: there's no memory left", file);
    }
    *workbook = (struct bw_workbook){.archive = archive, .file = file, .err = err};
    enum bw_status status = part_walk(workbook, WORKBOOK, false, walk_workbook);
    if (status == BW_OK) {
        status = part_walk(workbook, "xl/_rels/workbook.xml.rels", false, walk_relations);
    }
    if (status == BW_OK) {
        status = part_walk(workbook, "xl/styles.xml", true, walk_styles);
    }
    if (status == BW_OK) {
        status = part_walk(workbook, "xl/sharedStrings.xml", true, walk_texts);
    }
    if (status == BW_OK && workbook->sheets_count == 0) {
        status = damaged(workbook, WORKBOOK);
    }
    if (status != BW_OK) {
        bw_workbook_close(workbook);
        return status;
    }
    *ret_workbook = workbook;
    return BW_OK;
}

void
bw_workbook_close(struct bw_workbook *workbook)
{
    if (workbook != NULL) {
        free(workbook->times);
        free(workbook->texts);
        free(workbook->text.bytes);
        bw_arena_finish(&workbook->arena);
        free(workbook);
    }
}

int
bw_workbook_sheets(const struct bw_workbook *workbook)
{
    return workbook->sheets_count;
}

const char *
bw_workbook_sheet_name(const struct bw_workbook *workbook, int sheet)
{
    return workbook->sheets[sheet].name;
}

/* ---- rows ---- */

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
        return ""; /* #N/A is nobody's name */
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

/* The value in a v element, or the text in an is element, up to the cell's end. */
static enum bw_status
cell_read(struct row_reading *r, struct bw_sheet_xml *xml)
{
    struct bw_workbook *workbook = r->workbook;
    struct workbook_text *text = &workbook->text;
    char place[WORD_BYTES], kind[WORD_BYTES], style[WORD_BYTES];
    char number[BW_CELL_NUMBER_BYTES];
    bool value = false;
    bw_sheet_xml_attribute(xml, "r", place, sizeof place);
    bw_sheet_xml_attribute(xml, "t", kind, sizeof kind);
    bw_sheet_xml_attribute(xml, "s", style, sizeof style);
    text->length = 0;
    text_add(text, "");
    while (bw_sheet_xml_next(xml) && !bw_sheet_xml_ends(xml, "c")) {
        if (bw_sheet_xml_starts(xml, "is")) {
            text_read(workbook, xml, "is");
        } else if (bw_sheet_xml_starts(xml, "v") || bw_sheet_xml_ends(xml, "v")) {
            value = xml->kind == BW_SHEET_XML_START;
        } else if (xml->kind == BW_SHEET_XML_TEXT && value) {
            text_add(text, xml->text);
        }
    }
    if (text->failed) {
        return damaged(workbook, "a cell");
    }
    if (text->length == 0) {
        return BW_OK;
    }
    assert(text->bytes != NULL);
    enum bw_status status = BW_OK;
    int column = column_of(place, r->columns);
    while (status == BW_OK && r->columns < column) {
        status = cell_add(r, "");
    }
    const char *says = strcmp(kind, "inlineStr") == 0
                           ? text->bytes
                           : value_text(workbook, kind, atoi(style), text->bytes, number);
    if (status == BW_OK && says == NULL) {
        status = damaged(workbook, "a cell");
    }
    return status == BW_OK ? cell_add(r, says) : status;
}

static enum bw_status
row_read(struct row_reading *r, struct bw_sheet_xml *xml)
{
    char line[WORD_BYTES];
    enum bw_status status = BW_OK;
    bw_sheet_xml_attribute(xml, "r", line, sizeof line);
    int number = atoi(line);
    r->line = number > r->line ? number : r->line + 1;
    r->columns = 0;
    while (status == BW_OK && bw_sheet_xml_next(xml) && !bw_sheet_xml_ends(xml, "row")) {
        if (bw_sheet_xml_starts(xml, "c")) {
            status = cell_read(r, xml);
        }
    }
    return status == BW_OK ? bw_csv_table_add_row(
                                 r->table, r->line, r->workbook->file, r->workbook->err)
                           : status;
}

enum bw_status
bw_workbook_read(struct bw_workbook *workbook, int sheet, struct bw_csv_table *ret_table,
    struct bw_error *err)
{
    struct bw_csv_table table = {.rows = NULL};
    struct row_reading reading = {.workbook = workbook, .table = &table};
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_sheet_xml xml;
    workbook->err = err;
    workbook->text.failed = false;
    const char *part = workbook->sheets[sheet].part;
    enum bw_status status =
        bw_archive_read(workbook->archive, part, PART_BYTES_MAX, &bytes, &length, err);
    if (status != BW_OK) {
        return status == BW_NOT_FOUND ? damaged(workbook, "a sheet") : status;
    }
    bw_sheet_xml_init(&xml, bytes, length);
    if (xml.reader == NULL && !xml.broken) {
        status = no_memory(workbook);
    }
    while (status == BW_OK && bw_sheet_xml_next(&xml)) {
        if (bw_sheet_xml_starts(&xml, "row")) {
            status = row_read(&reading, &xml);
        }
    }
    if (status == BW_OK && xml.broken) {
        status = damaged(workbook, part);
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
