/* One row of a file of sessions. One thread, that of the import. */
#ifndef BW_SYNC_SESSION_ROW_H
#define BW_SYNC_SESSION_ROW_H

#include "office/import/import_state.h"

#include <brugwachter/session.h>

enum bw_session_field {
    BW_SESSION_FIELD_CODE,
    BW_SESSION_FIELD_SERIES,
    BW_SESSION_FIELD_TITLE,
    BW_SESSION_FIELD_KIND,
    BW_SESSION_FIELD_REGION,
    BW_SESSION_FIELD_VENUE,
    BW_SESSION_FIELD_ADDRESS,
    BW_SESSION_FIELD_ROUTE,
    BW_SESSION_FIELD_VENUE_PHONE,
    BW_SESSION_FIELD_STARTS_AT,
    BW_SESSION_FIELD_ENDS_AT,
    BW_SESSION_FIELD_CAPACITY,
    BW_SESSION_FIELD_AUDIENCE,
    BW_SESSION_FIELD_OPENS,
    BW_SESSION_FIELD_TOLERANCE_MINUTES,
    BW_SESSION_FIELD_DOORS_MINUTES,
    BW_SESSION_FIELD_RELEASE_MINUTES,
    BW_SESSION_FIELD_EXTRA_PLACES,
    BW_SESSION_FIELD_TIMEZONE,
    BW_SESSION_FIELD_GO_TO,
    BW_SESSION_FIELD_DESK,
    BW_SESSION_FIELD_OWN_REGION_FIRST,
};

extern const struct bw_field bw_session_row_fields[];

/* Whether it may be the code of a session or series: it stands on command lines and in
 * file names. */
bool bw_session_row_is_label(const char *text);

/* False where the row was rejected. The session's number is not yet known. */
bool bw_session_row_read(struct bw_import *import, const struct bw_csv_row *row,
    struct bw_session *ret_session);

/* True where nothing that a row says differs; the rule of the series is the series'. */
bool bw_session_row_is_same(const struct bw_session *a, const struct bw_session *b);

#endif
