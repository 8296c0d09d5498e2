/* A central database, set up: see setup.h. */
#include "office/setup.h"
#include "office/still.h"

#include "central/keys_in_use.h"

#include <unistd.h>

static enum bw_status
register_key(const struct bw_office *office, const struct bw_signing_key *key,
    struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(key->key),
        bw_sql_blob(key->public_key, BW_PUBLIC_KEY_BYTES),
        bw_sql_int(bw_office_now_ms(office)),
    };
    return bw_central_run(office->central,
        "INSERT INTO signing_key (signing_key, public, created_ms) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING",
        values, 3, NULL, NULL, err);
}

/* The key file is made before its public half is written down: a stop in between leaves
 * keys that the next init takes up, never a database whose keys are nowhere. */
static enum bw_status
take_keys(const struct bw_office *office, bool first_time, struct bw_error *err)
{
    struct bw_keys keys;
    enum bw_status status;
    if (first_time && bw_central_is_check_only(office->central)) {
        return BW_OK;
    }
    if (first_time && access(office->key_path, F_OK) != 0) {
        status = bw_keys_create(office->key_path, 1, &keys, err);
    } else {
        status = bw_keys_of_organiser(office->central, office->key_path, &keys, err);
    }
    if (status != BW_OK) {
        return status;
    }
    if (first_time) {
        for (int i = 0; status == BW_OK && i < keys.count; i++) {
            status = register_key(office, &keys.keys[i], err);
        }
        struct bw_sql_value pairs[] = {
            bw_sql_blob(keys.sign_public, BW_PUBLIC_KEY_BYTES),
            bw_sql_blob(keys.box_public, BW_BOX_KEY_BYTES),
        };
        if (status == BW_OK) {
            status = bw_central_run(office->central,
                "UPDATE central SET sign_public = $1, box_public = $2 WHERE one = 1",
                pairs, 2, NULL, NULL, err);
        }
    }
    bw_keys_finish(&keys);
    return status;
}

enum bw_status
bw_office_settings_keep(const struct bw_office *office,
    const struct bw_office_settings *settings, bool *ret_changed, struct bw_error *err)
{
    bool changed = false;
    enum bw_status status = bw_step_contact_differs(office, settings, &changed, err);
    if (status != BW_OK) {
        return status;
    }
    if (!changed) { /* who changes nothing waits for nobody */
        *ret_changed = false;
        return BW_OK;
    }
    status = bw_office_still_begin(office, err);
    if (status == BW_OK) {
        status = bw_step_contact_put(office, settings, true, &changed, err);
    }
    if (status == BW_OK && changed) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_changed = changed;
    }
    return status;
}

static enum bw_status
fill(const struct bw_office *office, const struct bw_office_settings *settings,
    bool *ret_created, struct bw_error *err)
{
    int64_t keys = 0;
    bool changed = false;
    enum bw_status status =
        bw_central_prepare(office->central, bw_office_now_ms(office), ret_created, err);
    if (status == BW_OK) {
        status = bw_central_number(
            office->central, "SELECT count(*) FROM signing_key", NULL, 0, 0, &keys, err);
    }
    if (status == BW_OK) {
        status = take_keys(office, keys == 0, err);
    }
    return status == BW_OK
               ? bw_step_contact_put(office, settings, !*ret_created, &changed, err)
               : status;
}

enum bw_status
bw_office_setup(const struct bw_office *office, const struct bw_office_settings *settings,
    bool *ret_created, struct bw_error *err)
{
    if (office->key_path[0] == '\0') {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "setting up %s: give --key-file FILE for the organiser's secret keys",
            bw_central_name(office->central));
    }
    bool created = false;
    enum bw_status status = bw_central_begin(office->central, err);
    if (status == BW_OK) {
        status = fill(office, settings, &created, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    if (status == BW_OK) {
        *ret_created = created;
    }
    return status;
}
