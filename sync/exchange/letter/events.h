/* What an events letter holds: a kiosk's events from..to, the statement of its head,
 * and a hello. LETTERS.md has the bytes.
 *
 * LE1 an event goes as its canonical bytes;
 *    its hash is computed by the reader, never taken.
 * LE2 a letter holds its writer's own events alone, each number from..to once, in order.
 *
 * One thread at a time for a writer; any thread else. */
#ifndef BW_LETTER_EVENTS_H
#define BW_LETTER_EVENTS_H

#include "exchange/letter/letter.h"

#include <brugwachter/event.h>
#include <brugwachter/limits.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_EVENTS_MAX = 20000, BW_EVENTS_STORE_ID_BYTES = 32 };

enum bw_hello_camera {
    BW_HELLO_CAMERA_UNKNOWN,
    BW_HELLO_CAMERA_FINE,
    BW_HELLO_CAMERA_MISSING
};

/* How far a kiosk holds the roster of one of its sessions. */
struct bw_hello_held {
    uint32_t session_no, epoch;
    uint64_t revision;
};

/* Whom the kiosk has heard, up to which hello of theirs. */
struct bw_hello_heard {
    uint32_t device;
    uint64_t counter;
    int64_t clock_ms; /* that hello's own stamp: an echo tells its writer its own time */
};

struct bw_hello {
    char version[BW_LABEL_BYTES]; /* of the writer's program, and figures.h; ASCII */
    int64_t clock_ms;             /* the writer's clock as it wrote */
    uint32_t disk_free_mib;
    enum bw_hello_camera camera;
    int battery_percent; /* -1: unknown */
    int held_count, heard_count;
    struct bw_hello_held held[BW_SESSIONS_OWN_MAX];
    struct bw_hello_heard heard[BW_PEERS_MAX];
};

/* All of an events letter but the events. */
struct bw_events_letter {
    uint32_t writer;
    uint64_t from, to; /* of the events in it; 0 0: a hello alone */
    uint64_t counter;  /* of the hello: rises with each letter of a store */
    uint8_t store_id[BW_EVENTS_STORE_ID_BYTES];
    uint64_t head_seq; /* the head statement: as of stated_ms, or later */
    uint8_t head_hash[BW_HASH_BYTES];
    int64_t stated_ms;
    bool suspect; /* the clock that stated_ms is from */
    struct bw_hello hello;
};

/* Fills kind, writer and numbers of the head that such a letter is sealed with. */
void bw_events_letter_head(
    const struct bw_events_letter *letter, struct bw_letter_head *ret_head);

/* ---- writing ---- */

struct bw_events_writer;

/* BW_NO_MEMORY. `letter` is copied. */
BW_NODISCARD enum bw_status bw_events_writer_create(const struct bw_events_letter *letter,
    struct bw_events_writer **ret_writer, struct bw_error *err);

/* The next event, of seq from, from + 1 … `sealed` is its details by
 * bw_details_seal; 0 bytes: none, or emptied.
 * BW_FULL past BW_EVENTS_MAX. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_events_writer_add(struct bw_events_writer *writer,
    const struct bw_event *event, const uint8_t *sealed, size_t sealed_bytes,
    struct bw_error *err);

/* The content, borrowed until destroy; all from..to must have been added. */
const unsigned char *bw_events_writer_content(
    const struct bw_events_writer *writer, size_t *ret_bytes);
void bw_events_writer_destroy(struct bw_events_writer *writer); /* NULL is fine */

/* ---- reading ---- */

/* One event of a letter; all borrowed for the call. */
struct bw_events_row {
    const struct bw_events_letter *letter; /* what it says beside its events */
    const struct bw_event *event;          /* decoded; its hash computed here (LE2) */
    const uint8_t *bytes;                  /* canonical */
    size_t bytes_count;
    const uint8_t *sealed; /* details; see bw_details_open */
    size_t sealed_bytes;   /* 0: none, or emptied */
};
typedef enum bw_status bw_events_each(
    void *context, const struct bw_events_row *row, struct bw_error *err);

/* Reads an opened letter's content. `head` is that of the letter. `each` may be NULL;
 * it is called in order of seq, and what it fails with ends the reading. Callers that
 * must not begin before all holds read twice: events are checked on the way.
 * *ret_letter is untouched on failure. BW_BAD_INPUT: a field that doesn't hold,
 * another writer's event, a number that is missing or double, numbers unlike the
 * head's (LT5). BW_NEWER: an event of a form that isn't known here. */
BW_NODISCARD enum bw_status bw_events_read(const struct bw_letter_head *head,
    const void *content, size_t content_bytes, struct bw_events_letter *ret_letter,
    bw_events_each *each, void *context, struct bw_error *err);

/* Opens and checks one row's details with a session's key. False: none, emptied, another
 * session's key, or not those that the event was made with. */
bool bw_events_row_details(const struct bw_events_row *row,
    const uint8_t key[BW_DETAILS_KEY_BYTES], struct bw_event_details *ret_details);

#ifdef __cplusplus
}
#endif

#endif
