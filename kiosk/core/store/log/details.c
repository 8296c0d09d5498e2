/* Events' details: written, read, and as letters bear them: see brugwachter/store.h and
 * store_names.h. Where the names are sealed they lie under their session's key. */
#include "core/store/roster/letter.h"
#include "core/store/names/names.h"
#include "core/store/row.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* ---- sessions' keys ---- */

enum bw_status
bw_store_names_write_details_key(struct bw_store *store, uint32_t session_no,
    const uint8_t key[BW_DETAILS_KEY_BYTES], struct bw_error *err)
{
    uint8_t box[NAMES_KEY_BOX_BYTES], lan[BW_DETAILS_KEY_BYTES];
    bool sealed = store->names.sealed;
    bw_details_lan_key(key, session_no, lan);
    if (sealed) {
        bw_store_names_key_box(store, key, box);
    }
    return bw_store_run(store, SQL_DETAILS_KEY_PUT, err, "ibib", (int64_t)session_no,
        sealed ? box : key, sealed ? sizeof box : (size_t)BW_DETAILS_KEY_BYTES,
        (int64_t)sealed, lan, sealed ? sizeof lan : (size_t)0);
}

enum bw_status
bw_store_details_key(struct bw_store *store, uint32_t session_no,
    uint8_t ret_key[BW_DETAILS_KEY_BYTES], bool *ret_found, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false, found = false, holds = true;
    uint8_t box[NAMES_KEY_BOX_BYTES];
    enum bw_status status =
        bw_store_query(store, SQL_DETAILS_KEY, &stmt, err, "i", (int64_t)session_no);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_DETAILS_KEY, stmt, &row, err);
    }
    if (status == BW_OK && row) {
        bool sealed = sqlite3_column_int(stmt, 1) != 0;
        holds = sqlite3_column_int(stmt, 3) == 1;
        found = sealed ? bw_store_column_bytes(stmt, 0, box, sizeof box) &&
                             bw_store_names_key_unbox(store, box, ret_key)
                       : bw_store_column_bytes(stmt, 0, ret_key, BW_DETAILS_KEY_BYTES);
        holds = holds && (sealed || found);
    }
    if (status == BW_OK && !holds) {
        return bw_store_damaged(store, "a session's key", err);
    }
    if (status == BW_OK) {
        *ret_found = found;
    }
    return status;
}

/* Of the details key, also where that is sealed. */
static enum bw_status
lan_key_as_ever(struct bw_store *store, uint32_t session_no,
    uint8_t ret_key[BW_DETAILS_KEY_BYTES], bool *ret_found, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    uint8_t key[BW_DETAILS_KEY_BYTES];
    bool row = false;
    enum bw_status status =
        bw_store_query(store, SQL_DETAILS_KEY, &stmt, err, "i", (int64_t)session_no);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_DETAILS_KEY, stmt, &row, err);
    }
    if (status != BW_OK || !row) {
        *ret_found = status == BW_OK ? false : *ret_found;
        return status;
    }
    bool sealed = sqlite3_column_int(stmt, 1) != 0;
    if (sqlite3_column_int(stmt, 3) != 1 ||
        !bw_store_column_bytes(stmt, sealed ? 2 : 0, key, sizeof key)) {
        return bw_store_damaged(store, "a session's key", err);
    }
    if (sealed) {
        memcpy(ret_key, key, sizeof key);
    } else {
        bw_details_lan_key(key, session_no, ret_key);
    }
    sodium_memzero(key, sizeof key);
    *ret_found = true;
    return BW_OK;
}

