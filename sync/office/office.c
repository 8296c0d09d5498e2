/* What most commands on the central database need first: see office.h. One thread. */
#include "office/office.h"

#include "central/records.h"

#include <assert.h>
#include <string.h>

const char *
bw_office_key_path(const struct bw_call *call)
{
    const char *given = bw_call_value(call, BW_OPTION_KEY_FILE);
    return given != NULL ? given : bw_central_key_path(call->central);
}

struct filtering {
    const struct bw_keys *all;
    struct bw_keys *kept;
};

static bool
on_key_in_use(const struct bw_sql_value *columns, int count, void *context)
{
    struct filtering *f = context;
    assert(count == 2);
    for (int i = 0; i < f->all->count && f->kept->count < BW_KEYS_MAX; i++) {
        const struct bw_signing_key *key = &f->all->keys[i];
        if (key->key == columns[0].number && columns[1].bytes == BW_PUBLIC_KEY_BYTES &&
            memcmp(key->public_key, columns[1].blob, BW_PUBLIC_KEY_BYTES) == 0) {
            f->kept->keys[f->kept->count++] = *key;
        }
    }
    return true;
}

enum bw_status
bw_office_keys(struct bw_call *call, struct bw_keys *ret_keys, struct bw_error *err)
{
    const char *path = bw_office_key_path(call);
    if (path[0] == '\0') {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "reading the secret keys: it isn't known where they lie; give --key-file "
            "FILE");
    }
    struct bw_keys all;
    enum bw_status status = bw_keys_load(path, &all, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_keys kept = all;
    kept.count = 0;
    struct filtering filtering = {.all = &all, .kept = &kept};
    status = bw_central_run(call->central,
        "SELECT signing_key, public FROM signing_key WHERE retired_ms IS NULL"
        " ORDER BY signing_key",
        NULL, 0, on_key_in_use, &filtering, err);
    if (status == BW_OK && kept.count == 0) {
        status = bw_error_set(err, BW_REFUSED, 0,
            "reading the secret keys: %s doesn't belong to %s; put its own key file back",
            path, bw_central_name(call->central));
    }
    if (status == BW_OK) {
        *ret_keys = kept;
    }
    bw_keys_finish(&kept);
    bw_keys_finish(&all);
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
    struct found_registration found = {.found = false};
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
        "SELECT count(*) FROM purged_session WHERE session_no = $1", &value, 1, 0,
        &purged, err);
    if (status == BW_OK) {
        *ret_purged = purged > 0;
    }
    return status;
}

enum bw_status
bw_office_count(struct bw_central *central, uint32_t session_no,
    enum bw_registration_status status, int64_t *ret_count, struct bw_error *err)
{
    struct bw_sql_value values[] = {bw_sql_int(session_no), bw_sql_int(status)};
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
