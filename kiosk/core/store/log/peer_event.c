/* Other kiosks' events, and our own found elsewhere: see brugwachter/store.h. */
#include "core/store/roster/letter.h"
#include "quarantine.h"
#include "core/store/row.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static bool
fits(const struct bw_event *event, const struct bw_event_details *details)
{
    uint8_t commitment[BW_HASH_BYTES];
    bw_details_commit(details, commitment);
    return memcmp(commitment, event->commitment, sizeof commitment) == 0;
}

static enum bw_status
check_event(const struct bw_event *event, const struct bw_event_details *details,
    uint8_t ret_bytes[BW_EVENT_WIRE_BYTES_MAX], size_t *ret_length, struct bw_error *err)
{
    struct bw_event read;
    *ret_length = bw_event_encode(event, ret_bytes);
    enum bw_status status = bw_event_decode(ret_bytes, *ret_length, &read, err);
    if (status != BW_OK) {
        return status;
    }
    bool holds = memcmp(read.hash, event->hash, sizeof read.hash) == 0;
    holds = holds && (details == NULL || fits(event, details));
    if (!holds) {
        char shown[BW_EVENT_ID_BYTES];
        bw_event_id_format(event->id, shown);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Keeping event %s failed: it was altered on its way. Get it again.", shown);
    }
    return BW_OK;
}

/* Whether our own log holds the event under its number and hash. */
static enum bw_status
find_own(struct bw_store *store, const struct bw_event *event, bool *ret_known,
    struct bw_error *err)
{
    return bw_store_own_holds(store, event->id.seq, event->hash, ret_known, err);
}

static enum bw_status
judge_new(struct bw_store *store, const struct bw_event *event,
    enum store_quarantine *ret_quarantine, struct bw_error *err)
{
    *ret_quarantine = STORE_COUNTS;
    if (store->applying || event->id.device == store->enrolment.device) {
        return BW_OK; /* a letter's commit judges all at its end */
    }
    struct store_rules *rules = malloc(sizeof *rules);
    if (rules == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "Keeping another kiosk's event in %s failed: the memory is used up.",
            store->path);
    }
    enum bw_status status = bw_store_rules_load(store, rules, err);
    if (status == BW_OK) {
        status = bw_store_judge(store, rules, event, ret_quarantine, err);
    }
    free(rules);
    return status;
}

/* One of our own number that our log doesn't hold is kept for the folding: its people
 * are in. */
static enum bw_status
keep_event(struct bw_store *store, const struct bw_event *event,
    const struct bw_event_details *details, const uint8_t *bytes, size_t length,
    struct bw_error *err)
{
    bool known = false;
    enum store_quarantine quarantine = STORE_COUNTS;
    enum bw_status status = BW_OK;
    if (event->id.device == store->enrolment.device) {
        status = find_own(store, event, &known, err);
    }
    if (status == BW_OK && !known) {
        status = judge_new(store, event, &quarantine, err);
    }
    if (status == BW_OK && !known) {
        status = bw_store_run(store, SQL_PEER_EVENT_PUT, err, "iibiibi",
            (int64_t)event->id.device, (int64_t)event->id.seq, event->hash,
            sizeof event->hash, (int64_t)event->session_no, (int64_t)event->hlc, bytes,
            length, (int64_t)quarantine);
    }
    return status == BW_OK && details != NULL && !known
               ? bw_store_put_details(store, event, details, err)
               : status;
}

enum bw_status
bw_store_put_peer_event(struct bw_store *store, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = 0;
    enum bw_status status = check_event(event, details, bytes, &length, err);
    if (status == BW_OK && store->letter != NULL && !store->applying) {
        return bw_store_stage_event(store, bytes, length, details, err);
    }
    if (status != BW_OK || store->applying) {
        return status == BW_OK ? keep_event(store, event, details, bytes, length, err)
                               : status;
    }
    status = bw_store_run(store, SQL_BEGIN, err, "");
    return status == BW_OK
               ? bw_store_end(
                     store, keep_event(store, event, details, bytes, length, err), err)
               : status;
}

