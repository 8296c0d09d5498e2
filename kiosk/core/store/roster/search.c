/* Search by name or code: see brugwachter/store.h.
 *
 * Row ids stand in order of name (name.h) and the index gives its rows by id, so
 * the first pass stops after `limit` rows however many would match; the second puts the
 * few up to there exactly in order. Never by rank:
 * that has to read every match of a letter. */
#include "name.h"
#include "core/store/row.h"

#include <string.h>

/* Passes rows on, and counts them. */
struct counted {
    bw_registration_each *each;
    void *context;
    int count;
};

static bool
count_and_pass(const struct bw_registration *registration, void *context)
{
    struct counted *counted = context;
    counted->count++;
    return counted->each(registration, counted->context);
}

/* Sealed names are found by an index of this connection's own (names_find.c). */
static bool
is_open(const struct bw_store *store)
{
    return store->names.key != NULL;
}

static enum bw_status
find_edge(struct bw_store *store, uint32_t session_no, const char *match, int limit,
    int64_t *ret_edge, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum store_sql which = is_open(store) ? SQL_OPEN_EDGE : SQL_SEARCH_EDGE;
    enum bw_status status = bw_store_query(
        store, which, &stmt, err, "tii", match, (int64_t)session_no, (int64_t)limit);
    if (status == BW_OK) {
        status = bw_store_step(store, which, stmt, &row, err);
    }
    if (status == BW_OK) {
        int64_t last = row ? sqlite3_column_int64(stmt, 0) : 0;
        *ret_edge = last | ((INT64_C(1) << STORE_ID_SPARE_BITS) - 1);
    }
    return status;
}

static enum bw_status
search_names(struct bw_store *store, uint32_t session_no, const char *match, int limit,
    struct counted *counted, struct bw_error *err)
{
    int64_t edge = 0;
    enum store_sql which = is_open(store) ? SQL_OPEN_NAME : SQL_SEARCH_NAME;
    enum bw_status status = find_edge(store, session_no, match, limit, &edge, err);
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    if (status == BW_OK) {
        status = bw_store_query(store, which, &stmt, err, "tiii", match,
            (int64_t)session_no, (int64_t)limit, edge);
    }
    return status == BW_OK ? bw_store_walk_registrations(store, which, stmt, session_no,
                                 count_and_pass, counted, NULL, err)
                           : status;
}

/* All codes that begin with what was typed: filled up with the lowest and the highest
 * character. False where it can't be the beginning of a code. */
static bool
code_range(const char *query, bw_code *ret_from, bw_code *ret_to)
{
    char typed[BW_CODE_BYTES] = "";
    size_t length = 0;
    for (; *query != '\0'; query++) {
        if (*query == ' ' || *query == '-') {
            continue;
        }
        if (length == BW_CODE_BYTES - 1) {
            return false;
        }
        typed[length++] = *query;
    }
    char low[BW_CODE_BYTES] = "00000000";
    char high[BW_CODE_BYTES] = "ZZZZZZZZ";
    memcpy(low, typed, length);
    memcpy(high, typed, length);
    return length > 0 && bw_code_parse(low, ret_from) && bw_code_parse(high, ret_to);
}

static enum bw_status
search_codes(struct bw_store *store, uint32_t session_no, bw_code from, bw_code to,
    int limit, struct counted *counted, struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    enum store_sql which = is_open(store) ? SQL_OPEN_CODE : SQL_SEARCH_CODE;
    enum bw_status status = bw_store_query(store, which, &stmt, err, "iiii",
        (int64_t)from, (int64_t)session_no, (int64_t)limit, (int64_t)to);
    return status == BW_OK ? bw_store_walk_registrations(store, which, stmt, session_no,
                                 count_and_pass, counted, NULL, err)
                           : status;
}

enum bw_status
bw_store_search(struct bw_store *store, uint32_t session_no, const char *query, int limit,
    bw_registration_each *each, void *context, struct bw_error *err)
{
    struct counted counted = {.each = each, .context = context};
    char match[STORE_MATCH_BYTES];
    bw_code from = 0;
    bw_code to = 0;
    enum bw_status status = bw_store_names_index(store, err);
    bool maybe_code = code_range(query, &from, &to);
    /* A whole code that the roster knows can't have been meant as a name. */
    if (status == BW_OK && maybe_code && from == to) {
        status = search_codes(store, session_no, from, to, limit, &counted, err);
    }
    if (status == BW_OK && counted.count == 0 && bw_store_name_match(query, match)) {
        status = search_names(store, session_no, match, limit, &counted, err);
    }
    if (status == BW_OK && counted.count == 0 && maybe_code && from != to) {
        status = search_codes(store, session_no, from, to, limit, &counted, err);
    }
    return status;
}
