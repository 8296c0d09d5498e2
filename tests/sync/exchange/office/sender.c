/* A kiosk for tests of the office's half: see sender.h. */
#include "tests/sync/exchange/office/sender.h"

#include "tests/sync/testing.h"

#include "exchange/letter/introduction.h"
#include "office/kiosk.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static int64_t
desk_wall_ms(const struct bw_clock *clock)
{
    return ((const struct desk *)clock->context)->now_ms;
}

static int64_t
desk_mono_ms(const struct bw_clock *clock)
{
    (void)clock;
    return 0;
}

static void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

void
desk_begin(struct desk *desk)
{
    struct bw_error err;
    desk->clock = (struct bw_clock){
        .wall_ms = desk_wall_ms, .mono_ms = desk_mono_ms, .context = desk};
    must(bw_central_open(desk->office.uri, BW_CENTRAL_OPEN, &desk->central, &err), &err);
    const char *keys = bw_central_key_path(desk->central); /* "": on a server */
    must(bw_exchange_post_init(&desk->post, desk->central,
             keys[0] != '\0' ? keys : office_path(&desk->office, "central.key"),
             &desk->clock, &err),
        &err);
}

void
desk_end(struct desk *desk)
{
    bw_exchange_post_finish(&desk->post);
    bw_central_close(desk->central);
    desk->central = NULL;
}

void
desk_open(struct desk *desk, int capacity)
{
    *desk = (struct desk){.now_ms = SENDER_START_MS};
    office_open(&desk->office, capacity, false);
    desk_begin(desk);
}

void
desk_close(struct desk *desk)
{
    desk_end(desk);
    office_finish(&desk->office);
}

void
desk_second_session(struct desk *desk)
{
    const char *path = office_write(&desk->office, "second.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Emmen,leerkring,Noord,Buurthuis,2025-03-25T13:30,"
        "2025-03-25T16:30,10,brugfunctionaris\n");
    assert_int_equal(
        office_run(&desk->office, "import", "sessions", path, NULL), BW_EXIT_DONE);
}

int64_t
desk_number(struct desk *desk, const char *sql)
{
    struct bw_error err;
    int64_t number = -1;
    must(bw_central_number(desk->central, sql, NULL, 0, -1, &number, &err), &err);
    return number;
}

static void
keys_make(struct bw_identity *identity)
{
    uint8_t seed[BW_SEED_BYTES];
    randombytes_buf(seed, sizeof seed);
    bw_identity_of_seed(seed, identity);
}

void
sender_enrol(struct sender *sender, struct desk *desk, const char *sessions)
{
    struct bw_error err;
    struct bw_kiosk_plan plan;
    struct bw_kiosk_request request = {.sessions = sessions, .name = "Balie"};
    struct bw_office office = {.central = desk->central, .clock = desk->clock};
    *sender = (struct sender){.desk = desk};
    keys_make(&sender->first);
    keys_make(&sender->own);
    randombytes_buf(sender->store_id, sizeof sender->store_id);
    sender->events = calloc(SENDER_EVENTS_MAX, sizeof *sender->events);
    sender->details = calloc(SENDER_EVENTS_MAX, sizeof *sender->details);
    assert_non_null(sender->events);
    assert_non_null(sender->details);
    must(bw_office_kiosk_plan(&office, &request, &plan, &err), &err);
    must(bw_central_begin(desk->central, &err), &err);
    must(bw_office_kiosk_put(
             &office, &plan, sender->first.sign_public, sender->first.box_public, &err),
        &err);
    must(bw_central_commit(desk->central, &err), &err);
    sender->device = plan.enrolment.device;
}

void
sender_open(struct sender *sender, struct desk *desk, const char *sessions)
{
    struct bw_error err;
    struct bw_round_summary summary = {0};
    sender_enrol(sender, desk, sessions);
    struct sent sent = sender_introduction(sender);
    assert_int_equal(desk_take(desk, &sent, &summary), BW_MERGE_TAKEN);
    sent_finish(&sent);
    must(bw_round_out(&desk->post, &summary, &err), &err); /* makes the details' key */
    bw_round_summary_finish(&summary);
}

void
sender_finish(struct sender *sender)
{
    free(sender->events);
    free(sender->details);
    sender->events = NULL;
    sender->details = NULL;
}

void
sender_again(struct sender *sender)
{
    keys_make(&sender->own);
    randombytes_buf(sender->store_id, sizeof sender->store_id);
    sender->count = 0;
    sender->counter = 0;
}

/* ---- the log ---- */

static uint64_t
append(struct sender *sender, struct bw_event event, const struct bw_event_details *more)
{
    assert_true(sender->count < SENDER_EVENTS_MAX);
    size_t at = sender->count++;
    event.id = (struct bw_event_id){sender->device, at + 1};
    event.session_no = event.session_no ? event.session_no : 1;
    event.wall_ms = event.wall_ms ? event.wall_ms : SENDER_START_MS + (int64_t)at * 100;
    event.hlc = (uint64_t)event.wall_ms << 16;
    event.mono_ms = (int64_t)at * 100;
    event.operated_by = BW_OPERATOR_STAFF;
    if (more) {
        sender->details[at] = *more;
        randombytes_buf(sender->details[at].salt, BW_SALT_BYTES);
        bw_details_commit(&sender->details[at], event.commitment);
    }
    memcpy(
        event.prev, at ? sender->events[at - 1].hash : sender->store_id, BW_HASH_BYTES);
    bw_event_hash(&event, event.hash);
    sender->events[at] = event;
    return event.id.seq;
}

uint64_t
sender_event(struct sender *sender, struct bw_event event)
{
    return append(sender, event, NULL);
}

