/* A kiosk's letters up: see kiosk.h.
 *
 * For each road alone: what was put there before and no receipt covers is looked at
 * again; the numbers that are then in no letter there are put, and a hello where none
 * went with them; the hello before it goes. */
#include "exchange/kiosk/sent.h"
#include "central/base/output.h"
#include "exchange/kiosk/writer.h"

#include <brugwachter/store_letter.h>
#include <assert.h>
#include <stdio.h>
#include <string.h>

struct push {
    struct bw_kiosk_exchange *exchange;
    struct bw_kiosk_writer *writer;
    struct bw_kiosk_road *road;
    struct bw_kiosk_sent_list sent;
    uint64_t acknowledged;
    int64_t put; /* events, on this road now */
    int refused; /* letters */
    int slow;    /* letters (CA5) */
    bool ended;  /* nothing more goes now */
};

enum { REFUSED_MOST = 16 }; /* in one go */

static void
road_note(struct push *push, const struct bw_error *why)
{
    bw_kiosk_road_refused(push->road, why);
    switch (why->status) {
    case BW_OK:
    case BW_BAD_INPUT: /* of this letter */
    case BW_NOT_FOUND:
    case BW_REFUSED:
    case BW_NEWER:
    case BW_CORRUPT:
    case BW_FULL: /* a smaller one may go */
    case BW_BUSY:
        push->ended = ++push->refused == REFUSED_MOST;
        break;
    case BW_OFFLINE:
        push->ended = !bw_carrier_was_slow(why) || ++push->slow == BW_CARRIER_SLOW_MOST;
        break;
    case BW_READ_ONLY:
    case BW_IO:
    case BW_NO_MEMORY:
        push->ended = true;
        break;
    }
}

/* Puts one letter and remembers it. One that the carrier doesn't take never holds up the
 * next; where nothing goes any more, the road has ended for now (push->ended), and what
 * comes from there is another matter. Only the store fails us. */
static enum bw_status
letter_put(struct push *push, const struct bw_kiosk_letter *letter, struct bw_error *err)
{
    struct bw_letter_name name;
    bool named = bw_letter_name_parse(letter->name, &name);
    assert(named && bw_letter_name_fits(&name, letter->bytes, letter->length)); /* KX1 */
    (void)named;
    struct bw_error why = {.text = ""};
    push->road->carrier->quiet = letter->quiet;
    enum bw_status status = bw_carrier_put(
        push->road->carrier, letter->name, letter->bytes, letter->length, NULL, &why);
    if (status != BW_OK) {
        road_note(push, &why);
        return BW_OK;
    }
    if (letter->from > 0) {
        push->put += (int64_t)(letter->to - letter->from + 1);
    }
    return bw_kiosk_sent_add(push->exchange->store, &push->sent, letter, err);
}

/* What this kiosk has to say of itself; NULL: nothing. A later enrolment only once the
 * office knows whose number is kept. */
static const struct bw_identity *
introduction_due(const struct bw_kiosk_exchange *exchange, uint32_t *ret_number)
{
    const struct bw_credentials *credentials = &exchange->credentials;
    if (!credentials->introduced && credentials->has_first) {
        *ret_number = exchange->device;
        return &exchange->first;
    }
    if (credentials->introduced && credentials->again != 0) {
        *ret_number = credentials->again;
        return &exchange->again;
    }
    return NULL;
}

static enum bw_status
introduction_put(struct push *push, struct bw_error *err)
{
    struct bw_kiosk_letter letter = {.bytes = NULL};
    uint32_t number = 0;
    const struct bw_identity *first = introduction_due(push->exchange, &number);
    if (!first || bw_kiosk_sent_introduction(&push->sent, number)) {
        return BW_OK;
    }
    enum bw_status status =
        bw_kiosk_write_introduction(push->writer, number, first, &letter, err);
    if (status == BW_OK) {
        status = letter_put(push, &letter, err);
    }
    bw_kiosk_letter_finish(&letter);
    return status;
}

static enum bw_status
range_put(struct push *push, uint64_t from, uint64_t to, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    while (status == BW_OK && !push->ended && from <= to) {
        struct bw_kiosk_letter letter = {.bytes = NULL};
        uint64_t last =
            to - from < BW_KIOSK_LETTER_EVENTS ? to : from + BW_KIOSK_LETTER_EVENTS - 1;
        status = bw_kiosk_write_events(push->writer, from, last, &letter, err);
        if (status == BW_OK) {
            status = letter_put(push, &letter, err);
        }
        bw_kiosk_letter_finish(&letter);
        from = last + 1;
    }
    return status;
}

static enum bw_status
events_put(struct push *push, uint64_t need_from, struct bw_error *err)
{
    uint64_t head = push->writer->statement.head_seq;
    uint64_t from = need_from;
    enum bw_status status = BW_OK;
    while (status == BW_OK && !push->ended && from <= head) {
        uint64_t gap_to = 0;
        if (bw_kiosk_sent_gap(&push->sent, from, head, &from, &gap_to)) {
            status = range_put(push, from, gap_to, err);
        } else {
            break;
        }
        from = gap_to + 1;
    }
    return status;
}

