/* CSV as Excel opens it by a double click, in the language that it speaks: UTF-8 that it
 * knows as such, and the separator that it expects. Cells are bw_csv_cell's. One thread;
 * what can't be written shows in the file, which stays open. */
#ifndef BW_SYNC_CSV_ROW_H
#define BW_SYNC_CSV_ROW_H

#include "central/base/wording.h"

#include <stddef.h>
#include <stdio.h>

/* What the Excel of that language opens by a double click has between its cells: Dutch a
 * semicolon, as its comma is in numbers. */
char bw_csv_row_separator(enum bw_wording_language excel);

/* What tells Excel that a file is UTF-8. */
void bw_csv_row_begin(FILE *file);
/* A line of cells as Excel reads it, ended by CR and LF. */
void bw_csv_row_write(FILE *file, char separator, const char *const *cells, size_t count);

#endif
