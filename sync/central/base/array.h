/* Memory: arrays that grow, for rows that are read one by one, and what is kept of it.
 * Any thread. */
#ifndef BW_SYNC_ARRAY_H
#define BW_SYNC_ARRAY_H

#include <stddef.h>

/* Room for one more of `size` bytes, zeroed, in an array that grows by doubling. NULL
 * where there's no memory; the array is then as it was. *array is a pointer
 * to the elements. */
void *bw_array_more(void *array, size_t *count, size_t *capacity, size_t size);

/* For main, before anything else: what one session's rows needed is kept for the next
 * one's. glibc would give it back and fault it in anew for each of a series, which costs
 * as much as reading them. */
void bw_memory_keep(void);

#endif
