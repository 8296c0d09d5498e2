/* A kiosk as the central database knows it: its keys, its state, how far it was heard.
 *
 * XK1 `now` are the keys in force: the enrolment's one-time ones until the first
 *    introduction came, then the kiosk's own.
 * XK2 a number belongs to one store id, from the first introduction on.
 *
 * Times are UTC in ms, by the office's clock where nothing else is said. One thread, that
 * of the central database. */
#ifndef BW_EXCHANGE_OFFICE_KIOSK_RECORD_H
#define BW_EXCHANGE_OFFICE_KIOSK_RECORD_H

#include "central/central.h"
#include "central/records.h"
#include "exchange/letter/letter.h"

#include <brugwachter/event.h>
#include <brugwachter/limits.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Numbers as they stand in the database. */
enum bw_kiosk_state {
    BW_KIOSK_ENROLLED,   /* its introduction hasn't come */
    BW_KIOSK_INTRODUCED, /* its own keys are known */
    BW_KIOSK_REVOKED,    /* out of service */
};

/* As in JSON: "introduced"; "enrolled" for a number that is none. Static. */
const char *bw_kiosk_state_name(enum bw_kiosk_state state);

enum { BW_KIOSK_STORE_ID_BYTES = 32 };

/* SQL of a condition on `device d`: it is at work, that is neither revoked nor replaced
 * by one that introduced itself, nor enrolled by a sheet that ended before it was
 * used. */
#define BW_KIOSK_IS_LIVE                                                                 \
    "d.state <> 2 AND NOT EXISTS (SELECT 1 FROM device n WHERE n.replaces = d.device"    \
    " AND n.state = 1) AND NOT " BW_RECORD_SHEET_ENDED

struct bw_kiosk_record {
    uint32_t device;
    char name[BW_NAME_BYTES];
    enum bw_kiosk_state state;
    struct bw_identity_public now;
    bool has_first; /* enrolled by version 2: */
    struct bw_identity_public first;
    bool has_store_id;
    uint8_t store_id[BW_KIOSK_STORE_ID_BYTES];
    uint32_t replaces;
    int64_t expires_ms;
    int64_t last_contact_ms; /* 0: never heard */
    uint64_t hello_counter;
    uint64_t revoked_seq; /* its key holds up to this event */
    uint8_t revoked_hash[BW_HASH_BYTES];
    uint64_t receipt_seq; /* 1..this are here, each linked to the one before */
    uint8_t receipt_hash[BW_HASH_BYTES];
};

/* BW_NOT_FOUND with a sentence where there's no such kiosk; BW_CORRUPT where its keys are
 * no keys; else what the database answers. */
BW_NODISCARD enum bw_status bw_kiosk_record_read(struct bw_central *central,
    uint32_t device, struct bw_kiosk_record *ret_record, struct bw_error *err);

/* The same of several kiosks: ret_found[i] is false where there's no such kiosk, and its
 * record untouched. BW_CORRUPT and what the database answers. */
BW_NODISCARD enum bw_status bw_kiosk_record_read_all(struct bw_central *central,
    const uint32_t *devices, size_t count, struct bw_kiosk_record *ret_records,
    bool *ret_found, struct bw_error *err);

/* One session that a kiosk is enrolled for, or was: a kiosk that was moved away serves it
 * no more, and what it saw there stands (device_session.rank is -1). */
struct bw_kiosk_session {
    uint32_t session_no;
    bool away;
    char code[BW_LABEL_BYTES], series[BW_LABEL_BYTES];
    int64_t ends_ms;
    bool has_details_key, purged;
    uint8_t details_key[BW_DETAILS_KEY_BYTES];
    uint32_t held_epoch; /* as its newest hello says */
    uint64_t held_revision;
};

/* In the order of the enrolment, then those that it was moved away from, as far as there
 * is room. BW_CORRUPT past BW_SESSIONS_OWN_MAX, and what the database
 * answers. */
BW_NODISCARD enum bw_status bw_kiosk_sessions_read(struct bw_central *central,
    uint32_t device, struct bw_kiosk_session ret_sessions[BW_SESSIONS_OWN_MAX],
    int *ret_count, struct bw_error *err);

struct bw_kiosk_sessions {
    struct bw_kiosk_session items[BW_SESSIONS_OWN_MAX];
    int count;
};

/* The same of several kiosks, each in its own place of `sessions`. BW_CORRUPT, and what
 * the database answers. */
BW_NODISCARD enum bw_status bw_kiosk_sessions_read_all(struct bw_central *central,
    const uint32_t *devices, size_t count, struct bw_kiosk_sessions *const *sessions,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
