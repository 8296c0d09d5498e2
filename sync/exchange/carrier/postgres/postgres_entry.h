/* How a kiosk comes in: one question, and with its answer all that it needs to know of
 * the place. With 200 at one server each question waits for its turn. A second one is for
 * who came in another's place, for tables of version 1, and for a login that was given
 * before logins had their times (postgres_link.h). Inside the carrier alone. One
 * thread. */
#ifndef BW_CARRIER_POSTGRES_ENTRY_H
#define BW_CARRIER_POSTGRES_ENTRY_H

#include "exchange/carrier/postgres/postgres_link.h"

struct bw_carrier_entry {
    char sessions[BW_CARRIER_LINK_SESSIONS_BYTES]; /* whose roles it has: "{5,7}" */
    int sessions_count;
    bool pooled;          /* a pooler is between (CP4) */
    int64_t server_ms;    /* UTC, as the server says; to be believed over TLS */
    unsigned char *place; /* the signed file (postgres_place.h); NULL: none is there */
    size_t place_bytes;
};

/* Asks, and settles the connection in where its login doesn't
 * (bw_carrier_link_settle_in). Where no signed file is there nothing else is told.
 * `doing` begins a sentence. BW_NOT_FOUND: there is no such table. BW_NEWER: it is of a
 * version that this program doesn't know. BW_FULL: the login is in too many sessions.
 * BW_NO_MEMORY. And as bw_carrier_link_fail says. On failure there is nothing to
 * finish. */
BW_NODISCARD enum bw_status bw_carrier_entry_ask(PGconn *db, const char *family,
    const char *doing, struct bw_carrier_entry *ret_entry, struct bw_error *err);
void bw_carrier_entry_finish(struct bw_carrier_entry *entry); /* zeroed is fine */

#endif