/* Clear, where the names are; else as they came. */
static enum bw_status
keep_sealed(struct bw_store *store, const struct bw_event *event, const uint8_t *sealed,
    size_t sealed_bytes, struct bw_error *err)
{
    uint8_t key[BW_DETAILS_KEY_BYTES], plain[BW_DETAILS_SEALED_BYTES_MAX];
    struct bw_event_details details;
    size_t length = 0;
    bool found = false;
    enum bw_status status = bw_store_names_load(store, err);
    if (status == BW_OK && store->names.sealed) {
        return bw_store_put_details_bytes(
            store, event, sealed, sealed_bytes, STORE_DETAILS_SEALED, err);
    }
    if (status == BW_OK) {
        status = bw_store_details_key(store, event->session_no, key, &found, err);
    }
    if (status == BW_OK && found &&
        bw_details_open(key, event->hash, sealed, sealed_bytes, plain, &length) &&
        bw_details_decode(plain, length, &details, NULL) == BW_OK &&
        fits(event, &details)) {
        status = bw_store_put_details_bytes(
            store, event, plain, length, STORE_DETAILS_CLEAR, err);
    }
    sodium_memzero(key, sizeof key);
    sodium_memzero(plain, length);
    return status;
}

enum bw_status
bw_store_put_peer_event_sealed(struct bw_store *store, const struct bw_event *event,
    const uint8_t *sealed, size_t bytes, struct bw_error *err)
{
    uint8_t wire[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = 0;
    assert(store->letter == NULL && !store->applying);
    enum bw_status status = check_event(event, NULL, wire, &length, err);
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_BEGIN, err, "");
    }
    if (status != BW_OK) {
        return status;
    }
    status = keep_event(store, event, NULL, wire, length, err);
    if (status == BW_OK && bytes > 0 && bytes <= BW_DETAILS_SEALED_BYTES_MAX &&
        event->id.device != store->enrolment.device && bw_event_has_details(event)) {
        status = keep_sealed(store, event, sealed, bytes, err);
    }
    return bw_store_end(store, status, err);
}

enum bw_status
bw_store_own_holds(struct bw_store *store, uint64_t seq,
    const uint8_t hash[BW_HASH_BYTES], bool *ret_holds, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    uint8_t own[BW_HASH_BYTES];
    int64_t number = seq > INT64_MAX ? INT64_MAX : (int64_t)seq;
    enum bw_status status =
        bw_store_query(store, SQL_OWN_EVENT_HASH, &stmt, err, "i", number);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_OWN_EVENT_HASH, stmt, &row, err);
    }
    if (status == BW_OK) {
        *ret_holds = row && bw_store_column_bytes(stmt, 0, own, sizeof own) &&
                     memcmp(own, hash, sizeof own) == 0;
    }
    return status;
}

/* S11: nothing but an event itself, and a receipt for one, is believed about a log that
 * goes on elsewhere. */
static enum bw_status
note_own(struct bw_store *store, const struct bw_event *event, const uint8_t *bytes,
    size_t length, struct bw_error *err)
{
    bool known = false;
    enum bw_status status = find_own(store, event, &known, err);
    if (status != BW_OK || known) {
        return status;
    }
    status = keep_event(store, event, NULL, bytes, length, err);
    return status == BW_OK ? bw_store_set_number(store, BW_NUMBER_RESTORED, 1, err)
                           : status;
}

enum bw_status
bw_store_note_own_event(
    struct bw_store *store, const struct bw_event *event, struct bw_error *err)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = 0;
    assert(!store->applying && event->id.device == store->enrolment.device);
    enum bw_status status = check_event(event, NULL, bytes, &length, err);
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_BEGIN, err, "");
    }
    return status == BW_OK
               ? bw_store_end(store, note_own(store, event, bytes, length, err), err)
               : status;
}
