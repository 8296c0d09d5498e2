/* Sessions and registrations as rows: see row.h. */
#include "row.h"

#include <brugwachter/said.h>
#include <stddef.h>

struct text_column {
    size_t offset, bytes;
};

#define SESSION_TEXT(field)                                                              \
    {                                                                                    \
        offsetof(struct bw_session, field), sizeof((struct bw_session *)0)->field        \
    }
#define REGISTRATION_TEXT(field)                                                         \
    {                                                                                    \
        offsetof(struct bw_registration, field),                                         \
            sizeof((struct bw_registration *)0)->field                                   \
    }

enum bw_status
bw_store_damaged(const struct bw_store *store, const char *what, struct bw_error *err)
{
    return bw_error_set(err, BW_CORRUPT, 0,
        "Reading the roster of %s failed: %s doesn't hold. Get the roster again, or "
        "enrol this kiosk again.",
        store->path, bw_said(what));
}

/* An int that the column can hold and a kiosk can mean. */
static bool
column_int(sqlite3_stmt *stmt, int column, int max, int *ret_value)
{
    int64_t value = sqlite3_column_int64(stmt, column);
    *ret_value = (int)value;
    return value >= 0 && value <= max;
}

bool
bw_store_row_session(sqlite3_stmt *stmt, struct bw_session *ret_session)
{
    static const struct text_column texts[] = {/* columns 1 to 11 */
        SESSION_TEXT(code), SESSION_TEXT(series), SESSION_TEXT(title), SESSION_TEXT(kind),
        SESSION_TEXT(region), SESSION_TEXT(venue), SESSION_TEXT(address),
        SESSION_TEXT(timezone), SESSION_TEXT(go_to), SESSION_TEXT(desk),
        SESSION_TEXT(audience)};
    enum { TEXTS = sizeof texts / sizeof texts[0], MINUTES_MAX = 60 * 24 * 7 };
    int64_t number = sqlite3_column_int64(stmt, 0);
    struct bw_session session = {
        .session_no = (uint32_t)number,
        .starts_ms = sqlite3_column_int64(stmt, TEXTS + 1),
        .ends_ms = sqlite3_column_int64(stmt, TEXTS + 2),
        .own_region_first = sqlite3_column_int(stmt, TEXTS + 7) != 0,
        .opens_ms = sqlite3_column_int64(stmt, TEXTS + 8),
        .called_off_ms = sqlite3_column_int64(stmt, TEXTS + 10),
    };
    for (int i = 0; i < TEXTS; i++) {
        bw_store_column_text(
            stmt, i + 1, (char *)&session + texts[i].offset, texts[i].bytes);
    }
    bool holds = number > 0 && number <= UINT32_MAX &&
                 column_int(stmt, TEXTS + 3, BW_CAPACITY_MAX, &session.capacity) &&
                 column_int(stmt, TEXTS + 4, MINUTES_MAX, &session.doors_minutes) &&
                 column_int(stmt, TEXTS + 5, MINUTES_MAX, &session.release_minutes) &&
                 column_int(stmt, TEXTS + 6, BW_CAPACITY_MAX, &session.extra_places) &&
                 column_int(stmt, TEXTS + 9, MINUTES_MAX, &session.tolerance_minutes);
    *ret_session = session;
    return holds && sqlite3_column_int(stmt, TEXTS + 11) == 1;
}

bool
bw_store_row_registration(sqlite3_stmt *stmt, struct bw_registration *ret_registration)
{
    static const struct text_column texts[] = {/* columns 6 to 11 */
        REGISTRATION_TEXT(person.first_name), REGISTRATION_TEXT(person.name),
        REGISTRATION_TEXT(person.school), REGISTRATION_TEXT(person.region),
        REGISTRATION_TEXT(person.table), REGISTRATION_TEXT(person.attention)};
    int64_t session_no = sqlite3_column_int64(stmt, 1);
    int64_t status = sqlite3_column_int64(stmt, 2);
    int64_t generation = sqlite3_column_int64(stmt, 3);
    int64_t line = sqlite3_column_int64(stmt, 5);
    struct bw_registration registration = {
        .code = (bw_code)sqlite3_column_int64(stmt, 0),
        .session_no = (uint32_t)session_no,
        .status = (enum bw_registration_status)status,
        .generation = (uint8_t)generation,
        .signed_up_ms = sqlite3_column_int64(stmt, 4),
        .line = (int32_t)line,
    };
    for (int i = 0; i < (int)(sizeof texts / sizeof texts[0]); i++) {
        bw_store_column_text(
            stmt, i + 6, (char *)&registration + texts[i].offset, texts[i].bytes);
    }
    *ret_registration = registration;
    return sqlite3_column_int(stmt, REGISTRATION_HOLDS) == 1 &&
           registration.code >> 40 == 0 && session_no >= 0 && session_no <= UINT32_MAX &&
           status >= BW_CONFIRMED && status <= BW_BLOCKED && generation >= 0 &&
           generation <= UINT8_MAX && line >= INT32_MIN && line <= INT32_MAX;
}
