/* A kiosk's side of the exchange: its store, its credentials, and the carriers that
 * can be reached now. Being offline is no error; each carrier fails alone.
 *
 * KX1 nothing is written to a carrier but whole letters of this kiosk's own.
 * KX2 a letter counts as sent once a carrier was seen to hold it, as acknowledged once a
 *     receipt came; until then it is put again where it is missing or altered.
 * KX3 whatever kills an exchange, at any place, the next one ends where it would have.
 *
 * One thread. */
#ifndef BW_KIOSK_KIOSK_H
#define BW_KIOSK_KIOSK_H

#include "exchange/carrier/carrier.h"
#include "exchange/carrier/ear.h"
#include "exchange/carrier/lan/lan.h"
#include "exchange/kiosk/credentials.h"
#include "exchange/letter/letter.h"

#include <brugwachter/clock.h>
#include <brugwachter/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Numbers that the kiosk's half keeps in the store, by these names. */
#define BW_KIOSK_HELLO_COUNTER "hello_counter" /* of the newest hello; rises for ever */
#define BW_KIOSK_EXPORTED "exported_seq"       /* own events that a stick was given */

/* One carrier, and how it went. What can't be put there says nothing of what comes from
 * there, nor the other way round. */
struct bw_kiosk_road {
    char uri[BW_CARRIER_URI_BYTES];
    struct bw_carrier *carrier; /* NULL: not reached, or lost on the way */
    bool sends, takes;          /* false: left out this time (back-off) */
    bool sent_all;              /* what was to be put is there */
    const char *fault; /* bw_kiosk_road_fault of the first; NULL: all is well. Static */
    char why[BW_ERROR_TEXT_BYTES];       /* not reached, or not read; "": all is well */
    char sends_why[BW_ERROR_TEXT_BYTES]; /* the first thing that it didn't take; "" */
};

struct bw_kiosk_exchange {
    struct bw_store *store;
    const char *store_path; /* borrowed */
    struct bw_clock clock;
    uint32_t device;
    struct bw_credentials credentials;
    const char *netrc_path; /* borrowed: logins that go before those; NULL: none */
    /* first, again: one-time, of the enrolment and of a later one (credentials.h); zero
     * where they're no longer needed */
    struct bw_identity own, first, again;
    struct bw_lan *lan; /* borrowed: the one road of this exchange; NULL: the enrolled */
    bool sparing;       /* a hello every 2 minutes at most: for who exchanges all day */
    bool brief;         /* own letters that are listed aren't read back this time */
    int roads_count;
    struct bw_kiosk_road roads[BW_CARRIERS_MAX];
};

/* Opens the store and reads its credentials; reaches for no carrier yet. `central_uri`
 * (may be NULL) is a central database whose folder beside it is the only carrier then.
 * What bw_store_open and bw_credentials_load fail with; BW_REFUSED: the credentials
 * are another kiosk's. */
BW_NODISCARD enum bw_status bw_kiosk_exchange_open(const char *store_path,
    const struct bw_clock *clock, const char *central_uri,
    struct bw_kiosk_exchange *ret_exchange, struct bw_error *err);
void bw_kiosk_exchange_close(struct bw_kiosk_exchange *exchange);

/* Reaches for the carriers that `due` names, a bit each in order; the others are left
 * out. Never fails: a road says why. */
void bw_kiosk_exchange_reach(struct bw_kiosk_exchange *exchange, unsigned due);
/* The same, each way by itself, a bit a carrier: what is to be put, and what is to be
 * taken. */
void bw_kiosk_exchange_reach_ways(
    struct bw_kiosk_exchange *exchange, unsigned sends, unsigned takes);
/* ---- the local network ---- */

/* The keys of the own sessions that rosters brought, and how many other kiosks in service
 * they name. */
struct bw_kiosk_lan_facts {
    uint8_t keys[BW_SESSIONS_OWN_MAX][BW_LAN_KEY_BYTES];
    int keys_count, others;
};
/* What the store fails with. */
BW_NODISCARD enum bw_status bw_kiosk_lan_facts(struct bw_kiosk_exchange *exchange,
    struct bw_kiosk_lan_facts *ret_facts, struct bw_error *err);
/* Makes it the exchange's one road, before anything is reached. What is put there is on
 * this kiosk's own disk: it counts as sent nowhere, and to reach a kiosk is no contact
 * with the office. */
void bw_kiosk_exchange_by_lan(struct bw_kiosk_exchange *exchange, struct bw_lan *lan);
/* Keeps in the store how it stands there, for staff. Store errors. */
BW_NODISCARD enum bw_status bw_kiosk_lan_keep(
    struct bw_kiosk_exchange *exchange, enum bw_lan_state state, struct bw_error *err);