uint64_t
sender_arrived(struct sender *sender, bw_code code)
{
    return sender_event(sender, (struct bw_event){.kind = BW_EVENT_ARRIVED,
                                    .basis = BW_BASIS_TICKET,
                                    .home_session_no = 1,
                                    .code = code});
}

uint64_t
sender_walk_in(struct sender *sender, const char *first_name)
{
    struct bw_event_details details = {
        .person.name = "Loper", .person.school = "OBS De Brug"};
    (void)snprintf(
        details.person.first_name, sizeof details.person.first_name, "%s", first_name);
    return append(sender,
        (struct bw_event){
            .kind = BW_EVENT_ARRIVED, .basis = BW_BASIS_WALK_IN, .code = BW_CODE_NONE},
        &details);
}

/* ---- letters ---- */

void
sent_finish(struct sent *sent)
{
    free(sent->bytes);
    sent->bytes = NULL;
}

static struct sent
seal(struct sender *sender, const struct bw_letter_head *head,
    const struct bw_identity *hand, const void *content, size_t length)
{
    struct bw_error err;
    struct sent sent;
    struct bw_letter_reader office;
    memcpy(office.box, sender->desk->post.office.box_public, BW_BOX_KEY_BYTES);
    must(bw_letter_seal(
             head, hand, &office, 1, content, length, &sent.bytes, &sent.length, &err),
        &err);
    bw_letter_name_of(head, sent.bytes, sent.length, sent.name);
    return sent;
}

struct sent
sender_introduction(struct sender *sender)
{
    struct bw_error err;
    struct bw_introduction introduction;
    struct bw_letter_head head;
    char *text = NULL;
    bw_introduction_make(
        sender->device, sender->store_id, &sender->own, &sender->first, &introduction);
    bw_introduction_head(&introduction, &head);
    must(bw_introduction_write(&introduction, &text, &err), &err);
    struct sent sent = seal(sender, &head, &sender->first, text, strlen(text));
    free(text);
    return sent;
}

static bool
on_key(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    if (columns[0].bytes == BW_DETAILS_KEY_BYTES) {
        memcpy(context, columns[0].blob, BW_DETAILS_KEY_BYTES);
    }
    return false;
}

static size_t
details_seal(struct sender *sender, const struct bw_event *event, uint8_t *ret_sealed)
{
    uint8_t key[BW_DETAILS_KEY_BYTES] = {0}, bytes[BW_DETAILS_WIRE_BYTES_MAX];
    struct bw_sql_value session = bw_sql_int(event->session_no);
    if (!bw_event_has_details(event)) {
        return 0;
    }
    assert_int_equal(bw_central_run(sender->desk->central,
                         "SELECT details_key FROM session WHERE session_no = $1",
                         &session, 1, on_key, key, NULL),
        BW_OK);
    size_t length = bw_details_encode(&sender->details[event->id.seq - 1], bytes);
    return bw_details_seal(key, event->hash, bytes, length, ret_sealed);
}

struct sent
sender_letter(struct sender *sender, uint64_t from, uint64_t to, int64_t stated_ms)
{
    struct bw_error err;
    struct bw_letter_head head;
    struct bw_events_writer *writer = NULL;
    size_t length = 0;
    uint8_t sealed[BW_DETAILS_WIRE_BYTES_MAX + BW_DETAILS_SEALED_MORE_BYTES];
    struct bw_events_letter *letter = calloc(1, sizeof *letter);
    assert_non_null(letter);
    *letter = (struct bw_events_letter){.writer = sender->device,
        .from = from,
        .to = to,
        .counter = ++sender->counter,
        .head_seq = sender->claims_seq ? sender->claims_seq : sender->count,
        .stated_ms = stated_ms,
        .hello = {.version = "0.1",
            .clock_ms = stated_ms,
            .battery_percent = -1,
            .held_count = sender->held_count}};
    memcpy(letter->hello.held, sender->held, sizeof sender->held);
    memcpy(letter->store_id, sender->store_id, sizeof letter->store_id);
    memcpy(letter->head_hash,
        sender->count ? sender->events[sender->count - 1].hash : sender->store_id,
        BW_HASH_BYTES);
    bw_events_letter_head(letter, &head);
    must(bw_events_writer_create(letter, &writer, &err), &err);
    for (uint64_t seq = from; from > 0 && seq <= to; seq++) {
        const struct bw_event *event = &sender->events[seq - 1];
        size_t sealed_bytes = details_seal(sender, event, sealed);
        must(bw_events_writer_add(writer, event, sealed, sealed_bytes, &err), &err);
    }
    const unsigned char *content = bw_events_writer_content(writer, &length);
    struct sent sent = seal(sender, &head, &sender->own, content, length);
    bw_events_writer_destroy(writer);
    free(letter);
    return sent;
}

enum bw_merge_outcome
desk_take(struct desk *desk, const struct sent *sent, struct bw_round_summary *summary)
{
    struct bw_error err;
    enum bw_merge_outcome outcome = BW_MERGE_LEFT;
    struct bw_merge merge = {.central = desk->central,
        .office = &desk->post.office,
        .clock = &desk->clock,
        .way = "letter",
        .tells_again = true,
        .summary = summary};
    must(bw_merge_letter(&merge, sent->name, sent->bytes, sent->length, &outcome, &err),
        &err);
    return outcome;
}

enum bw_merge_outcome
sender_send(struct sender *sender, struct bw_round_summary *summary)
{
    struct sent sent =
        sender_letter(sender, sender->count ? 1 : 0, sender->count, sender->desk->now_ms);
    enum bw_merge_outcome outcome = desk_take(sender->desk, &sent, summary);
    sent_finish(&sent);
    return outcome;
}
