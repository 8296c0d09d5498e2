/* Rows of a roster, written within the one transaction: see roster_write.h. */
#include "roster_write.h"

#include "name.h"
#include "core/store/row.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <string.h>

static const char keeping[] = BW_SAYS("Keeping the roster in");

enum bw_status
bw_store_write_session(
    struct bw_store *store, const struct bw_session *session, struct bw_error *err)
{
    assert(store->applying);
    return bw_store_run(
        store, SQL_SESSION_PUT, err, SESSION_FORMAT, SESSION_VALUES(session));
}

/* What is known of a registration that is put again. */
struct registration_known {
    bool there;
    bool same;
    bool same_name; /* sort key and words: it keeps its id */
};

static bool
same_registration(const struct bw_registration *a, const struct bw_registration *b)
{
    return a->session_no == b->session_no && a->status == b->status &&
           a->generation == b->generation && a->signed_up_ms == b->signed_up_ms &&
           a->line == b->line &&
           strcmp(a->person.first_name, b->person.first_name) == 0 &&
           strcmp(a->person.name, b->person.name) == 0 &&
           strcmp(a->person.school, b->person.school) == 0 &&
           strcmp(a->person.region, b->person.region) == 0 &&
           strcmp(a->person.table, b->person.table) == 0 &&
           strcmp(a->person.attention, b->person.attention) == 0;
}

static enum bw_status
look_up(struct bw_store *store, const struct bw_registration *registration,
    const char *sort_key, const char *words, struct registration_known *ret_known,
    struct bw_error *err)
{
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(
        store, SQL_REGISTRATION_KEYS, &stmt, err, "i", (int64_t)registration->code);
    if (status == BW_OK) {
        status = bw_store_step(store, SQL_REGISTRATION_KEYS, stmt, &row, err);
    }
    if (status != BW_OK || !row) {
        return status;
    }
    struct bw_registration old;
    const char *old_key = (const char *)sqlite3_column_text(stmt, REGISTRATION_HOLDS + 1);
    const char *old_words =
        (const char *)sqlite3_column_text(stmt, REGISTRATION_HOLDS + 2);
    ret_known->there = true;
    ret_known->same_name = old_key != NULL && old_words != NULL &&
                           strcmp(old_key, sort_key) == 0 &&
                           strcmp(old_words, words) == 0;
    ret_known->same = ret_known->same_name && bw_store_row_registration(stmt, &old) &&
                      same_registration(&old, registration);
    return BW_OK;
}

enum bw_status
bw_store_choose_id(struct bw_store *store, enum store_sql last_id, const char *sort_key,
    int64_t *ret_id, struct bw_error *err)
{
    int64_t first = bw_store_name_first_id(sort_key);
    int64_t last = first | ((INT64_C(1) << STORE_ID_SPARE_BITS) - 1);
    STORE_CURSOR sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum bw_status status = bw_store_query(store, last_id, &stmt, err, "ii", first, last);
    if (status == BW_OK) {
        status = bw_store_step(store, last_id, stmt, &row, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bool any = row && sqlite3_column_type(stmt, 0) == SQLITE_INTEGER;
    int64_t taken = any ? sqlite3_column_int64(stmt, 0) : 0;
    if (any && taken == last) {
        return bw_error_set(err, BW_FULL, 0,
            "%s %s failed: too many names begin alike. Get the whole roster again.",
            bw_said(keeping), store->path);
    }
    *ret_id = any ? taken + 1 : first;
    return BW_OK;
}

enum bw_status
bw_store_remove_registration(struct bw_store *store, bw_code code, struct bw_error *err)
{
    store->names_went = true;
    enum bw_status status =
        bw_store_run(store, SQL_PERSON_REMOVE, err, "i", (int64_t)code);
    return status == BW_OK
               ? bw_store_run(store, SQL_REGISTRATION_REMOVE, err, "i", (int64_t)code)
               : status;
}

/* A person of this name that wasn't there before: row and index. */
static enum bw_status
add_registration(struct bw_store *store, const struct bw_registration *registration,
    const struct names_box *names, const char *sort_key, const char *words,
    struct bw_error *err)
{
    int64_t id = 0;
    enum bw_status status =
        bw_store_choose_id(store, SQL_REGISTRATION_LAST_ID, sort_key, &id, err);
    if (status == BW_OK) {
        status = bw_store_run(store, SQL_REGISTRATION_PUT, err, REGISTRATION_FORMAT "itt",
            REGISTRATION_VALUES(registration, names), id, sort_key, words);
    }
    return status == BW_OK ? bw_store_run(store, SQL_PERSON_PUT, err, "it", id, words)
                           : status;
}

static enum bw_status
write_registration(struct bw_store *store, const struct bw_registration *registration,
    const struct names_box *names, const char *sort_key, const char *words,
    const struct registration_known *known, struct bw_error *err)
{
    if (known->same_name) {
        return bw_store_run(store, SQL_REGISTRATION_SET, err, REGISTRATION_FORMAT,
            REGISTRATION_VALUES(registration, names));
    }
    enum bw_status status = BW_OK;
    if (known->there) {
        status = bw_store_remove_registration(store, registration->code, err);
    }
    return status == BW_OK
               ? add_registration(store, registration, names, sort_key, words, err)
               : status;
}

enum bw_status
bw_store_write_registration(struct bw_store *store,
    const struct bw_registration *registration, struct bw_error *err)
{
    assert(store->applying && registration->code >> 40 == 0);
    char sort_key[STORE_SORT_BYTES];
    char words[STORE_WORDS_BYTES];
    struct bw_registration row = *registration;
    struct names_box names;
    struct registration_known known = {0};
    enum bw_status status = bw_store_names_box(store, &row, &names, err);
    if (status != BW_OK) {
        return status;
    }
    /* of what is left in clear: nothing, where names are sealed */
    bw_store_name_sort_key(&row, sort_key);
    bw_store_name_words(&row, words);
    status = look_up(store, &row, sort_key, words, &known, err);
    if (status == BW_OK && (!known.same || names.key != 0)) {
        status = write_registration(store, &row, &names, sort_key, words, &known, err);
    }
    return status;
}
