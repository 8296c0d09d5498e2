/* `init`: the tables, the organiser's keys, and how the organiser is called. Again and
 * again: what is there stays. */
#include "office/office.h"
#include "cli/answer.h"
#include "cli/commands.h"

#include <brugwachter/text.h>
#include <string.h>
#include <unistd.h>

static enum bw_status
register_key(struct bw_call *call, const struct bw_signing_key *key, struct bw_error *err)
{
    struct bw_sql_value values[] = {
        bw_sql_int(key->key),
        bw_sql_blob(key->public_key, BW_PUBLIC_KEY_BYTES),
        bw_sql_int(bw_call_now_ms(call)),
    };
    return bw_central_run(call->central,
        "INSERT INTO signing_key (signing_key, public, created_ms) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING",
        values, 3, NULL, NULL, err);
}

/* The key file is made before its public half is written down: a stop in between leaves
 * keys that the next init takes up, never a database whose keys are nowhere. */
static enum bw_status
take_keys(struct bw_call *call, bool first_time, struct bw_error *err)
{
    const char *path = bw_call_key_path(call);
    struct bw_keys keys;
    enum bw_status status;
    if (first_time && access(path, F_OK) != 0) {
        status = bw_keys_create(path, 1, &keys, err);
    } else {
        status = bw_keys_load(path, &keys, err);
    }
    if (status != BW_OK) {
        return status;
    }
    if (first_time) {
        for (int i = 0; status == BW_OK && i < keys.count; i++) {
            status = register_key(call, &keys.keys[i], err);
        }
        struct bw_sql_value pairs[] = {
            bw_sql_blob(keys.sign_public, BW_PUBLIC_KEY_BYTES),
            bw_sql_blob(keys.box_public, BW_BOX_KEY_BYTES),
        };
        if (status == BW_OK) {
            status = bw_central_run(call->central,
                "UPDATE central SET sign_public = $1, box_public = $2 WHERE one = 1",
                pairs, 2, NULL, NULL, err);
        }
    }
    bw_keys_finish(&keys);
    return status;
}

struct setting {
    enum bw_option option;
    const char *sql;
    size_t chars_max;
};

static const struct setting settings[] = {
    {BW_OPTION_ORGANISER, "UPDATE central SET organiser = $1 WHERE one = 1",
        BW_TITLE_CHARS},
    {BW_OPTION_PHONE, "UPDATE central SET phone = $1 WHERE one = 1", BW_LABEL_BYTES - 1},
    {BW_OPTION_PRIVACY_URL, "UPDATE central SET privacy_url = $1 WHERE one = 1",
        BW_TITLE_CHARS},
};

static enum bw_status
take_settings(struct bw_call *call, struct bw_error *err)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const char *given = bw_call_value(call, settings[i].option);
        if (given == NULL) {
            continue;
        }
        char clean[BW_TITLE_BYTES];
        enum bw_text_fault fault = bw_text_clean(given, settings[i].chars_max, clean);
        if (fault != BW_TEXT_FINE) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "setting up %s: \"%s\" %s; give another text",
                bw_central_name(call->central), given, bw_text_fault_name(fault));
        }
        struct bw_sql_value value = bw_sql_text(clean);
        enum bw_status status =
            bw_central_run(call->central, settings[i].sql, &value, 1, NULL, NULL, err);
        if (status != BW_OK) {
            return status;
        }
    }
    return BW_OK;
}

static enum bw_status
fill(struct bw_call *call, struct bw_error *err)
{
    if (bw_call_key_path(call)[0] == '\0') {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "setting up %s: give --key-file FILE for the organiser's secret keys",
            bw_central_name(call->central));
    }
    enum bw_status status = bw_central_begin(call->central, err);
    int64_t keys = 0;
    if (status == BW_OK) {
        status = bw_central_number(
            call->central, "SELECT count(*) FROM signing_key", NULL, 0, 0, &keys, err);
    }
    if (status == BW_OK) {
        status = take_keys(call, keys == 0, err);
    }
    if (status == BW_OK) {
        status = take_settings(call, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(call->central, err);
    }
    bw_central_rollback(call->central);
    return status;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    bool created = false;
    enum bw_status status =
        bw_central_setup(call->central, bw_call_now_ms(call), &created, err);
    if (status == BW_OK) {
        status = fill(call, err);
    }
    if (status != BW_OK) {
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_answer_json(call,
            json_pack("{s:b, s:s, s:s}", "created", (int)created, "central",
                bw_central_name(call->central), "keys", bw_call_key_path(call)),
            err);
    } else {
        fprintf(call->out,
            created
                ? "Made %s; the organiser's secret keys lie in %s: keep a copy of both "
                  "in a safe place.\n"
                : "%s was set up already; its keys lie in %s. Nothing was lost.\n",
            bw_central_name(call->central), bw_call_key_path(call));
    }
    return bw_exit_of(status);
}

const struct bw_sync_command bw_sync_command_init = {
    .name = "init",
    .operands = "",
    .summary = "create or upgrade the central database; makes the first signing key",
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_ORGANISER) |
             BW_TAKES(BW_OPTION_PHONE) | BW_TAKES(BW_OPTION_PRIVACY_URL),
    .needs = BW_NEEDS_CENTRAL_NEW,
    .run = run,
};
