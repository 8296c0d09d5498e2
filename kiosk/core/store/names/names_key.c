/* The pair in memory, and the keys of rows: see names.h. */
#include "names.h"

#include <sodium.h>
#include <string.h>

struct bw_names_key *
bw_store_names_key_new(void)
{
    struct bw_names_key *key = sodium_malloc(sizeof *key);
    if (key != NULL) {
        memset(key, 0, sizeof *key);
    }
    return key;
}

void
bw_store_names_drop(struct bw_names_key *key)
{
    sodium_free(key); /* wipes; NULL is fine */
}

enum bw_status
bw_store_names_load(struct bw_store *store, struct bw_error *err)
{
    struct store_names *names = &store->names;
    uint8_t public_key[NAMES_KEY_BYTES] = {0};
    bool sealed = false;
    enum bw_status status = bw_store_get_bytes(
        store, NAMES_PUBLIC, public_key, sizeof public_key, &sealed, err);
    if (status != BW_OK) {
        return status;
    }
    names->sealed = sealed;
    memcpy(names->public_key, public_key, sizeof public_key);
    if (names->key != NULL &&
        memcmp(names->key->public_key, public_key, sizeof public_key) != 0) {
        bw_store_names_lock(store);
    }
    return BW_OK;
}

enum bw_status
bw_store_names(struct bw_store *store, enum bw_names *ret_names, struct bw_error *err)
{
    enum bw_status status = bw_store_names_load(store, err);
    if (status == BW_OK) {
        *ret_names = !store->names.sealed       ? BW_NAMES_CLEAR
                     : store->names.key != NULL ? BW_NAMES_OPEN
                                                : BW_NAMES_LOCKED;
    }
    return status;
}

void
bw_store_names_lock(struct bw_store *store)
{
    bw_store_names_index_drop(store);
    bw_store_names_drop(store->names.key);
    store->names.key = NULL;
}

struct bw_names_key *
bw_store_names_take(struct bw_store *store)
{
    struct bw_names_key *key = store->names.key;
    store->names.key = NULL;
    bw_store_names_index_drop(store);
    return key;
}

void
bw_store_names_give(struct bw_store *store, struct bw_names_key *key)
{
    struct store_names *names = &store->names;
    if (key == NULL || bw_store_names_load(store, NULL) != BW_OK || !names->sealed ||
        memcmp(key->public_key, names->public_key, NAMES_KEY_BYTES) != 0) {
        bw_store_names_drop(key);
        return;
    }
    bw_store_names_lock(store);
    names->key = key;
}

void
bw_store_names_finish(struct bw_store *store)
{
    bw_store_names_drop(store->names.key);
    store->names.key = NULL;
    sodium_memzero(&store->names.row, sizeof store->names.row);
}
