/* A session's kiosks: how far each one's events are here. One thread. */
#ifndef BW_SYNC_BOOK_KIOSKS_H
#define BW_SYNC_BOOK_KIOSKS_H

#include "report/book/book.h"

/* Walks the chain of each kiosk of `book`, whose rows of kiosks and whose session are
 * read, and judges it; chains that `chains` keeps (NULL: none) aren't walked again.
 * Errors: the database's. */
BW_NODISCARD enum bw_status bw_book_kiosks_read(struct bw_central *central,
    struct bw_book *book, struct bw_book_chains *chains, struct bw_error *err);

#endif
