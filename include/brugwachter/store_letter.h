/* What the sync tool's half of the exchange keeps in a kiosk's store: roster letters that
 * come, letters and hellos that go (design: the store and the central database, letters).
 * The store's thread, but for what says otherwise. Times, pointers (all stay the
 * caller's) and "store errors" are as store.h says; a hash has 32 bytes. */
#ifndef BRUGWACHTER_STORE_LETTER_H
#define BRUGWACHTER_STORE_LETTER_H

#include <brugwachter/store.h>

/* ---- roster letters (sync) ----
 *
 * S6 a letter goes in whole or not at all, and only where its epoch and revision follow
 *    those that the store holds for its session; both are looked at inside the one
 *    transaction that writes it.
 * S7 a letter touches the rows of its own session and series alone.
 *
 * bw_store_letter_begin, then puts in any order, then bw_store_letter_commit. What is put
 * is kept aside (in memory, about 300 bytes a row) and no lock is held until the commit,
 * so that the kiosk checks people in meanwhile; the parts of one letter are put one after
 * another. Between begin and commit bw_store_put_peer and _peer_event belong to the
 * letter, too; bw_store_put_session, _registration, _sealed and _agenda always do. Peers
 * and agenda are always given whole: what a letter doesn't put again is gone. */

/* Which letter it is: for one own session, from one of its revisions to another. */
struct bw_store_letter {
    uint32_t session_no;
    char series[BW_LABEL_BYTES]; /* that the session belongs to */
    uint32_t epoch;              /* 1 and up */
    int64_t from, to;            /* revisions; from 0: whole */
    int64_t made_ms;             /* by the office's time */
};

/* What a session's roster stands at; all zero where none has come. */
struct bw_store_held {
    uint32_t epoch;
    int64_t revision;
    int64_t roster_ms; /* made_ms of the newest letter */
};
/* Reads it, for session_no. Store errors; a session that isn't known is BW_OK, and
 * zero. */
BW_NODISCARD enum bw_status bw_store_held(struct bw_store *store, uint32_t session_no,
    struct bw_store_held *ret_held, struct bw_error *err);

enum bw_store_outcome {
    BW_LETTER_APPLIED,
    BW_LETTER_OLD,   /* what it says is known already; nothing was changed */
    BW_LETTER_WAITS, /* one before it hasn't come yet; nothing was changed */
};

/* What would come of it as the store stands now (*held). Any thread; no store; can't
 * fail. */
enum bw_store_outcome bw_store_letter_judge(
    const struct bw_store_letter *letter, const struct bw_store_held *held);

/* Begins a letter; *letter is copied. Not within another letter (asserted).
 * BW_BAD_INPUT for a session number, series, revision or epoch that can't be, store
 * errors. Whether this kiosk is enrolled for its session, the commit looks. */
BW_NODISCARD enum bw_status bw_store_letter_begin(
    struct bw_store *store, const struct bw_store_letter *letter, struct bw_error *err);

/* What is no longer on the roster, or among the sealed rows. As all puts below, within a
 * letter (asserted), and copied. Store errors. */
BW_NODISCARD enum bw_status bw_store_put_gone(
    struct bw_store *store, bw_code code, struct bw_error *err);
BW_NODISCARD enum bw_status bw_store_put_sealed_gone(
    struct bw_store *store, const uint8_t id[BW_SEALED_ID_BYTES], struct bw_error *err);

/* Names, texts, PIN, keyring and sessions of the same device. What the store has of a
 * session that it loses goes with it, but for the log. BW_BAD_INPUT for another
 * device. */
BW_NODISCARD enum bw_status bw_store_put_settings(
    struct bw_store *store, const struct bw_enrolment *enrolment, struct bw_error *err);

/* The key that walk-ins' details of this letter's session are encrypted with: 32 bytes,
 * copied. Always BW_OK. */
BW_NODISCARD enum bw_status bw_store_put_details_key(struct bw_store *store,
    const uint8_t key[BW_DETAILS_KEY_BYTES], struct bw_error *err);
/* Copies the key of session_no. *ret_found is false, and ret_key untouched, where no
 * letter brought one. Not a part of a letter. Store errors. */
BW_NODISCARD enum bw_status bw_store_details_key(struct bw_store *store,
    uint32_t session_no, uint8_t ret_key[BW_DETAILS_KEY_BYTES], bool *ret_found,
    struct bw_error *err);

/* What the key on the local network is made of once a kiosk of this letter's session is
 * out of service: 32 bytes, copied; all zero: the details key, as ever. Always BW_OK. */
BW_NODISCARD enum bw_status bw_store_put_lan_key(struct bw_store *store,
    const uint8_t key[BW_DETAILS_KEY_BYTES], struct bw_error *err);
