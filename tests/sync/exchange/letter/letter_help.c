/* See letter_help.h. */
#include "letter_help.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const uint8_t letter_details_key[BW_DETAILS_KEY_BYTES] = {1, 2, 3};

static void
must(bool fine, const char *what)
{
    if (!fine) {
        (void)fprintf(stderr, "letter_help: %s\n", what);
        abort();
    }
}

struct bw_identity
letter_identity(uint8_t which)
{
    uint8_t seed[BW_SEED_BYTES];
    struct bw_identity identity;
    memset(seed, which, sizeof seed);
    bw_identity_of_seed(seed, &identity);
    return identity;
}

/* Event `seq` of device 3; every fourth is a walk-in with details. */
static struct bw_event
event_of(uint64_t seq, struct bw_event_details *details)
{
    struct bw_event event = {.id = {3, seq},
        .wall_ms = 1742905800000 + (int64_t)seq * 1000,
        .hlc = (UINT64_C(1742905800000) + seq * 1000) << 16,
        .mono_ms = 5,
        .kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_ATTENDEE,
        .session_no = 7,
        .home_session_no = 7,
        .code = 1000 + seq};
    if (seq % 4 == 2) {
        memset(details, 0, sizeof *details);
        details->salt[0] = 9;
        (void)snprintf(
            details->person.first_name, sizeof details->person.first_name, "Zoë");
        event.basis = BW_BASIS_WALK_IN;
        event.code = BW_CODE_NONE;
        event.home_session_no = 0;
        bw_details_commit(details, event.commitment);
    }
    bw_event_hash(&event, event.hash);
    return event;
}

unsigned char *
letter_events(uint64_t count, struct bw_events_letter *ret_letter, size_t *ret_bytes)
{
    struct bw_events_letter letter = {.writer = 3,
        .from = count > 0,
        .to = count,
        .counter = 41,
        .head_seq = count,
        .stated_ms = 1742905900000,
        .hello = {.version = "1.2.3",
            .clock_ms = 1742905900000,
            .disk_free_mib = 2048,
            .camera = BW_HELLO_CAMERA_FINE,
            .battery_percent = -1,
            .held_count = 1,
            .heard_count = 1,
            .held = {{7, 1, 12}},
            .heard = {{4, 17, 1742905800000}}}};
    memset(letter.store_id, 5, sizeof letter.store_id);
    struct bw_events_writer *writer = NULL;
    must(bw_events_writer_create(&letter, &writer, NULL) == BW_OK, "no writer");
    for (uint64_t seq = 1; seq <= count; seq++) {
        struct bw_event_details details;
        uint8_t plain[BW_DETAILS_WIRE_BYTES_MAX];
        uint8_t sealed[BW_DETAILS_WIRE_BYTES_MAX + BW_DETAILS_SEALED_MORE_BYTES];
        struct bw_event event = event_of(seq, &details);
        size_t sealed_bytes = 0;
        if (bw_event_has_details(&event)) {
            size_t length = bw_details_encode(&details, plain);
            sealed_bytes =
                bw_details_seal(letter_details_key, event.hash, plain, length, sealed);
        }
        must(bw_events_writer_add(writer, &event, sealed, sealed_bytes, NULL) == BW_OK,
            "no event");
    }
    const unsigned char *content = bw_events_writer_content(writer, ret_bytes);
    unsigned char *copy = malloc(*ret_bytes);
    must(copy != NULL, "no memory");
    memcpy(copy, content, *ret_bytes);
    bw_events_writer_destroy(writer);
    *ret_letter = letter;
    return copy;
}

static void
rows_put(struct bw_roster_writer *writer)
{
    struct bw_roster_sink sink = bw_roster_writer_sink(writer);
    struct bw_session session = {.session_no = 7,
        .code = "GRO-1",
        .series = "2025-V",
        .title = "Leerkring “Noord”",
        .timezone = "Europe/Amsterdam",
        .starts_ms = 1742905800000,
        .ends_ms = 1742916600000,
        .capacity = 50};
    struct bw_registration registration = {.code = 77,
        .session_no = 7,
        .person.first_name = "Fatima",
        .person.name = "el Amrani"};
    struct bw_sealed_row sealed = {.id = {1}, .box = {2}};
    struct bw_agenda_item item = {.kind = "vragenuur", .title = "Vragenuur"};
    struct bw_roster_peer peer = {.device = 4, .name = "Balie 2", .counter = 3};
    struct bw_roster_revoked revoked = {.device = 2, .seq = 5, .hash = {9}};
    struct bw_roster_forget forget = {.device = 4, .seq = 1, .hash = {8}};
    struct bw_event_details details = {.salt = {9}, .person.first_name = "Zoë"};
    struct bw_event event = event_of(2, &details);
    must(sink.session(sink.context, &session, NULL) == BW_OK, "session");
    must(sink.registration(sink.context, &registration, NULL) == BW_OK, "registration");
    must(sink.gone(sink.context, 78, NULL) == BW_OK, "gone");
    must(sink.sealed(sink.context, &sealed, NULL) == BW_OK, "sealed");
    must(sink.sealed_gone(sink.context, sealed.id, NULL) == BW_OK, "sealed gone");
    must(sink.agenda(sink.context, &item, NULL) == BW_OK, "agenda");
    must(sink.peer(sink.context, &peer, NULL) == BW_OK, "peer");
    must(sink.revoked(sink.context, &revoked, NULL) == BW_OK, "revoked");
    must(sink.event(sink.context, &event, &details, NULL) == BW_OK, "event");
    must(sink.forget(sink.context, &forget, NULL) == BW_OK, "forget");
}

char *
letter_roster(struct bw_roster_letter *ret_letter)
{
    struct bw_identity organiser = letter_identity(1), next = letter_identity(2);
    struct bw_roster_letter letter = {.device = 3,
        .session_no = 7,
        .epoch = 1,
        .from = 4,
        .to = 12,
        .part = 1,
        .parts = 1,
        .made_ms = 1742905800000,
        .settings = {.device = 3,
            .name = "Balie",
            .organiser = "De Brug",
            .pin_hash = "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA",
            .sessions_count = 1,
            .sessions = {"GRO-1"},
            .keyring = {.count = 1, .keys = {{.key = 1, .bytes = {7}}}}},
        .receipt = {.seq = 9, .hash = {3}}};
    memcpy(letter.details_key, letter_details_key, sizeof letter.details_key);
    bw_roster_organiser_announce(&organiser, &next, &letter.organiser);
    struct bw_roster_writer *writer = NULL;
    char *text = NULL;
    must(bw_roster_writer_create(&letter, &writer, NULL) == BW_OK, "no writer");
    rows_put(writer);
    must(bw_roster_writer_text(writer, 1, 1, &text, NULL) == BW_OK, "no text");
    bw_roster_writer_destroy(writer);
    *ret_letter = letter;
    return text;
}

unsigned char *
letter_sealed(const struct bw_letter_head *head, const struct bw_identity *writer,
    const struct bw_identity *reader, const void *content, size_t content_bytes,
    size_t *ret_bytes)
{
    struct bw_letter_reader readers[1];
    unsigned char *letter = NULL;
    memcpy(readers[0].box, reader->box_public, sizeof readers[0].box);
    must(bw_letter_seal(head, writer, readers, 1, content, content_bytes, &letter,
             ret_bytes, NULL) == BW_OK,
        "not sealed");
    return letter;
}
