/* What is missing is believed only once the table was read whole (S9): see row.h.
 *
 * An index entry that a flipped bit moved makes its row unfindable: a confirmed person
 * would be unlisted, a blocked guest unknown. So the first miss after the file changed
 * reads the table by its own order: each row's checksum holds, each is found by its key,
 * and there are as many as were written. */
#include "core/store/row.h"

#include <string.h>

struct proof {
    enum store_sql all;
    const char *count_name;
    const char *what;
    bool (*holds)(struct bw_store *store, sqlite3_stmt *stmt, void *before);
};

/* The session's number and code, each by its own lookup. */
static bool
finds_itself(struct bw_store *store, enum store_sql which, int64_t number,
    const char *code, int id_column, int64_t id)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = code != NULL
                                ? bw_store_query(store, which, &stmt, NULL, "t", code)
                                : bw_store_query(store, which, &stmt, NULL, "i", number);
    return status == BW_OK && bw_store_step(store, which, stmt, &row, NULL) == BW_OK &&
           row && sqlite3_column_int64(stmt, id_column) == id;
}

static bool
session_holds(struct bw_store *store, sqlite3_stmt *stmt, void *before)
{
    struct bw_session session;
    (void)before;
    return bw_store_row_session(stmt, &session) &&
           finds_itself(
               store, SQL_SESSION_BY_CODE, 0, session.code, 0, session.session_no) &&
           finds_itself(store, SQL_SESSION_BY_NUMBER, session.session_no, NULL, 0,
               session.session_no);
}

static bool
registration_holds(struct bw_store *store, sqlite3_stmt *stmt, void *before)
{
    struct bw_registration registration;
    (void)before;
    return bw_store_row_registration(stmt, &registration) &&
           finds_itself(store, SQL_REGISTRATION, (int64_t)registration.code, NULL,
               REGISTRATION_HOLDS + 1,
               sqlite3_column_int64(stmt, REGISTRATION_HOLDS + 1));
}

/* The table is its own index: in order, every row can be found. */
static bool
sealed_holds(struct bw_store *store, sqlite3_stmt *stmt, void *before)
{
    uint8_t id[BW_SEALED_ID_BYTES];
    (void)store;
    bool holds = bw_store_column_bytes(stmt, 0, id, sizeof id) &&
                 sqlite3_column_int(stmt, 1) == 1 && memcmp(before, id, sizeof id) <= 0;
    memcpy(before, id, sizeof id);
    return holds;
}

static const struct proof proofs[] = {
    [STORE_TABLE_SESSION] = {SQL_SESSIONS_PROOF, STORE_NUMBER_SESSIONS,
        "the list of sessions", session_holds},
    [STORE_TABLE_REGISTRATION] = {SQL_ROSTER_ALL, STORE_NUMBER_REGISTRATIONS,
        "the list of registrations", registration_holds},
    [STORE_TABLE_SEALED] = {SQL_SEALED_ALL, STORE_NUMBER_SEALED,
        "the list of other sessions' tickets", sealed_holds},
};

/* Changes with every write that this connection sees or makes; never 0. */
static enum bw_status
state_of(struct bw_store *store, int64_t *ret_state, struct bw_error *err)
{
    uint32_t version = 0;
    enum bw_status status = bw_store_version(store, &version, err);
    if (status == BW_OK) {
        *ret_state = 1 + ((int64_t)version << 31) + store->rosters_written;
    }
    return status;
}

static enum bw_status
prove(struct bw_store *store, const struct proof *proof, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    uint8_t before[BW_SEALED_ID_BYTES] = {0};
    bool row = false;
    int64_t read = 0, there = 0;
    enum bw_status status = bw_store_query(store, proof->all, &stmt, err, "");
    while (status == BW_OK &&
           (status = bw_store_step(store, proof->all, stmt, &row, err)) == BW_OK && row) {
        if (!proof->holds(store, stmt, before)) {
            return bw_store_damaged(store, proof->what, err);
        }
        read++;
    }
    if (status == BW_OK) {
        status = bw_store_get_number(store, proof->count_name, read, &there, err);
    }
    return status == BW_OK && read != there ? bw_store_damaged(store, proof->what, err)
                                            : status;
}

enum bw_status
bw_store_prove_missing(
    struct bw_store *store, enum store_table table, struct bw_error *err)
{
    int64_t state = 0;
    if (store->applying) {
        return BW_OK; /* half a roster proves nothing */
    }
    enum bw_status status = state_of(store, &state, err);
    if (status != BW_OK || store->proven[table] == state) {
        return status;
    }
    status = prove(store, &proofs[table], err);
    if (status == BW_OK) {
        store->proven[table] = state;
    }
    return status;
}

enum bw_status
bw_store_count_rows(struct bw_store *store, struct bw_error *err)
{
    static const char *const counts[] = {
        [STORE_TABLE_SESSION] = "SELECT count(*) FROM session",
        [STORE_TABLE_REGISTRATION] = "SELECT count(*) FROM registration NOT INDEXED",
        [STORE_TABLE_SEALED] = "SELECT count(*) FROM sealed",
    };
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && i < STORE_TABLES; i++) {
        int64_t count = 0;
        status = bw_store_integer(store, counts[i], "Keeping the roster in", &count, err);
        if (status == BW_OK) {
            status = bw_store_set_number(store, proofs[i].count_name, count, err);
        }
    }
    store->rosters_written++;
    return status;
}