/* Keeps in the store how it stands with the roads to the office, for staff. Store
 * errors. */
BW_NODISCARD enum bw_status bw_kiosk_road_keep(
    struct bw_kiosk_exchange *exchange, enum bw_road_state state, struct bw_error *err);
/* What a road says that was tried now and failed; BW_ROAD_UNKNOWN: it didn't, or its
 * folder isn't there, as where letters go by stick. */
enum bw_road_state bw_kiosk_road_failed(const struct bw_kiosk_road *road);

/* Opens the ears that are missing, of the roads that `reached` names, a bit each, as they
 * were reached just now (carrier/ear.h). Those that hear from now on, a bit each: what
 * was put just before, nobody told them. Never fails: without one, it is looked as often
 * as ever. */
unsigned bw_kiosk_ears_open(
    struct bw_kiosk_exchange *exchange, unsigned reached, struct bw_carrier_ears *ears);
/* Whether a session of this kiosk's has its doors open now, as its store has it. What the
 * store fails with. */
BW_NODISCARD enum bw_status bw_kiosk_doors_open(
    struct bw_kiosk_exchange *exchange, bool *ret_open, struct bw_error *err);
/* Whether any carrier is reached now. */
bool bw_kiosk_exchange_online(const struct bw_kiosk_exchange *exchange);
/* Keeps in the store what time a reached carrier's server says that it is, unless the
 * clock was given by hand. Store errors. */
BW_NODISCARD enum bw_status bw_kiosk_server_time_keep(
    struct bw_kiosk_exchange *exchange, struct bw_error *err);
/* What is wrong, in a word that programs know: "access", "trust", "full", "place" or
 * "network". Static. */
const char *bw_kiosk_road_fault(const struct bw_error *err);
/* Lets go of a carrier that failed, and notes why. */
void bw_kiosk_road_lost(struct bw_kiosk_road *road, const struct bw_error *err);
/* Notes what a carrier didn't take; the first one stays. */
void bw_kiosk_road_refused(struct bw_kiosk_road *road, const struct bw_error *err);
/* The first road's sentence of what is wrong with it; "" where there is none. */
const char *bw_kiosk_exchange_why(const struct bw_kiosk_exchange *exchange);

/* ---- push ---- */

struct bw_kiosk_pushed {
    bool online;
    uint64_t sent_seq; /* own events 1..this are on some carrier, or acknowledged */
    int64_t accepted;  /* events that were newly put now */
    uint64_t acknowledged_seq; /* as far as a receipt has come */
    uint64_t head_seq;
    bool restored; /* this store is an old copy: it takes no more check-ins */
    bool introduced;
};

/* Introduction until it is known, events that no carrier is known to hold, a hello. Fails
 * for the store alone. */
BW_NODISCARD enum bw_status bw_kiosk_push(struct bw_kiosk_exchange *exchange,
    struct bw_kiosk_pushed *ret_pushed, struct bw_error *err);

/* The same letters into a folder (a stick), all that isn't acknowledged, and always a
 * statement of the head. *ret_files are how many letters were put; ret_path is the first.
 * BW_NOT_FOUND, BW_READ_ONLY, BW_FULL, BW_IO for the folder, or for the store. */
BW_NODISCARD enum bw_status bw_kiosk_export(struct bw_kiosk_exchange *exchange,
    const char *folder, struct bw_kiosk_pushed *ret_pushed, int *ret_files,
    char ret_path[PATH_MAX], struct bw_error *err);

/* ---- pull ---- */

struct bw_kiosk_pulled {
    bool online;
    int64_t revision; /* the newest of its sessions' rosters */
    int64_t registrations, sessions;
    int letters; /* roster letters that were applied now */
    int peers;   /* letters with events of other kiosks that were taken in now */
    int waiting; /* that wait for one before them, or for a part */
    int refused; /* that didn't hold; `why` is the first one's sentence */
    int unknown; /* kiosks that wrote and are on no roster here; told to staff */
    bool restored;
    bool other_introduced; /* the office knows other keys under this number */
    char why[BW_ERROR_TEXT_BYTES + 128];
};

/* Takes in what the reached carriers hold for this kiosk. Fails for the store alone. */
BW_NODISCARD enum bw_status bw_kiosk_pull(struct bw_kiosk_exchange *exchange,
    struct bw_kiosk_pulled *ret_pulled, struct bw_error *err);

/* The same from a letter or a folder of letters. BW_NOT_FOUND. For a letter:
 * BW_REFUSED or BW_BAD_INPUT with its sentence, where it isn't for this kiosk, is cut
 * or altered. */
BW_NODISCARD enum bw_status bw_kiosk_pull_from(struct bw_kiosk_exchange *exchange,
    const char *path, struct bw_kiosk_pulled *ret_pulled, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
