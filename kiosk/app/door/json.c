/* Answers of the desk as JSON: see json.h. */
#include "json.h"

#include <brugwachter/said.h>
#include <jansson.h>

/* ---- fields ---- */

static void
put(json_t *object, const char *key, json_t *value)
{
    (void)json_object_set_new(object, key, value);
}

static void
put_text(json_t *object, const char *key, const char *text)
{
    if (text[0] != '\0') {
        put(object, key, json_string(text));
    }
}

static void
put_number(json_t *object, const char *key, int64_t number)
{
    put(object, key, json_integer(number));
}

static void
put_true(json_t *object, const char *key, bool value)
{
    if (value) {
        put(object, key, json_true());
    }
}

static void
put_code(json_t *object, bw_code code)
{
    if (code != BW_CODE_NONE) {
        char text[BW_CODE_BYTES];
        bw_code_format(code, text);
        put(object, "code", json_string(text));
    }
}

static void
put_event(json_t *object, struct bw_event_id event)
{
    if (event.device != 0) {
        char text[BW_EVENT_ID_BYTES];
        bw_event_id_format(event, text);
        put(object, "event", json_string(text));
    }
}

static void
put_time(json_t *object, const char *key, const struct bw_zone *zone, int64_t wall_ms)
{
    if (wall_ms != 0) {
        char text[BW_ISO_BYTES];
        bw_zone_format_iso(zone, wall_ms, text);
        put(object, key, json_string(text));
    }
}

/* A session elsewhere may live by another clock. */
static void
put_home_time(json_t *object, const struct bw_session *home, const struct bw_zone *zone)
{
    struct bw_zone *own = NULL;
    bool opened = bw_zone_open(home->timezone, &own, NULL) == BW_OK;
    put_time(object, "starts_at", opened ? own : zone, home->starts_ms);
    bw_zone_close(own);
}

/* ---- answers ---- */

typedef void filler(
    json_t *object, const struct bw_answer *answer, const struct bw_zone *zone);

static void
put_person(json_t *object, const struct bw_answer *a)
{
    const struct bw_person *person = bw_answer_person(a);
    put_code(object, bw_answer_code(a));
    put_text(object, "first_name", person->first_name);
    put_text(object, "name", person->name);
    put_text(object, "school", person->school);
    put_text(object, "table", person->table);
    put_text(object, "attention", person->attention);
}

static void
put_verdict(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    switch (a->verdict.verdict) {
    case BW_VERDICT_WELCOME:
        put(object, "unlisted", json_boolean(a->verdict.unlisted));
        put_true(object, "returned", a->verdict.returned);
        put_true(object, "guest", a->verdict.guest);
        put_true(object, "substitute", a->verdict.substitute);
        break;
    case BW_VERDICT_ALREADY_IN:
        put_time(object, "since", zone, a->verdict.since_ms);
        put_number(object, "device", a->verdict.since_device);
        put_true(object, "guest", a->verdict.guest);
        put_true(object, "substitute", a->verdict.substitute);
        break;
    case BW_VERDICT_OTHER_SESSION:
        if (a->verdict.home != NULL) {
            put_text(object, "session", a->verdict.home->code);
            put_text(object, "title", a->verdict.home->title);
            put_home_time(object, a->verdict.home, zone);
            put_text(object, "venue", a->verdict.home->venue);
        }
        if (a->verdict.has_ticket_status) {
            put_text(object, "ticket_status",
                bw_registration_status_name(a->verdict.ticket_status));
        }
        put_number(object, "free", a->verdict.free);
        break;
    case BW_VERDICT_WAITLISTED:
        put_number(object, "position", a->verdict.position);
        put_number(object, "free", a->verdict.free);
        put_number(object, "before", a->verdict.before);
        break;
    case BW_VERDICT_FULL:
        if (a->verdict.lead != 0) {
            put_number(object, "lead", a->verdict.lead);
        }
        break;
    case BW_VERDICT_TOO_EARLY:
        put_time(object, "opens_at", zone, a->verdict.opens_ms);
        break;
    case BW_VERDICT_NOT_A_TICKET:
        if (a->verdict.certificate) {
            put(object, "certificate", json_true());
        }
        break;
    case BW_VERDICT_FORGED:
    case BW_VERDICT_BLOCKED:
    case BW_VERDICT_REPLACED:
    case BW_VERDICT_CANCELLED:
    case BW_VERDICT_SESSION_OVER:
    case BW_VERDICT_UNKNOWN:
    case BW_VERDICT_NO_AUDIENCE:
        break;
    }
}

