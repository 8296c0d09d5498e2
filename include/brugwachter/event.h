/* One row of a kiosk's append-only log (design: events, and why none is lost).
 *
 * E1 seq counts 1, 2, 3 … without a gap, a device.
 * E2 an event's hash covers every field below and the hash before it; the first link is
 *    the store's random id.
 * E3 personal details are not in the chain: the event holds a salted commitment to them,
 *    and they can be emptied ("forgotten") without breaking it.
 * E4 the hybrid clock of a device only rises.
 *
 * The canonical bytes are written and read here alone; both programs and both kinds of
 * central database keep them as they are. Any thread. Events are plain values: a function
 * keeps no pointer that it was given, and allocates nothing; the caller
 * owns what ret_ names. */
#ifndef BRUGWACHTER_EVENT_H
#define BRUGWACHTER_EVENT_H

#include <brugwachter/clock.h>
#include <brugwachter/code.h>
#include <brugwachter/error.h>
#include <brugwachter/limits.h>
#include <brugwachter/person.h>
#include <brugwachter/verdict.h>
#include <stdint.h>

enum bw_event_kind {
    BW_EVENT_ARRIVED = 1,
    BW_EVENT_REFUSED,
    BW_EVENT_WAITING, /* somebody without a ticket, put in the queue */
    BW_EVENT_UNDONE,
    BW_EVENT_LEFT,
    BW_EVENT_RELEASED,
    BW_EVENT_NOTE, /* closed, clock confirmed, roster forgotten … : `note` says which */
};

enum bw_basis {
    BW_BASIS_NONE,
    BW_BASIS_TICKET,
    BW_BASIS_CODE,
    BW_BASIS_NAME,
    BW_BASIS_WAITLIST,
    BW_BASIS_GUEST,
    BW_BASIS_WALK_IN,
    BW_BASIS_SUBSTITUTE,
    BW_BASIS_PAPER,
};

enum bw_operator {
    BW_OPERATOR_ATTENDEE = 1,
    BW_OPERATOR_STAFF,
    BW_OPERATOR_DOOR, /* a pipe, a turnstile */
};

enum bw_note {
    BW_NOTE_NONE,
    BW_NOTE_CLOSED,          /* staff closed the day */
    BW_NOTE_CLOCK_CONFIRMED, /* staff say that the clock is right */
    BW_NOTE_FORGOTTEN,       /* the roster was wiped */
    BW_NOTE_ABSENT,          /* staff say that a kiosk isn't there: refs[0].device */
};

/* Names as in JSON: "arrived", "walk_in", "staff". Static: nobody frees them; never NULL.
 * A value that is none of the enum's is a programmer's fault (asserted). */
const char *bw_event_kind_name(enum bw_event_kind kind);
const char *bw_basis_name(enum bw_basis basis);
const char *bw_operator_name(enum bw_operator who);

enum bw_event_flags {
    BW_EVENT_CLOCK_SUSPECT = 1,
    BW_EVENT_CLOCK_INJECTED = 2,
    BW_EVENT_OVERRIDE = 4,     /* staff passed a rule; the reason is in the details */
    BW_EVENT_OUT_OF_ORDER = 8, /* admitted before somebody who came first */
    BW_EVENT_UNLISTED = 16,    /* the signature held, the roster didn't know */
    BW_EVENT_STAMP_AHEAD = 32, /* a stamp over 10 minutes ahead was seen, not followed */
};

enum {
    BW_HASH_BYTES = 32,
    BW_SALT_BYTES = 16,
    BW_DETAILS_KEY_BYTES = 32,     /* a session's, for details in letters */
    BW_EVENT_WIRE_BYTES_MAX = 640, /* canonical bytes without details */
    BW_DETAILS_WIRE_BYTES_MAX = 4096,
    BW_DETAILS_SEALED_MORE_BYTES = 24 + 16, /* nonce and tag */
    BW_DETAILS_SEALED_BYTES_MAX =
        BW_DETAILS_WIRE_BYTES_MAX + BW_DETAILS_SEALED_MORE_BYTES,
};

/* Device 0 is nobody. Written `3-17`. */
struct bw_event_id {
    uint32_t device;
    uint64_t seq;
};

/* In a reference: the kiosk itself is meant, and no event of it. */
#define BW_SEQ_NONE ((uint64_t)INT64_MAX)

enum { BW_EVENT_ID_BYTES = 33 };
/* Writes `3-17`, with NUL, into the caller's room. Can't fail. */
void bw_event_id_format(struct bw_event_id id, char ret_text[BW_EVENT_ID_BYTES]);
/* Reads `3-17` or `#3-17`. False, and *ret_id untouched, where it is neither; without #
 * four characters, a hyphen and four more are a code's form, and no event. */
bool bw_event_id_parse(const char *text, struct bw_event_id *ret_id);

/* Personal details of an event, kept beside the chain. Empty strings where not given. */
struct bw_event_details {
    uint8_t salt[BW_SALT_BYTES];
    struct bw_person person;     /* `table` is not among them: always empty */
    char reason[BW_TITLE_BYTES]; /* free text may name people, so it is a detail too */
};

