/* bw_sum: see sum.h. */
#include "sum.h"

#include <sodium.h>
#include <string.h>

static void
put_u64(uint8_t ret_bytes[8], uint64_t value)
{
    for (int i = 7; i >= 0; i--) {
        ret_bytes[i] = (uint8_t)value;
        value >>= 8;
    }
}

/* Type, length, content: no two rows look alike. */
static void
add_value(crypto_generichash_state *state, sqlite3_value *value)
{
    uint8_t head[9] = {(uint8_t)sqlite3_value_type(value)};
    const void *bytes = NULL;
    size_t length = 0;
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        put_u64(head + 1, (uint64_t)sqlite3_value_int64(value));
        break;
    case SQLITE_NULL:
        break;
    default:
        bytes = sqlite3_value_blob(value);
        length = (size_t)sqlite3_value_bytes(value);
        put_u64(head + 1, length);
        break;
    }
    (void)crypto_generichash_update(state, head, sizeof head);
    if (length > 0 && bytes != NULL) {
        (void)crypto_generichash_update(state, bytes, length);
    }
}

static void
on_sum(sqlite3_context *context, int count, sqlite3_value **values)
{
    const struct bw_store *store = sqlite3_user_data(context);
    uint8_t sum[STORE_SUM_BYTES];
    crypto_generichash_state state;
    (void)crypto_generichash_init(
        &state, store->sum_key, sizeof store->sum_key, sizeof sum);
    for (int i = 0; i < count; i++) {
        add_value(&state, values[i]);
    }
    (void)crypto_generichash_final(&state, sum, sizeof sum);
    sqlite3_result_blob(context, sum, sizeof sum, SQLITE_TRANSIENT);
}

enum bw_status
bw_store_sum_register(struct bw_store *store, struct bw_error *err)
{
    /* Only in statements of ours, never from within a file's own schema. */
    int rc = sqlite3_create_function_v2(store->db, "bw_sum", -1,
        SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, store, on_sum, NULL, NULL,
        NULL);
    return rc == SQLITE_OK ? BW_OK : bw_store_fail(store, rc, "Opening the store", err);
}
