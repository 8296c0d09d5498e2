/* A roster letter between its beginning and its commit. Core alone; the store's thread.
 *
 *   none --begin--> staging --commit--> applying --> none
 *                      `---rollback---> none
 *
 * staging: what is put lies in tables of the connection (temp.staged_…), and in this
 * struct; no lock is held. applying: within the one transaction, store->applying. What
 * is put is borrowed, and copied. */
#ifndef BW_CORE_STORE_LETTER_H
#define BW_CORE_STORE_LETTER_H

#include "core/store/sql.h"

#include <brugwachter/store_letter.h>
#include <inttypes.h>

/* The setting (bw_store_set_bytes) that keeps a session's key on the local network. */
#define STORE_LAN_KEY_NAME "lan key %" PRIu32
enum { STORE_LAN_KEY_NAME_BYTES = 24 };

struct store_revocation {
    uint32_t device;
    uint64_t seq;
    uint8_t hash[BW_HASH_BYTES];
};

struct store_letter {
    struct bw_store_letter head;
    bool has_settings, has_details_key, has_lan_key, has_receipt;
    struct bw_enrolment settings;
    uint8_t details_key[BW_DETAILS_KEY_BYTES], lan_key[BW_DETAILS_KEY_BYTES];
    struct bw_store_receipt receipt;
    int peers_count, revoked_count;
    struct bw_peer peers[BW_PEERS_MAX];
    struct store_revocation revoked[BW_PEERS_MAX];
};

/* Puts one row aside. BW_BAD_INPUT for one that isn't the letter's, BW_FULL past
 * BW_PEERS_MAX, store errors. */
BW_NODISCARD enum bw_status bw_store_stage_session(
    struct bw_store *store, const struct bw_session *session, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_stage_registration(struct bw_store *store,
    const struct bw_registration *registration, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_stage_sealed(
    struct bw_store *store, const struct bw_sealed_row *row, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_stage_agenda(
    struct bw_store *store, const struct bw_agenda_item *item, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_stage_peer(
    struct bw_store *store, const struct bw_peer *peer, struct bw_error *err);
/* Canonical bytes that were checked; `details` may be NULL. Store errors. */
BW_NODISCARD enum bw_status bw_store_stage_event(struct bw_store *store,
    const uint8_t *bytes, size_t length, const struct bw_event_details *details,
    struct bw_error *err);

/* Writes all of it, within the transaction. BW_BAD_INPUT, BW_FULL and BW_NEWER as
 * bw_store_letter_commit says, store errors: the caller rolls back. */
BW_NODISCARD enum bw_status bw_store_letter_apply(
    struct bw_store *store, const struct store_letter *letter, struct bw_error *err);

#endif
