/* Making the rows of a roster letter: see roster.h, LETTERS.md. */
#include "exchange/letter/roster_writing.h"

#include <string.h>

enum { ROW_BYTES = 40 };

/* A row that can't be made is remembered, and told when the text is asked for. `bytes` is
 * an estimate: texts may be escaped, six bytes for one of two. */
static enum bw_status
append(struct bw_roster_writer *writer, const char *list, size_t bytes, json_t *row)
{
    if (json_array_append_new(json_object_get(writer->root, list), row) != 0) {
        writer->failed = true;
    }
    writer->bytes += bytes + ROW_BYTES;
    return BW_OK;
}

static size_t
session_bytes(const struct bw_session *s)
{
    return 400 + 3 * (strlen(s->title) + strlen(s->kind) + strlen(s->region) +
                         strlen(s->venue) + strlen(s->address) + strlen(s->go_to) +
                         strlen(s->desk) + strlen(s->audience));
}

/* What older kiosks don't know goes only where it says something. */
static bool
put_if_set(json_t *row, const char *name, int64_t value)
{
    return value == 0 || json_object_set_new(row, name, json_integer(value)) == 0;
}

static enum bw_status
on_session(void *context, const struct bw_session *s, struct bw_error *err)
{
    (void)err;
    json_t *row =
        json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
            "session_no", (json_int_t)s->session_no, "code", s->code, "series", s->series,
            "title", s->title, "kind", s->kind, "region", s->region, "venue", s->venue,
            "address", s->address, "timezone", s->timezone, "go_to", s->go_to, "desk",
            s->desk, "audience", s->audience);
    json_t *more = json_pack("{s:I, s:I, s:i, s:i, s:i, s:i, s:b}", "starts_ms",
        (json_int_t)s->starts_ms, "ends_ms", (json_int_t)s->ends_ms, "capacity",
        s->capacity, "doors_minutes", s->doors_minutes, "release_minutes",
        s->release_minutes, "extra_places", s->extra_places, "own_region_first",
        (int)s->own_region_first);
    if (!put_if_set(more, "opens_ms", s->opens_ms) ||
        !put_if_set(more, "tolerance_minutes", s->tolerance_minutes) ||
        !put_if_set(more, "called_off_ms", s->called_off_ms) ||
        json_object_update(row, more) != 0) {
        json_decref(row);
        row = NULL;
    }
    json_decref(more);
    return append(context, "sessions", session_bytes(s), row);
}

static enum bw_status
on_registration(void *context, const struct bw_registration *r, struct bw_error *err)
{
    (void)err;
    size_t texts = strlen(r->person.first_name) + strlen(r->person.name) +
                   strlen(r->person.school) + strlen(r->person.region) +
                   strlen(r->person.table) + strlen(r->person.attention);
    json_t *row = json_pack("{s:I, s:I, s:i, s:i, s:I, s:i, s:s, s:s, s:s, s:s, s:s}",
        "code", (json_int_t)r->code, "session_no", (json_int_t)r->session_no, "status",
        (int)r->status, "generation", (int)r->generation, "signed_up_ms",
        (json_int_t)r->signed_up_ms, "line", (int)r->line, "first_name",
        r->person.first_name, "name", r->person.name, "school", r->person.school,
        "region", r->person.region, "table", r->person.table);
    if (r->person.attention[0] != '\0' &&
        json_object_set_new(row, "attention", json_string(r->person.attention)) != 0) {
        json_decref(row);
        row = NULL;
    }
    return append(context, "registrations", 180 + 3 * texts, row);
}

static enum bw_status
on_gone(void *context, bw_code code, struct bw_error *err)
{
    (void)err;
    return append(context, "gone", 0, json_integer((json_int_t)code));
}

static enum bw_status
on_sealed(void *context, const struct bw_sealed_row *row, struct bw_error *err)
{
    (void)err;
    return append(context, "sealed", 2 * sizeof *row,
        json_pack("{s:o, s:o}", "id", bw_json_hex(row->id, sizeof row->id), "box",
            bw_json_hex(row->box, sizeof row->box)));
}

static enum bw_status
on_sealed_gone(void *context, const uint8_t id[BW_SEALED_ID_BYTES], struct bw_error *err)
{
    (void)err;
    return append(context, "sealed_gone", BW_SEALED_ID_BYTES * 2,
        bw_json_hex(id, BW_SEALED_ID_BYTES));
}

static enum bw_status
on_agenda(void *context, const struct bw_agenda_item *item, struct bw_error *err)
{
    (void)err;
    return append(context, "agenda",
        3 * (strlen(item->title) + strlen(item->audience) + strlen(item->url)) + 100,
        json_pack("{s:s, s:s, s:I, s:I, s:s, s:s}", "kind", item->kind, "title",
            item->title, "starts_ms", (json_int_t)item->starts_ms, "ends_ms",
            (json_int_t)item->ends_ms, "audience", item->audience, "url", item->url));
}

static enum bw_status
on_peer(void *context, const struct bw_roster_peer *peer, struct bw_error *err)
{
    (void)err;
    return append(context, "peers", 500,
        json_pack("{s:I, s:s, s:o, s:o, s:o, s:o, s:I, s:I, s:I}", "device",
            (json_int_t)peer->device, "name", peer->name, "sign",
            bw_roster_hex_if(peer->introduced, peer->own.sign, sizeof peer->own.sign),
            "box",
            bw_roster_hex_if(peer->introduced, peer->own.box, sizeof peer->own.box),
            "first_sign", bw_json_hex(peer->first.sign, sizeof peer->first.sign),
            "first_box", bw_json_hex(peer->first.box, sizeof peer->first.box), "heard_ms",
            (json_int_t)peer->heard_ms, "head_seq", (json_int_t)peer->head_seq, "counter",
            (json_int_t)peer->counter));
}

static json_t *
event_named(uint32_t device, uint64_t seq, const uint8_t hash[BW_HASH_BYTES])
{
    return json_pack("{s:I, s:I, s:o}", "device", (json_int_t)device, "seq",
        (json_int_t)seq, "hash", bw_json_hex(hash, BW_HASH_BYTES));
}

static enum bw_status
on_revoked(void *context, const struct bw_roster_revoked *revoked, struct bw_error *err)
{
    (void)err;
    return append(context, "revoked", 2 * sizeof *revoked,
        event_named(revoked->device, revoked->seq, revoked->hash));
}

static enum bw_status
on_event(void *context, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    (void)err;
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX], more[BW_DETAILS_WIRE_BYTES_MAX];
    size_t length = bw_event_encode(event, bytes);
    size_t more_length = details ? bw_details_encode(details, more) : 0;
    return append(context, "events", 2 * (length + more_length),
        json_pack("{s:o, s:o}", "b", bw_json_hex(bytes, length), "d",
            bw_json_hex(more, more_length)));
}

static enum bw_status
on_forget(void *context, const struct bw_roster_forget *forget, struct bw_error *err)
{
    (void)err;
    return append(context, "forget", 2 * sizeof *forget,
        event_named(forget->device, forget->seq, forget->hash));
}

struct bw_roster_sink
bw_roster_writer_sink(struct bw_roster_writer *writer)
{
    return (struct bw_roster_sink){.context = writer,
        .session = on_session,
        .registration = on_registration,
        .gone = on_gone,
        .sealed = on_sealed,
        .sealed_gone = on_sealed_gone,
        .agenda = on_agenda,
        .peer = on_peer,
        .revoked = on_revoked,
        .event = on_event,
        .forget = on_forget};
}
