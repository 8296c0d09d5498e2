/* Making what an events letter holds: see events.h, LETTERS.md. */
#include "exchange/letter/events.h"
#include "exchange/letter/wire.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_BYTES = 4096,
    COUNT_BYTES = 4,
    BATTERY_UNKNOWN = 255,
};

struct bw_events_writer {
    struct bw_events_letter letter;
    unsigned char *bytes;
    size_t length, capacity;
    size_t count_at; /* where the number of events stands */
    uint64_t added;
};

void
bw_events_letter_head(
    const struct bw_events_letter *letter, struct bw_letter_head *ret_head)
{
    *ret_head = (struct bw_letter_head){.kind = BW_LETTER_EVENTS,
        .writer = letter->writer,
        .from = letter->from,
        .to = letter->to,
        .counter = letter->counter,
        .part = 1,
        .parts = 1};
}

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "gathering a kiosk's events: out of memory; close other programs");
}

/* Room for `more` bytes at the end; NULL without memory. */
static unsigned char *
grow(struct bw_events_writer *writer, size_t more)
{
    size_t capacity = writer->capacity ? writer->capacity : FIRST_BYTES;
    while (capacity - writer->length < more) {
        capacity *= 2;
    }
    if (capacity > writer->capacity) {
        unsigned char *bytes = realloc(writer->bytes, capacity);
        if (!bytes) {
            return NULL;
        }
        writer->bytes = bytes;
        writer->capacity = capacity;
    }
    unsigned char *at = writer->bytes + writer->length;
    writer->length += more;
    return at;
}

static bool
add_number(struct bw_events_writer *writer, size_t bytes, uint64_t value)
{
    unsigned char *at = grow(writer, bytes);
    if (at) {
        wire_put(at, bytes, value);
    }
    return at != NULL;
}

static bool
add_bytes(struct bw_events_writer *writer, const void *bytes, size_t length)
{
    unsigned char *at = grow(writer, length);
    if (at && length > 0) {
        memcpy(at, bytes, length);
    }
    return at != NULL;
}

static bool
hello_add(struct bw_events_writer *writer, const struct bw_hello *hello)
{
    size_t version = strlen(hello->version);
    uint64_t battery =
        hello->battery_percent < 0 ? BATTERY_UNKNOWN : (uint64_t)hello->battery_percent;
    bool fine = add_number(writer, 1, version) &&
                add_bytes(writer, hello->version, version) &&
                add_number(writer, 8, (uint64_t)hello->clock_ms) &&
                add_number(writer, 4, hello->disk_free_mib) &&
                add_number(writer, 1, hello->camera) && add_number(writer, 1, battery) &&
                add_number(writer, 1, (uint64_t)hello->held_count);
    for (int i = 0; fine && i < hello->held_count; i++) {
        const struct bw_hello_held *held = &hello->held[i];
        fine = add_number(writer, 4, held->session_no) &&
               add_number(writer, 4, held->epoch) &&
               add_number(writer, 8, held->revision);
    }
    fine = fine && add_number(writer, 1, (uint64_t)hello->heard_count);
    for (int i = 0; fine && i < hello->heard_count; i++) {
        const struct bw_hello_heard *heard = &hello->heard[i];
        fine = add_number(writer, 4, heard->device) &&
               add_number(writer, 8, heard->counter) &&
               add_number(writer, 8, (uint64_t)heard->clock_ms);
    }
    return fine;
}

static bool
statement_add(struct bw_events_writer *writer)
{
    const struct bw_events_letter *letter = &writer->letter;
    bool fine =
        add_number(writer, 1, BW_LETTER_EVENTS) &&
        add_number(writer, 4, letter->writer) && add_number(writer, 8, letter->from) &&
        add_number(writer, 8, letter->to) && add_number(writer, 8, letter->counter) &&
        add_bytes(writer, letter->store_id, sizeof letter->store_id) &&
        add_number(writer, 8, letter->head_seq) &&
        add_bytes(writer, letter->head_hash, sizeof letter->head_hash) &&
        add_number(writer, 8, (uint64_t)letter->stated_ms) &&
        add_number(writer, 1, letter->suspect) && hello_add(writer, &letter->hello);
    writer->count_at = writer->length;
    return fine && add_number(writer, COUNT_BYTES, 0);
}

enum bw_status
bw_events_writer_create(const struct bw_events_letter *letter,
    struct bw_events_writer **ret_writer, struct bw_error *err)
{
    assert(letter->hello.held_count >= 0 && letter->hello.heard_count >= 0);
    assert(letter->hello.held_count <= BW_SESSIONS_OWN_MAX);
    assert(letter->hello.heard_count <= BW_PEERS_MAX);
    struct bw_events_writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        return no_memory(err);
    }
    writer->letter = *letter;
    if (!statement_add(writer)) {
        bw_events_writer_destroy(writer);
        return no_memory(err);
    }
    *ret_writer = writer;
    return BW_OK;
}

enum bw_status
bw_events_writer_add(struct bw_events_writer *writer, const struct bw_event *event,
    const uint8_t *sealed, size_t sealed_bytes, struct bw_error *err)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t before = writer->length;
    if (writer->added == BW_EVENTS_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "gathering a kiosk's events: a letter holds %d of them; make another one",
            BW_EVENTS_MAX);
    }
    assert(event->id.device == writer->letter.writer); /* LE2 */
    assert(event->id.seq == writer->letter.from + writer->added);
    assert(sealed_bytes <= UINT16_MAX);
    size_t length = bw_event_encode(event, bytes);
    if (!add_number(writer, 2, length) || !add_bytes(writer, bytes, length) ||
        !add_number(writer, 2, sealed_bytes) ||
        !add_bytes(writer, sealed, sealed_bytes)) {
        writer->length = before;
        return no_memory(err);
    }
    writer->added++;
    wire_put(writer->bytes + writer->count_at, COUNT_BYTES, writer->added);
    return BW_OK;
}

const unsigned char *
bw_events_writer_content(const struct bw_events_writer *writer, size_t *ret_bytes)
{
    const struct bw_events_letter *letter = &writer->letter;
    assert(writer->added == (letter->from ? letter->to - letter->from + 1 : 0)); /* LE2 */
    (void)letter;
    *ret_bytes = writer->length;
    return writer->bytes;
}

void
bw_events_writer_destroy(struct bw_events_writer *writer)
{
    if (writer) {
        free(writer->bytes);
        free(writer);
    }
}
