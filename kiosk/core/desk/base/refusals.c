/* Refusals of the last minute: see refusals.h. */
#include "refusals.h"

#include <sodium.h>
#include <string.h>

void
bw_refusals_key(const char *text, uint8_t ret_key[REFUSAL_KEY_BYTES])
{
    (void)crypto_generichash(
        ret_key, REFUSAL_KEY_BYTES, (const unsigned char *)text, strlen(text), NULL, 0);
}

static bool
is_recent(int64_t now_ms, int64_t then_ms)
{
    return now_ms >= then_ms && now_ms - then_ms < REFUSAL_MS;
}

const struct refusal *
bw_refusals_find(const struct refusals *refusals, const uint8_t key[REFUSAL_KEY_BYTES],
    enum bw_verdict verdict, int64_t wall_ms, int64_t mono_ms)
{
    for (int i = 0; i < REFUSALS_MAX; i++) {
        const struct refusal *item = &refusals->items[i];
        if (item->event.device != 0 && item->verdict == verdict &&
            is_recent(wall_ms, item->wall_ms) && is_recent(mono_ms, item->mono_ms) &&
            memcmp(item->key, key, REFUSAL_KEY_BYTES) == 0) {
            return item;
        }
    }
    return NULL;
}

void
bw_refusals_add(struct refusals *refusals, const struct refusal *refusal)
{
    refusals->items[refusals->next] = *refusal;
    refusals->next = (refusals->next + 1) % REFUSALS_MAX;
}