/* KX2; the new one is put, then the old removed. */
static enum bw_status
hello_put(struct push *push, struct bw_error *err)
{
    struct bw_kiosk_letter letter = {.bytes = NULL};
    uint64_t counter = push->writer->statement.counter;
    enum bw_status status = BW_OK;
    if (bw_kiosk_sent_counter(&push->sent) < counter) {
        status = bw_kiosk_write_events(push->writer, 0, 0, &letter, err);
        if (status == BW_OK) {
            status = letter_put(push, &letter, err);
        }
        bw_kiosk_letter_finish(&letter);
    }
    if (status == BW_OK && !push->ended && push->refused == 0) {
        struct bw_error why = {.text = ""};
        status = bw_kiosk_sent_drop_hellos(
            push->exchange->store, push->road->carrier, &push->sent, counter, &why);
        if (status == BW_OFFLINE) {
            road_note(push, &why);
            status = BW_OK;
        } else if (status != BW_OK) {
            return bw_error_set(err, status, why.os_errno, "%s", why.text);
        }
    }
    return status;
}

static enum bw_status
road_push(struct push *push, struct bw_error *err)
{
    struct bw_store *store = push->exchange->store;
    struct bw_error why = {.text = ""};
    char number[40];
    int64_t digest = 0;
    (void)snprintf(number, sizeof number, "readers-%s", push->sent.carrier);
    enum bw_status status = bw_store_get_number(store, number, 0, &digest, err);
    if (status != BW_OK) {
        return status;
    }
    /* a new reader: all is written again for it */
    bool again = digest != 0 && digest != push->writer->readers_digest;
    status = again ? bw_kiosk_sent_drop_all(store, &push->sent, err)
                   : bw_kiosk_sent_check(push->exchange, push->road->carrier, &push->sent,
                         push->acknowledged, &why);
    if (status == BW_OFFLINE) {
        road_note(push, &why);
        return BW_OK;
    }
    if (status != BW_OK) {
        return again ? status : bw_error_set(err, status, why.os_errno, "%s", why.text);
    }
    status = introduction_put(push, err);
    if (status == BW_OK && !push->ended) {
        status = events_put(push, again ? 1 : push->acknowledged + 1, err);
    }
    if (status == BW_OK && !push->ended) {
        status = hello_put(push, err);
    }
    push->road->sent_all = status == BW_OK && !push->ended && push->refused == 0;
    if (push->road->sent_all) {
        status = bw_store_set_number(store, number, push->writer->readers_digest, err);
    }
    return status;
}

static enum bw_status
counts_read(struct bw_kiosk_exchange *exchange, struct bw_kiosk_pushed *pushed,
    struct bw_error *err)
{
    struct bw_head own;
    int64_t acknowledged = 0, restored = 0, exported = 0;
    enum bw_status status = bw_store_head(exchange->store, &own, err);
    if (status == BW_OK) {
        status = bw_store_get_number(
            exchange->store, BW_NUMBER_ACKNOWLEDGED, 0, &acknowledged, err);
    }
    if (status == BW_OK) {
        status =
            bw_store_get_number(exchange->store, BW_NUMBER_RESTORED, 0, &restored, err);
    }
    if (status == BW_OK) {
        status =
            bw_store_get_number(exchange->store, BW_KIOSK_EXPORTED, 0, &exported, err);
    }
    pushed->head_seq = own.seq;
    pushed->acknowledged_seq = (uint64_t)acknowledged;
    pushed->sent_seq = (uint64_t)(exported > acknowledged ? exported : acknowledged);
    pushed->restored = restored != 0;
    pushed->introduced = exchange->credentials.introduced;
    return status;
}

enum bw_status
bw_kiosk_push(struct bw_kiosk_exchange *exchange, struct bw_kiosk_pushed *ret_pushed,
    struct bw_error *err)
{
    struct bw_kiosk_pushed pushed = {.online = false};
    struct bw_kiosk_writer writer;
    enum bw_status status = counts_read(exchange, &pushed, err);
    if (status == BW_OK) {
        status = bw_kiosk_writer_init(exchange, &writer, err);
    }
    for (int i = 0; status == BW_OK && i < exchange->roads_count; i++) {
        struct push push = {.exchange = exchange,
            .writer = &writer,
            .road = &exchange->roads[i],
            .acknowledged = pushed.acknowledged_seq};
        status =
            bw_kiosk_sent_read(exchange->store, exchange->roads[i].uri, &push.sent, err);
        if (status == BW_OK && push.road->carrier && push.road->sends &&
            push.road->sends_why[0] == '\0') {
            status = road_push(&push, err);
        }
        uint64_t covered = bw_kiosk_sent_covered(&push.sent, pushed.acknowledged_seq);
        if (!exchange->lan) {
            pushed.sent_seq = covered > pushed.sent_seq ? covered : pushed.sent_seq;
        }
        pushed.accepted = push.put > pushed.accepted ? push.put : pushed.accepted;
        bw_kiosk_sent_finish(&push.sent);
    }
    if (status == BW_OK && !exchange->lan) { /* there it is on no other disk yet */
        status = bw_store_set_number(
            exchange->store, BW_NUMBER_SENT, (int64_t)pushed.sent_seq, err);
    }
    for (int i = 0; i < exchange->roads_count; i++) {
        const struct bw_kiosk_road *road = &exchange->roads[i];
        pushed.online = pushed.online || (road->carrier && road->sends_why[0] == '\0');
    }
    if (status == BW_OK) {
        *ret_pushed = pushed;
    }
    return status;
}

