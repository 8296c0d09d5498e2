/* A mail as a file (RFC 5322) with its parts (RFC 2045 to 2049): text and HTML, a
 * picture, a calendar entry, a PDF.
 *
 * ME1 what people wrote never ends a header: controls become blanks, and whatever isn't
 *     plain ASCII goes as encoded words.
 * ME2 a line of the body has 76 bytes at most, and none begins with a dot; every line
 *     ends with CRLF.
 *
 * Any thread. */
#ifndef BW_SYNC_MIME_H
#define BW_SYNC_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Somebody in a header; the address is fine (bw_told_address_is_fine). */
struct bw_mime_person {
    const char *name; /* "": none */
    const char *mail; /* "": nobody */
};

/* Bytes and what they are. bytes NULL: there are none. */
struct bw_mime_bytes {
    const void *bytes;
    size_t length;
};

/* All borrowed. */
struct bw_mime_mail {
    struct bw_mime_person from, to;
    const char *subject;
    const char *message_id;        /* without < and > */
    int64_t date_ms;               /* UTC */
    bool draft;                    /* to be sent by hand: mail programs open it so */
    const char *plain, *html;      /* UTF-8, LF */
    const char *picture_id;        /* as the HTML refers to it */
    struct bw_mime_bytes picture;  /* PNG */
    struct bw_mime_bytes calendar; /* iCalendar */
    const char *calendar_method;
    struct bw_mime_bytes pdf;
    const char *pdf_name; /* ASCII */
};

/* Writes it. A stream that failed says so itself. */
void bw_mime_write(const struct bw_mime_mail *mail, FILE *out);

#endif
