/* Sessions, rosters, agenda and sealed rows, read: see brugwachter/store.h. */
#include "core/store/row.h"

#include <stdio.h>

static enum bw_status
one_session(struct bw_store *store, enum store_sql which, sqlite3_stmt *stmt,
    const char *shown, struct bw_session *ret_session, struct bw_error *err)
{
    bool row = false;
    enum bw_status status = bw_store_step(store, which, stmt, &row, err);
    if (status == BW_OK && !row) {
        bw_store_cursor_reset(&stmt); /* the proof looks up by the same statement */
        status = bw_store_prove_missing(store, STORE_TABLE_SESSION, err);
    }
    if (status == BW_OK && !row) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "Finding session %s failed: this kiosk doesn't know it. Get the roster, or "
            "check the code.",
            shown);
    }
    struct bw_session session;
    if (status == BW_OK && !bw_store_row_session(stmt, &session)) {
        return bw_store_damaged(store, "a session", err);
    }
    if (status == BW_OK) {
        *ret_session = session;
    }
    return status;
}

enum bw_status
bw_store_session_by_code(struct bw_store *store, const char *code,
    struct bw_session *ret_session, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    enum bw_status status =
        bw_store_query(store, SQL_SESSION_BY_CODE, &stmt, err, "t", code);
    return status == BW_OK
               ? one_session(store, SQL_SESSION_BY_CODE, stmt, code, ret_session, err)
               : status;
}

enum bw_status
bw_store_session_by_number(struct bw_store *store, uint32_t session_no,
    struct bw_session *ret_session, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    char shown[16];
    (void)snprintf(shown, sizeof shown, "number %u", session_no);
    enum bw_status status = bw_store_query(
        store, SQL_SESSION_BY_NUMBER, &stmt, err, "i", (int64_t)session_no);
    return status == BW_OK
               ? one_session(store, SQL_SESSION_BY_NUMBER, stmt, shown, ret_session, err)
               : status;
}

/* As many as were written; `read` is -1 where not all were read. */
static enum bw_status
check_count(struct bw_store *store, const char *name, int64_t read, const char *what,
    struct bw_error *err)
{
    int64_t there = read;
    if (read < 0 || store->applying) {
        return BW_OK;
    }
    enum bw_status status = bw_store_get_number(store, name, read, &there, err);
    return status == BW_OK && read != there ? bw_store_damaged(store, what, err) : status;
}

enum bw_status
bw_store_sessions(
    struct bw_store *store, bw_session_each *each, void *context, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    int64_t read = 0;
    enum bw_status status = bw_store_query(store, SQL_SESSIONS, &stmt, err, "");
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_SESSIONS, stmt, &row, err)) == BW_OK &&
           row) {
        struct bw_session session;
        if (!bw_store_row_session(stmt, &session)) {
            return bw_store_damaged(store, "a session", err);
        }
        read++;
        if (!each(&session, context)) {
            return BW_OK;
        }
    }
    return status == BW_OK ? check_count(store, STORE_NUMBER_SESSIONS, read,
                                 "the number of sessions", err)
                           : status;
}

enum bw_status
bw_store_registration(struct bw_store *store, bw_code code,
    struct bw_registration *ret_registration, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status =
        bw_store_query(store, SQL_REGISTRATION, &stmt, err, "i", (int64_t)code);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_REGISTRATION, stmt, &row, err);
    }
    if (status == BW_OK && !row) {
        bw_store_cursor_reset(&stmt); /* the proof looks up by the same statement */
        status = bw_store_prove_missing(store, STORE_TABLE_REGISTRATION, err);
    }
    if (status == BW_OK && !row) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "Finding a registration failed: the roster doesn't know this code.");
    }
    struct bw_registration registration;
    if (status == BW_OK &&
        (!bw_store_row_registration(stmt, &registration) || registration.code != code)) {
        return bw_store_damaged(store, "a registration", err);
    }
    if (status == BW_OK) {
        status = bw_store_row_names(store, stmt, &registration, err);
    }
    if (status == BW_OK) {
        *ret_registration = registration;
    }
    return status;
}

enum bw_status
bw_store_roster(struct bw_store *store, uint32_t session_no, enum bw_roster_order order,
    bw_registration_each *each, void *context, struct bw_error *err)
{
    static const enum store_sql orders[] = {
        [BW_ROSTER_BY_NAME] = SQL_ROSTER_BY_NAME,
        [BW_ROSTER_BY_SIGN_UP] = SQL_ROSTER_BY_SIGN_UP,
    };
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    int64_t read = -1;
    enum store_sql which = orders[order];
    enum bw_status status = BW_OK;
    if (order == BW_ROSTER_BY_NAME && store->names.key != NULL) {
        status = bw_store_names_index(store, err);
        which = SQL_OPEN_ROSTER;
    }
    if (status == BW_OK) {
        status = bw_store_query(store, which, &stmt, err, "");
    }
    if (status == BW_OK) {
        status = bw_store_walk_registrations(
            store, which, stmt, session_no, each, context, &read, err);
    }
    return status == BW_OK ? check_count(store, STORE_NUMBER_REGISTRATIONS, read,
                                 "the number of registrations", err)
                           : status;
}

void
bw_store_row_agenda(sqlite3_stmt *stmt, struct bw_agenda_item *ret_item)
{
    struct bw_agenda_item item = {
        .starts_ms = sqlite3_column_int64(stmt, 2),
        .ends_ms = sqlite3_column_int64(stmt, 3),
    };
    bw_store_column_text(stmt, 0, item.kind, sizeof item.kind);
    bw_store_column_text(stmt, 1, item.title, sizeof item.title);
    bw_store_column_text(stmt, 4, item.audience, sizeof item.audience);
    bw_store_column_text(stmt, 5, item.url, sizeof item.url);
    *ret_item = item;
}

enum bw_status
bw_store_agenda(
    struct bw_store *store, bw_agenda_each *each, void *context, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, SQL_AGENDA, &stmt, err, "");
    while (status == BW_OK &&
           (status = bw_store_step(store, SQL_AGENDA, stmt, &row, err)) == BW_OK && row) {
        struct bw_agenda_item item;
        bw_store_row_agenda(stmt, &item);
        if (!each(&item, context)) {
            break;
        }
    }
    return status;
}

enum bw_status
bw_store_sealed(struct bw_store *store, const char *ticket_text,
    struct bw_registration *ret_registration, struct bw_error *err)
{
    struct bw_sealed_row sealed;
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    bw_sealed_id(ticket_text, sealed.id);
    enum bw_status status =
        bw_store_query(store, SQL_SEALED, &stmt, err, "b", sealed.id, sizeof sealed.id);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_SEALED, stmt, &row, err);
    }
    if (status == BW_OK && !row) {
        status = bw_store_prove_missing(store, STORE_TABLE_SEALED, err);
    }
    if (status == BW_OK && !row) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "Finding another session's ticket failed: this kiosk wasn't told of it.");
    }
    if (status == BW_OK &&
        !bw_store_column_bytes(stmt, 0, sealed.box, sizeof sealed.box)) {
        return bw_store_damaged(store, "another session's ticket", err);
    }
    return status == BW_OK ? bw_sealed_open(ticket_text, &sealed, ret_registration, err)
                           : status;
}
