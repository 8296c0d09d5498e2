/* zbar, and nothing else of it than we trust: one grey picture in, QR texts out.
 *
 * zbar 0.23.92 leaks 286 bytes a decode, aborts with its result cache on structured
 * append, and keeps a random state: so the cache is never enabled, and the image scanner
 * is renewed every BW_READER_RENEW pictures that gave a symbol. Belongs to one thread. */
#ifndef BW_SCAN_READER_H
#define BW_SCAN_READER_H

#include "text.h"

#include <brugwachter/error.h>
#include <stddef.h>
#include <stdint.h>

enum { BW_READER_RENEW = 100, BW_READER_TEXTS = 8 };

/* What a text consists of. Bytes as they stand in the symbol: zbar's guess at a charset
 * is never asked for. What is neither ASCII nor UTF-8 is no text, unless charsets are
 * guessed (charset.h). */
enum bw_reading_kind {
    BW_READING_ASCII,   /* printable, tab, CR, LF */
    BW_READING_UTF8,    /* well-formed, no control but those */
    BW_READING_REFUSED, /* a code, whose text isn't for us; `text` is empty */
};

/* One code that zbar read, and where (in pixels of the picture it was given). */
struct bw_reading {
    enum bw_reading_kind kind;
    float corner[4][2]; /* in zbar's order; all equal where zbar gave none */
    char text[BW_SCAN_ENROLMENT_BYTES];
    size_t text_bytes; /* without the NUL */
};

struct bw_scan_reader;

/* Makes zbar ready. The caller destroys *ret_reader. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_scan_reader_create(
    struct bw_scan_reader **ret_reader, struct bw_error *err);
/* NULL and half-built ones are fine. */
void bw_scan_reader_destroy(struct bw_scan_reader *reader);

/* From now on turns other charsets into UTF-8, where that can be done. */
void bw_scan_reader_guess_charsets(struct bw_scan_reader *reader);

/* Reads up to BW_READER_TEXTS codes of a picture (8 bits a pixel, stride equal to width).
 * Only QR codes count, no other symbology; parts of structured append are refused.
 * Returns how many; 0 also where zbar ran out of memory,
 * for a frame is no reason to stop. */
int bw_scan_reader_read(struct bw_scan_reader *reader, const uint8_t *pixels,
    int width_px, int height_px, struct bw_reading ret_readings[BW_READER_TEXTS]);

#endif
