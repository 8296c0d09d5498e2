/* What most commands on the central database need first: see office.h. One thread. */
#include "office.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static void
copy(char *to, size_t room, const struct bw_sql_value *from)
{
    (void)snprintf(to, room, "%s", from->text);
}

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

/* ---- sessions ---- */

void
bw_office_read_session(const struct bw_sql_value *c, struct bw_session *ret_session)
{
    struct bw_session *s = ret_session;
    *s = (struct bw_session){ .session_no = (uint32_t)c[0].number };
    copy(s->code, sizeof s->code, &c[1]);
    copy(s->series, sizeof s->series, &c[2]);
    copy(s->title, sizeof s->title, &c[3]);
    copy(s->kind, sizeof s->kind, &c[4]);
    copy(s->region, sizeof s->region, &c[5]);
    copy(s->venue, sizeof s->venue, &c[6]);
    copy(s->address, sizeof s->address, &c[7]);
    copy(s->timezone, sizeof s->timezone, &c[8]);
    copy(s->go_to, sizeof s->go_to, &c[9]);
    copy(s->desk, sizeof s->desk, &c[10]);
    copy(s->audience, sizeof s->audience, &c[11]);
    s->starts_ms = c[12].number;
    s->ends_ms = c[13].number;
    s->capacity = (int)c[14].number;
    s->doors_minutes = (int)c[15].number;
    s->release_minutes = (int)c[16].number;
    s->extra_places = (int)c[17].number;
    s->own_region_first = c[18].number != 0;
}

struct found_session {
    bool found;
    struct bw_session *session;
};

static bool
on_found_session(const struct bw_sql_value *columns, int count, void *context)
{
    struct found_session *found = context;
    assert(count == BW_SESSION_COLUMNS_COUNT);
    bw_office_read_session(columns, found->session);
    found->found = true;
    return false;
}

enum bw_status
bw_office_session(struct bw_central *central, const char *code,
    struct bw_session *ret_session, struct bw_error *err)
{
    struct found_session found = { .session = ret_session };
    struct bw_sql_value value = bw_sql_text(code);
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_SESSION_COLUMNS BW_SESSION_FROM "WHERE upper(s.code) = upper($1)",
        &value, 1, on_found_session, &found, err);
    if (status == BW_OK && !found.found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for session \"%s\": %s has none of that code; status lists them", code,
            bw_central_name(central));
    }
    return status;
}

enum bw_status
bw_office_session_by_number(struct bw_central *central, uint32_t session_no,
    struct bw_session *ret_session, struct bw_error *err)
{
    struct found_session found = { .session = ret_session };
    struct bw_sql_value value = bw_sql_int(session_no);
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_SESSION_COLUMNS BW_SESSION_FROM "WHERE s.session_no = $1", &value, 1,
        on_found_session, &found, err);
    if (status == BW_OK && !found.found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for session number %u: %s has none of that number", session_no,
            bw_central_name(central));
    }
    return status;
}

struct session_walk {
    bw_office_session_each *each;
    void *context;
};

static bool
on_session(const struct bw_sql_value *columns, int count, void *context)
{
    struct session_walk *walk = context;
    assert(count == BW_SESSION_COLUMNS_COUNT);
    struct bw_session session;
    bw_office_read_session(columns, &session);
    return walk->each(&session, walk->context);
}

enum bw_status
bw_office_sessions(struct bw_central *central, bw_office_session_each *each,
    void *context, struct bw_error *err)
{
    struct session_walk walk = { .each = each, .context = context };
    return bw_central_run(central,
        "SELECT " BW_SESSION_COLUMNS BW_SESSION_FROM "ORDER BY s.starts_ms, s.code", NULL, 0,
        on_session, &walk, err);
}

/* ---- registrations ---- */

void
bw_office_read_registration(
    const struct bw_sql_value *c, struct bw_office_registration *ret_registration)
{
    struct bw_office_registration *r = ret_registration;
    *r = (struct bw_office_registration){
        .roster = {
            .code = (bw_code)c[0].number,
            .session_no = (uint32_t)c[1].number,
            .status = (enum bw_registration_status)c[2].number,
            .generation = (uint8_t)c[3].number,
            .signed_up_ms = c[4].number,
            .line = (int32_t)c[5].number,
        },
        .status_before = (enum bw_registration_status)c[11].number,
        .person_no = c[12].number,
        .batch_no = c[17].number,
        .revision = c[18].number,
        .placed = c[19].type != BW_SQL_NULL,
    };
    copy(r->roster.first_name, sizeof r->roster.first_name, &c[6]);
    copy(r->roster.name, sizeof r->roster.name, &c[7]);
    copy(r->roster.school, sizeof r->roster.school, &c[8]);
    copy(r->roster.region, sizeof r->roster.region, &c[9]);
    copy(r->roster.table, sizeof r->roster.table, &c[10]);
    copy(r->role, sizeof r->role, &c[13]);
    copy(r->why, sizeof r->why, &c[14]);
    copy(r->session_code, sizeof r->session_code, &c[15]);
    copy(r->mail, sizeof r->mail, &c[16]);
}

struct found_registration {
    bool found;
    struct bw_office_registration *registration;
};

static bool
on_registration(const struct bw_sql_value *columns, int count, void *context)
{
    struct found_registration *found = context;
    (void)count;
    bw_office_read_registration(columns, found->registration);
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
    struct found_registration found = { .registration = ret_registration };
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    enum bw_status status = bw_central_run(central,
        "SELECT " BW_REGISTRATION_COLUMNS BW_REGISTRATION_FROM "WHERE r.code = $1", &value,
        1, on_registration, &found, err);
    if (status == BW_OK && !found.found) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for registration \"%s\": %s has none of that code", typed,
            bw_central_name(central));
    }
    return status;
}
