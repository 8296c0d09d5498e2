/* A roster out of a letter: see roster.h, roster_letter.c. */
#include "exchange/letter/json.h"
#include "exchange/roster.h"

#include <string.h>

enum {
    VERSION = 1,
    ROWS_MAX = 1000000,
    MINUTES_MAX = 100000,
};
#define MS_MAX INT64_C(253402300799999) /* the year 9999 */
#define CODE_MAX ((INT64_C(1) << 40) - 1)

struct reading {
    const struct bw_roster1_sink *sink;
    struct bw_json letter;
    struct bw_error *err;
};

static void
keys_read(struct bw_json *letter, const json_t *root, struct bw_keyring *keyring)
{
    const json_t *list = bw_json_list(letter, "keys", BW_KEYS_MAX);
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++) {
        bw_json_turn(letter, json_array_get(list, i));
        keyring->keys[i].key = (uint8_t)bw_json_number(letter, "key", 0, UINT8_MAX);
        bw_json_bytes(letter, "public", keyring->keys[i].bytes, BW_PUBLIC_KEY_BYTES);
    }
    keyring->count = (int)count;
    bw_json_turn(letter, root);
}

static enum bw_status
head_read(struct reading *reading, const json_t *root, struct bw_roster1_head *head)
{
    struct bw_json *letter = &reading->letter;
    (void)bw_json_number(letter, "brugwachter_roster", VERSION, VERSION);
    head->device = (uint32_t)bw_json_number(letter, "device", 1, UINT32_MAX);
    head->whole = bw_json_flag(letter, "whole");
    head->revision = bw_json_number(letter, "revision", 0, INT64_MAX);
    head->made_ms = bw_json_number(letter, "made_ms", 0, MS_MAX);
    head->acknowledged_seq =
        (uint64_t)bw_json_number(letter, "acknowledged_seq", 0, INT64_MAX);
    head->newest_seq = (uint64_t)bw_json_number(letter, "newest_seq", 0, INT64_MAX);
    keys_read(letter, root, &head->keyring);
    return bw_json_end(letter, reading->err);
}

static enum bw_status
on_session(struct reading *reading)
{
    struct bw_json *letter = &reading->letter;
    struct bw_session s = {0};
    s.session_no = (uint32_t)bw_json_number(letter, "session_no", 1, UINT32_MAX);
    bw_json_label(letter, "code", sizeof s.code, s.code);
    bw_json_label(letter, "series", sizeof s.series, s.series);
    bw_json_text(letter, "title", BW_TITLE_CHARS, s.title);
    bw_json_text(letter, "kind", BW_NAME_CHARS, s.kind);
    bw_json_text(letter, "region", BW_NAME_CHARS, s.region);
    bw_json_text(letter, "venue", BW_TITLE_CHARS, s.venue);
    bw_json_text(letter, "address", BW_TITLE_CHARS, s.address);
    bw_json_label(letter, "timezone", sizeof s.timezone, s.timezone);
    bw_json_text(letter, "go_to", BW_TITLE_CHARS, s.go_to);
    bw_json_text(letter, "desk", BW_TITLE_CHARS, s.desk);
    bw_json_text(letter, "audience", BW_TITLE_CHARS, s.audience);
    s.starts_ms = bw_json_number(letter, "starts_ms", 0, MS_MAX);
    s.ends_ms = bw_json_number(letter, "ends_ms", s.starts_ms, MS_MAX);
    s.capacity = (int)bw_json_number(letter, "capacity", 0, BW_CAPACITY_MAX);
    s.doors_minutes = (int)bw_json_number(letter, "doors_minutes", 0, MINUTES_MAX);
    s.release_minutes = (int)bw_json_number(letter, "release_minutes", 0, MINUTES_MAX);
    s.extra_places = (int)bw_json_number(letter, "extra_places", 0, BW_CAPACITY_MAX);
    s.own_region_first = bw_json_flag(letter, "own_region_first");
    enum bw_status status = bw_json_end(letter, reading->err);
    return status == BW_OK
               ? reading->sink->session(reading->sink->context, &s, reading->err)
               : status;
}

