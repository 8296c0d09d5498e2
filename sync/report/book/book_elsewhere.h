/* Who of a session came to another one of the same time too. One thread. */
#ifndef BW_SYNC_BOOK_ELSEWHERE_H
#define BW_SYNC_BOOK_ELSEWHERE_H

#include "report/book/book.h"

/* Fills `book->elsewhere`, which the book then owns, in the snapshot that the book is
 * read in. Costs n log n of this session's rows, and the events of those sessions of the
 * same time that somebody from here is registered for. BW_NO_MEMORY, and what the
 * database answers. */
BW_NODISCARD enum bw_status bw_book_elsewhere_read(
    struct bw_central *central, struct bw_book *book, struct bw_error *err);

#endif