/* ---- export ---- */

static enum bw_status
stick_put(struct bw_carrier *stick, const struct bw_kiosk_letter *letter, int *files,
    char first[BW_LETTER_NAME_BYTES], struct bw_error *err)
{
    enum bw_status status =
        bw_carrier_put(stick, letter->name, letter->bytes, letter->length, NULL, err);
    if (status == BW_OK && ((*files)++ == 0 || letter->counter > 0)) {
        memcpy(first, letter->name, BW_LETTER_NAME_BYTES);
    }
    return status;
}

/* A statement of the head goes in any case. */
static enum bw_status
stick_fill(struct bw_kiosk_writer *writer, struct bw_carrier *stick, uint64_t from,
    int *files, char name[BW_LETTER_NAME_BYTES], struct bw_error *err)
{
    struct bw_kiosk_letter letter = {.bytes = NULL};
    uint32_t number = 0;
    const struct bw_identity *first = introduction_due(writer->exchange, &number);
    uint64_t head = writer->statement.head_seq;
    enum bw_status status = BW_OK;
    if (first) {
        status = bw_kiosk_write_introduction(writer, number, first, &letter, err);
        if (status == BW_OK) {
            status = stick_put(stick, &letter, files, name, err);
        }
        bw_kiosk_letter_finish(&letter);
    }
    bool empty = from > head;
    while (status == BW_OK && (empty || from <= head)) {
        uint64_t to = head - from < BW_KIOSK_LETTER_EVENTS
                          ? head
                          : from + BW_KIOSK_LETTER_EVENTS - 1;
        status = empty ? bw_kiosk_write_events(writer, 0, 0, &letter, err)
                       : bw_kiosk_write_events(writer, from, to, &letter, err);
        if (status == BW_OK) {
            status = stick_put(stick, &letter, files, name, err);
        }
        bw_kiosk_letter_finish(&letter);
        from = to + 1;
        if (empty) {
            break;
        }
    }
    return status;
}

/* A stick bears letters as any carrier does. */
static enum bw_status
exported_note(struct bw_store *store, uint64_t head_seq, struct bw_error *err)
{
    enum bw_status status =
        bw_store_set_number(store, BW_KIOSK_EXPORTED, (int64_t)head_seq, err);
    return status == BW_OK
               ? bw_store_set_number(store, BW_NUMBER_SENT, (int64_t)head_seq, err)
               : status;
}

enum bw_status
bw_kiosk_export(struct bw_kiosk_exchange *exchange, const char *folder,
    struct bw_kiosk_pushed *ret_pushed, int *ret_files, char ret_path[PATH_MAX],
    struct bw_error *err)
{
    struct bw_kiosk_pushed pushed = {.online = false};
    struct bw_kiosk_writer writer;
    struct bw_carrier *stick = NULL;
    char uri[PATH_MAX + 8], name[BW_LETTER_NAME_BYTES] = "";
    int files = 0;
    (void)snprintf(uri, sizeof uri, "folder:%s", folder);
    enum bw_status status = bw_folder_make(folder, err);
    if (status == BW_OK) {
        status = bw_carrier_open(uri, BW_CARRIER_STICK, NULL, &stick, err);
    }
    if (status == BW_OK) {
        status = counts_read(exchange, &pushed, err);
    }
    if (status == BW_OK) {
        status = bw_kiosk_writer_init(exchange, &writer, err);
    }
    if (status == BW_OK) {
        status =
            stick_fill(&writer, stick, pushed.acknowledged_seq + 1, &files, name, err);
    }
    bw_carrier_close(stick);
    if (status == BW_OK) {
        pushed.sent_seq = pushed.head_seq;
        status = exported_note(exchange->store, pushed.head_seq, err);
    }
    if (status == BW_OK) {
        status = bw_path_join(folder, name, ret_path, err);
    }
    if (status == BW_OK) {
        pushed.accepted = (int64_t)(pushed.head_seq - pushed.acknowledged_seq);
        *ret_pushed = pushed;
        *ret_files = files;
    }
    return status;
}
