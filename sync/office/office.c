/* The organiser's office: see office.h. */
#include "office/office.h"

#include "central/keys_in_use.h"
#include "central/records.h"
#include "office/find.h"

#include <assert.h>

int64_t
bw_office_now_ms(const struct bw_office *office)
{
    return office->clock.wall_ms(&office->clock);
}

enum bw_status
bw_office_keys(
    const struct bw_office *office, struct bw_keys *ret_keys, struct bw_error *err)
{
    return bw_keys_in_use(office->central, office->key_path, ret_keys, err);
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
    bw_text_copy(found->registration.session_code, BW_LABEL_BYTES, more[1].text);
    found->found = true;
    return false;
}

static enum bw_status
read_registration(struct bw_central *central, bw_code code,
    struct found_registration *found, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int((int64_t)code);
    return bw_central_run(central,
        "SELECT " BW_REGISTRATION_COLUMNS ", r.status_before, s.code FROM registration r"
        " JOIN session s ON s.session_no = r.session_no WHERE r.code = $1",
        &value, 1, on_registration, found, err);
}

/* A name of eight letters may be read as a code: who isn't found by it is looked for. */
enum bw_status
bw_office_registration_by_code(struct bw_central *central, const char *typed,
    struct bw_office_registration *ret_registration, struct bw_error *err)
{
    bw_code code = BW_CODE_NONE;
    struct found_registration found = {.found = false};
    enum bw_status status = BW_OK;
    if (bw_code_parse(typed, &code)) {
        status = read_registration(central, code, &found, err);
    }
    if (status == BW_OK && !found.found) {
        status = bw_office_find_one(central, typed, &code, err);
        if (status == BW_OK) {
            status = read_registration(central, code, &found, err);
        }
    }
    if (status == BW_OK) {
        *ret_registration = found.registration;
    }
    return status;
}

enum bw_status
bw_office_registration_of(struct bw_central *central, bw_code code,
    struct bw_office_registration *ret_registration, struct bw_error *err)
{
    char text[BW_CODE_BYTES];
    bw_code_format(code, text);
    return bw_office_registration_by_code(central, text, ret_registration, err);
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

void
bw_office_note(struct bw_central *central, const char *sql, int64_t when_ms)
{
    struct bw_error why = {.text = ""};
    struct bw_sql_value value = bw_sql_int(when_ms);
    if (bw_central_begin_step(central, &why) == BW_OK &&
        bw_central_run(central, sql, &value, 1, NULL, NULL, &why) == BW_OK) {
        (void)(bw_central_commit(central, &why) == BW_OK);
    }
    bw_central_rollback(central);
}