static enum bw_status
on_registration(struct reading *reading)
{
    struct bw_json *letter = &reading->letter;
    struct bw_registration r = {0};
    r.code = (bw_code)bw_json_number(letter, "code", 0, CODE_MAX);
    r.session_no = (uint32_t)bw_json_number(letter, "session_no", 1, UINT32_MAX);
    r.status = (enum bw_registration_status)bw_json_number(
        letter, "status", BW_CONFIRMED, BW_BLOCKED);
    r.generation = (uint8_t)bw_json_number(letter, "generation", 0, UINT8_MAX);
    r.signed_up_ms = bw_json_number(letter, "signed_up_ms", INT64_MIN, MS_MAX);
    r.line = (int32_t)bw_json_number(letter, "line", INT32_MIN, INT32_MAX);
    bw_json_text(letter, "first_name", BW_NAME_CHARS, r.person.first_name);
    bw_json_text(letter, "name", BW_NAME_CHARS, r.person.name);
    bw_json_text(letter, "school", BW_TITLE_CHARS, r.person.school);
    bw_json_text(letter, "region", BW_NAME_CHARS, r.person.region);
    bw_json_text(letter, "table", BW_NAME_CHARS, r.person.table);
    enum bw_status status = bw_json_end(letter, reading->err);
    return status == BW_OK
               ? reading->sink->registration(reading->sink->context, &r, reading->err)
               : status;
}

static enum bw_status
on_sealed(struct reading *reading)
{
    struct bw_sealed_row row;
    bw_json_bytes(&reading->letter, "id", row.id, sizeof row.id);
    bw_json_bytes(&reading->letter, "box", row.box, sizeof row.box);
    enum bw_status status = bw_json_end(&reading->letter, reading->err);
    return status == BW_OK
               ? reading->sink->sealed(reading->sink->context, &row, reading->err)
               : status;
}

static enum bw_status
on_agenda(struct reading *reading)
{
    struct bw_json *letter = &reading->letter;
    struct bw_agenda_item item = {0};
    bw_json_raw(letter, "kind", sizeof item.kind, item.kind);
    bw_json_text(letter, "title", BW_TITLE_CHARS, item.title);
    item.starts_ms = bw_json_number(letter, "starts_ms", 0, MS_MAX);
    item.ends_ms = bw_json_number(letter, "ends_ms", 0, MS_MAX);
    bw_json_text(letter, "audience", BW_TITLE_CHARS, item.audience);
    bw_json_raw(letter, "url", sizeof item.url, item.url);
    enum bw_status status = bw_json_end(letter, reading->err);
    return status == BW_OK
               ? reading->sink->agenda(reading->sink->context, &item, reading->err)
               : status;
}

static enum bw_status
on_peer(struct reading *reading)
{
    struct bw_json *letter = &reading->letter;
    struct bw_peer peer = {0};
    peer.device = (uint32_t)bw_json_number(letter, "device", 1, UINT32_MAX);
    bw_json_text(letter, "name", BW_NAME_CHARS, peer.name);
    bw_json_label(letter, "session", sizeof peer.session, peer.session);
    peer.heard_ms = bw_json_number(letter, "heard_ms", 0, MS_MAX);
    peer.head_seq = (uint64_t)bw_json_number(letter, "head_seq", 0, INT64_MAX);
    enum bw_status status = bw_json_end(letter, reading->err);
    return status == BW_OK
               ? reading->sink->peer(reading->sink->context, &peer, reading->err)
               : status;
}

static enum bw_status
on_event(struct reading *reading)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX], more[BW_DETAILS_WIRE_BYTES_MAX];
    struct bw_event event;
    struct bw_event_details details;
    size_t length = bw_json_blob(&reading->letter, "b", bytes, sizeof bytes);
    size_t more_length = bw_json_blob(&reading->letter, "d", more, sizeof more);
    enum bw_status status = bw_json_end(&reading->letter, reading->err);
    if (status == BW_OK) {
        status = bw_event_decode(bytes, length, &event, reading->err);
    }
    if (status == BW_OK && more_length > 0) {
        status = bw_details_decode(more, more_length, &details, reading->err);
    }
    return status == BW_OK ? reading->sink->event(reading->sink->context, &event,
                                 more_length > 0 ? &details : NULL, reading->err)
                           : status;
}

