/* Who was at a session, as the report says it, for the office, which doesn't know the
 * report. One thread. */
#ifndef BW_CLI_ATTENDEES_H
#define BW_CLI_ATTENDEES_H

#include "office/office.h"

/* Is a bw_office_attendees: all whose names are known, but for guests, whose own circle
 * tells of them. The errors of bw_report_of_session. */
BW_NODISCARD enum bw_status bw_cli_attendees(struct bw_central *central,
    const char *session_code, int64_t now_ms, bw_office_each_attendee *each,
    void *context, struct bw_error *err);

#endif
