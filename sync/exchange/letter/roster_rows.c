/* Taking the rows of a roster letter: see roster.h, LETTERS.md. */
#include "exchange/letter/roster_reading.h"

#include <string.h>

/* Minutes: a week, as a row of the store holds. */
enum { ROWS_MAX = 1000000, MINUTES_MAX = 60 * 24 * 7 };
#define CODE_MAX ((INT64_C(1) << 40) - 1)

static enum bw_status
on_session(struct bw_roster_reading *reading)
{
    struct bw_json *json = &reading->json;
    struct bw_session s = {0};
    s.session_no = (uint32_t)bw_json_number(json, "session_no", 1, UINT32_MAX);
    bw_json_label(json, "code", sizeof s.code, s.code);
    bw_json_label(json, "series", sizeof s.series, s.series);
    bw_json_text(json, "title", BW_TITLE_CHARS, s.title);
    bw_json_text(json, "kind", BW_NAME_CHARS, s.kind);
    bw_json_text(json, "region", BW_NAME_CHARS, s.region);
    bw_json_text(json, "venue", BW_TITLE_CHARS, s.venue);
    bw_json_text(json, "address", BW_TITLE_CHARS, s.address);
    bw_json_label(json, "timezone", sizeof s.timezone, s.timezone);
    bw_json_text(json, "go_to", BW_TITLE_CHARS, s.go_to);
    bw_json_text(json, "desk", BW_TITLE_CHARS, s.desk);
    bw_json_text(json, "audience", BW_TITLE_CHARS, s.audience);
    s.starts_ms = bw_json_number(json, "starts_ms", 0, BW_ROSTER_MS_MAX);
    s.ends_ms = bw_json_number(json, "ends_ms", s.starts_ms, BW_ROSTER_MS_MAX);
    s.capacity = (int)bw_json_number(json, "capacity", 0, BW_CAPACITY_MAX);
    s.doors_minutes = (int)bw_json_number(json, "doors_minutes", 0, MINUTES_MAX);
    s.release_minutes = (int)bw_json_number(json, "release_minutes", 0, MINUTES_MAX);
    s.extra_places = (int)bw_json_number(json, "extra_places", 0, BW_CAPACITY_MAX);
    s.own_region_first = bw_json_flag(json, "own_region_first");
    if (bw_json_has(json, "opens_ms")) { /* a letter without it is of an older office */
        s.opens_ms = bw_json_number(json, "opens_ms", 0, BW_ROSTER_MS_MAX);
    }
    if (bw_json_has(json, "tolerance_minutes")) {
        s.tolerance_minutes =
            (int)bw_json_number(json, "tolerance_minutes", 0, MINUTES_MAX);
    }
    if (bw_json_has(json, "called_off_ms")) {
        s.called_off_ms = bw_json_number(json, "called_off_ms", 0, BW_ROSTER_MS_MAX);
    }
    enum bw_status status = bw_json_end(json, reading->err);
    if (status != BW_OK || !reading->sink->session) {
        return status;
    }
    return reading->sink->session(reading->sink->context, &s, reading->err);
}

static enum bw_status
on_registration(struct bw_roster_reading *reading)
{
    struct bw_json *json = &reading->json;
    struct bw_registration r = {0};
    r.code = (bw_code)bw_json_number(json, "code", 0, CODE_MAX);
    r.session_no = (uint32_t)bw_json_number(json, "session_no", 1, UINT32_MAX);
    r.status = (enum bw_registration_status)bw_json_number(
        json, "status", BW_CONFIRMED, BW_BLOCKED);
    r.generation = (uint8_t)bw_json_number(json, "generation", 0, UINT8_MAX);
    r.signed_up_ms = bw_json_number(json, "signed_up_ms", INT64_MIN, BW_ROSTER_MS_MAX);
    r.line = (int32_t)bw_json_number(json, "line", INT32_MIN, INT32_MAX);
    bw_json_text(json, "first_name", BW_NAME_CHARS, r.person.first_name);
    bw_json_text(json, "name", BW_NAME_CHARS, r.person.name);
    bw_json_text(json, "school", BW_TITLE_CHARS, r.person.school);
    bw_json_text(json, "region", BW_NAME_CHARS, r.person.region);
    bw_json_text(json, "table", BW_NAME_CHARS, r.person.table);
    if (bw_json_has(json, "attention")) {
        bw_json_text(json, "attention", BW_NAME_CHARS, r.person.attention);
    }
    enum bw_status status = bw_json_end(json, reading->err);
    if (status != BW_OK || !reading->sink->registration) {
        return status;
    }
    return reading->sink->registration(reading->sink->context, &r, reading->err);
}

