/* Long lists in pages: see paging.h. */
#include "web/page/part/paging.h"

#include <stdlib.h>

enum { PAGES_MAX = 1000000 };

size_t
bw_web_paging_asked(const struct bw_web_visit *visit)
{
    long number = strtol(bw_web_request_asked(visit->request, "blad"), NULL, 10);
    return number > 1 && number <= PAGES_MAX ? (size_t)number - 1 : 0;
}

size_t
bw_web_paging_count(size_t count, size_t each)
{
    return count > each ? (count + each - 1) / each : 1;
}

json_t *
bw_web_paging_rows(json_t *list, size_t page, size_t each)
{
    json_t *rows = list != NULL ? json_array() : NULL;
    size_t count = json_array_size(list);
    for (size_t i = page * each; i < count && i < (page + 1) * each; i++) {
        bw_web_add(&rows, json_incref(json_array_get(list, i)));
    }
    json_decref(list);
    return rows;
}

json_t *
bw_web_paging_model(size_t page, size_t pages)
{
    return pages <= 1 ? json_false()
                      : json_pack("{s:I, s:I, s:I, s:I}", "page", (json_int_t)page + 1,
                            "pages", (json_int_t)pages, "earlier", (json_int_t)page,
                            "later", (json_int_t)(page + 1 < pages ? page + 2 : 0));
}
