/* The secret keys that a central database has in use: see keys_in_use.h. */
#include "central/keys_in_use.h"

#include <assert.h>
#include <string.h>

struct filtering {
    const struct bw_keys *all;
    struct bw_keys *kept;
};

static bool
on_key_in_use(const struct bw_sql_value *columns, int count, void *context)
{
    struct filtering *f = context;
    assert(count == 2);
    for (int i = 0; i < f->all->count && f->kept->count < BW_KEYS_MAX; i++) {
        const struct bw_signing_key *key = &f->all->keys[i];
        if (key->key == columns[0].number && columns[1].bytes == BW_PUBLIC_KEY_BYTES &&
            memcmp(key->public_key, columns[1].blob, BW_PUBLIC_KEY_BYTES) == 0) {
            f->kept->keys[f->kept->count++] = *key;
        }
    }
    return true;
}

/* Also where nothing is written down: a database from before there were such pairs. */
static bool
on_organiser(const struct bw_sql_value *columns, int count, void *context)
{
    const struct bw_keys **keys = context;
    assert(count == 1);
    if (columns[0].bytes == BW_PUBLIC_KEY_BYTES &&
        memcmp((*keys)->sign_public, columns[0].blob, BW_PUBLIC_KEY_BYTES) != 0) {
        *keys = NULL;
    }
    return false;
}

static enum bw_status
stranger_refuse(const struct bw_central *central, const char *path, struct bw_error *err)
{
    return bw_error_set(err, BW_REFUSED, 0,
        "reading the secret keys: %s doesn't belong to %s; put its own key file back",
        path, bw_central_name(central));
}

enum bw_status
bw_keys_of_organiser(struct bw_central *central, const char *path,
    struct bw_keys *ret_keys, struct bw_error *err)
{
    if (path[0] == '\0') {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "reading the secret keys: it isn't known where "
            "they lie; give --key-file FILE");
    }
    struct bw_keys keys;
    enum bw_status status = bw_keys_load(path, &keys, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_keys *own = &keys;
    status = bw_central_run(
        central, "SELECT sign_public FROM central", NULL, 0, on_organiser, &own, err);
    if (status == BW_OK && own == NULL) {
        status = stranger_refuse(central, path, err);
    }
    if (status == BW_OK) {
        *ret_keys = keys;
    }
    bw_keys_finish(&keys);
    return status;
}

enum bw_status
bw_keys_in_use(struct bw_central *central, const char *path, struct bw_keys *ret_keys,
    struct bw_error *err)
{
    struct bw_keys all;
    enum bw_status status = bw_keys_of_organiser(central, path, &all, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_keys kept = all;
    kept.count = 0;
    struct filtering filtering = {.all = &all, .kept = &kept};
    status = bw_central_run(central,
        "SELECT signing_key, public FROM signing_key WHERE retired_ms IS NULL"
        " ORDER BY signing_key",
        NULL, 0, on_key_in_use, &filtering, err);
    if (status == BW_OK && kept.count == 0) {
        status = stranger_refuse(central, path, err);
    }
    if (status == BW_OK) {
        *ret_keys = kept;
    }
    bw_keys_finish(&kept);
    bw_keys_finish(&all);
    return status;
}