static enum bw_status
on_gone(struct bw_roster_reading *reading)
{
    bw_code code = (bw_code)bw_json_item_number(&reading->json, 0, CODE_MAX);
    enum bw_status status = bw_json_end(&reading->json, reading->err);
    if (status != BW_OK || !reading->sink->gone) {
        return status;
    }
    return reading->sink->gone(reading->sink->context, code, reading->err);
}

static enum bw_status
on_sealed(struct bw_roster_reading *reading)
{
    struct bw_sealed_row row;
    bw_json_bytes(&reading->json, "id", row.id, sizeof row.id);
    bw_json_bytes(&reading->json, "box", row.box, sizeof row.box);
    enum bw_status status = bw_json_end(&reading->json, reading->err);
    if (status != BW_OK || !reading->sink->sealed) {
        return status;
    }
    return reading->sink->sealed(reading->sink->context, &row, reading->err);
}

static enum bw_status
on_sealed_gone(struct bw_roster_reading *reading)
{
    uint8_t id[BW_SEALED_ID_BYTES];
    bw_json_item_bytes(&reading->json, id, sizeof id);
    enum bw_status status = bw_json_end(&reading->json, reading->err);
    if (status != BW_OK || !reading->sink->sealed_gone) {
        return status;
    }
    return reading->sink->sealed_gone(reading->sink->context, id, reading->err);
}

static enum bw_status
on_agenda(struct bw_roster_reading *reading)
{
    struct bw_json *json = &reading->json;
    struct bw_agenda_item item = {0};
    bw_json_raw(json, "kind", sizeof item.kind, item.kind);
    bw_json_text(json, "title", BW_TITLE_CHARS, item.title);
    item.starts_ms = bw_json_number(json, "starts_ms", 0, BW_ROSTER_MS_MAX);
    item.ends_ms = bw_json_number(json, "ends_ms", 0, BW_ROSTER_MS_MAX);
    bw_json_text(json, "audience", BW_TITLE_CHARS, item.audience);
    bw_json_raw(json, "url", sizeof item.url, item.url);
    enum bw_status status = bw_json_end(json, reading->err);
    if (status != BW_OK || !reading->sink->agenda) {
        return status;
    }
    return reading->sink->agenda(reading->sink->context, &item, reading->err);
}

static enum bw_status
on_peer(struct bw_roster_reading *reading)
{
    struct bw_json *json = &reading->json;
    struct bw_roster_peer peer = {0};
    peer.device = (uint32_t)bw_json_number(json, "device", 1, UINT32_MAX);
    bw_json_text(json, "name", BW_NAME_CHARS, peer.name);
    bw_json_public(json, "sign", "box", &peer.introduced, &peer.own);
    bw_json_bytes(json, "first_sign", peer.first.sign, sizeof peer.first.sign);
    bw_json_bytes(json, "first_box", peer.first.box, sizeof peer.first.box);
    peer.heard_ms = bw_json_number(json, "heard_ms", 0, BW_ROSTER_MS_MAX);
    peer.head_seq = (uint64_t)bw_json_number(json, "head_seq", 0, INT64_MAX);
    peer.counter = (uint64_t)bw_json_number(json, "counter", 0, INT64_MAX);
    enum bw_status status = bw_json_end(json, reading->err);
    if (status != BW_OK || !reading->sink->peer) {
        return status;
    }
    return reading->sink->peer(reading->sink->context, &peer, reading->err);
}

