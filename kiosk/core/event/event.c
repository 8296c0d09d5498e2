/* An event's canonical bytes and hash: see brugwachter/event.h. Any thread.
 *
 * The bytes begin with the version of their form. A newer form is BW_NEWER and not a
 * fault: a kiosk that was updated first must be able to wait for the others. */
#include <brugwachter/event.h>
#include <brugwachter/said.h>

#include "order.h"
#include "core/base/wire.h"

#include <assert.h>
#include <sodium.h>

enum {
    FORM = 1,
    CODE_BITS = 40,
    REF_BYTES = 12,
    FIXED_BYTES =
        1 + 12 + 8 + 8 + 8 + BW_BOOT_ID_BYTES + 4 + 5 + 8 + 8 + 1 + 1 + 2 * BW_HASH_BYTES,
    FLAGS_KNOWN = BW_EVENT_CLOCK_SUSPECT | BW_EVENT_CLOCK_INJECTED | BW_EVENT_OVERRIDE |
                  BW_EVENT_OUT_OF_ORDER | BW_EVENT_UNLISTED | BW_EVENT_STAMP_AHEAD,
};

/* The end of the year 9999: past it no time can be written for people. */
#define WALL_MS_MAX INT64_C(253402300799999)

_Static_assert(FIXED_BYTES + REF_BYTES * BW_REFS_MAX <= BW_EVENT_WIRE_BYTES_MAX,
    "the header's room holds the longest event");
_Static_assert(BW_HASH_BYTES == crypto_generichash_BYTES, "BLAKE2b-256");

static void
put_id(struct wire_writer *writer, struct bw_event_id id)
{
    wire_put(writer, 4, id.device);
    wire_put(writer, 8, id.seq);
}

static struct bw_event_id
get_id(struct wire_reader *reader)
{
    struct bw_event_id id = {.device = (uint32_t)wire_get(reader, 4)};
    id.seq = wire_get(reader, 8);
    return id;
}

size_t
bw_event_encode(const struct bw_event *event, uint8_t ret_bytes[BW_EVENT_WIRE_BYTES_MAX])
{
    assert(event->refs_count >= 0 && event->refs_count <= BW_REFS_MAX);
    struct wire_writer writer = {ret_bytes};
    wire_put(&writer, 1, FORM);
    put_id(&writer, event->id);
    wire_put(&writer, 8, (uint64_t)event->wall_ms);
    wire_put(&writer, 8, event->hlc);
    wire_put(&writer, 8, (uint64_t)event->mono_ms);
    wire_put_bytes(&writer, event->boot_id, BW_BOOT_ID_BYTES);
    wire_put(&writer, 4, event->flags);
    wire_put(&writer, 1, (uint64_t)event->kind);
    wire_put(&writer, 1, (uint64_t)event->basis);
    wire_put(&writer, 1, (uint64_t)event->verdict);
    wire_put(&writer, 1, (uint64_t)event->note);
    wire_put(&writer, 1, (uint64_t)event->operated_by);
    wire_put(&writer, 4, event->session_no);
    wire_put(&writer, 4, event->home_session_no);
    wire_put(&writer, 8, event->code);
    wire_put(&writer, 1, event->generation);
    wire_put(&writer, 1, (uint64_t)event->refs_count);
    for (int i = 0; i < event->refs_count; i++) {
        put_id(&writer, event->refs[i]);
    }
    wire_put_bytes(&writer, event->commitment, BW_HASH_BYTES);
    wire_put_bytes(&writer, event->prev, BW_HASH_BYTES);
    return (size_t)(writer.at - ret_bytes);
}

static void
read_fields(struct wire_reader *reader, struct bw_event *event)
{
    event->id = get_id(reader);
    event->wall_ms = (int64_t)wire_get(reader, 8);
    event->hlc = wire_get(reader, 8);
    event->mono_ms = (int64_t)wire_get(reader, 8);
    wire_get_bytes(reader, event->boot_id, BW_BOOT_ID_BYTES);
    event->flags = (uint32_t)wire_get(reader, 4);
    event->kind = (enum bw_event_kind)wire_get(reader, 1);
    event->basis = (enum bw_basis)wire_get(reader, 1);
    event->verdict = (enum bw_verdict)wire_get(reader, 1);
    event->note = (enum bw_note)wire_get(reader, 1);
    event->operated_by = (enum bw_operator)wire_get(reader, 1);
    event->session_no = (uint32_t)wire_get(reader, 4);
    event->home_session_no = (uint32_t)wire_get(reader, 4);
    event->code = wire_get(reader, 8);
    event->generation = (uint8_t)wire_get(reader, 1);
    event->refs_count = (int)wire_get(reader, 1);
    for (int i = 0; i < event->refs_count && i < BW_REFS_MAX; i++) {
        event->refs[i] = get_id(reader);
    }
    wire_get_bytes(reader, event->commitment, BW_HASH_BYTES);
    wire_get_bytes(reader, event->prev, BW_HASH_BYTES);
}

