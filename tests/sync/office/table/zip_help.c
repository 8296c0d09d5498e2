/* See zip_help.h. */
#include "zip_help.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

static void
need(int result)
{
    if (result != ARCHIVE_OK) {
        (void)fprintf(stderr, "zip_make: libarchive refuses\n");
        abort();
    }
}

void
zip_make(const struct zip_part *parts, unsigned char **ret_bytes, size_t *ret_length)
{
    size_t capacity = 64 * 1024;
    for (const struct zip_part *part = parts; part->name; part++) {
        capacity += 1024 + (part->length ? part->length : strlen(part->bytes));
    }
    unsigned char *bytes = malloc(capacity);
    struct archive *archive = archive_write_new();
    if (!bytes || !archive) {
        abort();
    }
    need(archive_write_set_format_zip(archive));
    need(archive_write_open_memory(archive, bytes, capacity, ret_length));
    for (const struct zip_part *part = parts; part->name; part++) {
        size_t length = part->length ? part->length : strlen(part->bytes);
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, part->name);
        archive_entry_set_size(entry, (la_int64_t)length);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        need(archive_write_header(archive, entry));
        (void)archive_write_data(archive, part->bytes, length);
        archive_entry_free(entry);
    }
    need(archive_write_close(archive));
    need(archive_write_free(archive));
    *ret_bytes = bytes;
}

void
workbook_make(
    const char *rows, const char *settings, unsigned char **ret_bytes, size_t *ret_length)
{
    char *sheet = NULL, *workbook = NULL;
    if (asprintf(&sheet,
            "<worksheet xmlns='" MAIN "'><sheetData>%s</sheetData></worksheet>",
            rows) < 0 ||
        asprintf(&workbook,
            "<workbook xmlns='" MAIN "' xmlns:r='http://r'><workbookPr %s/><sheets>"
            "<sheet name='Blad1' sheetId='1' r:id='rId1'/></sheets></workbook>",
            settings) < 0) {
        abort();
    }
    const struct zip_part parts[] = {
        {"xl/workbook.xml", workbook, 0},
        {"xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/>"
            "</Relationships>",
            0},
        {"xl/styles.xml",
            "<styleSheet xmlns='" MAIN "'><numFmts><numFmt numFmtId='164' "
            "formatCode='d\\-m\\-yyyy\\ h:mm:ss'/><numFmt numFmtId='165' "
            "formatCode='[Red]0\"dag\"'/></numFmts><cellStyleXfs><xf numFmtId='14'/>"
            "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
            "<xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='20'/></cellXfs>"
            "</styleSheet>",
            0},
        {"xl/sharedStrings.xml",
            "<sst xmlns='" MAIN "'><si><t>nul</t></si><si><t xml:space='preserve'>één</t>"
            "</si><si><r><t>tw</t></r><r><rPr><b/></rPr><t>ee</t></r><rPh sb='0' eb='1'>"
            "<t>toe</t></rPh></si></sst>",
            0},
        {"xl/worksheets/sheet1.xml", sheet, 0},
        {NULL, NULL, 0},
    };
    zip_make(parts, ret_bytes, ret_length);
    free(sheet);
    free(workbook);
}
