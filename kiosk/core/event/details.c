/* Personal details beside the chain: see brugwachter/event.h. Any thread.
 *
 * salt (16), then first name, name, school, region, reason: each two bytes of length and
 *   its UTF-8 bytes.
 *
 * The salt keeps a commitment from being guessed from a list of names. */
#include "details.h"

#include <brugwachter/event.h>
#include <brugwachter/said.h>
#include <brugwachter/text.h>

#include "core/base/wire.h"

#include <assert.h>
#include <sodium.h>

struct details_field {
    const char *name;
    size_t offset;
    size_t chars_max;
};

static const struct details_field fields[] = {
    {BW_SAYS("first name"), offsetof(struct bw_event_details, person.first_name),
        BW_NAME_CHARS},
    {BW_SAYS("name"), offsetof(struct bw_event_details, person.name), BW_NAME_CHARS},
    {BW_SAYS("school"), offsetof(struct bw_event_details, person.school), BW_TITLE_CHARS},
    {BW_SAYS("region"), offsetof(struct bw_event_details, person.region), BW_NAME_CHARS},
    {BW_SAYS("reason"), offsetof(struct bw_event_details, reason), BW_TITLE_CHARS},
};

enum { FIELDS_COUNT = sizeof fields / sizeof fields[0] };

_Static_assert(BW_SALT_BYTES + 5 * 2 + 3 * BW_NAME_BYTES + 2 * BW_TITLE_BYTES <=
                   BW_DETAILS_WIRE_BYTES_MAX,
    "the header's room holds the longest details");

size_t
bw_details_encode(
    const struct bw_event_details *details, uint8_t ret_bytes[BW_DETAILS_WIRE_BYTES_MAX])
{
    struct wire_writer writer = {ret_bytes};
    wire_put_bytes(&writer, details->salt, BW_SALT_BYTES);
    for (int i = 0; i < FIELDS_COUNT; i++) {
        const char *text = (const char *)details + fields[i].offset;
        size_t length = strlen(text);
        assert(length <= fields[i].chars_max * 4);
        wire_put(&writer, 2, length);
        wire_put_bytes(&writer, text, length);
    }
    return (size_t)(writer.at - ret_bytes);
}

enum bw_status
bw_details_decode(const uint8_t *bytes, size_t length,
    struct bw_event_details *ret_details, struct bw_error *err)
{
    struct wire_reader reader = {.at = bytes, .left = length};
    struct bw_event_details details = {0};
    wire_get_bytes(&reader, details.salt, BW_SALT_BYTES);
    for (int i = 0; i < FIELDS_COUNT; i++) {
        size_t text_length = (size_t)wire_get(&reader, 2);
        char *text = (char *)&details + fields[i].offset;
        char scratch[BW_TITLE_BYTES];
        if (text_length > fields[i].chars_max * 4) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "Reading an event's details failed: the %s is too long.",
                bw_said(fields[i].name));
        }
        wire_get_bytes(&reader, text, text_length);
        enum bw_text_fault fault = bw_text_clean(text, fields[i].chars_max, scratch);
        /* A text is taken as it is or not at all:
         * a cleaned one wouldn't fit its commitment. */
        if (!reader.short_of && (strlen(text) != text_length || fault != BW_TEXT_FINE)) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "Reading an event's details failed: the %s %s.", bw_said(fields[i].name),
                fault == BW_TEXT_FINE ? bw_said("holds a zero byte")
                                      : bw_said(bw_text_fault_name(fault)));
        }
    }
    if (reader.short_of || reader.left != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading an event's details of %zu bytes failed: they are cut or too long.",
            length);
    }
    *ret_details = details;
    return BW_OK;
}

void
bw_details_commit(
    const struct bw_event_details *details, uint8_t ret_commitment[BW_HASH_BYTES])
{
    uint8_t bytes[BW_DETAILS_WIRE_BYTES_MAX];
    size_t length = bw_details_encode(details, bytes);
    (void)crypto_generichash(ret_commitment, BW_HASH_BYTES, bytes, length, NULL, 0);
    sodium_memzero(bytes, length);
}

enum bw_status
bw_details_clean(struct bw_event_details *details, struct bw_error *err)
{
    for (int i = 0; i < FIELDS_COUNT; i++) {
        char *text = (char *)details + fields[i].offset;
        char cleaned[BW_TITLE_BYTES];
        enum bw_text_fault fault = bw_text_clean(text, fields[i].chars_max, cleaned);
        if (fault != BW_TEXT_FINE) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "Keeping the details of somebody at the door failed: the %s %s. "
                "Type it again.",
                bw_said(fields[i].name), bw_said(bw_text_fault_name(fault)));
        }
        memcpy(text, cleaned, strlen(cleaned) + 1);
    }
    return BW_OK;
}
