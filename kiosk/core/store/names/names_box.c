/* A registration's names in a box: see names.h.
 *
 * nonce (24), then the texts under the row's key; associated data is "BWN1", the store's
 * id, session number (4) and code (8): a box doesn't fit another row or another store.
 *
 * Whoever can write to the file can seal to its pair, so what a box holds is looked at as
 * anything from outside. */
#include "names.h"

#include "core/base/wire.h"
#include "core/store/row.h"

#include <brugwachter/text.h>
#include <sodium.h>
#include <string.h>

enum {
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    CONTEXT_BYTES = 4 + BW_STORE_ID_BYTES + 4 + 8,
};

_Static_assert(
    NONCE_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES == NAMES_BOX_MORE_BYTES &&
        NAMES_KEY_BYTES + crypto_box_SEALBYTES == NAMES_KEY_BOX_BYTES,
    "rooms as the header says");

static const struct {
    size_t offset, chars_max;
} fields[] = {
    {offsetof(struct bw_person, first_name), BW_NAME_CHARS},
    {offsetof(struct bw_person, name), BW_NAME_CHARS},
    {offsetof(struct bw_person, school), BW_TITLE_CHARS},
    {offsetof(struct bw_person, table), BW_NAME_CHARS},
    {offsetof(struct bw_person, attention), BW_NAME_CHARS},
};

enum { FIELDS_COUNT = sizeof fields / sizeof fields[0] };

size_t
bw_store_names_encode(
    const struct bw_person *person, uint8_t ret_bytes[NAMES_PERSON_BYTES_MAX])
{
    struct wire_writer writer = {ret_bytes};
    size_t padded = 0;
    for (int i = 0; i < FIELDS_COUNT; i++) {
        const char *text = (const char *)person + fields[i].offset;
        size_t length = strlen(text);
        wire_put(&writer, 2, length);
        wire_put_bytes(&writer, text, length);
    }
    (void)sodium_pad(&padded, ret_bytes, (size_t)(writer.at - ret_bytes), NAMES_PAD_BYTES,
        NAMES_PERSON_BYTES_MAX);
    return padded;
}

bool
bw_store_names_decode(const uint8_t *bytes, size_t length, struct bw_person *inout_person)
{
    struct wire_reader reader = {.at = bytes};
    struct bw_person person = *inout_person;
    if (sodium_unpad(&reader.left, bytes, length, NAMES_PAD_BYTES) != 0) {
        return false;
    }
    for (int i = 0; i < FIELDS_COUNT; i++) {
        char text[BW_TITLE_BYTES] = "";
        size_t count = (size_t)wire_get(&reader, 2);
        if (count > fields[i].chars_max * 4) {
            return false;
        }
        wire_get_bytes(&reader, text, count);
        if (reader.short_of || strlen(text) != count) {
            return false;
        }
        bw_text_defuse(text, '?');
        strcpy((char *)&person + fields[i].offset, text);
    }
    if (reader.left != 0) {
        return false;
    }
    *inout_person = person;
    return true;
}

static void
context_of(const struct bw_store *store, const struct bw_registration *registration,
    uint8_t ret_context[CONTEXT_BYTES])
{
    struct wire_writer writer = {ret_context};
    wire_put_bytes(&writer, "BWN1", 4);
    wire_put_bytes(&writer, store->id, sizeof store->id);
    wire_put(&writer, 4, registration->session_no);
    wire_put(&writer, 8, registration->code);
}

/* The key that this transaction's rows are sealed with, made at the first. */
static enum bw_status
row_key(struct bw_store *store, struct bw_error *err)
{
    struct names_row_key *row = &store->names.row;
    uint8_t box[NAMES_KEY_BOX_BYTES];
    if (row->id != 0) {
        return BW_OK;
    }
    struct names_row_key made = {0};
    randombytes_buf(&made, sizeof made);
    made.id = (int64_t)((uint64_t)made.id >> 1 | 1); /* above 0: never that of another */
    bw_store_names_key_box(store, made.key, box);
    enum bw_status status =
        bw_store_run(store, SQL_NAMES_KEY_PUT, err, "ib", made.id, box, sizeof box);
    if (status == BW_OK) {
        *row = made;
    }
    sodium_memzero(&made, sizeof made);
    return status;
}