static enum bw_status
rows_read(struct reading *reading, const json_t *root, struct bw_roster1_counts *counts)
{
    const struct {
        const char *list;
        enum bw_status (*read)(struct reading *reading);
        int64_t *count;
    } kinds[] = {
        {"sessions", on_session, &counts->sessions},
        {"registrations", on_registration, &counts->registrations},
        {"sealed", on_sealed, &counts->sealed},
        {"agenda", on_agenda, &counts->agenda},
        {"peers", on_peer, &counts->peers},
        {"events", on_event, &counts->events},
    };
    enum bw_status status = BW_OK;
    for (size_t k = 0; status == BW_OK && k < sizeof kinds / sizeof kinds[0]; k++) {
        bw_json_turn(&reading->letter, root);
        const json_t *list = bw_json_list(&reading->letter, kinds[k].list, ROWS_MAX);
        size_t count = json_array_size(list);
        status = bw_json_end(&reading->letter, reading->err);
        for (size_t i = 0; status == BW_OK && i < count; i++) {
            bw_json_turn(&reading->letter, json_array_get(list, i));
            status = kinds[k].read(reading);
        }
        *kinds[k].count = (int64_t)count;
    }
    return status;
}

enum bw_status
bw_roster1_of_letter(const void *bytes, size_t length, const struct bw_roster1_sink *sink,
    struct bw_roster1_head *ret_head, struct bw_roster1_counts *ret_counts,
    struct bw_error *err)
{
    json_t *root;
    enum bw_status status = bw_json_parse(bytes, length, &root, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_roster1_head head = {0};
    struct bw_roster1_counts counts = {0};
    struct reading reading = {.sink = sink, .letter = bw_json_of(root), .err = err};
    status = head_read(&reading, root, &head);
    if (status == BW_OK) {
        status = sink->begin(sink->context, &head, err);
    }
    if (status == BW_OK) {
        status = rows_read(&reading, root, &counts);
    }
    if (status == BW_OK) {
        status = sink->end(sink->context, err);
    }
    json_decref(root);
    if (status == BW_OK) {
        *ret_head = head;
        *ret_counts = counts;
    }
    return status;
}

/* ---- a sink that keeps nothing ---- */

static enum bw_status
no_head(void *context, const struct bw_roster1_head *head, struct bw_error *err)
{
    (void)context, (void)head, (void)err;
    return BW_OK;
}

static enum bw_status
no_session(void *context, const struct bw_session *session, struct bw_error *err)
{
    (void)context, (void)session, (void)err;
    return BW_OK;
}

static enum bw_status
no_registration(
    void *context, const struct bw_registration *registration, struct bw_error *err)
{
    (void)context, (void)registration, (void)err;
    return BW_OK;
}

static enum bw_status
no_sealed(void *context, const struct bw_sealed_row *row, struct bw_error *err)
{
    (void)context, (void)row, (void)err;
    return BW_OK;
}

static enum bw_status
no_agenda(void *context, const struct bw_agenda_item *item, struct bw_error *err)
{
    (void)context, (void)item, (void)err;
    return BW_OK;
}

static enum bw_status
no_peer(void *context, const struct bw_peer *peer, struct bw_error *err)
{
    (void)context, (void)peer, (void)err;
    return BW_OK;
}

static enum bw_status
no_event(void *context, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    (void)context, (void)event, (void)details, (void)err;
    return BW_OK;
}

static enum bw_status
no_end(void *context, struct bw_error *err)
{
    (void)context, (void)err;
    return BW_OK;
}

struct bw_roster1_sink
bw_roster1_sink_nowhere(void)
{
    return (struct bw_roster1_sink){.begin = no_head,
        .session = no_session,
        .registration = no_registration,
        .sealed = no_sealed,
        .agenda = no_agenda,
        .peer = no_peer,
        .event = no_event,
        .end = no_end};
}
