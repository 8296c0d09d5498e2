/* The organiser's signing keys: see signing_key.h. */
#include "office/ticket/signing_key.h"

#include "central/base/array.h"
#include "central/issue.h"
#include "central/sealed.h"
#include "office/step.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- a new one ---- */

/* Above every number that the database or the file knows (K1): `file` has more than those
 * in use after a stop. */
static enum bw_status
give_number(const struct bw_office *office, uint8_t *ret_number, struct bw_error *err)
{
    int64_t number = 0;
    struct bw_keys file;
    enum bw_status status = bw_keys_load(office->key_path, &file, err);
    if (status != BW_OK) {
        return status;
    }
    int64_t newest = bw_keys_newest(&file)->key;
    bw_keys_finish(&file);
    status = bw_central_number(office->central,
        "SELECT max(signing_key) FROM signing_key", NULL, 0, 0, &number, err);
    number = newest > number ? newest : number;
    if (status == BW_OK && number >= UINT8_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "making a signing key: all 255 numbers were given; "
            "this database needs a successor");
    }
    if (status == BW_OK) {
        *ret_number = (uint8_t)(number + 1);
    }
    return status;
}

/* The database's part: the key is known, and the transaction committed. */
static enum bw_status
register_key(const struct bw_office *office, const struct bw_signing_key *key,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(key->key),
        bw_sql_blob(key->public_key, BW_PUBLIC_KEY_BYTES),
        bw_sql_int(bw_office_now_ms(office)),
    };
    enum bw_status status = bw_central_run(office->central,
        "INSERT INTO signing_key (signing_key, public, created_ms)"
        " VALUES ($1, $2, $3)",
        values, 3, NULL, NULL, err);
    return status == BW_OK ? bw_central_commit(office->central, err) : status;
}

/* Takes a key that the database refused out of the file; but not where it can't be asked,
 * for a commit whose answer was lost may stand. */
static void
take_back(const struct bw_office *office, struct bw_keys *keys, uint8_t number)
{
    struct bw_error ignored;
    struct bw_sql_value value = bw_sql_int(number);
    int64_t known = 0;
    bw_central_rollback(office->central);
    if (bw_central_number(office->central,
            "SELECT count(*) FROM signing_key WHERE signing_key = $1", &value, 1, 0,
            &known, &ignored) == BW_OK &&
        known == 0) {
        (void)!bw_keys_remove(office->key_path, keys, number, &ignored);
    }
}

/* Into the file, then into the database: the file alone does no harm. */
static enum bw_status
make(const struct bw_office *office, struct bw_keys *keys, uint8_t number,
    struct bw_error *err)
{
    enum bw_status status = bw_keys_add(office->key_path, keys, number, err);
    if (status != BW_OK) {
        return status;
    }
    status = register_key(office, bw_keys_newest(keys), err);
    if (status != BW_OK) {
        take_back(office, keys, number);
    }
    return status;
}

enum bw_status
bw_office_key_make(
    const struct bw_office *office, uint8_t *ret_number, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0}; /* in use: what else the file has goes */
    uint8_t number = 0;
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) {
        status = bw_central_lock_numbers(office->central, err);
    }
    if (status == BW_OK) {
        status = bw_office_keys(office, &keys, err);
    }
    if (status == BW_OK) {
        status = give_number(office, &number, err);
    }
    if (status == BW_OK) {
        status = bw_central_is_check_only(office->central)
                     ? bw_keys_check_room(&keys, err)
                     : make(office, &keys, number, err);
    }
    if (status == BW_OK) {
        *ret_number = number;
    }
    bw_central_rollback(office->central);
    bw_keys_finish(&keys);
    return status;
}

/* ---- one out of use ---- */

struct held_ticket {
    uint32_t session_no;
    bw_code code;
    uint8_t generation;
};

struct held_tickets {
    struct held_ticket *rows;
    size_t count, capacity;
    bool no_memory;
};

static bool
on_held_ticket(const struct bw_sql_value *columns, int count, void *context)
{
    struct held_tickets *held = context;
    (void)count;
    struct held_ticket *row =
        bw_array_more(&held->rows, &held->count, &held->capacity, sizeof *row);
    held->no_memory = row == NULL;
    if (row == NULL) {
        return false;
    }
    *row = (struct held_ticket){
        .code = (bw_code)columns[0].number,
        .generation = (uint8_t)columns[1].number,
        .session_no = (uint32_t)columns[2].number,
    };
    return true;
}

struct signing {
    const struct bw_keys *keys;
    uint32_t session_no; /* that `revision` is of; 0: none yet */
    int64_t revision;
};