enum bw_status
bw_store_lan_key(struct bw_store *store, uint32_t session_no,
    uint8_t ret_key[BW_DETAILS_KEY_BYTES], bool *ret_found, struct bw_error *err)
{
    char name[STORE_LAN_KEY_NAME_BYTES];
    uint8_t brought[BW_DETAILS_KEY_BYTES];
    bool found = false;
    (void)snprintf(name, sizeof name, STORE_LAN_KEY_NAME, session_no);
    enum bw_status status =
        bw_store_get_bytes(store, name, brought, sizeof brought, &found, err);
    if (status != BW_OK) {
        return status;
    }
    if (!found || sodium_is_zero(brought, sizeof brought) != 0) {
        return lan_key_as_ever(store, session_no, ret_key, ret_found, err);
    }
    bw_details_lan_key(brought, session_no, ret_key);
    *ret_found = true;
    return BW_OK;
}

/* What a letter brings is at hand while it is applied, also where names are locked. */
static enum bw_status
key_at_hand(struct bw_store *store, uint32_t session_no,
    uint8_t ret_key[BW_DETAILS_KEY_BYTES], bool *ret_found, struct bw_error *err)
{
    const struct store_letter *letter = store->applying ? store->letter : NULL;
    if (letter != NULL && letter->has_details_key &&
        letter->head.session_no == session_no) {
        memcpy(ret_key, letter->details_key, BW_DETAILS_KEY_BYTES);
        *ret_found = true;
        return BW_OK;
    }
    return bw_store_details_key(store, session_no, ret_key, ret_found, err);
}

/* Where no roster has brought a session's key (or who had it is gone, see give_up in
 * names_seal.c), and names are open: the store's own, under a number of no session. What
 * is under it no letter bears. */
static enum bw_status
local_key(
    struct bw_store *store, uint8_t ret_key[BW_DETAILS_KEY_BYTES], struct bw_error *err)
{
    bool found = false;
    enum bw_status status =
        bw_store_details_key(store, STORE_NO_SESSION, ret_key, &found, err);
    if (status == BW_OK && !found) {
        randombytes_buf(ret_key, BW_DETAILS_KEY_BYTES);
        status = bw_store_names_write_details_key(store, STORE_NO_SESSION, ret_key, err);
    }
    return status;
}

enum bw_status
bw_store_details_key_to_seal(struct bw_store *store, uint32_t session_no,
    uint8_t ret_key[BW_DETAILS_KEY_BYTES], enum store_details *ret_kept,
    struct bw_error *err)
{
    bool found = false;
    enum bw_status status = key_at_hand(store, session_no, ret_key, &found, err);
    if (status != BW_OK || found || store->names.key == NULL) {
        *ret_kept = found ? STORE_DETAILS_SEALED : STORE_DETAILS_CLEAR;
        return status;
    }
    *ret_kept = STORE_DETAILS_LOCAL;
    return local_key(store, ret_key, err);
}

/* ---- written ---- */

/* Whether the event's session was forgotten already: then its details are not wanted. */
static enum bw_status
is_forgotten(struct bw_store *store, const struct bw_event *event, bool *ret_forgotten,
    struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    int64_t before_ms = 0;
    struct bw_session session;
    enum bw_status status =
        bw_store_get_number(store, STORE_NUMBER_FORGOTTEN_MS, INT64_MIN, &before_ms, err);
    *ret_forgotten = false;
    if (status != BW_OK || before_ms == INT64_MIN) {
        return status;
    }
    status = bw_store_query(
        store, SQL_SESSION_BY_NUMBER, &stmt, err, "i", (int64_t)event->session_no);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_SESSION_BY_NUMBER, stmt, &row, err);
    }
    if (status == BW_OK && row && !bw_store_row_session(stmt, &session)) {
        return bw_store_damaged(store, "a session", err);
    }
    if (status == BW_OK) {
        *ret_forgotten = (row ? session.ends_ms : event->wall_ms) < before_ms;
    }
    return status;
}

