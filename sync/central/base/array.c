/* Arrays that grow: see array.h. */
#include "central/base/array.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum { KEEP_BYTES = 8 * 1024 * 1024, MMAP_BYTES = 4 * 1024 * 1024 };

void
bw_memory_keep(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, MMAP_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, KEEP_BYTES);
}

void *
bw_array_more(void *array, size_t *count, size_t *capacity, size_t size)
{
    void *items;
    /* `array` is the address of a pointer of any type; C wants such copied by bytes */
    memcpy(&items, array, sizeof items);
    if (*count == *capacity) {
        size_t more = *capacity ? *capacity * 2 : 16;
        void *bigger = reallocarray(items, more, size);
        if (!bigger) {
            return NULL;
        }
        items = bigger;
        memcpy(array, &items, sizeof items);
        *capacity = more;
    }
    void *place = (char *)items + *count * size;
    memset(place, 0, size);
    ++*count;
    return place;
}
