/* Texts that live and die together: see arena.h. */
#include "central/base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 256 * 1024 };

struct bw_arena_block {
    struct bw_arena_block *older;
    size_t used, capacity;
    char bytes[];
};

void
bw_arena_finish(struct bw_arena *arena)
{
    struct bw_arena_block *block = arena->newest;
    while (block != NULL) {
        struct bw_arena_block *older = block->older;
        free(block);
        block = older;
    }
    arena->newest = NULL;
}

static struct bw_arena_block *
room_for(struct bw_arena *arena, size_t bytes)
{
    struct bw_arena_block *block = arena->newest;
    if (block != NULL && block->capacity - block->used >= bytes) {
        return block;
    }
    size_t capacity = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    block = malloc(sizeof *block + capacity);
    if (block != NULL) {
        *block = (struct bw_arena_block){.older = arena->newest, .capacity = capacity};
        arena->newest = block;
    }
    return block;
}

const char *
bw_arena_copy(struct bw_arena *arena, const char *text, size_t length)
{
    struct bw_arena_block *block = room_for(arena, length + 1);
    if (block == NULL) {
        return NULL;
    }
    char *copy = block->bytes + block->used;
    if (length > 0) {
        memcpy(copy, text, length);
    }
    copy[length] = '\0';
    block->used += length + 1;
    return copy;
}

const char *
bw_arena_text(struct bw_arena *arena, const char *text)
{
    return bw_arena_copy(arena, text, strlen(text));
}
