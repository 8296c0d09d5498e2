/* What the organiser said of a session's arrivals, put into its book. One thread. */
#ifndef BW_SYNC_BOOK_RULINGS_H
#define BW_SYNC_BOOK_RULINGS_H

#include "report/book/book.h"

/* Of table ruling, as office/ruling.h writes it: the last two with the number of a
 * conflict's kind added. */
enum bw_book_ruling {
    BW_BOOK_RULING_IS = 1,
    BW_BOOK_RULING_OUT,
    BW_BOOK_RULING_OTHER = 4,
    BW_BOOK_RULING_UNKNOWN = 16,
    BW_BOOK_RULING_STANDS = 48,
};

/* B5: to be called once the events are read, and before anything else of the book is made
 * of them. What the database answers. */
BW_NODISCARD enum bw_status bw_book_rulings_take(
    struct bw_central *central, struct bw_book *book, struct bw_error *err);

#endif
