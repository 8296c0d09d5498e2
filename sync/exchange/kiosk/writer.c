/* See writer.h. */
#include "exchange/kiosk/writer.h"

#include "central/base/array.h"
#include "exchange/kiosk/statement.h"
#include "exchange/letter/introduction.h"

#include <brugwachter/store_letter.h>
#include <brugwachter/store_names.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void
bw_kiosk_hash(const void *bytes, size_t length, uint8_t ret_hash[BW_HASH_BYTES])
{
    (void)crypto_generichash(ret_hash, BW_HASH_BYTES, bytes, length, NULL, 0);
}

void
bw_kiosk_letter_finish(struct bw_kiosk_letter *letter)
{
    if (letter) {
        free(letter->bytes);
        *letter = (struct bw_kiosk_letter){.bytes = NULL};
    }
}

/* ---- readers ---- */

static void
reader_add(struct bw_kiosk_writer *writer, const uint8_t box[BW_BOX_KEY_BYTES])
{
    if (sodium_is_zero(box, BW_BOX_KEY_BYTES) ||
        writer->readers_count == BW_LETTER_READERS_MAX) {
        return;
    }
    for (int i = 0; i < writer->readers_count; i++) {
        if (memcmp(writer->readers[i].box, box, BW_BOX_KEY_BYTES) == 0) {
            return;
        }
    }
    memcpy(writer->readers[writer->readers_count++].box, box, BW_BOX_KEY_BYTES);
}

/* The organiser, the other kiosks of the own sessions that are in service, and the writer
 * itself: a restored copy of its store learns so what it doesn't hold. */
static enum bw_status
readers_read(struct bw_kiosk_writer *writer, struct bw_error *err)
{
    const struct bw_credentials *credentials = &writer->exchange->credentials;
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    enum bw_status status = bw_store_peers(writer->exchange->store, peers, &count, err);
    if (status != BW_OK) {
        return status;
    }
    reader_add(writer, credentials->organiser.box);
    if (credentials->organiser_changes) {
        reader_add(writer, credentials->next.box);
    }
    reader_add(writer, writer->exchange->own.box_public);
    for (int i = 0; i < count; i++) {
        bool own = sodium_is_zero(peers[i].box, sizeof peers[i].box) == 0;
        if (!peers[i].revoked) {
            reader_add(writer, own ? peers[i].box : peers[i].first_box);
        }
    }
    uint8_t digest[BW_HASH_BYTES];
    uint64_t number = 0;
    bw_kiosk_hash(writer->readers,
        (size_t)writer->readers_count * sizeof writer->readers[0], digest);
    memcpy(&number, digest, sizeof number);
    writer->readers_digest = (int64_t)(number >> 1) | 1;
    return BW_OK;
}

enum bw_status
bw_kiosk_writer_init(struct bw_kiosk_exchange *exchange,
    struct bw_kiosk_writer *ret_writer, struct bw_error *err)
{
    struct bw_kiosk_writer writer = {.exchange = exchange};
    enum bw_status status = readers_read(&writer, err);
    if (status == BW_OK) {
        status = bw_kiosk_state(exchange, &writer.statement, err);
    }
    if (status == BW_OK) {
        *ret_writer = writer;
    }
    return status;
}

/* ---- letters ---- */

static enum bw_status
letter_seal(const struct bw_kiosk_writer *writer, const struct bw_letter_head *head,
    const struct bw_identity *signer, const void *content, size_t content_bytes,
    struct bw_kiosk_letter *ret_letter, struct bw_error *err)
{
    struct bw_kiosk_letter letter = {
        .from = head->from, .to = head->to, .counter = head->counter};
    enum bw_status status =
        bw_letter_seal(head, signer, writer->readers, writer->readers_count, content,
            content_bytes, &letter.bytes, &letter.length, err);
    if (status == BW_OK) {
        bw_letter_name_of(head, letter.bytes, letter.length, letter.name);
        bw_kiosk_hash(letter.bytes, letter.length, letter.hash);
        *ret_letter = letter;
    }
    return status;
}

struct gathered {
    struct bw_event *items;
    size_t count, capacity;
    uint64_t to;
    bool no_memory;
};