enum bw_status
bw_store_put_details_bytes(struct bw_store *store, const struct bw_event *event,
    const uint8_t *bytes, size_t length, enum store_details kept, struct bw_error *err)
{
    bool forgotten = false;
    enum bw_status status = BW_OK;
    if (event->id.device != store->enrolment.device) {
        status = is_forgotten(store, event, &forgotten, err);
    }
    return status == BW_OK
               ? bw_store_run(store, SQL_DETAIL_PUT, err, "iibiibi",
                     (int64_t)event->id.device, (int64_t)event->id.seq, event->hash,
                     sizeof event->hash, (int64_t)event->session_no, event->wall_ms,
                     forgotten ? NULL : bytes, forgotten ? (size_t)0 : length,
                     (int64_t)kept)
               : status;
}

static enum bw_status
refuse_locked(const struct bw_store *store, struct bw_error *err)
{
    return bw_error_set(err, BW_REFUSED, 0,
        "Writing a name to the log of %s failed: the names of this kiosk are locked. Give"
        " the staff PIN, then try again.",
        store->path);
}

/* Under their session's key. Of another kiosk they may come again; of this one they are
 * told to be wanted. */
static enum bw_status
put_sealed(struct bw_store *store, const struct bw_event *event, const uint8_t *bytes,
    size_t length, struct bw_error *err)
{
    uint8_t key[BW_DETAILS_KEY_BYTES], sealed[BW_DETAILS_SEALED_BYTES_MAX];
    enum store_details kept = STORE_DETAILS_CLEAR;
    bool own = event->id.device == store->enrolment.device;
    enum bw_status status =
        bw_store_details_key_to_seal(store, event->session_no, key, &kept, err);
    if (status != BW_OK || kept == STORE_DETAILS_CLEAR) {
        return status != BW_OK || !own ? status : refuse_locked(store, err);
    }
    size_t sealed_bytes = bw_details_seal(key, event->hash, bytes, length, sealed);
    sodium_memzero(key, sizeof key);
    return bw_store_put_details_bytes(store, event, sealed, sealed_bytes, kept, err);
}

enum bw_status
bw_store_put_details(struct bw_store *store, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    uint8_t bytes[BW_DETAILS_WIRE_BYTES_MAX];
    enum bw_status status = bw_store_names_load(store, err);
    if (status != BW_OK) {
        return status;
    }
    size_t length = bw_details_encode(details, bytes);
    status = store->names.sealed ? put_sealed(store, event, bytes, length, err)
                                 : bw_store_put_details_bytes(store, event, bytes, length,
                                       STORE_DETAILS_CLEAR, err);
    sodium_memzero(bytes, length);
    return status;
}

/* ---- read ---- */

/* An event's row of details; it is checked, and not opened. */
struct kept_details {
    bool found;
    enum store_details kept;
    uint32_t session_no; /* whose key it is under */
    uint8_t hash[BW_HASH_BYTES];
    uint8_t bytes[BW_DETAILS_SEALED_BYTES_MAX];
    size_t length;
};

static enum bw_status
read_kept(struct bw_store *store, struct bw_event_id id, struct kept_details *ret_kept,
    struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    ret_kept->found = false;
    enum bw_status status = bw_store_query(
        store, SQL_DETAIL_GET, &stmt, err, "ii", (int64_t)id.device, (int64_t)id.seq);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_DETAIL_GET, stmt, &ret_kept->found, err);
    }
    if (status != BW_OK || !ret_kept->found) {
        return status;
    }
    ret_kept->length = (size_t)sqlite3_column_bytes(stmt, 0);
    ret_kept->kept = (enum store_details)sqlite3_column_int(stmt, 2);
    ret_kept->session_no = ret_kept->kept == STORE_DETAILS_LOCAL
                               ? STORE_NO_SESSION
                               : (uint32_t)sqlite3_column_int64(stmt, 3);
    if (sqlite3_column_int(stmt, 1) != 1 ||
        !bw_store_column_bytes(stmt, 4, ret_kept->hash, sizeof ret_kept->hash) ||
        ret_kept->length > sizeof ret_kept->bytes ||
        !bw_store_column_bytes(stmt, 0, ret_kept->bytes, ret_kept->length)) {
        return bw_store_damaged(store, "a walk-in's details", err);
    }
    return BW_OK;
}

