/* A hash map from two numbers to a pointer, which never loses a key. Core alone; one
 * thread at a time. It owns its slots, and none of the values; each value has its key in
 * it, so that a slot is no more than a pointer.
 *
 * Open addressing, a power of two, at most half full. Keys come from tickets and other
 * kiosks, so the hash is keyed at random: nobody can choose colliding ones. */
#ifndef BW_CORE_PRESENCE_MAP_H
#define BW_CORE_PRESENCE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_key {
    uint64_t a, b;
};

/* The key of a value. Pure. */
typedef struct map_key bw_presence_map_key_of(const void *value);

struct map {
    bw_presence_map_key_of *key_of;
    void **values; /* NULL: a free slot */
    size_t size;   /* slots: 0 or a power of two */
    size_t count;
    uint8_t key[16];
};

/* An empty map, that owns nothing yet. */
void bw_presence_map_init(struct map *map, bw_presence_map_key_of *key_of);
/* Frees the slots; the values are the caller's. A zeroed or finished one is fine. */
void bw_presence_map_finish(struct map *map);
/* The value under a key (two plain numbers, as device and seq); NULL where none is. */
void *bw_presence_map_get(const struct map *map, uint64_t a, uint64_t b);
/* Makes room for one more, so that the next bw_presence_map_put can't fail. False where
 * memory is used up. */
bool bw_presence_map_reserve(struct map *map);
/* Adds a value under its key, which stays what it is. It isn't NULL, and the key isn't in
 * the map. */
void bw_presence_map_put(struct map *map, void *value);

#endif
