/* What a roster letter brings, put aside until its commit: see letter.h. */
#include "letter.h"

#include "core/store/row.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <sodium.h>
#include <string.h>

static const char reading[] = BW_SAYS("Reading a roster letter for");

static enum bw_status
refuse(const struct bw_store *store, const char *why, struct bw_error *err)
{
    return bw_error_set(err, BW_BAD_INPUT, 0, "%s %s failed: %s. Ask for a new roster.",
        bw_said(reading), store->path, bw_said(why));
}

enum bw_status
bw_store_stage_session(
    struct bw_store *store, const struct bw_session *session, struct bw_error *err)
{
    if (strcmp(session->series, store->letter->head.series) != 0) {
        return refuse(store, "a session in it is of another series", err);
    }
    return bw_store_run(
        store, SQL_STAGE_SESSION, err, SESSION_FORMAT, SESSION_VALUES(session));
}

enum bw_status
bw_store_stage_registration(struct bw_store *store,
    const struct bw_registration *registration, struct bw_error *err)
{
    if (registration->session_no != store->letter->head.session_no ||
        registration->code >> 40 != 0) {
        return refuse(store, "a registration in it is of another session", err);
    }
    static const struct names_box clear = {.key = 0}; /* in memory alone */
    return bw_store_run(store, SQL_STAGE_REGISTRATION, err, REGISTRATION_FORMAT,
        REGISTRATION_VALUES(registration, &clear));
}

enum bw_status
bw_store_stage_sealed(
    struct bw_store *store, const struct bw_sealed_row *row, struct bw_error *err)
{
    return bw_store_run(store, SQL_STAGE_SEALED, err, "bb", row->id, sizeof row->id,
        row->box, sizeof row->box);
}

enum bw_status
bw_store_stage_agenda(
    struct bw_store *store, const struct bw_agenda_item *item, struct bw_error *err)
{
    return bw_store_run(store, SQL_STAGE_AGENDA, err, AGENDA_FORMAT, AGENDA_VALUES(item));
}

enum bw_status
bw_store_stage_peer(
    struct bw_store *store, const struct bw_peer *peer, struct bw_error *err)
{
    struct store_letter *letter = store->letter;
    if (letter->peers_count == BW_PEERS_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "%s %s failed: there are more than %d other kiosks. Retire those that are "
            "not used any more.",
            bw_said(reading), store->path, BW_PEERS_MAX);
    }
    letter->peers[letter->peers_count++] = *peer;
    return BW_OK;
}

enum bw_status
bw_store_stage_event(struct bw_store *store, const uint8_t *bytes, size_t length,
    const struct bw_event_details *details, struct bw_error *err)
{
    uint8_t written[BW_DETAILS_WIRE_BYTES_MAX];
    size_t details_length = details != NULL ? bw_details_encode(details, written) : 0;
    enum bw_status status = bw_store_run(store, SQL_STAGE_EVENT, err, "bb", bytes, length,
        details != NULL ? written : NULL, details_length);
    sodium_memzero(written, details_length);
    return status;
}

enum bw_status
bw_store_put_gone(struct bw_store *store, bw_code code, struct bw_error *err)
{
    assert(store->letter != NULL);
    return bw_store_run(store, SQL_STAGE_GONE, err, "i", (int64_t)code);
}

enum bw_status
bw_store_put_sealed_gone(
    struct bw_store *store, const uint8_t id[BW_SEALED_ID_BYTES], struct bw_error *err)
{
    assert(store->letter != NULL);
    return bw_store_run(
        store, SQL_STAGE_SEALED_GONE, err, "b", id, (size_t)BW_SEALED_ID_BYTES);
}

enum bw_status
bw_store_put_settings(
    struct bw_store *store, const struct bw_enrolment *enrolment, struct bw_error *err)
{
    assert(store->letter != NULL);
    if (enrolment->device != store->enrolment.device) {
        return refuse(store, "it is for another kiosk", err);
    }
    store->letter->settings = *enrolment;
    store->letter->has_settings = true;
    return BW_OK;
}

enum bw_status
bw_store_put_details_key(
    struct bw_store *store, const uint8_t key[BW_DETAILS_KEY_BYTES], struct bw_error *err)
{
    (void)err;
    assert(store->letter != NULL);
    memcpy(store->letter->details_key, key, BW_DETAILS_KEY_BYTES);
    store->letter->has_details_key = true;
    return BW_OK;
}

enum bw_status
bw_store_put_lan_key(
    struct bw_store *store, const uint8_t key[BW_DETAILS_KEY_BYTES], struct bw_error *err)
{
    (void)err;
    assert(store->letter != NULL);
    memcpy(store->letter->lan_key, key, BW_DETAILS_KEY_BYTES);
    store->letter->has_lan_key = true;
    return BW_OK;
}

enum bw_status
bw_store_put_receipt(
    struct bw_store *store, const struct bw_store_receipt *receipt, struct bw_error *err)
{
    (void)err;
    assert(store->letter != NULL);
    store->letter->receipt = *receipt;
    store->letter->has_receipt = true;
    return BW_OK;
}

enum bw_status
bw_store_put_revoked(struct bw_store *store, uint32_t device, uint64_t seq,
    const uint8_t hash[BW_HASH_BYTES], struct bw_error *err)
{
    struct store_letter *letter = store->letter;
    assert(letter != NULL);
    if (letter->revoked_count == BW_PEERS_MAX) {
        return refuse(store, "it names too many kiosks that were revoked", err);
    }
    struct store_revocation *revoked = &letter->revoked[letter->revoked_count++];
    revoked->device = device;
    revoked->seq = seq;
    memcpy(revoked->hash, hash, sizeof revoked->hash);
    return BW_OK;
}

enum bw_status
bw_store_put_forget(struct bw_store *store, struct bw_event_id id,
    const uint8_t hash[BW_HASH_BYTES], struct bw_error *err)
{
    assert(store->letter != NULL);
    return bw_store_run(store, SQL_STAGE_FORGET, err, "iib", (int64_t)id.device,
        (int64_t)id.seq, hash, (size_t)BW_HASH_BYTES);
}
