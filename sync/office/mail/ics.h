/* A calendar entry as a file (RFC 5545) that mail programs take in (RFC 6047): new,
 * changed under its UID by a higher SEQUENCE, or taken out. Any thread. */
#ifndef BW_SYNC_ICS_H
#define BW_SYNC_ICS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Texts are UTF-8, borrowed; whatever they hold stays within its line. */
struct bw_ics_entry {
    const char *uid;
    int64_t sequence;
    int64_t stamp_ms; /* when it is sent; times are UTC in ms */
    int64_t starts_ms, ends_ms;
    const char *timezone; /* in which it is shown */
    const char *summary, *location, *description;
    const char *organiser, *organiser_mail; /* mail "": nobody is named as such */
    const char *attendee, *attendee_mail;
    bool out; /* it is taken out */
};

/* "REQUEST", "CANCEL", or "PUBLISH" where no organiser is known. Static. */
const char *bw_ics_method(const struct bw_ics_entry *entry);

/* Writes it: lines end with CRLF and have 75 bytes at most. A stream that failed says so
 * itself. */
void bw_ics_write(const struct bw_ics_entry *entry, FILE *out);

#endif
