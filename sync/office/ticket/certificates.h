/* Certificates for who was there: C-XXXX-XXXX.pdf each, certificates-SESSION.pdf with a
 * page each for print, and certificates-SESSION.csv for a mail merge. No name of a person
 * in a file's name; each session's files have names of their own.
 *
 * Who was there is the report's to say; the caller hands it in. Nothing is kept: the same
 * person of the same session always gets the same text by the same key. One thread. */
#ifndef BW_SYNC_CERTIFICATES_H
#define BW_SYNC_CERTIFICATES_H

#include "office/office.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Somebody who was there. Borrowed for the call. */
struct bw_certificates_person {
    bw_code code;                  /* their registration, or their walk-in's */
    const char *first_name, *name; /* a substitute's own; name may hold both */
    const char *school, *mail;     /* "" where none is known */
};

struct bw_certificates_request {
    const struct bw_session *session;
    const struct bw_certificates_person *people; /* in the order of the pages */
    size_t people_count;
    const char *folder; /* made where it isn't there */
};

struct bw_certificates {
    int64_t written;
    /* Files were written, and not all of them are in their place: why. Status BW_OK where
     * all are. */
    struct bw_error incomplete;
};

/* Writes them, signed with the newest key. BW_REFUSED where the session isn't over or was
 * called off; the errors of bw_office_keys, of writing (central/base/output_set.h) and of
 * the database; BW_NO_MEMORY. No file was changed then. */
BW_NODISCARD enum bw_status bw_office_certificates_write(const struct bw_office *office,
    const struct bw_certificates_request *request, struct bw_certificates *ret_result,
    struct bw_error *err);

/* One person's page alone, as the folder has it. The same errors, but for those of
 * files. */
BW_NODISCARD enum bw_status bw_office_certificate_write_pdf(
    const struct bw_office *office, const struct bw_session *session,
    const struct bw_certificates_person *person, FILE *file, struct bw_error *err);

/* The planned length in half hours, rounded up, as certificates say it. */
uint8_t bw_office_certificates_half_hours(const struct bw_session *session);

#ifdef __cplusplus
}
#endif

#endif