static enum bw_status
on_revoked(struct bw_roster_reading *reading)
{
    struct bw_json *json = &reading->json;
    struct bw_roster_revoked revoked;
    revoked.device = (uint32_t)bw_json_number(json, "device", 1, UINT32_MAX);
    revoked.seq = (uint64_t)bw_json_number(json, "seq", 0, INT64_MAX);
    bw_json_bytes(json, "hash", revoked.hash, sizeof revoked.hash);
    enum bw_status status = bw_json_end(json, reading->err);
    if (status != BW_OK || !reading->sink->revoked) {
        return status;
    }
    return reading->sink->revoked(reading->sink->context, &revoked, reading->err);
}

static enum bw_status
details_check(const struct bw_event *event, const struct bw_event_details *details,
    struct bw_error *err)
{
    uint8_t commitment[BW_HASH_BYTES];
    bw_details_commit(details, commitment);
    if (memcmp(commitment, event->commitment, sizeof commitment) != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "the details of event %u-%llu aren't those that it was made with",
            event->id.device, (unsigned long long)event->id.seq);
    }
    return BW_OK;
}

static enum bw_status
on_event(struct bw_roster_reading *reading)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX], more[BW_DETAILS_WIRE_BYTES_MAX];
    struct bw_event event;
    struct bw_event_details details;
    size_t length = bw_json_blob(&reading->json, "b", bytes, sizeof bytes);
    size_t more_length = bw_json_blob(&reading->json, "d", more, sizeof more);
    enum bw_status status = bw_json_end(&reading->json, reading->err);
    if (status == BW_OK) {
        status = bw_event_decode(bytes, length, &event, reading->err);
    }
    if (status == BW_OK && more_length > 0) {
        status = bw_details_decode(more, more_length, &details, reading->err);
        if (status == BW_OK) {
            status = details_check(&event, &details, reading->err);
        }
    }
    if (status != BW_OK || !reading->sink->event) {
        return status;
    }
    return reading->sink->event(
        reading->sink->context, &event, more_length > 0 ? &details : NULL, reading->err);
}

static enum bw_status
on_forget(struct bw_roster_reading *reading)
{
    struct bw_json *json = &reading->json;
    struct bw_roster_forget forget;
    forget.device = (uint32_t)bw_json_number(json, "device", 1, UINT32_MAX);
    forget.seq = (uint64_t)bw_json_number(json, "seq", 1, INT64_MAX);
    bw_json_bytes(json, "hash", forget.hash, sizeof forget.hash);
    enum bw_status status = bw_json_end(json, reading->err);
    if (status != BW_OK || !reading->sink->forget) {
        return status;
    }
    return reading->sink->forget(reading->sink->context, &forget, reading->err);
}

enum bw_status
bw_roster_rows_read(struct bw_roster_reading *reading, const json_t *root,
    struct bw_roster_counts *counts)
{
    const struct {
        const char *list;
        bool plain; /* entries are no objects */
        enum bw_status (*read)(struct bw_roster_reading *reading);
        int64_t *count;
    } kinds[] = {
        {"sessions", false, on_session, &counts->sessions},
        {"registrations", false, on_registration, &counts->registrations},
        {"gone", true, on_gone, &counts->gone},
        {"sealed", false, on_sealed, &counts->sealed},
        {"sealed_gone", true, on_sealed_gone, &counts->sealed_gone},
        {"agenda", false, on_agenda, &counts->agenda},
        {"peers", false, on_peer, &counts->peers},
        {"revoked", false, on_revoked, &counts->revoked},
        {"events", false, on_event, &counts->events},
        {"forget", false, on_forget, &counts->forget},
    };
    enum bw_status status = BW_OK;
    for (size_t k = 0; status == BW_OK && k < sizeof kinds / sizeof kinds[0]; k++) {
        bw_json_turn(&reading->json, root);
        const json_t *list = bw_json_list(&reading->json, kinds[k].list, ROWS_MAX);
        size_t count = json_array_size(list);
        status = bw_json_end(&reading->json, reading->err);
        for (size_t i = 0; status == BW_OK && i < count; i++) {
            if (kinds[k].plain) {
                reading->json.object = json_array_get(list, i);
            } else {
                bw_json_turn(&reading->json, json_array_get(list, i));
            }
            status = kinds[k].read(reading);
        }
        *kinds[k].count = (int64_t)count;
    }
    return status;
}
