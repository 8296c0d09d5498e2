/* The pool of presence: see pool.h. */
#include "pool.h"

#include <assert.h>
#include <stdlib.h>

/* A block and what the library puts before it fill a page. */
enum { BLOCK_BYTES = 4096 - 2 * sizeof(void *), UNIT_BYTES = sizeof(void *) };

struct pool_block {
    struct pool_block *next;
    unsigned char bytes[BLOCK_BYTES - sizeof(struct pool_block *)];
};

static_assert(_Alignof(struct pool_block) >= _Alignof(long long), "pieces are aligned");
static_assert(BW_POOL_PIECE_BYTES <= sizeof(((struct pool_block *)0)->bytes),
    "a piece fits a block");

void *
bw_presence_pool_take(struct pool *pool, size_t bytes)
{
    assert(bytes <= BW_POOL_PIECE_BYTES);
    size_t whole = (bytes + UNIT_BYTES - 1) / UNIT_BYTES * UNIT_BYTES;
    if (pool->blocks == NULL || sizeof pool->blocks->bytes - pool->used_bytes < whole) {
        struct pool_block *block = calloc(1, sizeof *block);
        if (block == NULL) {
            return NULL;
        }
        block->next = pool->blocks;
        pool->blocks = block;
        pool->used_bytes = 0;
    }
    void *piece = pool->blocks->bytes + pool->used_bytes;
    pool->used_bytes += whole;
    return piece;
}

void
bw_presence_pool_finish(struct pool *pool)
{
    while (pool->blocks != NULL) {
        struct pool_block *next = pool->blocks->next;
        free(pool->blocks);
        pool->blocks = next;
    }
    pool->used_bytes = 0;
}
