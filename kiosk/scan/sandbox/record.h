/* What the sandbox says to the kiosk: records of one fixed size through a pipe.
 *
 * Both ends are the same binary, so a record is the bytes of the struct; a write of one
 * is whole or not at all (it is smaller than PIPE_BUF). The reading end believes nothing:
 * bw_scan_record_check makes a record fit to use, or refuses it. Any thread. */
#ifndef BW_SCAN_RECORD_H
#define BW_SCAN_RECORD_H

#include "scan/qr/scanner.h"

#include <stdbool.h>

enum bw_scan_record_kind {
    BW_RECORD_READY = 1, /* the source is open, the sandbox is locked; text: its name */
    BW_RECORD_PICTURE,   /* a new picture lies in the mailbox: seq */
    BW_RECORD_FRAME,     /* it was read: seq, sighting */
    BW_RECORD_SKIPPED,   /* a picture can't be read and is left out; text: why */
    BW_RECORD_GONE,      /* the source ended; text: why. The last record */
    BW_RECORD_FAILED,    /* the sandbox couldn't be made; text: why. The last record */
    BW_RECORD_RENEW,     /* has used its share of the processor: start another */
};

struct bw_scan_record {
    uint32_t kind;
    uint32_t picture; /* its number in the folder */
    uint64_t seq;
    /* FRAME, CLOCK_MONOTONIC: first shown, begun and ended to be read; for measuring */
    uint64_t since_ms, begun_us, read_us;
    struct bw_sighting sighting;
    char text[200];
};

/* Is the record one that a sandbox may send? Ends texts, makes numbers finite and sane,
 * and empties a sighting whose text isn't printable ASCII
 * of an allowed length: refused. */
bool bw_scan_record_check(struct bw_scan_record *record, bool enrolment);

#endif
