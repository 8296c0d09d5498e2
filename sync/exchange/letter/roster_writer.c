/* Making what a roster letter holds: its head and its whole. See roster.h, LETTERS.md. */
#include "exchange/letter/roster_writing.h"

#include <sodium.h>
#include <stdlib.h>

enum { VERSION = 2 };

void
bw_roster_letter_head(
    const struct bw_roster_letter *letter, struct bw_letter_head *ret_head)
{
    *ret_head = (struct bw_letter_head){.kind = BW_LETTER_ROSTER,
        .addressee = letter->device,
        .session_no = letter->session_no,
        .epoch = letter->epoch,
        .from = letter->from,
        .to = letter->to,
        .part = (uint16_t)letter->part,
        .parts = (uint16_t)letter->parts};
}

enum bw_status
bw_roster_writer_create(const struct bw_roster_letter *letter,
    struct bw_roster_writer **ret_writer, struct bw_error *err)
{
    static const char *const lists[] = {"sessions", "registrations", "gone", "sealed",
        "sealed_gone", "agenda", "peers", "revoked", "events", "forget"};
    struct bw_roster_writer *writer = calloc(1, sizeof *writer);
    bw_json_begin();
    if (writer) {
        writer->letter = *letter;
        writer->root = json_object();
        writer->failed = writer->root == NULL;
    }
    for (size_t i = 0; writer && i < sizeof lists / sizeof lists[0]; i++) {
        writer->failed = writer->failed ||
                         json_object_set_new(writer->root, lists[i], json_array()) != 0;
    }
    if (!writer || writer->failed) {
        bw_roster_writer_destroy(writer);
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "writing a roster: out of memory; close other programs");
    }
    *ret_writer = writer;
    return BW_OK;
}

void
bw_roster_writer_destroy(struct bw_roster_writer *writer)
{
    if (writer) {
        json_decref(writer->root);
        sodium_memzero(&writer->letter, sizeof writer->letter);
        free(writer);
    }
}

size_t
bw_roster_writer_bytes(const struct bw_roster_writer *writer)
{
    return writer->bytes + sizeof writer->letter;
}

/* ---- the head ---- */

json_t *
bw_roster_hex_if(bool given, const uint8_t *bytes, size_t length)
{
    return given ? bw_json_hex(bytes, length) : json_string("");
}

static json_t *
settings_json(const struct bw_enrolment *settings)
{
    json_t *sessions = json_array();
    for (int i = 0; i < settings->sessions_count; i++) {
        if (json_array_append_new(sessions, json_string(settings->sessions[i])) != 0) {
            json_decref(sessions);
            return NULL;
        }
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "name", settings->name,
        "organiser", settings->organiser, "phone", settings->contact_phone, "privacy_url",
        settings->privacy_url, "pin", settings->pin_hash, "sessions", sessions);
}

static json_t *
organiser_json(const struct bw_roster_organiser *organiser)
{
    bool next = organiser->changes;
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "sign",
        bw_json_hex(organiser->now.sign, BW_PUBLIC_KEY_BYTES), "box",
        bw_json_hex(organiser->now.box, BW_BOX_KEY_BYTES), "next_sign",
        bw_roster_hex_if(next, organiser->next.sign, BW_PUBLIC_KEY_BYTES), "next_box",
        bw_roster_hex_if(next, organiser->next.box, BW_BOX_KEY_BYTES),
        "next_signature_old",
        bw_roster_hex_if(next, organiser->next_signature_old, BW_LETTER_SIGNATURE_BYTES),
        "next_signature_new",
        bw_roster_hex_if(next, organiser->next_signature_new, BW_LETTER_SIGNATURE_BYTES));
}

static json_t *
receipt_json(const struct bw_receipt *receipt)
{
    return json_pack("{s:I, s:o, s:I, s:o}", "seq", (json_int_t)receipt->seq, "hash",
        bw_json_hex(receipt->hash, BW_HASH_BYTES), "beyond_seq",
        (json_int_t)receipt->beyond_seq, "beyond_hash",
        bw_json_hex(receipt->beyond_hash, BW_HASH_BYTES));
}

static json_t *
own_json(const struct bw_roster_letter *letter)
{
    return json_pack("{s:o, s:o}", "sign",
        bw_roster_hex_if(letter->introduced, letter->own.sign, BW_PUBLIC_KEY_BYTES),
        "box", bw_roster_hex_if(letter->introduced, letter->own.box, BW_BOX_KEY_BYTES));
}

static json_t *
away_json(const struct bw_roster_letter *letter)
{
    json_t *list = json_array();
    for (int i = 0; list && i < BW_ROSTER_AWAY_MAX && letter->away[i] != 0; i++) {
        if (json_array_append_new(list, json_integer(letter->away[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *
head_json(const struct bw_roster_letter *letter, int part, int parts)
{
    return json_pack(
        "{s:i, s:I, s:I, s:I, s:I, s:I, s:i, s:i, s:I, s:o, s:o, s:o, s:o, s:o, s:o, "
        "s:I, s:o}",
        "brugwachter_roster", VERSION, "device", (json_int_t)letter->device, "session_no",
        (json_int_t)letter->session_no, "epoch", (json_int_t)letter->epoch, "from",
        (json_int_t)letter->from, "to", (json_int_t)letter->to, "part", part, "parts",
        parts, "made_ms", (json_int_t)letter->made_ms, "settings",
        settings_json(&letter->settings), "organiser", organiser_json(&letter->organiser),
        "keys", bw_json_of_keyring(&letter->settings.keyring), "details_key",
        bw_json_hex(letter->details_key, BW_DETAILS_KEY_BYTES), "receipt",
        receipt_json(&letter->receipt), "own", own_json(letter), "again",
        (json_int_t)letter->again, "away", away_json(letter));
}

/* Left out where there is none, as it was before there were any. */
static bool
lan_key_add(json_t *root, const struct bw_roster_letter *letter)
{
    return sodium_is_zero(letter->lan_key, BW_DETAILS_KEY_BYTES) ||
           json_object_set_new(
               root, "lan_key", bw_json_hex(letter->lan_key, BW_DETAILS_KEY_BYTES)) == 0;
}

enum bw_status
bw_roster_writer_text(struct bw_roster_writer *writer, int part, int parts,
    char **ret_text, struct bw_error *err)
{
    json_t *root = writer->failed ? NULL : head_json(&writer->letter, part, parts);
    if (root && (json_object_update(root, writer->root) != 0 ||
                    !lan_key_add(root, &writer->letter))) {
        json_decref(root);
        root = NULL;
    }
    return bw_json_write(root, ret_text, err);
}
