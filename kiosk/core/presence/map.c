/* The map of presence: see map.h. */
#include "map.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

enum { FIRST_SIZE = 64 };

void
bw_presence_map_init(struct map *map)
{
    *map = (struct map){0};
    crypto_shorthash_keygen(map->key);
}

void
bw_presence_map_finish(struct map *map)
{
    free(map->slots);
    *map = (struct map){0};
}

static struct map_slot *
find(const struct map *map, uint64_t a, uint64_t b)
{
    const uint64_t key[2] = {a, b};
    uint64_t hash;
    (void)crypto_shorthash((uint8_t *)&hash, (const uint8_t *)key, sizeof key, map->key);
    size_t at = (size_t)hash & (map->size - 1);
    while (map->slots[at].value != NULL &&
           (map->slots[at].a != a || map->slots[at].b != b)) {
        at = (at + 1) & (map->size - 1);
    }
    return &map->slots[at];
}

void *
bw_presence_map_get(const struct map *map, uint64_t a, uint64_t b)
{
    return map->size == 0 ? NULL : find(map, a, b)->value;
}

bool
bw_presence_map_reserve(struct map *map)
{
    if ((map->count + 1) * 2 <= map->size) {
        return true;
    }
    struct map wider = *map;
    wider.size = map->size == 0 ? FIRST_SIZE : map->size * 2;
    wider.slots = calloc(wider.size, sizeof *wider.slots);
    if (wider.slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < map->size; i++) {
        if (map->slots[i].value != NULL) {
            *find(&wider, map->slots[i].a, map->slots[i].b) = map->slots[i];
        }
    }
    free(map->slots);
    *map = wider;
    return true;
}

void
bw_presence_map_put(struct map *map, uint64_t a, uint64_t b, void *value)
{
    assert(value != NULL && (map->count + 1) * 2 <= map->size);
    struct map_slot *slot = find(map, a, b);
    assert(slot->value == NULL);
    *slot = (struct map_slot){.a = a, .b = b, .value = value};
    map->count++;
}
