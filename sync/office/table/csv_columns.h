/* Which column of a file is which field: by heading, Dutch or English, or by --map. Any
 * thread. */
#ifndef BW_SYNC_CSV_COLUMNS_H
#define BW_SYNC_CSV_COLUMNS_H

#include "office/table/csv_table.h"

#include <stdbool.h>

enum { BW_FIELDS_MAX = 24 };

/* A field that a kind of file has.
 * Headings are compared as heading.h does. */
struct bw_field {
    const char *name;     /* as in --map */
    const char *headings; /* "emailadres email ~mail", as heading.h has them */
    const char *shown;    /* "E-mailadres", for sentences */
    bool is_time;         /* its cells are dates and times */
    bool first_wins;      /* of two columns that mean it the first one counts */
    char holds;           /* stands in most cells of an unknown column: '@'; 0: nothing */
};

/* Two columns of one field whose words differ. */
struct bw_columns_twins {
    int field, columns[2];
};

struct bw_columns {
    int of[BW_FIELDS_MAX]; /* column of each field; -1 where there's none */
    /* by column: another that means the same and is read where this one is blank; -1:
     * none. No row has both, with different words. */
    int next[BW_CSV_COLUMNS_MAX];
    bool given[BW_FIELDS_MAX]; /* by --map, be it as none ("-") */
    /* of a field without a column: a heading that looks like it, borrowed from the table;
     * NULL: none */
    const char *near[BW_FIELDS_MAX];
    int ignored_count;
    int ignored[BW_CSV_COLUMNS_MAX];
    struct bw_columns_twins twins; /* bw_columns_find_twins alone says it */
};

/* How many fields the row of a table has that knows most of them, among its first rows:
 * its heading, wherever it stands. */
int bw_columns_known(const struct bw_csv_table *table, const struct bw_field *fields);

/* Makes the row that knows most fields the heading, where a title or notes stand above it
 * (two fields at least, and more than the first row). The lines above are passed over:
 * *ret_lines is how many, 0 where the first row it is. */
void bw_columns_settle_heading(
    struct bw_csv_table *table, const struct bw_field *fields, int32_t *ret_lines);

/* What the heading says, as one text, before it is settled: a title, where one stands
 * above it. Cut where it's more than `bytes` hold. Can't fail. */
void bw_columns_title(const struct bw_csv_table *table, char *ret_text, size_t bytes);

/* Finds the fields (a table that ends with a row without name). All that is given is
 * borrowed for the call; `file` is its name, for sentences. A --map is FIELD=HEADING,
 * FIELD=HEADING#2 for the second of that name, FIELD=- where there's none; FIELD is its
 * name or one of its headings. BW_BAD_INPUT for a --map that names no field or no
 * heading, or a field twice; for two columns of one field whose words differ; and where
 * no heading at all is known. */
BW_NODISCARD enum bw_status bw_columns_find(const struct bw_csv_table *table,
    const char *file, const struct bw_field *fields, const char *const *maps,
    int maps_count, struct bw_columns *ret_columns, struct bw_error *err);

/* Whether bw_columns_find, asked the same, refuses two such: which, and the columns as
 * far as they were found. */
bool bw_columns_find_twins(const struct bw_csv_table *table,
    const struct bw_field *fields, const char *const *maps, int maps_count,
    struct bw_columns *ret_columns, struct bw_columns_twins *ret_twins);

/* A column's heading as --map takes it, for sentences and answers: "School#2" where one
 * before it has the same. `bytes` is 32 at least; a longer heading is cut, and no answer
 * then. Can't fail. */
void bw_columns_shown(
    const struct bw_csv_table *table, int column, char *ret_text, size_t bytes);

/* A row's cell of a field; of several columns that mean it the one that isn't blank. ""
 * where there's none. Borrowed from the table. */
const char *bw_columns_cell(const struct bw_columns *columns,
    const struct bw_csv_table *table, const struct bw_csv_row *row, int field);

/* BW_BAD_INPUT where field `field` has no column: says how to give it one. */
BW_NODISCARD enum bw_status bw_columns_require(const struct bw_columns *columns,
    const char *file, const struct bw_field *fields, int field, struct bw_error *err);

#endif
