/* The newest picture, from one writer to one reader, through shared memory.
 *
 * Three slots: the writer fills its own, and exchanges it for the middle one in one
 * atomic step; the reader exchanges its own for the middle one when that is newer. Nobody
 * waits, nobody copies twice, and a slow reader only misses pictures (newest wins).
 *
 * - MB1: a slot has exactly one owner: writer, middle or reader.
 * - MB2: the reader trusts nothing in the shared part: numbers of slots and sizes are
 *   checked, and used from its own copy. A hostile writer can spoil pixels, nothing else.
 * - MB3: the memory can't shrink under the reader (sealed).
 *
 * The header also carries the sandbox's pulse for the watchdog: since when it has been
 * busy, with which picture. One writer thread and one reader thread,
 * which may share an object. */
#ifndef BW_SCAN_MAILBOX_H
#define BW_SCAN_MAILBOX_H

#include "scan/camera/frame.h"

#include <brugwachter/error.h>
#include <stdbool.h>

struct bw_mailbox_shared;

struct bw_mailbox {
    struct bw_mailbox_shared *shared; /* NULL: not open */
    int fd;                           /* of the memory; -1 where there is none */
    unsigned writer_slot;             /* writer only */
    unsigned reader_slot;             /* reader only */
};

/* What a picture is called on its way. */
struct bw_mailbox_stamp {
    uint64_t seq;
    uint64_t taken_ms; /* CLOCK_MONOTONIC */
};

/* What the writer is doing: busy_since_ms is 0 while it waits. */
struct bw_mailbox_pulse {
    uint64_t busy_since_ms;
    uint64_t processor_ms; /* that the process had used until then */
    uint64_t fingerprint;  /* of the picture in work */
    uint32_t picture;      /* its number in the folder */
};

/* New memory, for the reader's side; pass its fd to the writer. The caller finishes the
 * mailbox. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_mailbox_init(
    struct bw_mailbox *mailbox, struct bw_error *err);

/* The writer's side of memory that came as `take_fd`, which is taken, on failure too.
 * BW_BAD_INPUT: no such memory, or of another size; BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_mailbox_attach(
    struct bw_mailbox *mailbox, int take_fd, struct bw_error *err);

/* NULL, zeroed and finished ones are fine. */
void bw_mailbox_finish(struct bw_mailbox *mailbox);

/* Copies the picture in; over 1280x720 or of odd width: ignored, false. Writer. */
bool bw_mailbox_put(struct bw_mailbox *mailbox, const struct bw_yuy2 *picture,
    const struct bw_mailbox_stamp *stamp);

/* The newest picture when there is one that wasn't got before; borrowed until the next
 * get or finish. Reader. */
bool bw_mailbox_get(struct bw_mailbox *mailbox, struct bw_yuy2 *ret_picture,
    struct bw_mailbox_stamp *ret_stamp);

/* Is there a picture that wasn't got? Reader. */
bool bw_mailbox_fresh(const struct bw_mailbox *mailbox);

/* Writer: says what it is at. Reader: looks. */
void bw_mailbox_beat(struct bw_mailbox *mailbox, const struct bw_mailbox_pulse *pulse);
struct bw_mailbox_pulse bw_mailbox_pulse(const struct bw_mailbox *mailbox);

#endif
