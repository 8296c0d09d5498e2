/* Names at rest: what a store's disk alone doesn't tell.
 *
 *   clear --unlock--> open --lock, or closing--> locked --unlock--> open
 *
 * clear:  names lie in the store as they came. So is each store until staff typed the PIN
 *         there for the first time, and one whose kiosk has no PIN.
 * open:   names are sealed in the file; this connection has the key in locked memory.
 * locked: names are sealed, and this connection can't read them. Everything else goes on:
 *         a ticket tells by itself whether its code comes in. Rosters and other kiosks'
 *         events are taken in, and sealed on the way.
 *
 * S14 in a store that isn't clear no first or last name, school, table, word to staff or
 *     reason stands in the file, its write-ahead log or its free pages: rows of the
 *     roster, walk-ins, substitutes and guests alike. What stays in clear: codes, states,
 *     regions, times, sessions, kiosks.
 *
 * The store has a key pair (X25519). Whoever writes seals with the public half: the sync
 * tool takes rosters in without ever knowing a secret. Rows are sealed by
 * XChaCha20-Poly1305 under a key of their own transaction, with the store's id and their
 * code as associated data, and that key to the pair (crypto_box_seal); walk-ins' details
 * lie as their letters bear them, under their session's key, and this one to the pair.
 * The secret half is wrapped by Argon2id (64 MiB, twice over) of the PIN, which no file
 * holds. Six digits are a million tries, and the PIN's hash costs a finder no less: see
 * the guide on privacy for what that buys. It may be wrapped once more, by a staff card
 * that was held up while names were open: 256 random bits, which nobody guesses.
 *
 * A road not taken: the office, which knows the names anyway, could make the pair and
 * send it wrapped with the PIN's hash. No kiosk would ever have been clear then, but the
 * PIN would have to be known wherever rosters are tried out (`door`, tests, turnstiles).
 *
 * Thread and "store errors" as store.h says; the PIN is borrowed, and never kept. */
#ifndef BRUGWACHTER_STORE_NAMES_H
#define BRUGWACHTER_STORE_NAMES_H

#include <brugwachter/staff_card.h>
#include <brugwachter/store.h>

enum bw_names {
    BW_NAMES_CLEAR,
    BW_NAMES_LOCKED,
    BW_NAMES_OPEN,
};

/* How names stand, by the file as it is now: another program may have sealed them since.
 * Store errors. */
BW_NODISCARD enum bw_status bw_store_names(
    struct bw_store *store, enum bw_names *ret_names, struct bw_error *err);

/* With a PIN that was just found to be right (the caller checks it against the
 * enrolment's hash): opens the names; a clear store is sealed first, its free pages and
 * write-ahead log with it; where the PIN is another than before, the key is wrapped anew.
 * Where the PIN changed while they were locked it opens nothing, and they stay locked:
 * the PIN before does, or the staff card, and then this one once more. Open already, and
 * the same PIN: nothing is done. Takes as long as a PIN's check, and for the first time a
 * second per 20,000 rows. Store errors; BW_NO_MEMORY also where Argon2id's isn't there.
 * Then they stand as they stood. */
BW_NODISCARD enum bw_status bw_store_names_unlock(
    struct bw_store *store, const char *pin, struct bw_error *err);

/* With a PIN that was the enrolment's before, where the names are locked and sealed under
 * that one: *ret_fits tells whether it opened them. As slow as a PIN's check. Store
 * errors, BW_NO_MEMORY; then they stand as they stood. */
BW_NODISCARD enum bw_status bw_store_names_unlock_before(
    struct bw_store *store, const char *pin, bool *ret_fits, struct bw_error *err);

/* As unlock, where nobody knows the PIN before, or has the card: names that it can't open
 * go, the log stays, and the next roster, which comes whole, brings them back. */
BW_NODISCARD enum bw_status bw_store_names_give_up(
    struct bw_store *store, const char *pin, struct bw_error *err);

/* With a staff card's secret (staff_card.h): *ret_fits tells whether it is this store's,
 * and then names are open now. Without a card, or where names are clear, none fits. It
 * costs no slow hash: nobody guesses a card. Store errors, BW_NO_MEMORY; then they stand
 * as they stood. */
BW_NODISCARD enum bw_status bw_store_names_unlock_card(struct bw_store *store,
    const uint8_t secret[BW_STAFF_CARD_BYTES], bool *ret_fits, struct bw_error *err);

/* From now on this card opens the names, besides the PIN, and the one before no more; it
 * holds for the key pair that is open now, and so till names are given up. BW_REFUSED
 * where they aren't open, store errors. */
BW_NODISCARD enum bw_status bw_store_names_keep_card(struct bw_store *store,
    const uint8_t secret[BW_STAFF_CARD_BYTES], struct bw_error *err);

/* Whether it has one. False where the file can't be read, too: what is asked of it next
 * says so. */
bool bw_store_names_has_card(struct bw_store *store);

/* Forgets the key. Clear names stay so. The desk does it at night (LOCK_NAMES), so that a
 * kiosk that is carried off while it runs has them in its memory a day at most. */
void bw_store_names_lock(struct bw_store *store);

/* The key, taken from one connection to be given to the next of the same store, or of a
 * copy: a kiosk that closes its store for a moment needn't ask for the PIN. The caller
 * gives or drops it; NULL where names aren't open. */
struct bw_names_key;
struct bw_names_key *bw_store_names_take(struct bw_store *store);
/* Consumes `key`; one of another store, or NULL, changes nothing. */
void bw_store_names_give(struct bw_store *store, struct bw_names_key *key);
/* Wipes and frees it. NULL is fine. */
void bw_store_names_drop(struct bw_names_key *key);

/* An own event's details as a letter bears them (bw_details_seal), whether the names are
 * open or not. *ret_bytes is 0 where there are none, they were emptied, or no roster had
 * brought the session's key when they were sealed. Store errors. */
BW_NODISCARD enum bw_status bw_store_details_sealed(struct bw_store *store,
    const struct bw_event *event, uint8_t ret_sealed[BW_DETAILS_SEALED_BYTES_MAX],
    size_t *ret_bytes, struct bw_error *err);

/* As bw_store_put_peer_event, outside of a roster letter (asserted), with details as a
 * letter bears them (`bytes` of them, 0: none). Where the names are clear those that
 * don't open, or aren't what the event was made with, are dropped; where they are sealed
 * they are kept as they came, and looked at when somebody may read them. BW_BAD_INPUT,
 * store errors. */
BW_NODISCARD enum bw_status bw_store_put_peer_event_sealed(struct bw_store *store,
    const struct bw_event *event, const uint8_t *sealed, size_t bytes,
    struct bw_error *err);

#endif
