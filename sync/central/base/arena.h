/* Texts that live and die together: a file's cells, a form's sign-ups. One thread. */
#ifndef BW_SYNC_ARENA_H
#define BW_SYNC_ARENA_H

#include <stddef.h>

struct bw_arena_block;

/* A zeroed one is empty. */
struct bw_arena {
    struct bw_arena_block *newest;
};

/* Frees all of them. NULL and a zeroed one are fine. */
void bw_arena_finish(struct bw_arena *arena);

/* A copy with a NUL behind it, at its place until bw_arena_finish;
 * NULL without memory. */
const char *bw_arena_copy(struct bw_arena *arena, const char *text, size_t length);
const char *bw_arena_text(struct bw_arena *arena, const char *text);

#endif
