/* Long lists in pages: ?blad=2 is the second. A list that is cut says so, and the rest of
 * it is a click away. One thread. */
#ifndef BW_WEB_PAGING_H
#define BW_WEB_PAGING_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The page that was asked for, from 0. */
size_t bw_web_paging_asked(const struct bw_web_visit *visit);

/* How many pages `count` rows are; at least 1. */
size_t bw_web_paging_count(size_t count, size_t each);

/* The rows of a page; takes the list. NULL for NULL, and without memory. */
json_t *bw_web_paging_rows(json_t *list, size_t page, size_t each);

/* For the template "paging": {"page","pages","earlier","later"}, numbers from 1, 0 for
 * none; false where one page has all. NULL without memory. */
json_t *bw_web_paging_model(size_t page, size_t pages);

#ifdef __cplusplus
}
#endif

#endif