static void
fill_verdict(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    put(object, "verdict", json_string(bw_verdict_name(a->verdict.verdict)));
    put_person(object, a);
    put_event(object, a->event);
    put_verdict(object, a, zone);
}

static void
put_refs(json_t *object, const struct bw_answer_change *change)
{
    json_t *refs = json_array();
    for (int i = 0; i < change->refs_count; i++) {
        char text[BW_EVENT_ID_BYTES];
        bw_event_id_format(change->refs[i], text);
        (void)json_array_append_new(refs, json_string(text));
    }
    put(object, "refers_to", refs);
}

static void
fill_change(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    (void)zone;
    bool undone = a->kind == BW_ANSWER_UNDONE;
    put(object, "verdict", json_string(undone ? "undone" : "left"));
    put_event(object, a->event);
    put_refs(object, undone ? &a->undone : &a->left);
    put_person(object, a);
}

static void
fill_released(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    (void)zone;
    put(object, "verdict", json_string("released"));
    put_event(object, a->event);
    put_number(object, "free", a->released_free);
}

static void
fill_waiting(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    (void)zone;
    put(object, "verdict", json_string("waiting"));
    put_event(object, a->event);
    put_number(object, "before", a->waiting.before);
    put_person(object, a);
}

static void
fill_counts(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    (void)zone;
    const struct bw_ledger *l = &a->ledger;
    put_number(object, "capacity", l->capacity);
    put_number(object, "present", l->present);
    put_number(object, "held", l->held);
    put_number(object, "expected", l->expected);
    put_number(object, "waitlisted", l->waitlisted);
    put_number(object, "free", l->free);
    put_number(object, "walk_ins", l->walk_ins);
    put_number(object, "guests", l->guests);
    put(object, "released", json_boolean(l->released));
}

/* Without an event: the clock, which is put by whoever knows it. */
static void
fill_done(json_t *object, const struct bw_answer *a, int64_t clock_ms,
    const struct bw_zone *zone)
{
    if (a->command == BW_COMMAND_ABSENT) {
        put(object, "verdict", json_string("absent"));
        put_event(object, a->event);
    } else {
        put_time(object, "clock", zone, clock_ms);
    }
}

static const char *
row_kind_name(enum bw_entry_kind kind)
{
    switch (kind) {
    case BW_ENTRY_REGISTRATION:
        return "waitlist";
    case BW_ENTRY_GUEST:
        return "guest";
    case BW_ENTRY_WALK_IN:
        return "walk_in";
    }
    return "";
}

static json_t *
found_row(const struct bw_list_entry *row, const struct bw_zone *zone)
{
    json_t *object = json_object();
    put_code(object, row->code);
    put_text(object, "first_name", row->person.first_name);
    put_text(object, "name", row->person.name);
    put_text(object, "school", row->person.school);
    put_text(object, "region", row->person.region);
    bool registered = row->kind == BW_ENTRY_REGISTRATION;
    put(object, "status",
        json_string(registered ? bw_registration_status_name(row->status)
                               : row_kind_name(row->kind)));
    put(object, "present", json_boolean(row->present));
    put_time(object, "since", zone, row->since_ms);
    put_time(object, "came", zone, row->came_ms);
    put_true(object, "left", row->left);
    put_true(object, "substitute", row->substitute);
    if (!registered) {
        put(object, "kind", json_string(row_kind_name(row->kind)));
        put_event(object, row->event);
    }
    put_text(object, "table", row->person.table);
    put_text(object, "attention", row->person.attention);
    return object;
}