/* Rows come by session, so that each session takes one revision. */
static enum bw_status
sign_one(const struct bw_office *office, struct signing *signing,
    const struct held_ticket *row, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    if (row->session_no != signing->session_no) {
        status = bw_central_next_revision(
            office->central, row->session_no, &signing->revision, err);
        signing->session_no = row->session_no;
    }
    if (status == BW_OK) {
        status = bw_issue_ticket(office->central, signing->keys, row->session_no,
            row->code, row->generation, bw_office_now_ms(office), err);
    }
    struct bw_sql_value changed[] = {
        bw_sql_int((int64_t)row->code),
        bw_sql_int(signing->revision),
    };
    return status == BW_OK ? bw_central_run(office->central,
                                 "UPDATE registration SET revision = $2 WHERE code = $1",
                                 changed, 2, NULL, NULL, err)
                           : status;
}

/* The newest ticket of each registration, where nobody can use it any more but
 * by this key. */
static enum bw_status
sign_again(const struct bw_office *office, const struct bw_keys *keys, uint8_t retired,
    int64_t *ret_count, struct bw_error *err)
{
    struct held_tickets held = {.rows = NULL};
    struct bw_sql_value values[] = {
        bw_sql_int(retired),
        bw_sql_int(bw_office_now_ms(office)),
    };
    enum bw_status status = bw_central_run(office->central,
        "SELECT r.code, r.generation, r.session_no FROM registration r"
        " JOIN session s ON s.session_no = r.session_no"
        " WHERE s.ends_ms > $2 AND EXISTS (SELECT 1 FROM ticket t WHERE t.code = r.code"
        " AND t.session_no = r.session_no AND t.generation = r.generation"
        " AND t.signing_key = $1)"
        " AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.code = r.code"
        " AND t.session_no = r.session_no AND t.generation = r.generation"
        " AND t.signing_key > $1)"
        " ORDER BY r.session_no, r.code",
        values, 2, on_held_ticket, &held, err);
    if (status == BW_OK && held.no_memory) {
        status = bw_error_set(
            err, BW_NO_MEMORY, 0, "retiring signing key %d: no memory", retired);
    }
    struct signing again = {.keys = keys};
    for (size_t i = 0; status == BW_OK && i < held.count; i++) {
        status = sign_one(office, &again, &held.rows[i], err);
    }
    *ret_count = (int64_t)held.count;
    free(held.rows);
    return status;
}

static enum bw_status
check_retirable(const struct bw_office *office, uint8_t number, struct bw_error *err)
{
    int64_t in_use = 0;
    struct bw_sql_value value = bw_sql_int(number);
    enum bw_status status = bw_central_number(office->central,
        "SELECT count(*) FROM signing_key WHERE signing_key = $1 AND retired_ms IS NULL",
        &value, 1, 0, &in_use, err);
    if (status == BW_OK && in_use == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "retiring signing key %d: there is none of that number in use; "
            "status lists them",
            number);
    }
    return status;
}

static enum bw_status
retire(const struct bw_office *office, const struct bw_keys *keys, uint8_t number,
    int64_t *ret_count, struct bw_error *err)
{
    enum bw_status status = check_retirable(office, number, err);
    if (status == BW_OK && keys->count == 1) {
        return bw_error_set(err, BW_REFUSED, 0,
            "retiring signing key %d: it is the only one; make another first: key new",
            number);
    }
    struct bw_keys others = *keys;
    others.count = 0;
    for (int i = 0; i < keys->count; i++) {
        if (keys->keys[i].key != number) {
            others.keys[others.count++] = keys->keys[i];
        }
    }
    struct bw_sql_value values[] = {
        bw_sql_int(number),
        bw_sql_int(bw_office_now_ms(office)),
    };
    if (status == BW_OK) {
        status = bw_central_run(office->central,
            "UPDATE signing_key SET retired_ms = $2 WHERE signing_key = $1", values, 2,
            NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_central_sealed_retire(office->central, number, err);
    }
    if (status == BW_OK) {
        status = sign_again(office, &others, number, ret_count, err);
    }
    if (status == BW_OK) {
        char about[16];
        (void)snprintf(about, sizeof about, "%d", number);
        status = bw_step_for_good(office, "key retire", about, "", err);
    }
    bw_keys_finish(&others);
    return status == BW_OK ? bw_central_commit(office->central, err) : status;
}

/* The secret goes last: see the head of signing_key.h. */
enum bw_status
bw_office_key_retire(const struct bw_office *office, uint8_t number,
    struct bw_office_key_retirement *ret_retirement, struct bw_error *err)
{
    struct bw_keys keys = {.count = 0};
    struct bw_office_key_retirement retirement = {.tickets = 0};
    /* the whole: a step beside this one may be signing with that key, in any session */
    enum bw_status status = bw_central_begin(office->central, err);
    if (status == BW_OK) {
        status = bw_office_keys(office, &keys, err);
    }
    if (status == BW_OK) {
        status = retire(office, &keys, number, &retirement.tickets, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        retirement.file_has_it =
            !bw_central_is_check_only(office->central) &&
            bw_keys_remove(office->key_path, &keys, number, &retirement.why) != BW_OK;
        *ret_retirement = retirement;
    }
    bw_keys_finish(&keys);
    return status;
}
