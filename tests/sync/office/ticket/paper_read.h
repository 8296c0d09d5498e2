/* What was written for people, as others read it: the words of a PDF (by poppler), the
 * rows of a list for a mail merge. */
#ifndef BW_TESTS_PAPER_READ_H
#define BW_TESTS_PAPER_READ_H

#include <stddef.h>

/* The words on page `page` (from 1; 0: on all) of a PDF, in the order of reading and a
 * blank apart. Fails the test where there's no such PDF; the caller frees. */
char *paper_words(const char *path, int page);

enum { PAPER_CELL_BYTES = 160 };

/* The rows of a list of ours below its heading, of which no cell needs quotes: at most
 * `most`, each of `cells` cells, which follow one another in `ret_cells`. How many there
 * are; fails the test where the heading or a row is another. `heading` NULL: any. */
int paper_rows(const char *path, const char *heading, int cells,
    char (*ret_cells)[PAPER_CELL_BYTES], int most);

#endif