static bool
id_holds(struct bw_event_id id)
{
    return id.device != 0 && id.seq != 0 && id.seq <= INT64_MAX;
}

static bool
refs_hold(const struct bw_event *event)
{
    for (int i = 0; i < event->refs_count; i++) {
        if (!id_holds(event->refs[i])) {
            return false;
        }
    }
    return true;
}

/* What of an event doesn't hold, or NULL. */
static const char *
fault_of(const struct bw_event *event)
{
    const struct {
        bool holds;
        const char *what;
    } checks[] = {
        {id_holds(event->id), BW_SAYS("number")},
        {event->wall_ms >= 0 && event->wall_ms <= WALL_MS_MAX, BW_SAYS("time")},
        {event->hlc <= INT64_MAX, BW_SAYS("hybrid clock")},
        {event->mono_ms >= 0, BW_SAYS("monotonic clock")},
        {(event->flags & ~(uint32_t)FLAGS_KNOWN) == 0, BW_SAYS("flags")},
        {event->kind >= BW_EVENT_ARRIVED && event->kind <= BW_EVENT_NOTE,
            BW_SAYS("kind")},
        {(unsigned)event->basis <= BW_BASIS_PAPER, BW_SAYS("basis")},
        {(unsigned)event->verdict < BW_VERDICT_COUNT, BW_SAYS("verdict")},
        {(unsigned)event->note <= BW_NOTE_ABSENT, BW_SAYS("note")},
        {event->operated_by >= BW_OPERATOR_ATTENDEE &&
                event->operated_by <= BW_OPERATOR_DOOR,
            BW_SAYS("operator")},
        {event->code >> CODE_BITS == 0 || event->code == BW_CODE_NONE, BW_SAYS("code")},
        {refs_hold(event), BW_SAYS("references")},
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        if (!checks[i].holds) {
            return checks[i].what;
        }
    }
    return NULL;
}

enum bw_status
bw_event_decode(
    const uint8_t *bytes, size_t length, struct bw_event *ret_event, struct bw_error *err)
{
    struct wire_reader reader = {.at = bytes, .left = length};
    uint64_t form = wire_get(&reader, 1);
    if (form > FORM) {
        return bw_error_set(err, BW_NEWER, 0,
            "Reading an event failed: it was written by a newer version. "
            "Update this program, then try again.");
    }
    struct bw_event event = {0};
    read_fields(&reader, &event);
    if (form != FORM || reader.short_of || event.refs_count > BW_REFS_MAX ||
        reader.left != 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading an event of %zu bytes failed: it is cut, too long or no event.",
            length);
    }
    const char *fault = fault_of(&event);
    if (fault != NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading an event failed: its %s cannot be.", bw_said(fault));
    }
    /* every byte was read into a field, so these are what bw_event_encode writes of it */
    (void)crypto_generichash(event.hash, BW_HASH_BYTES, bytes, length, NULL, 0);
    *ret_event = event;
    return BW_OK;
}

void
bw_event_hash(const struct bw_event *event, uint8_t ret_hash[BW_HASH_BYTES])
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    size_t length = bw_event_encode(event, bytes);
    (void)crypto_generichash(ret_hash, BW_HASH_BYTES, bytes, length, NULL, 0);
}

bool
bw_event_has_details(const struct bw_event *event)
{
    return sodium_is_zero(event->commitment, BW_HASH_BYTES) == 0;
}

int
bw_event_order(struct event_place a, struct event_place b)
{
    if (a.hlc != b.hlc) {
        return a.hlc < b.hlc ? -1 : 1;
    }
    if (a.id.device != b.id.device) {
        return a.id.device < b.id.device ? -1 : 1;
    }
    if (a.id.seq != b.id.seq) {
        return a.id.seq < b.id.seq ? -1 : 1;
    }
    return memcmp(a.hash, b.hash, BW_HASH_BYTES);
}

int
bw_event_compare(const struct bw_event *a, const struct bw_event *b)
{
    return bw_event_order((struct event_place){a->hlc, a->id, a->hash},
        (struct event_place){b->hlc, b->id, b->hash});
}
