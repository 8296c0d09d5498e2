/* What a cell of a workbook says as text (WB2 of workbook.h). Any thread; can't fail. */
#ifndef BW_SYNC_CELL_TEXT_H
#define BW_SYNC_CELL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum { BW_CELL_NUMBER_BYTES = 40 };

/* Whether a number format (ECMA-376, 18.8.30) is a date's or an hour's: by its number
 * where it is built in, else by its code; NULL: built in. */
bool bw_cell_format_is_time(int number, const char *code);

/* A day's serial number, its fraction the hour: "2025-02-10", "2025-02-10 09:12:05", or
 * below 1 "09:12". `from_1904`: as old Macs count. False: it is no such number. */
bool bw_cell_time_text(
    const char *value, bool from_1904, char ret_text[BW_CELL_NUMBER_BYTES]);

/* A number as short as it is exact: "12", "0.1", "1234567890". False: it is none. */
bool bw_cell_number_text(const char *value, char ret_text[BW_CELL_NUMBER_BYTES]);

/* Undoes _x000D_ and the like (ECMA-376, 22.9.2.19), in place. */
void bw_cell_unescape(char *inout_text);

#endif
