/* A file as a table, whatever program wrote it: CSV, an XLSX workbook, or a ZIP archive
 * with one of these in it, as Google Forms gives it. Any thread. */
#ifndef BW_SYNC_TABLE_FILE_H
#define BW_SYNC_TABLE_FILE_H

#include "office/table/csv_columns.h"
#include "office/table/csv_table.h"

enum { BW_TABLE_PASSED_BYTES = 256 };

/* Sheets that hold something, for a word about them. */
struct bw_table_sheets {
    char names[BW_TABLE_PASSED_BYTES]; /* commas between, cut where many; "": none */
    bool forms; /* one of them has a heading of such a file: two fields or more */
};

/* What else a file held. */
struct bw_table_passed {
    char chosen[BW_TABLE_PASSED_BYTES]; /* the sheet that was read; "": no workbook */
    struct bw_table_sheets others;
    struct bw_table_sheets hidden; /* by who made the workbook; never read */
};

/* Whether a file's name is that of a table, or of an archive that may hold one. */
bool bw_table_file_is_named(const char *name);

enum {
    BW_TABLE_MEMBERS_MAX = 200, /* files of an archive */
    BW_TABLE_UNPACKED_MB = 500, /* all of them together */
};

/* BW_BAD_INPUT for an archive of files with more than that, as far as it says; all else
 * is BW_OK, what can't be read too. */
BW_NODISCARD enum bw_status bw_table_file_limit(
    const unsigned char *bytes, size_t length, const char *name, struct bw_error *err);

/* What a file is that is no table, and what to do; NULL where nothing is known of it.
 * Static: nobody frees it. */
const char *bw_table_file_why(
    const unsigned char *bytes, size_t length, const char *name);

/* False ends the walk; `member` is borrowed for the call. `alone`: it is the only one. */
typedef bool bw_table_file_member(const char *member, bool alone, void *context);

/* Walks the tables of an archive; all else has none. */
void bw_table_file_members(const unsigned char *bytes, size_t length, const char *name,
    bw_table_file_member *each, void *context);

/* False ends the walk; all is borrowed for the call. */
typedef bool bw_table_file_sheet(
    const char *sheet, const struct bw_csv_table *table, void *context);

/* False ends the walk; `why` as bw_table_file_why says. */
typedef bool bw_table_file_other_each(const char *member, const char *why, void *context);

/* Walks the files of an archive that are no tables; what Macs and others put beside is
 * none of them. A workbook, and all else, has none. */
void bw_table_file_others(const unsigned char *bytes, size_t length, const char *name,
    bw_table_file_other_each *each, void *context);

/* Between an archive's member, a workbook, and a sheet of it, where that is meant. */
#define BW_TABLE_SHEET_MARK '\n'

/* Walks the sheets of a workbook that show, and whose heading knows two of `fields` or
 * more; all else, and one that can't be read, has none. The table's heading isn't
 * settled yet. `member`: NULL, or the workbook of an archive. */
void bw_table_file_sheets(const unsigned char *bytes, size_t length, const char *name,
    const char *member, const struct bw_field *fields, bw_table_file_sheet *each,
    void *context);

/* Whether a file's name says that it lies beside those that people mean. */
bool bw_table_file_is_beside(const char *name);

/* Reads it, or of an archive `member` (NULL: the only table in it), or of a workbook the
 * sheet of that name; of a workbook in an archive one behind BW_TABLE_SHEET_MARK. Of
 * several sheets, where none is named, the one counts that shows and whose heading has
 * most of `fields`; *ret_passed names others that hold something, and the hidden ones:
 * all of them, or beside one that was named the forms.
 * bw_csv_table_finish frees *ret_table. BW_BAD_INPUT with one sentence: what it is
 * instead, that an archive has several tables, or that each sheet is hidden.
 * BW_NOT_FOUND: no such sheet. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_table_file_read(const unsigned char *bytes, size_t length,
    const char *name, const char *member, const struct bw_field *fields,
    struct bw_csv_table *ret_table, struct bw_table_passed *ret_passed,
    struct bw_error *err);

#endif
