/* The map of presence: see map.h. */
#include "map.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

enum { FIRST_SIZE = 64 };

void
bw_presence_map_init(struct map *map, bw_presence_map_key_of *key_of)
{
    *map = (struct map){.key_of = key_of};
    crypto_shorthash_keygen(map->key);
}

void
bw_presence_map_finish(struct map *map)
{
    free(map->values);
    *map = (struct map){0};
}

static bool
has_key(const struct map *map, const void *value, struct map_key key)
{
    struct map_key own = map->key_of(value);
    return own.a == key.a && own.b == key.b;
}

/* Where the key's value stands, or is to stand. */
static void **
find(const struct map *map, struct map_key key)
{
    const uint64_t numbers[2] = {key.a, key.b};
    uint64_t hash;
    (void)crypto_shorthash(
        (uint8_t *)&hash, (const uint8_t *)numbers, sizeof numbers, map->key);
    size_t at = (size_t)hash & (map->size - 1);
    while (map->values[at] != NULL && !has_key(map, map->values[at], key)) {
        at = (at + 1) & (map->size - 1);
    }
    return &map->values[at];
}

void *
bw_presence_map_get(const struct map *map, uint64_t a, uint64_t b)
{
    return map->size == 0 ? NULL : *find(map, (struct map_key){a, b});
}

bool
bw_presence_map_reserve(struct map *map)
{
    if ((map->count + 1) * 2 <= map->size) {
        return true;
    }
    struct map wider = *map;
    wider.size = map->size == 0 ? FIRST_SIZE : map->size * 2;
    wider.values = calloc(wider.size, sizeof *wider.values);
    if (wider.values == NULL) {
        return false;
    }
    for (size_t i = 0; i < map->size; i++) {
        if (map->values[i] != NULL) {
            *find(&wider, map->key_of(map->values[i])) = map->values[i];
        }
    }
    free(map->values);
    *map = wider;
    return true;
}

void
bw_presence_map_put(struct map *map, void *value)
{
    assert(value != NULL && (map->count + 1) * 2 <= map->size);
    void **slot = find(map, map->key_of(value));
    assert(*slot == NULL);
    *slot = value;
    map->count++;
}