/* Makes the key on the local network (bw_details_lan_key) of what the last letter of
 * session_no brought, that or its details key, also where names are locked. *ret_found is
 * false, and ret_key untouched, where none came. Not a part of a letter. Store errors. */
BW_NODISCARD enum bw_status bw_store_lan_key(struct bw_store *store, uint32_t session_no,
    uint8_t ret_key[BW_DETAILS_KEY_BYTES], bool *ret_found, struct bw_error *err);

/* How far the office holds this kiosk's log without a gap (seq 0: nothing), and the
 * highest of its events that it has merged (seq 0: none). It may go back. Where our own
 * event `seq` has another hash it is another log's receipt, and acknowledges nothing. A
 * merged event that our log doesn't hold under that number and hash proves this store a
 * restored copy. */
struct bw_store_receipt {
    uint64_t seq;
    uint8_t hash[BW_HASH_BYTES];
    uint64_t beyond_seq;
    uint8_t beyond_hash[BW_HASH_BYTES];
};
/* Puts it, copied; the last one counts. Always BW_OK. */
BW_NODISCARD enum bw_status bw_store_put_receipt(
    struct bw_store *store, const struct bw_store_receipt *receipt, struct bw_error *err);

/* Ends a kiosk's word: what it wrote past `seq` is quarantine, and at `seq` what hasn't
 * this hash. seq 0: all of it. BW_BAD_INPUT past BW_PEERS_MAX in one letter. */
BW_NODISCARD enum bw_status bw_store_put_revoked(struct bw_store *store, uint32_t device,
    uint64_t seq, const uint8_t hash[BW_HASH_BYTES], struct bw_error *err);

/* Empties an event's details for good: a tombstone that no letter fills again, whether
 * the event is here already or comes later. Store errors. */
BW_NODISCARD enum bw_status bw_store_put_forget(struct bw_store *store,
    struct bw_event_id id, const uint8_t hash[BW_HASH_BYTES], struct bw_error *err);

/* One transaction. *ret_outcome says what came of it; a letter that is old or waits, or
 * that failed, changed nothing. Ends the letter in any case. BW_BAD_INPUT where the kiosk
 * isn't enrolled for its session, its session isn't known nor put, or a row can't be;
 * BW_FULL past BW_PEERS_MAX kiosks, or where too many names begin alike; BW_NEWER for an
 * event's form; store errors. */
BW_NODISCARD enum bw_status bw_store_letter_commit(
    struct bw_store *store, enum bw_store_outcome *ret_outcome, struct bw_error *err);
/* Ends the letter, and drops what was put; without one it does nothing. */
void bw_store_letter_rollback(struct bw_store *store);

/* ---- letters of one's own (sync) ---- */

enum { BW_SENT_NAME_BYTES = 128 };

/* A letter that a carrier was seen to hold: push puts it again where it is missing or
 * altered, until a receipt covers it. */
struct bw_store_sent {
    char carrier[BW_URL_BYTES];
    char name[BW_SENT_NAME_BYTES];
    uint64_t from, to;           /* events; 0 0: a hello alone */
    uint64_t counter;            /* its hello's */
    uint8_t hash[BW_HASH_BYTES]; /* of the whole letter */
};
/* As in store.h: borrowed for the call; false ends the walk. */
typedef bool bw_store_sent_each(const struct bw_store_sent *sent, void *context);
/* Keeps a copy; one of the same carrier and name is replaced. Store errors. */
BW_NODISCARD enum bw_status bw_store_put_sent(
    struct bw_store *store, const struct bw_store_sent *sent, struct bw_error *err);
/* Walks those of a carrier, by counter, then name. A hash that was damaged is zero. Store
 * errors. */
BW_NODISCARD enum bw_status bw_store_sent(struct bw_store *store, const char *carrier,
    bw_store_sent_each *each, void *context, struct bw_error *err);
/* Forgets one; none of that name is BW_OK. Store errors. */
BW_NODISCARD enum bw_status bw_store_drop_sent(
    struct bw_store *store, const char *carrier, const char *name, struct bw_error *err);

/* What a kiosk's own letter states of itself. Only a higher counter changes anything.
 * bw_store_put_hello takes it in, not within a letter: BW_NOT_FOUND where it
 * is no peer, store errors. */
struct bw_store_hello {
    uint32_t device;
    uint64_t counter;
    int64_t clock_ms; /* its own clock's */
    uint64_t head_seq;
    uint64_t echo_counter; /* the newest of our hellos that it has heard; 0: none */
    int64_t echo_ms;       /* when we made that one, as it gives it back */
};
BW_NODISCARD enum bw_status bw_store_put_hello(
    struct bw_store *store, const struct bw_store_hello *hello, struct bw_error *err);

#endif
