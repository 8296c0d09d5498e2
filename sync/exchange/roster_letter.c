/* A roster as a letter, JSON inside a sealed file: see roster.h, envelope.h.
 *
 *   {"brugwachter_roster":1,"device","whole","revision","made_ms","acknowledged_seq",
 *    "newest_seq","keys":[{"key","public"}],"sessions":[…],"registrations":[…],
 *    "sealed":[{"id","box"}],"agenda":[…],"peers":[…],"events":[{"b","d"}]}
 *
 * The reader checks every field as if the writer were hostile: an organiser's machine may
 * be ill too. */
#include "exchange/letter/json.h"
#include "exchange/roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VERSION = 1 };

struct bw_roster1_to_letter {
    json_t *root;
    bool failed; /* memory ran out on the way */
};

/* ---- writing ---- */

enum bw_status
bw_roster1_to_letter_create(struct bw_roster1_to_letter **ret_to, struct bw_error *err)
{
    struct bw_roster1_to_letter *to = calloc(1, sizeof *to);
    if (!to) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "writing a roster: out of memory; close other programs");
    }
    *ret_to = to;
    return BW_OK;
}

void
bw_roster1_to_letter_destroy(struct bw_roster1_to_letter *to)
{
    if (to) {
        json_decref(to->root);
        free(to);
    }
}

enum bw_status
bw_roster1_to_letter_text(
    struct bw_roster1_to_letter *to, char **ret_text, struct bw_error *err)
{
    json_t *root = to->failed ? NULL : to->root;
    if (root) {
        to->root = NULL;
    }
    return bw_json_write(root, ret_text, err);
}

/* A row that can't be made is remembered, and told when the text is asked for. */
static enum bw_status
append(struct bw_roster1_to_letter *to, const char *list, json_t *row)
{
    if (json_array_append_new(json_object_get(to->root, list), row) != 0) {
        to->failed = true;
    }
    return BW_OK;
}

static enum bw_status
on_begin(void *context, const struct bw_roster1_head *head, struct bw_error *err)
{
    (void)err;
    struct bw_roster1_to_letter *to = context;
    to->root = json_pack(
        "{s:i, s:I, s:b, s:I, s:I, s:I, s:I, s:[], s:[], s:[], s:[], s:[], "
        "s:[], s:[]}",
        "brugwachter_roster", VERSION, "device", (json_int_t)head->device, "whole",
        (int)head->whole, "revision", (json_int_t)head->revision, "made_ms",
        (json_int_t)head->made_ms, "acknowledged_seq", (json_int_t)head->acknowledged_seq,
        "newest_seq", (json_int_t)head->newest_seq, "keys", "sessions", "registrations",
        "sealed", "agenda", "peers", "events");
    for (int i = 0; i < head->keyring.count; i++) {
        const struct bw_public_key *key = &head->keyring.keys[i];
        (void)append(to, "keys",
            json_pack("{s:i, s:o}", "key", (int)key->key, "public",
                bw_json_hex(key->bytes, BW_PUBLIC_KEY_BYTES)));
    }
    return BW_OK;
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
    if (json_object_update(row, more) != 0) {
        json_decref(row);
        row = NULL;
    }
    json_decref(more);
    return append(context, "sessions", row);
}

static enum bw_status
on_registration(void *context, const struct bw_registration *r, struct bw_error *err)
{
    (void)err;
    return append(context, "registrations",
        json_pack("{s:I, s:I, s:i, s:i, s:I, s:i, s:s, s:s, s:s, s:s, s:s}", "code",
            (json_int_t)r->code, "session_no", (json_int_t)r->session_no, "status",
            (int)r->status, "generation", (int)r->generation, "signed_up_ms",
            (json_int_t)r->signed_up_ms, "line", (int)r->line, "first_name",
            r->person.first_name, "name", r->person.name, "school", r->person.school,
            "region", r->person.region, "table", r->person.table));
}

static enum bw_status
on_sealed(void *context, const struct bw_sealed_row *row, struct bw_error *err)
{
    (void)err;
    return append(context, "sealed",
        json_pack("{s:o, s:o}", "id", bw_json_hex(row->id, sizeof row->id), "box",
            bw_json_hex(row->box, sizeof row->box)));
}

static enum bw_status
on_agenda(void *context, const struct bw_agenda_item *item, struct bw_error *err)
{
    (void)err;
    return append(context, "agenda",
        json_pack("{s:s, s:s, s:I, s:I, s:s, s:s}", "kind", item->kind, "title",
            item->title, "starts_ms", (json_int_t)item->starts_ms, "ends_ms",
            (json_int_t)item->ends_ms, "audience", item->audience, "url", item->url));
}

static enum bw_status
on_peer(void *context, const struct bw_peer *peer, struct bw_error *err)
{
    (void)err;
    return append(context, "peers",
        json_pack("{s:I, s:s, s:s, s:I, s:I}", "device", (json_int_t)peer->device, "name",
            peer->name, "session", peer->session, "heard_ms", (json_int_t)peer->heard_ms,
            "head_seq", (json_int_t)peer->head_seq));
}

static enum bw_status
on_event(void *context, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    (void)err;
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX], more[BW_DETAILS_WIRE_BYTES_MAX];
    size_t length = bw_event_encode(event, bytes);
    size_t more_length = details ? bw_details_encode(details, more) : 0;
    return append(context, "events",
        json_pack("{s:o, s:o}", "b", bw_json_hex(bytes, length), "d",
            bw_json_hex(more, more_length)));
}

static enum bw_status
on_end(void *context, struct bw_error *err)
{
    (void)context;
    (void)err;
    return BW_OK;
}

struct bw_roster1_sink
bw_roster1_sink_letter(struct bw_roster1_to_letter *to)
{
    return (struct bw_roster1_sink){.context = to,
        .begin = on_begin,
        .session = on_session,
        .registration = on_registration,
        .sealed = on_sealed,
        .agenda = on_agenda,
        .peer = on_peer,
        .event = on_event,
        .end = on_end};
}
