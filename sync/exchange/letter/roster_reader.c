/* Taking what a roster letter holds: its head. See roster.h, LETTERS.md;
 * the rows are in roster_rows.c. */
#include "exchange/letter/roster_reading.h"

#include <sodium.h>
#include <string.h>

enum { VERSION = 2, PARTS_MAX = UINT16_MAX };

static void
turn_into(struct bw_json *json, const json_t *root, const char *name)
{
    const json_t *object = json_object_get(root, name);
    json->object = object;
    if (!json_is_object(object)) {
        bw_json_refuse(json, name, "is missing, or no object");
    }
}

static void
sessions_read(struct bw_json *json, struct bw_enrolment *settings)
{
    const json_t *list = bw_json_list(json, "sessions", BW_SESSIONS_OWN_MAX);
    settings->sessions_count = (int)json_array_size(list);
    for (int i = 0; i < settings->sessions_count; i++) {
        const json_t *code = json_array_get(list, (size_t)i);
        bw_json_code(json, "sessions", json_string_value(code), settings->sessions[i]);
    }
}

static void
settings_read(struct bw_json *json, const json_t *root, struct bw_enrolment *settings)
{
    turn_into(json, root, "settings");
    bw_json_text(json, "name", BW_NAME_CHARS, settings->name);
    bw_json_text(json, "organiser", BW_TITLE_CHARS, settings->organiser);
    bw_json_raw(json, "phone", BW_LABEL_BYTES, settings->contact_phone);
    bw_json_label(json, "privacy_url", BW_URL_BYTES, settings->privacy_url);
    bw_json_label(json, "pin", BW_PIN_HASH_BYTES, settings->pin_hash);
    if (settings->pin_hash[0] && strncmp(settings->pin_hash, "$argon2id$", 10) != 0) {
        bw_json_refuse(json, "pin", "is no argon2id hash");
    }
    sessions_read(json, settings);
    bw_json_turn(json, root);
    bw_json_keyring(json, root, &settings->keyring);
}

static void
organiser_read(
    struct bw_json *json, const json_t *root, struct bw_roster_organiser *organiser)
{
    turn_into(json, root, "organiser");
    bw_json_bytes(json, "sign", organiser->now.sign, BW_PUBLIC_KEY_BYTES);
    bw_json_bytes(json, "box", organiser->now.box, BW_BOX_KEY_BYTES);
    bw_json_public(json, "next_sign", "next_box", &organiser->changes, &organiser->next);
    if (organiser->changes) {
        bw_json_bytes(json, "next_signature_old", organiser->next_signature_old,
            BW_LETTER_SIGNATURE_BYTES);
        bw_json_bytes(json, "next_signature_new", organiser->next_signature_new,
            BW_LETTER_SIGNATURE_BYTES);
        if (!bw_roster_organiser_holds(organiser)) {
            bw_json_refuse(json, "next_sign", "isn't signed by the old pair and the new");
        }
    }
}

static void
receipt_read(struct bw_json *json, const json_t *root, struct bw_receipt *receipt)
{
    turn_into(json, root, "receipt");
    receipt->seq = (uint64_t)bw_json_number(json, "seq", 0, INT64_MAX);
    bw_json_bytes(json, "hash", receipt->hash, BW_HASH_BYTES);
    receipt->beyond_seq = (uint64_t)bw_json_number(json, "beyond_seq", 0, INT64_MAX);
    bw_json_bytes(json, "beyond_hash", receipt->beyond_hash, BW_HASH_BYTES);
}

/* LT5 */
static bool
is_of_head(const struct bw_roster_letter *letter, const struct bw_letter_head *head)
{
    struct bw_letter_head own;
    bw_roster_letter_head(letter, &own);
    return head->kind == BW_LETTER_ROSTER && head->writer == 0 &&
           own.addressee == head->addressee && own.session_no == head->session_no &&
           own.epoch == head->epoch && own.from == head->from && own.to == head->to &&
           own.part == head->part && own.parts == head->parts;
}

static enum bw_status
version_check(struct bw_roster_reading *reading)
{
    struct bw_json *json = &reading->json;
    int64_t version = bw_json_number(json, "brugwachter_roster", 1, INT32_MAX);
    if (json->fault[0] == '\0' && version > VERSION) {
        return bw_error_set(reading->err, BW_NEWER, 0,
            "the roster is of version %lld, and this "
            "program knows %d; bring this side up to date",
            (long long)version, VERSION);
    }
    if (version < VERSION) {
        bw_json_refuse(json, "brugwachter_roster", "is an old version's");
    }
    return BW_OK;
}

