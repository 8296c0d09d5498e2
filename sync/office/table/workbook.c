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
#include "office/table/workbook_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORKBOOK "xl/workbook.xml"

enum { STYLES_MAX = 65536, FORMATS_MAX = 1024, TEXTS_MAX = 4000000 };

enum bw_status
bw_workbook_no_memory(const struct bw_workbook *workbook)
{
    return bw_error_set(workbook->err, BW_NO_MEMORY, ENOMEM,
        "importing %s: there's no memory left", workbook->file);
}

enum bw_status
bw_workbook_damaged(const struct bw_workbook *workbook, const char *part)
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
    enum bw_status status = bw_archive_read(
        workbook->archive, part, BW_WORKBOOK_PART_BYTES_MAX, &bytes, &length, &why);
    if (status == BW_NOT_FOUND) {
        return may_miss ? BW_OK : bw_workbook_damaged(workbook, part);
    }
    if (status != BW_OK) {
        return bw_error_set(workbook->err, status, why.os_errno, "%s", why.text);
    }
    struct bw_sheet_xml xml;
    bw_sheet_xml_init(&xml, bytes, length);
    status = xml.reader == NULL && !xml.broken ? bw_workbook_no_memory(workbook)
                                               : walk(workbook, &xml);
    if (status == BW_OK && xml.broken) {
        status = bw_workbook_damaged(workbook, part);
    }
    bw_sheet_xml_finish(&xml);
    free(bytes);
    return status;
}

/* ---- texts ---- */

void
bw_workbook_text_add(struct bw_workbook_text *text, const char *more)
{
    size_t length = strlen(more);
    if (text->length + length + 1 > text->capacity) {
        size_t capacity = (text->length + length + 1) * 2;
        char *bytes = capacity <= 2 * BW_WORKBOOK_TEXT_BYTES_MAX
                          ? realloc(text->bytes, capacity)
                          : NULL;
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
void
bw_workbook_text_read(
    struct bw_workbook *workbook, struct bw_sheet_xml *xml, const char *element)
{
    struct bw_workbook_text *text = &workbook->text;
    bool here = false, aloud = false;
    text->length = 0;
    bw_workbook_text_add(text, "");
    while (bw_sheet_xml_next(xml) && !bw_sheet_xml_ends(xml, element)) {
        if (bw_sheet_xml_starts(xml, "rPh") || bw_sheet_xml_ends(xml, "rPh")) {
            aloud = xml->kind == BW_SHEET_XML_START;
        } else if (bw_sheet_xml_starts(xml, "t") || bw_sheet_xml_ends(xml, "t")) {
            here = xml->kind == BW_SHEET_XML_START;
        } else if (xml->kind == BW_SHEET_XML_TEXT && here && !aloud) {
            bw_workbook_text_add(text, xml->text);
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
        bw_workbook_text_read(workbook, xml, "si");
        if (workbook->text.failed || workbook->texts_count == TEXTS_MAX) {
            return bw_workbook_damaged(workbook, "a text");
        }
        const char **text = bw_array_more(&workbook->texts, &workbook->texts_count,
            &workbook->texts_capacity, sizeof *text);
        const char *copy = bw_arena_text(&workbook->arena, workbook->text.bytes);
        if (text == NULL || copy == NULL) {
            return bw_workbook_no_memory(workbook);
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
    char number[BW_WORKBOOK_WORD_BYTES], code[BW_WORKBOOK_WORD_BYTES];
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
            char number[BW_WORKBOOK_WORD_BYTES];
            bool *time = bw_array_more(&workbook->times, &workbook->times_count,
                &workbook->times_capacity, sizeof *time);
            if (time == NULL) {
                return bw_workbook_no_memory(workbook);
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
        char word[BW_WORKBOOK_WORD_BYTES];
        if (bw_sheet_xml_starts(xml, "workbookPr")) {
            bw_sheet_xml_attribute(xml, "date1904", word, sizeof word);
            workbook->from_1904 = strcmp(word, "1") == 0 || strcmp(word, "true") == 0;
        } else if (bw_sheet_xml_starts(xml, "sheet") &&
                   workbook->sheets_count < BW_SHEETS_MAX) {
            struct bw_workbook_sheet *sheet = &workbook->sheets[workbook->sheets_count++];
            bw_sheet_xml_attribute(xml, "state", word, sizeof word);
            sheet->hidden = word[0] != '\0' && strcmp(word, "visible") != 0;
            bw_sheet_xml_attribute(xml, "name", sheet->name, sizeof sheet->name);
            bw_sheet_xml_attribute(xml, "id", sheet->relation, sizeof sheet->relation);
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
        char relation[BW_WORKBOOK_WORD_BYTES], target[BW_WORKBOOK_WORD_BYTES];
        bw_sheet_xml_attribute(xml, "Id", relation, sizeof relation);
        bw_sheet_xml_attribute(xml, "Target", target, sizeof target);
        for (int i = 0; i < workbook->sheets_count; i++) {
            struct bw_workbook_sheet *sheet = &workbook->sheets[i];
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
        status = bw_workbook_damaged(workbook, WORKBOOK);
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

bool
bw_workbook_sheet_is_hidden(const struct bw_workbook *workbook, int sheet)
{
    return workbook->sheets[sheet].hidden;
}
