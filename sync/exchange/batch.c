/* A batch of events out of a store, into a letter and back: see batch.h. */
#include "exchange/batch.h"

#include "exchange/letter/json.h"
#include "central/base/array.h"

#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, SUSPECT_SLACK_MS = 60 * 1000 };
#define MS_MAX INT64_C(253402300799999) /* the year 9999 */

void
bw_batch_finish(struct bw_batch *batch)
{
    if (!batch) {
        return;
    }
    for (size_t i = 0; i < batch->count; i++) {
        free(batch->items[i].details);
    }
    free(batch->items);
    *batch = (struct bw_batch){0};
}

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0,
        "gathering a kiosk's events: out of memory; close other programs");
}

static enum bw_status
item_add(struct bw_batch *batch, const struct bw_event *event, const uint8_t *details,
    size_t details_bytes, struct bw_error *err)
{
    struct bw_batch_item *item =
        bw_array_more(&batch->items, &batch->count, &batch->room, sizeof *item);
    if (!item) {
        return no_memory(err);
    }
    item->event = *event;
    if (details_bytes > 0) {
        item->details = malloc(details_bytes);
        if (!item->details) {
            return no_memory(err);
        }
        memcpy(item->details, details, details_bytes);
        item->details_bytes = details_bytes;
    }
    return BW_OK;
}

/* ---- out of a store ---- */

struct taking {
    struct bw_store *store;
    struct bw_batch *batch;
    size_t most;
    enum bw_status status;
    struct bw_error *err;
};

static bool
on_own_event(const struct bw_event *event, void *context)
{
    struct taking *taking = context;
    if (taking->batch->count == taking->most) {
        return false;
    }
    taking->status = item_add(taking->batch, event, NULL, 0, taking->err);
    return taking->status == BW_OK;
}

static enum bw_status
details_take(struct bw_store *store, struct bw_batch_item *item, struct bw_error *err)
{
    struct bw_event_details details;
    uint8_t bytes[BW_DETAILS_WIRE_BYTES_MAX];
    enum bw_status status = bw_store_details(store, item->event.id, &details, err);
    if (status == BW_NOT_FOUND) {
        return BW_OK; /* emptied: the chain holds without */
    }
    if (status != BW_OK) {
        return status;
    }
    item->details_bytes = bw_details_encode(&details, bytes);
    item->details = malloc(item->details_bytes);
    if (!item->details) {
        item->details_bytes = 0;
        return no_memory(err);
    }
    memcpy(item->details, bytes, item->details_bytes);
    return BW_OK;
}

/* The clock stands before a time that the store knows from the central side. */
static enum bw_status
clock_is_suspect(struct bw_store *store, const struct bw_clock *clock, bool *ret_suspect,
    struct bw_error *err)
{
    int64_t server_ms = 0, mono_ms = 0;
    bool same_boot = false;
    enum bw_status status =
        bw_store_server_time(store, clock, &server_ms, &mono_ms, &same_boot, err);
    if (status != BW_OK) {
        return status;
    }
    int64_t least_ms = server_ms;
    if (same_boot) {
        least_ms += clock->mono_ms(clock) - mono_ms;
    }
    /* a clock that was given is meant */
    *ret_suspect = !clock->injected &&
                   clock->wall_ms(clock) < least_ms - (same_boot ? SUSPECT_SLACK_MS : 0);
    return BW_OK;
}

enum bw_status
bw_batch_of_store(struct bw_store *store, const struct bw_clock *clock, uint64_t from_seq,
    size_t most, struct bw_batch *ret_batch, struct bw_error *err)
{
    struct bw_batch batch = {.device = bw_store_enrolment(store)->device};
    struct taking taking = {.store = store, .batch = &batch, .most = most, .err = err};
    memcpy(batch.store_id, bw_store_id(store), BW_STORE_ID_BYTES);
    /* the time first: what is appended after it is above the head that goes with it, or
     * already in it */
    batch.stated_ms = clock->wall_ms(clock);
    enum bw_status status = clock_is_suspect(store, clock, &batch.suspect, err);
    if (status == BW_OK) {
        status = bw_store_head(store, &batch.head, err);
    }
    if (status == BW_OK) {
        status = bw_store_own_events(store, from_seq, on_own_event, &taking, err);
    }
    if (status == BW_OK) {
        status = taking.status;
    }
    for (size_t i = 0; status == BW_OK && i < batch.count; i++) {
        if (bw_event_has_details(&batch.items[i].event)) {
            status = details_take(store, &batch.items[i], err);
        }
    }
    if (status != BW_OK) {
        bw_batch_finish(&batch);
        return status;
    }
    *ret_batch = batch;
    return BW_OK;
}

