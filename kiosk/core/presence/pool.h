/* Memory for what a presence keeps to its end: small pieces side by side in blocks, with
 * nothing between them, given back all at once. Core alone; one thread at a time. A
 * zeroed pool is an empty one. */
#ifndef BW_CORE_PRESENCE_POOL_H
#define BW_CORE_PRESENCE_POOL_H

#include <stddef.h>

enum { BW_POOL_PIECE_BYTES = 1024 }; /* the most that one piece takes */

struct pool_block;

struct pool {
    struct pool_block *blocks; /* the newest first; owned */
    size_t used_bytes;         /* of the newest */
};

/* A zeroed piece of so many bytes, aligned for pointers and numbers; the pool's own. NULL
 * where memory is used up. */
void *bw_presence_pool_take(struct pool *pool, size_t bytes);

/* Frees every piece, and leaves the pool empty. */
void bw_presence_pool_finish(struct pool *pool);

#endif