/* A letter without the list is an earlier office's. */
static void
away_read(struct bw_json *json, const json_t *root, struct bw_roster_letter *letter)
{
    bw_json_turn(json, root);
    const json_t *list =
        bw_json_has(json, "away") ? bw_json_list(json, "away", BW_ROSTER_AWAY_MAX) : NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        json->object = json_array_get(list, i);
        letter->away[i] = (uint32_t)bw_json_item_number(json, 1, UINT32_MAX);
    }
    bw_json_turn(json, root);
}

static enum bw_status
head_read(struct bw_roster_reading *reading, const json_t *root,
    const struct bw_letter_head *head, struct bw_roster_letter *letter)
{
    struct bw_json *json = &reading->json;
    enum bw_status status = version_check(reading);
    if (status != BW_OK) {
        return status;
    }
    letter->device = (uint32_t)bw_json_number(json, "device", 1, UINT32_MAX);
    letter->settings.device = letter->device;
    letter->session_no = (uint32_t)bw_json_number(json, "session_no", 1, UINT32_MAX);
    letter->epoch = (uint32_t)bw_json_number(json, "epoch", 0, UINT32_MAX);
    letter->from = (uint64_t)bw_json_number(json, "from", 0, INT64_MAX);
    letter->to = (uint64_t)bw_json_number(json, "to", 1, INT64_MAX);
    letter->part = (int)bw_json_number(json, "part", 1, PARTS_MAX);
    letter->parts = (int)bw_json_number(json, "parts", 1, PARTS_MAX);
    letter->made_ms = bw_json_number(json, "made_ms", 0, BW_ROSTER_MS_MAX);
    bw_json_bytes(json, "details_key", letter->details_key, BW_DETAILS_KEY_BYTES);
    if (bw_json_has(json, "lan_key")) {
        bw_json_bytes(json, "lan_key", letter->lan_key, BW_DETAILS_KEY_BYTES);
    }
    settings_read(json, root, &letter->settings);
    organiser_read(json, root, &letter->organiser);
    receipt_read(json, root, &letter->receipt);
    turn_into(json, root, "own");
    bw_json_public(json, "sign", "box", &letter->introduced, &letter->own);
    bw_json_turn(json, root);
    if (bw_json_has(json, "again")) {
        letter->again = (uint32_t)bw_json_number(json, "again", 0, UINT32_MAX);
    }
    away_read(json, root, letter);
    status = bw_json_end(json, reading->err);
    if (status == BW_OK && !is_of_head(letter, head)) {
        return bw_error_set(reading->err, BW_BAD_INPUT, 0,
            "the letter says another thing inside than outside; have it made again");
    }
    return status;
}

static enum bw_status
letter_read(struct bw_roster_reading *reading, const json_t *root,
    const struct bw_letter_head *head, struct bw_roster_letter *letter,
    struct bw_roster_counts *counts)
{
    const struct bw_roster_sink *sink = reading->sink;
    enum bw_status status = head_read(reading, root, head, letter);
    if (status == BW_OK && sink->begin) {
        status = sink->begin(sink->context, letter, reading->err);
    }
    if (status == BW_OK) {
        status = bw_roster_rows_read(reading, root, counts);
    }
    if (status == BW_OK && sink->end) {
        status = sink->end(sink->context, reading->err);
    }
    return status;
}

enum bw_status
bw_roster_read(const struct bw_letter_head *head, const void *content,
    size_t content_bytes, const struct bw_roster_sink *sink,
    struct bw_roster_letter *ret_letter, struct bw_roster_counts *ret_counts,
    struct bw_error *err)
{
    json_t *root;
    enum bw_status status = bw_json_parse(content, content_bytes, &root, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_roster_letter letter = {0};
    struct bw_roster_counts counts = {0};
    struct bw_roster_reading reading = {
        .sink = sink, .json = bw_json_of(root), .err = err};
    status = letter_read(&reading, root, head, &letter, &counts);
    json_decref(root);
    if (status == BW_OK && ret_letter) {
        *ret_letter = letter;
    }
    if (status == BW_OK && ret_counts) {
        *ret_counts = counts;
    }
    sodium_memzero(&letter, sizeof letter);
    return status;
}