/* ---- letters ---- */

enum bw_status
bw_batch_write(const struct bw_batch *batch, char **ret_text, struct bw_error *err)
{
    json_t *events = json_array();
    bool fine = events != NULL;
    for (size_t i = 0; fine && i < batch->count; i++) {
        const struct bw_batch_item *item = &batch->items[i];
        uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
        size_t length = bw_event_encode(&item->event, bytes);
        fine = json_array_append_new(
                   events, json_pack("{s:o, s:o}", "b", bw_json_hex(bytes, length), "d",
                               bw_json_hex(item->details, item->details_bytes))) == 0;
    }
    if (!fine) {
        json_decref(events);
        return no_memory(err);
    }
    json_t *root = json_pack("{s:i, s:I, s:o, s:I, s:o, s:I, s:b, s:o}",
        "brugwachter_events", VERSION, "device", (json_int_t)batch->device, "store_id",
        bw_json_hex(batch->store_id, BW_STORE_ID_BYTES), "head_seq",
        (json_int_t)batch->head.seq, "head_hash",
        bw_json_hex(batch->head.hash, BW_HASH_BYTES), "stated_ms",
        (json_int_t)batch->stated_ms, "suspect", (int)batch->suspect, "events", events);
    return bw_json_write(root, ret_text, err);
}

static enum bw_status
details_check(const struct bw_event *event, const uint8_t *bytes, size_t length,
    struct bw_error *err)
{
    struct bw_event_details details;
    uint8_t commitment[BW_HASH_BYTES];
    enum bw_status status = bw_details_decode(bytes, length, &details, err);
    if (status != BW_OK) {
        return status;
    }
    bw_details_commit(&details, commitment);
    if (memcmp(commitment, event->commitment, BW_HASH_BYTES) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the details of event %u-%llu aren't those that it was made with",
            event->id.device, (unsigned long long)event->id.seq);
    }
    return BW_OK;
}

static enum bw_status
event_read(struct bw_json *letter, struct bw_batch *batch, struct bw_error *err)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX], details[BW_DETAILS_WIRE_BYTES_MAX];
    struct bw_event event;
    size_t length = bw_json_blob(letter, "b", bytes, sizeof bytes);
    size_t details_bytes = bw_json_blob(letter, "d", details, sizeof details);
    enum bw_status status = bw_json_end(letter, err);
    if (status == BW_OK) {
        status = bw_event_decode(bytes, length, &event, err);
    }
    if (status == BW_OK && event.id.device != batch->device) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "event %u-%llu in it isn't this kiosk's own", event.id.device,
            (unsigned long long)event.id.seq);
    }
    if (status == BW_OK && details_bytes > 0) {
        status = details_check(&event, details, details_bytes, err);
    }
    return status == BW_OK ? item_add(batch, &event, details, details_bytes, err)
                           : status;
}

static enum bw_status
batch_read(const json_t *root, struct bw_batch *batch, struct bw_error *err)
{
    struct bw_json letter = bw_json_of(root);
    (void)bw_json_number(&letter, "brugwachter_events", VERSION, VERSION);
    batch->device = (uint32_t)bw_json_number(&letter, "device", 1, UINT32_MAX);
    bw_json_bytes(&letter, "store_id", batch->store_id, BW_STORE_ID_BYTES);
    batch->head.seq = (uint64_t)bw_json_number(&letter, "head_seq", 0, INT64_MAX);
    bw_json_bytes(&letter, "head_hash", batch->head.hash, BW_HASH_BYTES);
    batch->stated_ms = bw_json_number(&letter, "stated_ms", 0, MS_MAX);
    batch->suspect = bw_json_flag(&letter, "suspect");
    const json_t *events = bw_json_list(&letter, "events", BW_BATCH_EVENTS_MAX);
    size_t count = json_array_size(events);
    enum bw_status status = bw_json_end(&letter, err);
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        bw_json_turn(&letter, json_array_get(events, i));
        status = event_read(&letter, batch, err);
    }
    return status;
}

enum bw_status
bw_batch_read(
    const void *bytes, size_t length, struct bw_batch *ret_batch, struct bw_error *err)
{
    json_t *root;
    enum bw_status status = bw_json_parse(bytes, length, &root, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_batch batch = {0};
    status = batch_read(root, &batch, err);
    json_decref(root);
    if (status != BW_OK) {
        bw_batch_finish(&batch);
        return status;
    }
    *ret_batch = batch;
    return BW_OK;
}