static bool
on_own_event(const struct bw_event *event, void *context)
{
    struct gathered *gathered = context;
    if (event->id.seq > gathered->to) {
        return false;
    }
    struct bw_event *item = bw_array_more(
        &gathered->items, &gathered->count, &gathered->capacity, sizeof *item);
    gathered->no_memory = item == NULL;
    if (item) {
        *item = *event;
    }
    return item != NULL;
}

static enum bw_status
events_add(struct bw_kiosk_writer *writer, struct bw_events_writer *to,
    const struct gathered *gathered, struct bw_error *err)
{
    uint8_t sealed[BW_DETAILS_SEALED_BYTES_MAX];
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < gathered->count; i++) {
        size_t bytes = 0;
        status = bw_store_details_sealed(
            writer->exchange->store, &gathered->items[i], sealed, &bytes, err);
        if (status == BW_OK) {
            status = bw_events_writer_add(to, &gathered->items[i], sealed, bytes, err);
        }
    }
    return status;
}

static enum bw_status
gather(struct bw_kiosk_writer *writer, uint64_t from, uint64_t to,
    struct gathered *gathered, struct bw_error *err)
{
    gathered->to = to;
    if (from == 0) {
        return BW_OK;
    }
    enum bw_status status =
        bw_store_own_events(writer->exchange->store, from, on_own_event, gathered, err);
    if (status == BW_OK && gathered->no_memory) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "gathering a kiosk's events: out of memory; close other programs");
    }
    if (status == BW_OK && gathered->count != to - from + 1) {
        return bw_error_set(err, BW_CORRUPT, 0,
            "gathering events %llu to %llu: the store lacks some; keep its file, and "
            "tell the organiser",
            (unsigned long long)from, (unsigned long long)to);
    }
    return status;
}

/* Whether they say nothing that another kiosk answers by: somebody was refused, and not
 * because of who else waits. */
static bool
is_quiet(const struct gathered *gathered)
{
    for (size_t i = 0; i < gathered->count; i++) {
        if (gathered->items[i].kind != BW_EVENT_REFUSED ||
            gathered->items[i].verdict == BW_VERDICT_WAITLISTED) {
            return false;
        }
    }
    return gathered->count > 0;
}

enum bw_status
bw_kiosk_write_events(struct bw_kiosk_writer *writer, uint64_t from, uint64_t to,
    struct bw_kiosk_letter *ret_letter, struct bw_error *err)
{
    struct gathered gathered = {.items = NULL};
    struct bw_events_writer *events = NULL;
    struct bw_letter_head head;
    writer->statement.from = from;
    writer->statement.to = to;
    enum bw_status status = gather(writer, from, to, &gathered, err);
    if (status == BW_OK) {
        status = bw_events_writer_create(&writer->statement, &events, err);
    }
    if (status == BW_OK) {
        status = events_add(writer, events, &gathered, err);
    }
    if (status == BW_OK) {
        size_t bytes = 0;
        const unsigned char *content = bw_events_writer_content(events, &bytes);
        bw_events_letter_head(&writer->statement, &head);
        status = letter_seal(
            writer, &head, &writer->exchange->own, content, bytes, ret_letter, err);
    }
    if (status == BW_OK) {
        ret_letter->quiet = is_quiet(&gathered);
    }
    bw_events_writer_destroy(events);
    free(gathered.items);
    return status;
}

enum bw_status
bw_kiosk_write_introduction(const struct bw_kiosk_writer *writer, uint32_t number,
    const struct bw_identity *first, struct bw_kiosk_letter *ret_letter,
    struct bw_error *err)
{
    const struct bw_kiosk_exchange *exchange = writer->exchange;
    struct bw_introduction introduction;
    struct bw_letter_head head;
    char *text = NULL;
    bw_introduction_make(
        number, bw_store_id(exchange->store), &exchange->own, first, &introduction);
    enum bw_status status = bw_introduction_write(&introduction, &text, err);
    if (status == BW_OK) {
        bw_introduction_head(&introduction, &head);
        status = letter_seal(writer, &head, first, text, strlen(text), ret_letter, err);
        free(text);
    }
    return status;
}
