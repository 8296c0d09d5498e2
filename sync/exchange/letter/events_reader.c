/* Taking what an events letter holds: see events.h, LETTERS.md. */
#include "exchange/letter/events.h"
#include "exchange/letter/wire.h"

#include <brugwachter/said.h>
#include <string.h>

enum { BATTERY_UNKNOWN = 255, PERCENT_MAX = 100 };
#define MS_MAX INT64_C(253402300799999) /* the year 9999 */

static enum bw_status
bad(struct bw_error *err, const char *what)
{
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "the letter's %s doesn't hold; have the letter made again", bw_said(what));
}

static uint64_t
read_number(struct letter_wire *reader, size_t bytes, uint64_t most)
{
    uint64_t value = wire_number(reader, bytes);
    if (value > most) {
        reader->failed = true;
        return 0;
    }
    return value;
}

/* A time in ms from 1970 to 9999. */
static int64_t
time_take(struct letter_wire *reader)
{
    return (int64_t)read_number(reader, 8, (uint64_t)MS_MAX);
}

static void
version_take(struct letter_wire *reader, char ret_version[BW_LABEL_BYTES])
{
    size_t length = (size_t)read_number(reader, 1, BW_LABEL_BYTES - 1);
    wire_bytes(reader, ret_version, length);
    ret_version[length] = '\0';
    for (size_t i = 0; i < length; i++) {
        if (ret_version[i] < ' ' || ret_version[i] > '~') {
            reader->failed = true;
        }
    }
}

static void
hello_take(struct letter_wire *reader, struct bw_hello *hello)
{
    version_take(reader, hello->version);
    hello->clock_ms = time_take(reader);
    hello->disk_free_mib = (uint32_t)wire_number(reader, 4);
    hello->camera = (enum bw_hello_camera)read_number(reader, 1, BW_HELLO_CAMERA_MISSING);
    uint64_t battery = wire_number(reader, 1);
    hello->battery_percent = battery == BATTERY_UNKNOWN ? -1 : (int)battery;
    if (hello->battery_percent > PERCENT_MAX) {
        reader->failed = true;
    }
    hello->held_count = (int)read_number(reader, 1, BW_SESSIONS_OWN_MAX);
    for (int i = 0; i < hello->held_count; i++) {
        struct bw_hello_held *held = &hello->held[i];
        held->session_no = (uint32_t)wire_number(reader, 4);
        held->epoch = (uint32_t)wire_number(reader, 4);
        held->revision = read_number(reader, 8, INT64_MAX);
    }
    hello->heard_count = (int)read_number(reader, 1, BW_PEERS_MAX);
    for (int i = 0; i < hello->heard_count; i++) {
        struct bw_hello_heard *heard = &hello->heard[i];
        heard->device = (uint32_t)wire_number(reader, 4);
        heard->counter = read_number(reader, 8, INT64_MAX);
        heard->clock_ms = time_take(reader);
    }
}

/* LT5 */
static bool
is_of_head(const struct bw_events_letter *letter, uint64_t kind,
    const struct bw_letter_head *head)
{
    return kind == BW_LETTER_EVENTS && head->kind == BW_LETTER_EVENTS &&
           letter->writer == head->writer && letter->from == head->from &&
           letter->to == head->to && letter->counter == head->counter;
}

static enum bw_status
statement_take(struct letter_wire *reader, const struct bw_letter_head *head,
    struct bw_events_letter *letter, uint64_t *ret_count, struct bw_error *err)
{
    uint64_t kind = wire_number(reader, 1);
    letter->writer = (uint32_t)wire_number(reader, 4);
    letter->from = wire_number(reader, 8);
    letter->to = wire_number(reader, 8);
    letter->counter = wire_number(reader, 8);
    wire_bytes(reader, letter->store_id, sizeof letter->store_id);
    letter->head_seq = read_number(reader, 8, INT64_MAX);
    wire_bytes(reader, letter->head_hash, sizeof letter->head_hash);
    letter->stated_ms = time_take(reader);
    letter->suspect = read_number(reader, 1, 1) == 1;
    hello_take(reader, &letter->hello);
    *ret_count = wire_number(reader, 4);
    if (reader->failed) {
        return bad(err, "statement of its writer");
    }
    if (!is_of_head(letter, kind, head)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the letter says another thing inside than outside; have it made again");
    }
    uint64_t count = letter->from ? letter->to - letter->from + 1 : 0;
    if (count != *ret_count || count > BW_EVENTS_MAX) {
        return bad(err, "number of events");
    }
    return letter->to > letter->head_seq ? bad(err, "statement of its head") : BW_OK;
}

static enum bw_status
row_take(struct letter_wire *reader, const struct bw_events_letter *letter, uint64_t seq,
    bw_events_each *each, void *context, struct bw_error *err)
{
    struct bw_event event;
    struct bw_events_row row = {.letter = letter, .event = &event};
    row.bytes_count = (size_t)wire_number(reader, 2);
    row.bytes = wire_read(reader, row.bytes_count);
    row.sealed_bytes = (size_t)wire_number(reader, 2);
    row.sealed = wire_read(reader, row.sealed_bytes);
    if (reader->failed) {
        return bad(err, "list of events");
    }
    enum bw_status status = bw_event_decode(row.bytes, row.bytes_count, &event, err);
    if (status != BW_OK) {
        return status;
    }
    if (event.id.device != letter->writer || event.id.seq != seq) { /* LE2 */
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "event %u-%llu in the letter isn't the one of its writer that belongs there",
            event.id.device, (unsigned long long)event.id.seq);
    }
    if (row.sealed_bytes > BW_DETAILS_WIRE_BYTES_MAX + BW_DETAILS_SEALED_MORE_BYTES) {
        return bad(err, "details of an event");
    }
    return each ? each(context, &row, err) : BW_OK;
}

enum bw_status
bw_events_read(const struct bw_letter_head *head, const void *content,
    size_t content_bytes, struct bw_events_letter *ret_letter, bw_events_each *each,
    void *context, struct bw_error *err)
{
    struct letter_wire reader = {.at = content, .left = content_bytes};
    struct bw_events_letter letter = {0};
    uint64_t count = 0;
    enum bw_status status = statement_take(&reader, head, &letter, &count, err);
    for (uint64_t i = 0; status == BW_OK && i < count; i++) {
        status = row_take(&reader, &letter, letter.from + i, each, context, err);
    }
    if (status == BW_OK && reader.left > 0) {
        status = bad(err, "end");
    }
    if (status == BW_OK && ret_letter) {
        *ret_letter = letter;
    }
    return status;
}

bool
bw_events_row_details(const struct bw_events_row *row,
    const uint8_t key[BW_DETAILS_KEY_BYTES], struct bw_event_details *ret_details)
{
    uint8_t bytes[BW_DETAILS_WIRE_BYTES_MAX + BW_DETAILS_SEALED_MORE_BYTES];
    uint8_t commitment[BW_HASH_BYTES];
    struct bw_event_details details;
    size_t count = 0;
    if (row->sealed_bytes == 0 || row->sealed_bytes > sizeof bytes ||
        !bw_details_open(
            key, row->event->hash, row->sealed, row->sealed_bytes, bytes, &count) ||
        bw_details_decode(bytes, count, &details, NULL) != BW_OK) {
        return false;
    }
    bw_details_commit(&details, commitment);
    if (memcmp(commitment, row->event->commitment, sizeof commitment) != 0) {
        return false;
    }
    *ret_details = details;
    return true;
}