enum bw_status
bw_store_names_box(struct bw_store *store, struct bw_registration *inout_registration,
    struct names_box *ret_box, struct bw_error *err)
{
    uint8_t plain[NAMES_PERSON_BYTES_MAX], context[CONTEXT_BYTES];
    struct bw_person *person = &inout_registration->person;
    ret_box->key = 0;
    ret_box->bytes = 0;
    if (!store->names.sealed) {
        return BW_OK;
    }
    enum bw_status status = row_key(store, err);
    if (status != BW_OK) {
        return status;
    }
    size_t length = bw_store_names_encode(person, plain);
    context_of(store, inout_registration, context);
    randombytes_buf(ret_box->box, NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(ret_box->box + NONCE_BYTES, NULL,
        plain, length, context, sizeof context, NULL, ret_box->box, store->names.row.key);
    sodium_memzero(plain, sizeof plain);
    ret_box->key = store->names.row.id;
    ret_box->bytes = length + NAMES_BOX_MORE_BYTES;
    for (int i = 0; i < FIELDS_COUNT; i++) {
        ((char *)person)[fields[i].offset] = '\0';
    }
    return BW_OK;
}

/* Opens a row's key, once. BW_CORRUPT where there's none, or it is another pair's. */
static enum bw_status
key_of(struct bw_store *store, int64_t id, const uint8_t **ret_key, struct bw_error *err)
{
    struct bw_names_key *open = store->names.key;
    for (int i = 0; i < NAMES_KEYS_KNOWN; i++) {
        if (open->known[i].id == id) {
            *ret_key = open->known[i].key;
            return BW_OK;
        }
    }
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    uint8_t box[NAMES_KEY_BOX_BYTES];
    struct names_row_key *place = &open->known[open->next % NAMES_KEYS_KNOWN];
    enum bw_status status = bw_store_query(store, SQL_NAMES_KEY, &stmt, err, "i", id);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_NAMES_KEY, stmt, &row, err);
    }
    if (status != BW_OK) {
        return status;
    }
    place->id = 0;
    if (!row || !bw_store_column_bytes(stmt, 0, box, sizeof box) ||
        !bw_store_names_key_unbox(store, box, place->key)) {
        return bw_store_damaged(store, "the key of a name", err);
    }
    place->id = id;
    open->next++;
    *ret_key = place->key;
    return BW_OK;
}

enum bw_status
bw_store_names_unbox(struct bw_store *store, int64_t key, const uint8_t *box,
    size_t bytes, struct bw_registration *inout_registration, struct bw_error *err)
{
    uint8_t plain[NAMES_PERSON_BYTES_MAX], context[CONTEXT_BYTES];
    const uint8_t *by = NULL;
    if (key == 0 || store->names.key == NULL) {
        return BW_OK;
    }
    enum bw_status status = key_of(store, key, &by, err);
    if (status != BW_OK) {
        return status;
    }
    context_of(store, inout_registration, context);
    bool opened =
        bytes >= NAMES_BOX_MORE_BYTES && bytes <= NAMES_BOX_BYTES_MAX &&
        crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, box + NONCE_BYTES,
            bytes - NONCE_BYTES, context, sizeof context, box, by) == 0 &&
        bw_store_names_decode(
            plain, bytes - NAMES_BOX_MORE_BYTES, &inout_registration->person);
    sodium_memzero(plain, sizeof plain);
    return opened ? BW_OK : bw_store_damaged(store, "a name", err);
}

void
bw_store_names_key_box(const struct bw_store *store, const uint8_t key[NAMES_KEY_BYTES],
    uint8_t ret_box[NAMES_KEY_BOX_BYTES])
{
    /* It fails for a public key of low order alone, which the file's checksum keeps out;
     * what lies there then opens for nobody. */
    randombytes_buf(ret_box, NAMES_KEY_BOX_BYTES);
    (void)crypto_box_seal(ret_box, key, NAMES_KEY_BYTES, store->names.public_key);
}

bool
bw_store_names_key_unbox(const struct bw_store *store,
    const uint8_t box[NAMES_KEY_BOX_BYTES], uint8_t ret_key[NAMES_KEY_BYTES])
{
    const struct bw_names_key *key = store->names.key;
    return key != NULL && crypto_box_seal_open(ret_key, box, NAMES_KEY_BOX_BYTES,
                              key->public_key, key->secret_key) == 0;
}

enum bw_status
bw_store_row_names(struct bw_store *store, sqlite3_stmt *stmt,
    struct bw_registration *inout_registration, struct bw_error *err)
{
    return bw_store_names_unbox(store, sqlite3_column_int64(stmt, REGISTRATION_KEY),
        sqlite3_column_blob(stmt, REGISTRATION_BOX),
        (size_t)sqlite3_column_bytes(stmt, REGISTRATION_BOX), inout_registration, err);
}
