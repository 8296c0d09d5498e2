/* People of one circle as a list for Excel (.xlsx). One thread. */
#ifndef BW_SYNC_REPORT_LIST_H
#define BW_SYNC_REPORT_LIST_H

#include "report/book/book.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Borrowed. */
struct bw_report_list_row {
    const struct bw_book_person *person;
    const char *state; /* how they stand, in words */
    const char *also;  /* another circle where they have a place; "" */
};

/* Writes a sheet with a row for each, in this order, fit to be printed on A4, as one file
 * (mode 0600); times are by the clocks of the book's venue. BW_FULL for more than a sheet
 * holds, BW_NO_MEMORY, BW_IO; the errors of bw_output_open. */
BW_NODISCARD enum bw_status bw_report_list_write(const struct bw_book *book,
    const struct bw_report_list_row *rows, size_t count,
    enum bw_wording_language language, const char *path, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
