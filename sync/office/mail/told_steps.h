/* What steps of the office lead to, for whoever just took them: whom of those that they
 * touched is to be told what, and when the first of their circles ends. One thread. */
#ifndef BW_SYNC_TOLD_STEPS_H
#define BW_SYNC_TOLD_STEPS_H

#include "office/mail/told.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeroed is nothing. */
struct bw_told_steps {
    int64_t mails[BW_TOLD_KINDS]; /* that are ready, by kind */
    int64_t hindered;             /* people whom no mail reaches */
    int64_t ends_ms;              /* of the circle that ends first, UTC; 0: of none */
};

/* Of these steps (step.h). BW_NO_MEMORY, what the database and office->attendees answer.
 */
BW_NODISCARD enum bw_status bw_told_steps_read(const struct bw_office *office,
    const int64_t *steps, size_t count, struct bw_told_steps *ret_steps,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