static json_t *
offer_row(const struct bw_list_entry *row)
{
    json_t *object = json_object();
    put(object, "kind", json_string(row_kind_name(row->kind)));
    put_code(object, row->code);
    put_event(object, row->event);
    put_text(object, "first_name", row->person.first_name);
    put_text(object, "name", row->person.name);
    put_text(object, "region", row->person.region);
    put_number(object, "position", row->position);
    put(object, "seen", json_boolean(row->seen || row->waiting));
    return object;
}

static void
fill_rows(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    bool offers = a->command == BW_COMMAND_OFFERS;
    json_t *rows = json_array();
    for (int i = 0; i < a->list.count; i++) {
        const struct bw_list_entry *entry = &a->list.entries[i];
        (void)json_array_append_new(
            rows, offers ? offer_row(entry) : found_row(entry, zone));
    }
    if (offers) {
        put_number(object, "free", a->list.free);
        put(object, "offers", rows);
        put_true(object, "more", a->list.more);
    } else {
        put(object, "results", rows);
        put(object, "more", json_boolean(a->list.more));
    }
    if (a->list.names_locked) {
        put(object, "names_locked", json_true());
        put(object, "hint",
            json_string(bw_said(
                "Nobody is found by name: the names of this kiosk are locked. Give the "
                "staff PIN (pin), or hold up its staff card (card).")));
    }
}

static void
fill_error(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    (void)zone;
    put(object, "error", json_string(a->failure.error.text));
    if (a->failure.alike.known) {
        put_code(object, a->failure.alike.code);
        put_event(object, a->failure.alike.event);
    }
    if (a->failure.not_saved) {
        put(object, "saved", json_false());
    }
}

/* The staff PIN, which opens the names of a kiosk that was off (store_names.h). */
static void
fill_pin(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    (void)zone;
    put(object, "pin", json_string(a->pin.ok ? "ok" : "wrong"));
    put_true(object, "names_failed", a->pin.names_failed);
    if (a->pin.names_before) {
        put(object, "names_before", json_true());
        put(object, "hint",
            json_string(bw_said(
                "This PIN is newer than the lock on the names. Give the one before it "
                "once (pin-before), or hold up the staff card (card). If nobody knows "
                "it, give this one by pin-before: names then come with the next "
                "roster.")));
    }
    put_number(object, "left", a->pin.left);
    put_number(object, "wait_s", a->pin.wait_s);
}

static void
fill_card(json_t *object, const struct bw_answer *a, const struct bw_zone *zone)
{
    static const char *const names[] = {
        [BW_CARD_OTHER] = "other",
        [BW_CARD_OPENED] = "opened",
        [BW_CARD_KNOWN] = "known",
        [BW_CARD_KEPT] = "kept",
    };
    (void)zone;
    put(object, "card", json_string(names[a->card]));
}

/* What the door never asks has no form here. */
static filler *const fillers[] = {
    [BW_ANSWER_VERDICT] = fill_verdict,
    [BW_ANSWER_UNDONE] = fill_change,
    [BW_ANSWER_LEFT] = fill_change,
    [BW_ANSWER_RELEASED] = fill_released,
    [BW_ANSWER_WAITING] = fill_waiting,
    [BW_ANSWER_COUNTS] = fill_counts,
    [BW_ANSWER_LIST] = fill_rows,
    [BW_ANSWER_PIN] = fill_pin,
    [BW_ANSWER_CARD] = fill_card,
    [BW_ANSWER_ERROR] = fill_error,
};

static char *
dump(json_t *object)
{
    char *text = object != NULL ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    return text;
}

char *
bw_door_json_answer(
    const struct bw_answer *answer, const struct bw_zone *zone, int64_t clock_ms)
{
    json_t *object = json_object();
    size_t kind = (size_t)answer->kind;
    if (kind < sizeof fillers / sizeof fillers[0] && fillers[kind] != NULL) {
        fillers[kind](object, answer, zone);
    } else {
        fill_done(object, answer, clock_ms, zone);
    }
    return dump(object);
}

char *
bw_door_json_error(const struct bw_error *error, bool not_saved)
{
    struct bw_answer answer;
    bw_answer_init(&answer, BW_ANSWER_ERROR);
    answer.failure = (struct bw_failure){.error = *error, .not_saved = not_saved};
    return bw_door_json_answer(&answer, NULL, 0);
}
