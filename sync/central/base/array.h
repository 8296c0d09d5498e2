/* Arrays that grow, for rows that are read one by one. Any thread. */
#ifndef BW_SYNC_ARRAY_H
#define BW_SYNC_ARRAY_H

#include <stddef.h>

/* Room for one more of `size` bytes, zeroed, in an array that grows by doubling. NULL
 * where there's no memory; the array is then as it was. *array is a pointer to the
 * elements. */
void *bw_array_more(void *array, size_t *count, size_t *room, size_t size);

#endif
