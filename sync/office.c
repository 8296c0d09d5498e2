/* What most commands on the central database need first: see office.h. One thread. */
#include "office.h"

#include "records.h"

#include <assert.h>
#include <string.h>

const char *
bw_office_key_path(const struct bw_call *call)
{
    const char *given = bw_call_value(call, BW_OPTION_KEY_FILE);
    return given != NULL ? given : bw_central_key_path(call->central);
}

struct public_key {
    bool found;
    uint8_t bytes[BW_PUBLIC_KEY_BYTES];
};

static bool
on_public_key(const struct bw_sql_value *columns, int count, void *context)
{
    struct public_key *key = context;
    assert(count == 1);
    if (columns[0].bytes == BW_PUBLIC_KEY_BYTES) {
        memcpy(key->bytes, columns[0].blob, BW_PUBLIC_KEY_BYTES);
        key->found = true;
    }
    return false;
}

enum bw_status
bw_office_keys(struct bw_call *call, struct bw_keys *ret_keys, struct bw_error *err)
{
    const char *path = bw_office_key_path(call);
    if (path[0] == '\0') {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "reading the secret keys: it isn't known where they lie; give --key-file FILE");
    }
    struct bw_keys keys;
    enum bw_status status = bw_keys_load(path, &keys, err);
    if (status != BW_OK) {
        return status;
    }
    const struct bw_signing_key *newest = bw_keys_newest(&keys);
    struct public_key known = { .found = false };
    struct bw_sql_value value = bw_sql_int(newest->key);
    status = bw_central_run(call->central,
        "SELECT public FROM signing_key WHERE signing_key = $1 AND retired_ms IS NULL",
        &value, 1, on_public_key, &known, err);
    if (status == BW_OK &&
        (!known.found || memcmp(known.bytes, newest->public_key, sizeof known.bytes) != 0)) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "reading the secret keys: %s doesn't belong to %s; put its own key file back",
            path, bw_central_name(call->central));
    }
    if (status == BW_OK) {
        *ret_keys = keys;
    }
    bw_keys_finish(&keys);
    return status;
}

struct found_registration {
    bool found;
    struct bw_office_registration registration;
};

static bool
on_registration(const struct bw_sql_value *columns, int count, void *context)
{
    struct found_registration *found = context;
    assert(count == BW_REGISTRATION_COLUMNS_COUNT + 2);
    const struct bw_sql_value *more = columns + BW_REGISTRATION_COLUMNS_COUNT;
    bw_registration_of_row(columns, &found->registration.roster);
    found->registration.status_before = (enum bw_registration_status)more[0].number;
    bw_text_take(found->registration.session_code, BW_LABEL_BYTES, more[1].text);
    found->found = true;
    return false;
}

enum bw_status
bw_office_registration_by_code(struct bw_central *central, const char *typed,
    struct bw_office_registration *ret_registration, struct bw_error *err)
{
    bw_code code = BW_CODE_NONE;
    if (!bw_code_parse(typed, &code)) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for registration \"%s\": that is no code; one looks like K7QM-2XRD",
            typed);
    }
    struct found_registration found = { .found = false };
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_REGISTRATION_COLUMNS ", r.status_before, s.code FROM registration r"
        " JOIN session s ON s.session_no = r.session_no WHERE r.code = $1",
        &value, 1, on_registration, &found, err);
    if (status == BW_OK && !found.found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for registration \"%s\": %s has none of that code; check it on the "
            "ticket",
            typed, bw_central_name(central));
    }
    if (status == BW_OK) {
        *ret_registration = found.registration;
    }
    return status;
}

enum bw_status
bw_office_is_purged(struct bw_central *central, uint32_t session_no, bool *ret_purged,
    struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(session_no);
    int64_t purged = 0;
    enum bw_status status = bw_central_number(central,
        "SELECT count(*) FROM purged_session WHERE session_no = $1", &value, 1, 0, &purged,
        err);
    if (status == BW_OK) {
        *ret_purged = purged > 0;
    }
    return status;
}

enum bw_status
bw_office_count(struct bw_central *central, uint32_t session_no,
    enum bw_registration_status status, int64_t *ret_count, struct bw_error *err)
{
    struct bw_sql_value values[] = { bw_sql_int(session_no), bw_sql_int(status) };
    return bw_central_number(central,
        "SELECT count(*) FROM registration WHERE session_no = $1 AND status = $2", values,
        2, 0, ret_count, err);
}

enum bw_status
bw_office_free_places(struct bw_central *central, const struct bw_session *session,
    int64_t *ret_free, struct bw_error *err)
{
    int64_t confirmed = 0;
    enum bw_status status =
        bw_office_count(central, session->session_no, BW_CONFIRMED, &confirmed, err);
    if (status == BW_OK) {
        *ret_free = confirmed < session->capacity ? session->capacity - confirmed : 0;
    }
    return status;
}
