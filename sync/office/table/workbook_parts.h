/* What workbook.c and workbook_rows.c share: an open workbook, and the texts of its
 * cells. Nobody else's. One thread. */
#ifndef BW_SYNC_WORKBOOK_PARTS_H
#define BW_SYNC_WORKBOOK_PARTS_H

#include "office/table/sheet_xml.h"
#include "office/table/workbook.h"

enum {
    BW_WORKBOOK_PART_BYTES_MAX = 200 * 1024 * 1024,
    BW_WORKBOOK_TEXT_BYTES_MAX = 64 * 1024, /* of a cell; Excel has 32,767 characters */
    BW_WORKBOOK_WORD_BYTES = 128,
};

struct bw_workbook_sheet {
    char name[BW_SHEET_NAME_BYTES];
    char relation[BW_WORKBOOK_WORD_BYTES];
    char part[2 * BW_WORKBOOK_WORD_BYTES];
    bool hidden;
};

/* A text on its way, out of several pieces. */
struct bw_workbook_text {
    char *bytes;
    size_t length, capacity;
    bool failed; /* no memory, or too long */
};

struct bw_workbook {
    struct bw_archive *archive;
    const char *file;
    struct bw_workbook_sheet sheets[BW_SHEETS_MAX];
    int sheets_count;
    bool from_1904;
    bool *times; /* by style: whether its numbers are dates or hours */
    size_t times_count, times_capacity;
    const char **texts;
    size_t texts_count, texts_capacity;
    struct bw_arena arena;
    struct bw_workbook_text text;
    struct bw_error *err; /* of the call that is at work */
};

/* What to answer without memory, and where `part` isn't as it should be: BW_NO_MEMORY,
 * BW_BAD_INPUT, said in the workbook's `err`. */
enum bw_status bw_workbook_no_memory(const struct bw_workbook *workbook);
enum bw_status bw_workbook_damaged(const struct bw_workbook *workbook, const char *part);

/* Adds to a text, or marks it as failed. */
void bw_workbook_text_add(struct bw_workbook_text *text, const char *more);

/* Reads into the workbook's text what stands in the t elements up to the end of
 * `element`; how it is said aloud (rPh) isn't part of it. `xml` is
 * borrowed, and stands behind the element then. */
void bw_workbook_text_read(
    struct bw_workbook *workbook, struct bw_sheet_xml *xml, const char *element);

#endif
