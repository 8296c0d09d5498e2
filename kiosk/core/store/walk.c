/* Registrations of a statement, one after the other: see row.h. */
#include "row.h"

enum bw_status
bw_store_walk_registrations(struct bw_store *store, enum store_sql which,
    sqlite3_stmt *stmt, uint32_t session_no, bw_registration_each *each, void *context,
    int64_t *ret_read, struct bw_error *err)
{
    bool row = false;
    int64_t read = 0;
    enum bw_status status;
    while ((status = bw_store_step(store, which, stmt, &row, err)) == BW_OK && row) {
        struct bw_registration registration;
        if (!bw_store_row_registration(stmt, &registration)) {
            return bw_store_damaged(store, "a registration", err);
        }
        read++;
        if (session_no != STORE_ANY_SESSION && registration.session_no != session_no) {
            continue;
        }
        status = bw_store_row_names(store, stmt, &registration, err);
        if (status != BW_OK || !each(&registration, context)) {
            return status; /* not all were read: nothing to compare */
        }
    }
    if (status == BW_OK && ret_read != NULL) {
        *ret_read = read;
    }
    return status;
}