static enum bw_status
no_details(struct bw_event_id id, struct bw_error *err)
{
    char shown[BW_EVENT_ID_BYTES];
    bw_event_id_format(id, shown);
    return bw_error_set(err, BW_NOT_FOUND, 0,
        "Reading the details of event %s failed: it has none, or they were forgotten.",
        shown);
}

static enum bw_status
locked_details(struct bw_event_id id, struct bw_error *err)
{
    char shown[BW_EVENT_ID_BYTES];
    bw_event_id_format(id, shown);
    return bw_error_set(err, BW_NOT_FOUND, 0,
        "Reading the details of event %s failed: the names of this kiosk are locked. Give"
        " the staff PIN, then try again.",
        shown);
}

/* In place. *ret_opened is false where the key isn't at hand. */
static enum bw_status
open_kept(struct bw_store *store, struct kept_details *inout_kept, bool *ret_opened,
    struct bw_error *err)
{
    uint8_t key[BW_DETAILS_KEY_BYTES], plain[BW_DETAILS_SEALED_BYTES_MAX];
    enum bw_status status =
        bw_store_details_key(store, inout_kept->session_no, key, ret_opened, err);
    if (status != BW_OK || !*ret_opened) {
        return status;
    }
    *ret_opened = bw_details_open(key, inout_kept->hash, inout_kept->bytes,
        inout_kept->length, plain, &inout_kept->length);
    sodium_memzero(key, sizeof key);
    if (*ret_opened) {
        memcpy(inout_kept->bytes, plain, inout_kept->length);
        sodium_memzero(plain, inout_kept->length);
    }
    return BW_OK;
}

enum bw_status
bw_store_details(struct bw_store *store, struct bw_event_id id,
    struct bw_event_details *ret_details, struct bw_error *err)
{
    struct kept_details kept;
    bool opened = true;
    enum bw_status status = read_kept(store, id, &kept, err);
    if (status == BW_OK && !kept.found) {
        return no_details(id, err);
    }
    if (status == BW_OK && kept.kept != STORE_DETAILS_CLEAR) {
        status = open_kept(store, &kept, &opened, err);
    }
    if (status == BW_OK && !opened) {
        return locked_details(id, err);
    }
    if (status == BW_OK) {
        status = bw_details_decode(kept.bytes, kept.length, ret_details, err);
    }
    sodium_memzero(&kept, sizeof kept);
    return status;
}

enum bw_status
bw_store_details_sealed(struct bw_store *store, const struct bw_event *event,
    uint8_t ret_sealed[BW_DETAILS_SEALED_BYTES_MAX], size_t *ret_bytes,
    struct bw_error *err)
{
    struct kept_details kept = {.found = false};
    uint8_t key[BW_DETAILS_KEY_BYTES];
    bool found = false;
    enum bw_status status =
        bw_event_has_details(event) ? read_kept(store, event->id, &kept, err) : BW_OK;
    if (status != BW_OK || !kept.found) {
        *ret_bytes = status == BW_OK ? 0 : *ret_bytes;
        return status;
    }
    if (kept.kept == STORE_DETAILS_LOCAL) {
        *ret_bytes = 0;
        return BW_OK;
    }
    if (kept.kept == STORE_DETAILS_SEALED) {
        memcpy(ret_sealed, kept.bytes, kept.length);
        *ret_bytes = kept.length;
        return BW_OK;
    }
    status = bw_store_details_key(store, event->session_no, key, &found, err);
    if (status == BW_OK) {
        *ret_bytes =
            found && kept.length <= BW_DETAILS_WIRE_BYTES_MAX
                ? bw_details_seal(key, event->hash, kept.bytes, kept.length, ret_sealed)
                : 0;
    }
    sodium_memzero(&kept, sizeof kept);
    sodium_memzero(key, sizeof key);
    return status;
}
