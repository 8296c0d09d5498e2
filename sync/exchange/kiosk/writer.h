/* A kiosk's own letters, as they are made now: who reads them, what they state, and a
 * hello. Inside the kiosk's half alone. One thread. */
#ifndef BW_KIOSK_WRITER_H
#define BW_KIOSK_WRITER_H

#include "exchange/kiosk/kiosk.h"
#include "exchange/letter/events.h"
#include "exchange/letter/name.h"

enum { BW_KIOSK_LETTER_EVENTS = 5000 };

struct bw_kiosk_writer {
    struct bw_kiosk_exchange *exchange;
    int readers_count;
    struct bw_letter_reader readers[BW_LETTER_READERS_MAX];
    int64_t readers_digest;            /* never 0 */
    struct bw_events_letter statement; /* from and to as in the letter that is made */
};

/* A finished letter. bw_kiosk_letter_finish ends it. */
struct bw_kiosk_letter {
    char name[BW_LETTER_NAME_BYTES];
    uint64_t from, to, counter;
    uint8_t hash[BW_HASH_BYTES]; /* BLAKE2b-256 of all of it */
    unsigned char *bytes;
    size_t length;
    bool quiet; /* no other kiosk's answer hangs on it: refusals alone (CE1) */
};

/* Reads the store: readers, head, hello. A new counter is taken where the last hello is 2
 * minutes old, or says another thing. What the store fails with. */
BW_NODISCARD enum bw_status bw_kiosk_writer_init(struct bw_kiosk_exchange *exchange,
    struct bw_kiosk_writer *ret_writer, struct bw_error *err);

/* Events from..to, at most BW_KIOSK_LETTER_EVENTS; 0 0: the statement and hello alone.
 * bw_kiosk_letter_finish ends *ret_letter. Store errors, BW_NO_MEMORY; BW_FULL for a
 * letter that would be too large. */
BW_NODISCARD enum bw_status bw_kiosk_write_events(struct bw_kiosk_writer *writer,
    uint64_t from, uint64_t to, struct bw_kiosk_letter *ret_letter, struct bw_error *err);
/* Introduces the kiosk's own keys under a number that it was enrolled with: its own, or
 * one that it was enrolled with again; `first` is that enrolment's one-time identity,
 * borrowed for the call. bw_kiosk_letter_finish ends *ret_letter. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_kiosk_write_introduction(
    const struct bw_kiosk_writer *writer, uint32_t number,
    const struct bw_identity *first, struct bw_kiosk_letter *ret_letter,
    struct bw_error *err);
void bw_kiosk_letter_finish(struct bw_kiosk_letter *letter); /* zeroed is fine */

/* BLAKE2b-256 of bytes. */
void bw_kiosk_hash(const void *bytes, size_t length, uint8_t ret_hash[BW_HASH_BYTES]);

#endif
