/* TZif files: see tzif.h. Any thread.
 *
 * A file has a block with 32-bit times, and since version 2 a second one with 64-bit
 * times and a last line with the rule for all later times. "Fat" files list every change
 * up to 2037 and have the rule too, "slim" ones leave to the rule what it covers: past
 * the last listed change the rule answers, so both read the same. */
#include "tzif.h"

#include <brugwachter/said.h>
#include <string.h>

enum {
    HEADER_BYTES = 44,
    TYPE_BYTES = 6,
    RULE_BYTES = 128,
    OFFSET_MOST = 26 * 3600, /* RFC 8536, 3.2: -25 to 26 hours */
};

struct header {
    int version;
    uint32_t utc_flags, standard_flags, leaps, changes, types, name_bytes;
};

/* What is left of the file. */
struct rest {
    const uint8_t *bytes;
    size_t length;
};

static const char cut_short[] = "is cut short";

/* The next bytes, or NULL where there are not so many. */
static const uint8_t *
take(struct rest *rest, size_t bytes)
{
    if (bytes > rest->length) {
        return NULL;
    }
    const uint8_t *taken = rest->bytes;
    rest->bytes += bytes;
    rest->length -= bytes;
    return taken;
}

static int64_t
read_signed(const uint8_t *bytes, size_t count)
{
    uint64_t value = bytes[0] >= 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < count; i++) {
        value = value << 8 | bytes[i];
    }
    int64_t read;
    memcpy(&read, &value, sizeof read);
    return read;
}

static uint32_t
read_count(const uint8_t *bytes)
{
    return (uint32_t)read_signed(bytes, 4);
}

static const char *
read_header(struct rest *rest, struct header *ret_header)
{
    const uint8_t *at = take(rest, HEADER_BYTES);
    if (at == NULL) {
        return cut_short;
    }
    if (memcmp(at, "TZif", 4) != 0) {
        return BW_SAYS("is no time zone file");
    }
    *ret_header = (struct header){
        .version = at[4] == 0 ? 1 : at[4] - '0',
        .utc_flags = read_count(at + 20),
        .standard_flags = read_count(at + 24),
        .leaps = read_count(at + 28),
        .changes = read_count(at + 32),
        .types = read_count(at + 36),
        .name_bytes = read_count(at + 40),
    };
    if (ret_header->version < 1 || ret_header->version > 4) {
        return BW_SAYS("is of a version that this program doesn't know");
    }
    if (ret_header->leaps != 0) {
        return BW_SAYS("counts leap seconds");
    }
    if (ret_header->types == 0 || ret_header->types > TZIF_TYPES_MAX ||
        ret_header->changes > TZIF_CHANGES_MAX) {
        return BW_SAYS("has impossible counts");
    }
    return NULL;
}

/* Names of zones and the flags of how a change was written are of no use here. */
static size_t
tail_bytes(const struct header *header)
{
    return (size_t)header->name_bytes + header->standard_flags + header->utc_flags;
}

static const char *
read_block(
    struct rest *rest, const struct header *header, size_t time_bytes, struct tzif *tzif)
{
    const uint8_t *at = take(rest, header->changes * time_bytes);
    const uint8_t *type = take(rest, header->changes);
    const uint8_t *types = take(rest, (size_t)header->types * TYPE_BYTES);
    if (at == NULL || type == NULL || types == NULL ||
        take(rest, tail_bytes(header)) == NULL) {
        return cut_short;
    }
    tzif->changes = (int)header->changes;
    tzif->types = (int)header->types;
    for (int i = 0; i < tzif->changes; i++) {
        tzif->at[i] = read_signed(at + (size_t)i * time_bytes, time_bytes);
        tzif->type[i] = type[i];
        if (type[i] >= header->types || (i > 0 && tzif->at[i] <= tzif->at[i - 1])) {
            return BW_SAYS("has changes out of order");
        }
    }
    for (int i = 0; i < tzif->types; i++) {
        tzif->offset[i] = (int)read_signed(types + (size_t)i * TYPE_BYTES, 4);
        if (tzif->offset[i] < -OFFSET_MOST || tzif->offset[i] > OFFSET_MOST) {
            return BW_SAYS("has an offset of more than a day");
        }
    }
    return NULL;
}

/* `\nCET-1CEST,M3.5.0,M10.5.0/3\n`; an empty line means that nobody knows. */
static const char *
read_rule(struct rest *rest, struct tzif *tzif)
{
    const uint8_t *first = take(rest, 1);
    const uint8_t *end = first == NULL ? NULL : memchr(rest->bytes, '\n', rest->length);
    if (first == NULL || *first != '\n' || end == NULL) {
        return cut_short;
    }
    size_t length = (size_t)(end - rest->bytes);
    char text[RULE_BYTES];
    if (length >= sizeof text) {
        return BW_SAYS("has a rule for later years that is too long");
    }
    memcpy(text, rest->bytes, length);
    text[length] = '\0';
    tzif->has_rule = length > 0;
    if (strlen(text) != length ||
        (tzif->has_rule && !bw_posix_tz_parse(text, &tzif->rule))) {
        return BW_SAYS("has a rule for later years that can't be read");
    }
    return NULL;
}

const char *
bw_tzif_parse(const uint8_t *bytes, size_t length, struct tzif *ret_tzif)
{
    struct rest rest = {.bytes = bytes, .length = length};
    struct header header;
    ret_tzif->has_rule = false;
    const char *fault = read_header(&rest, &header);
    if (fault == NULL) {
        fault = read_block(&rest, &header, 4, ret_tzif);
    }
    if (fault != NULL || header.version == 1) {
        return fault;
    }
    fault = read_header(&rest, &header);
    if (fault == NULL) {
        fault = read_block(&rest, &header, 8, ret_tzif);
    }
    return fault == NULL ? read_rule(&rest, ret_tzif) : fault;
}

int
bw_tzif_offset(const struct tzif *tzif, int64_t utc_seconds)
{
    int changes = tzif->changes;
    if (changes == 0 || utc_seconds >= tzif->at[changes - 1]) {
        if (tzif->has_rule) {
            return bw_posix_tz_offset(&tzif->rule, utc_seconds);
        }
        return tzif->offset[changes == 0 ? 0 : tzif->type[changes - 1]];
    }
    if (utc_seconds < tzif->at[0]) {
        return tzif->offset[0];
    }
    int low = 0; /* at[low] <= utc_seconds < at[high] */
    int high = changes - 1;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (tzif->at[middle] <= utc_seconds) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return tzif->offset[tzif->type[low]];
}

static int
add_once(int *offsets, int count, int offset)
{
    for (int i = 0; i < count; i++) {
        if (offsets[i] == offset) {
            return count;
        }
    }
    offsets[count] = offset;
    return count + 1;
}

int
bw_tzif_offsets(const struct tzif *tzif, int ret_offsets[TZIF_OFFSETS_MAX])
{
    int count = 0;
    for (int i = 0; i < tzif->types; i++) {
        count = add_once(ret_offsets, count, tzif->offset[i]);
    }
    if (tzif->has_rule) {
        count = add_once(ret_offsets, count, tzif->rule.standard_seconds);
        if (tzif->rule.has_summer) {
            count = add_once(ret_offsets, count, tzif->rule.summer_seconds);
        }
    }
    return count;
}
