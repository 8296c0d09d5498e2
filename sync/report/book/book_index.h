/* Look-ups of a book in log n: who a code is, which event a number is. One thread. */
#ifndef BW_SYNC_BOOK_INDEX_H
#define BW_SYNC_BOOK_INDEX_H

#include "report/book/book.h"

/* Sorts keys of `book`, whose rows must all be there and stay at their place until
 * bw_book_index_close; marks what is annulled. False without memory. */
BW_NODISCARD bool bw_book_index_make(
    struct bw_book *book, struct bw_book_index **ret_index);
void bw_book_index_close(struct bw_book_index *index);

#endif