struct bw_event {
    struct bw_event_id id;
    int64_t wall_ms; /* UTC, as the kiosk's clock had it */
    uint64_t hlc;    /* hybrid logical clock: ms << 16 | counter */
    int64_t mono_ms;
    uint8_t boot_id[BW_BOOT_ID_BYTES];
    uint32_t flags;
    enum bw_event_kind kind;
    enum bw_basis basis;
    enum bw_verdict verdict; /* of REFUSED; WELCOME else */
    enum bw_note note;
    enum bw_operator operated_by;
    uint32_t session_no;      /* where it happened */
    uint32_t home_session_no; /* the ticket's own session; 0 where there's no ticket */
    bw_code code;             /* registration, guest's included; or BW_CODE_NONE */
    uint8_t generation;       /* of the ticket that was read */
    int refs_count;
    struct bw_event_id refs[BW_REFS_MAX];
    uint8_t commitment[BW_HASH_BYTES]; /* to the details; zero where there are none */
    uint8_t prev[BW_HASH_BYTES];
    uint8_t hash[BW_HASH_BYTES];
};

/* Who an event is about: a code, or for people without one the event that they came in by
 * (an `arrived` by walk_in, or the `waiting` before it). */
struct bw_subject {
    bw_code code;
    struct bw_event_id walk_in; /* device 0 where code is given */
};

/* Writes the canonical bytes: all fields but `hash`, big-endian. Returns how many bytes.
 * Can't fail: more references than BW_REFS_MAX are a programmer's fault (asserted). */
size_t bw_event_encode(
    const struct bw_event *event, uint8_t ret_bytes[BW_EVENT_WIRE_BYTES_MAX]);

/* Reads `length` canonical bytes from outside; every enum and count is checked. `hash` is
 * computed. BW_BAD_INPUT, or BW_NEWER for a form that this version doesn't know;
 * *ret_event is untouched then. */
BW_NODISCARD enum bw_status bw_event_decode(const uint8_t *bytes, size_t length,
    struct bw_event *ret_event, struct bw_error *err);

/* BLAKE2b-256 (32 bytes) over the canonical bytes, which hold `prev`. Can't fail. */
void bw_event_hash(const struct bw_event *event, uint8_t ret_hash[BW_HASH_BYTES]);

/* Writes the canonical bytes of details, salt first. Returns how many bytes. Can't fail:
 * texts longer than limits.h allows are a programmer's fault (asserted). */
size_t bw_details_encode(
    const struct bw_event_details *details, uint8_t ret_bytes[BW_DETAILS_WIRE_BYTES_MAX]);
/* Reads `length` such bytes from outside. BW_BAD_INPUT where they are cut, too long, or a
 * text in them is none that bw_text_clean takes; *ret_details is untouched then. Texts
 * are read as they are, not cleaned: they have to fit the commitment. */
BW_NODISCARD enum bw_status bw_details_decode(const uint8_t *bytes, size_t length,
    struct bw_event_details *ret_details, struct bw_error *err);
/* The commitment: BLAKE2b-256 (32 bytes) over the canonical bytes. Can't fail. */
void bw_details_commit(
    const struct bw_event_details *details, uint8_t ret_commitment[BW_HASH_BYTES]);
/* Details encrypted once more for their session: nonce (24 bytes) and XChaCha20-Poly1305
 * under the session's details key, the event's hash as associated data. So an events
 * letter may go to kiosks that share another session of its writer, and a store whose
 * names are sealed (store_names.h) may keep them as they go. ret_sealed has room for
 * `length` + BW_DETAILS_SEALED_MORE_BYTES; returns how many were written. Can't fail. */
size_t bw_details_seal(const uint8_t key[BW_DETAILS_KEY_BYTES],
    const uint8_t hash[BW_HASH_BYTES], const void *bytes, size_t length,
    uint8_t *ret_sealed);
/* ret_bytes, the caller's, has room for `sealed_bytes`. False: altered, cut, or another
 * session's key; *ret_length is untouched then, and nothing in ret_bytes may be read. */
bool bw_details_open(const uint8_t key[BW_DETAILS_KEY_BYTES],
    const uint8_t hash[BW_HASH_BYTES], const uint8_t *sealed, size_t sealed_bytes,
    uint8_t *ret_bytes, size_t *ret_length);
/* The key that a session's kiosks know each other by on the local network, made of what
 * its rosters bring: its details key, or another once a kiosk of the session is out of
 * service. It opens no details. Can't fail. */
void bw_details_lan_key(const uint8_t brought[BW_DETAILS_KEY_BYTES], uint32_t session_no,
    uint8_t ret_key[BW_DETAILS_KEY_BYTES]);

/* Whether there were details at its birth; they may have been forgotten since. */
bool bw_event_has_details(const struct bw_event *event);

/* Hybrid logical clock (Kulkarni et al. 2014): the next stamp after `last` at `wall_ms`.
 * A stamp is ms << 16 | counter; wall_ms is UTC, ms since 1970, and outside 0 .. 2^47 - 1
 * the nearer end is taken. Stamps of others are followed only up to BW_HLC_AHEAD_MS past
 * our own wall clock. Can't fail. */
enum { BW_HLC_AHEAD_MS = 10 * 60 * 1000 };
uint64_t bw_hlc_next(uint64_t last, int64_t wall_ms);
/* The stamp to go on from after seeing `seen`, at wall_ms; *ret_ahead, always written,
 * tells one that wasn't followed. */
uint64_t bw_hlc_see(uint64_t last, uint64_t seen, int64_t wall_ms, bool *ret_ahead);

/* Order of folding: hybrid clock, then device, then seq; the two of a fork by hash, so
 * that it's the same everywhere. <0, 0, >0. Both `hash` are to be filled. */
int bw_event_compare(const struct bw_event *a, const struct bw_event *b);

#endif
