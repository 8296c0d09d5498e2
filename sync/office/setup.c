/* A central database, set up: see setup.h. */
#include "office/setup.h"

#include "central/keys_in_use.h"
#include "office/mail/told.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
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

static enum bw_status
take_setting(const struct bw_office *office, const char *given, size_t chars_max,
    const char *name, const char *sql, struct bw_error *err)
{
    if (given == NULL) {
        return BW_OK;
    }
    char clean[BW_TITLE_BYTES];
    enum bw_text_fault fault = bw_text_clean(given, chars_max, clean);
    if (fault != BW_TEXT_FINE) {
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0,
                "setting up %s: \"%s\" %s; give another text",
                bw_central_name(office->central), given,
                bw_said(bw_text_fault_name(fault))),
            name);
    }
    struct bw_sql_value value = bw_sql_text(clean);
    return bw_central_run(office->central, sql, &value, 1, NULL, NULL, err);
}

static enum bw_status
take_settings(const struct bw_office *office, const struct bw_office_settings *settings,
    struct bw_error *err)
{
    enum bw_status status = take_setting(office, settings->organiser, BW_TITLE_CHARS,
        "organiser", "UPDATE central SET organiser = $1 WHERE one = 1", err);
    if (status == BW_OK) {
        status = take_setting(office, settings->phone, BW_LABEL_BYTES - 1, "phone",
            "UPDATE central SET phone = $1 WHERE one = 1", err);
    }
    if (status == BW_OK) {
        status = take_setting(office, settings->privacy_url, BW_TITLE_CHARS,
            "privacy-url", "UPDATE central SET privacy_url = $1 WHERE one = 1", err);
    }
    if (status == BW_OK && settings->mail != NULL &&
        !bw_told_address_is_fine(settings->mail)) {
        status = bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0,
                "setting up %s: \"%s\" is no address that mail could come from",
                bw_central_name(office->central), settings->mail),
            "mail-from");
    }
    if (status == BW_OK) {
        status = take_setting(office, settings->mail, BW_TITLE_CHARS, "mail-from",
            "UPDATE central SET mail = $1 WHERE one = 1", err);
    }
    if (status == BW_OK) {
        status = take_setting(office, settings->contact, BW_TITLE_CHARS, "contact",
            "UPDATE central SET contact = $1 WHERE one = 1", err);
    }
    return status;
}

enum bw_status
bw_office_settings_keep(const struct bw_office *office,
    const struct bw_office_settings *settings, struct bw_error *err)
{
    if (settings->organiser == NULL && settings->phone == NULL &&
        settings->privacy_url == NULL && settings->mail == NULL &&
        settings->contact == NULL) {
        return BW_OK;
    }
    enum bw_status status = bw_central_begin(office->central, err);
    if (status == BW_OK) {
        status = take_settings(office, settings, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    return status;
}

static enum bw_status
fill(const struct bw_office *office, const struct bw_office_settings *settings,
    bool *ret_created, struct bw_error *err)
{
    int64_t keys = 0;
    enum bw_status status =
        bw_central_prepare(office->central, bw_office_now_ms(office), ret_created, err);
    if (status == BW_OK) {
        status = bw_central_number(
            office->central, "SELECT count(*) FROM signing_key", NULL, 0, 0, &keys, err);
    }
    if (status == BW_OK) {
        status = take_keys(office, keys == 0, err);
    }
    return status == BW_OK ? take_settings(office, settings, err) : status;
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
