/* A kiosk's store for tests: see fixture.h. */
#include "fixture.h"

#include <brugwachter/store_letter.h>
#include <brugwachter/core.h>
#include <brugwachter/sealed.h>

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* cmocka's assert would need every user to be a cmocka program; benches are none. */
#define MUST(holds, what)                                                                \
    do {                                                                                 \
        if (!(holds)) {                                                                  \
            (void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, what);              \
            abort();                                                                     \
        }                                                                                \
    } while (0)

static int64_t
wall_ms(const struct bw_clock *clock)
{
    const struct fixture_clock *at = clock->context;
    return at->wall_ms;
}

static int64_t
mono_ms(const struct bw_clock *clock)
{
    const struct fixture_clock *at = clock->context;
    return at->mono_ms;
}

static void
fill_session(struct bw_session *session, uint32_t session_no, const char *code,
    const char *title, const char *region)
{
    *session = (struct bw_session){
        .session_no = session_no,
        .starts_ms = FIXTURE_START_MS,
        .ends_ms = FIXTURE_START_MS + 180 * FIXTURE_MINUTE_MS,
        .doors_minutes = 60,
        .release_minutes = 15,
    };
    (void)snprintf(session->code, sizeof session->code, "%s", code);
    (void)snprintf(session->title, sizeof session->title, "%s", title);
    (void)snprintf(session->region, sizeof session->region, "%s", region);
    (void)snprintf(session->venue, sizeof session->venue, "De Oosterpoort %s", region);
    (void)strcpy(session->series, "LK-2025-3");
    (void)strcpy(session->kind, "leerkring");
    (void)strcpy(session->timezone, "Europe/Amsterdam");
    (void)strcpy(session->audience, "brugfunctionaris");
}

static void
fill_enrolment(struct fixture *fixture, bool pin)
{
    struct bw_enrolment *enrolment = &fixture->enrolment;
    uint8_t seed[BW_SEED_BYTES];
    memset(seed, 0x42, sizeof seed);
    enrolment->device = FIXTURE_DEVICE;
    (void)strcpy(enrolment->name, "Zuil 3");
    (void)strcpy(enrolment->organiser, "Gelijke Kansen");
    (void)strcpy(enrolment->contact_phone, "050 123 45 67");
    enrolment->sessions_count = 1;
    (void)strcpy(enrolment->sessions[0], FIXTURE_CODE);
    enrolment->keyring.count = 1;
    enrolment->keyring.keys[0].key = 1;
    (void)crypto_sign_seed_keypair(
        enrolment->keyring.keys[0].bytes, fixture->secret_key, seed);
    if (pin) {
        MUST(crypto_pwhash_str(enrolment->pin_hash, FIXTURE_PIN, strlen(FIXTURE_PIN),
                 crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN) == 0,
            "no PIN hash");
    }
}

struct bw_store *
fixture_store(const struct fixture *fixture, enum bw_store_mode mode)
{
    struct bw_store *store = NULL;
    struct bw_error err = {0};
    MUST(bw_store_open(fixture->path, mode, &store, &err) == BW_OK, err.text);
    return store;
}

/* The other kiosks that are known: a letter that doesn't put them again drops them. */
static void
put_known_peers(struct bw_store *store)
{
    struct bw_error err = {0};
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    MUST(bw_store_peers(store, peers, &count, &err) == BW_OK, err.text);
    for (int i = 0; i < count; i++) {
        if (strcmp(peers[i].session, FIXTURE_CODE) == 0) {
            MUST(bw_store_put_peer(store, &peers[i], &err) == BW_OK, err.text);
        }
    }
}

static bool
put_known_item(const struct bw_agenda_item *item, void *context)
{
    struct bw_error err = {0};
    MUST(bw_store_put_agenda(context, item, &err) == BW_OK, err.text);
    return true;
}

/* A roster letter of what changed since the last; the first one is whole. */
static struct bw_store *
begin(const struct fixture *fixture, const struct bw_session *session)
{
    struct bw_error err = {0};
    struct bw_store_held held = {0};
    struct bw_store *store = fixture_store(fixture, BW_STORE_SYNC);
    MUST(bw_store_held(store, session->session_no, &held, &err) == BW_OK, err.text);
    struct bw_store_letter letter = {.session_no = session->session_no,
        .epoch = 1,
        .from = held.revision,
        .to = held.revision + 1,
        .made_ms = FIXTURE_START_MS - 24 * 60 * FIXTURE_MINUTE_MS};
    memcpy(letter.series, session->series, sizeof letter.series);
    MUST(bw_store_letter_begin(store, &letter, &err) == BW_OK, err.text);
    put_known_peers(store);
    return store;
}

/* The same, with the agenda as it is known. */
static struct bw_store *
begin_same_agenda(const struct fixture *fixture, const struct bw_session *session)
{
    struct bw_error err = {0};
    struct bw_store *store = begin(fixture, session);
    MUST(bw_store_agenda(store, put_known_item, store, &err) == BW_OK, err.text);
    return store;
}

static void
commit(struct bw_store *store)
{
    struct bw_error err = {0};
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    MUST(bw_store_letter_commit(store, &outcome, &err) == BW_OK, err.text);
    MUST(outcome == BW_LETTER_APPLIED, "a letter wasn't applied");
    bw_store_close(store);
}

static void
put_sessions(const struct fixture *fixture, const struct bw_session *session)
{
    struct bw_error err = {0};
    struct bw_store *store = begin_same_agenda(fixture, session);
    MUST(bw_store_put_session(store, &fixture->session, &err) == BW_OK, err.text);
    MUST(bw_store_put_session(store, &fixture->elsewhere, &err) == BW_OK, err.text);
    commit(store);
}

void
fixture_put_session(const struct fixture *fixture)
{
    put_sessions(fixture, &fixture->session);
}

void
fixture_put_elsewhere(const struct fixture *fixture)
{
    put_sessions(fixture, &fixture->elsewhere);
}

void
fixture_agenda(
    const struct fixture *fixture, const struct bw_agenda_item *items, int count)
{
    struct bw_error err = {0};
    struct bw_store *store = begin(fixture, &fixture->session);
    for (int i = 0; i < count; i++) {
        MUST(bw_store_put_agenda(store, &items[i], &err) == BW_OK, err.text);
    }
    commit(store);
}

void
fixture_create(struct fixture *fixture, int capacity, int extra_places, bool pin)
{
    struct bw_error err = {0};
    *fixture = (struct fixture){
        .at = {.wall_ms = FIXTURE_START_MS - 30 * FIXTURE_MINUTE_MS, .mono_ms = 1000},
    };
    fixture->region = "Noord";
    fixture->attention = "";
    const char *folder = getenv("BW_FIXTURE_FOLDER"); /* benches choose the disk */
    (void)snprintf(fixture->folder, sizeof fixture->folder, "%s/brugwachter-test-XXXXXX",
        folder != NULL ? folder : "/tmp");
    MUST(bw_core_init(&err) == BW_OK, err.text);
    MUST(mkdtemp(fixture->folder) != NULL, "no folder for the store");
    (void)snprintf(fixture->path, sizeof fixture->path, "%s/kiosk.db", fixture->folder);
    fixture->clock = (struct bw_clock){.wall_ms = wall_ms,
        .mono_ms = mono_ms,
        .boot_id = "boot",
        .context = &fixture->at};
    fill_enrolment(fixture, pin);
    fill_session(
        &fixture->session, FIXTURE_SESSION, FIXTURE_CODE, "Leerkring Groningen", "Noord");
    fixture->session.capacity = capacity;
    fixture->session.extra_places = extra_places;
    fill_session(&fixture->elsewhere, FIXTURE_ELSEWHERE, "UTR-2025-03-20",
        "Leerkring Utrecht", "Midden");
    fixture->elsewhere.capacity = 50;
    fixture->elsewhere.starts_ms += 48 * 60 * FIXTURE_MINUTE_MS;
    fixture->elsewhere.ends_ms += 48 * 60 * FIXTURE_MINUTE_MS;
    MUST(bw_store_create(fixture->path, &fixture->enrolment, &err) == BW_OK, err.text);
    fixture_put_session(fixture);
}

void
fixture_destroy(struct fixture *fixture)
{
    DIR *folder = opendir(fixture->folder);
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        char path[1200];
        (void)snprintf(path, sizeof path, "%s/%s", fixture->folder, entry->d_name);
        (void)unlink(path);
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    (void)rmdir(fixture->folder);
}

static void
fill_person(struct fixture *fixture, struct bw_registration *person, bw_code code,
    const char *first_name, const char *name)
{
    fixture->lines++;
    *person = (struct bw_registration){
        .code = code,
        .session_no = FIXTURE_SESSION,
        .signed_up_ms = FIXTURE_START_MS - INT64_C(864000000) + fixture->lines,
        .line = fixture->lines,
    };
    (void)snprintf(
        person->person.first_name, sizeof person->person.first_name, "%s", first_name);
    (void)snprintf(person->person.name, sizeof person->person.name, "%s", name);
    (void)strcpy(person->person.school, "OBS De Brug");
    (void)snprintf(
        person->person.region, sizeof person->person.region, "%s", fixture->region);
    (void)snprintf(person->person.attention, sizeof person->person.attention, "%s",
        fixture->attention);
}

static bw_code
read_code(const char *text)
{
    bw_code code = BW_CODE_NONE;
    MUST(bw_code_parse(text, &code), text);
    return code;
}

void
fixture_person(struct fixture *fixture, const char *code, const char *first_name,
    const char *name, enum bw_registration_status status, uint8_t generation)
{
    struct bw_error err = {0};
    struct bw_registration person;
    fill_person(fixture, &person, read_code(code), first_name, name);
    person.status = status;
    person.generation = generation;
    struct bw_store *store = begin_same_agenda(fixture, &fixture->session);
    MUST(bw_store_put_registration(store, &person, &err) == BW_OK, err.text);
    commit(store);
}

void
fixture_sealed(struct fixture *fixture, const char *code, const char *first_name,
    const char *name, enum bw_registration_status status, uint8_t generation)
{
    struct bw_error err = {0};
    struct bw_store *store = begin_same_agenda(fixture, &fixture->session);
    struct bw_registration person;
    fill_person(fixture, &person, read_code(code), first_name, name);
    person.status = status;
    person.generation = generation;
    for (int issued = 0; issued <= generation; issued++) { /* one row a ticket */
        char text[BW_TICKET_TEXT_BYTES];
        struct bw_sealed_row row;
        fixture_ticket(fixture, FIXTURE_ELSEWHERE, person.code, (uint8_t)issued, text);
        bw_sealed_close(text, &person, &row);
        MUST(bw_store_put_sealed(store, &row, &err) == BW_OK, err.text);
    }
    commit(store);
}

/* 40 bits, spread by an odd factor: as random to look at as real ones. */
bw_code
fixture_code(int number)
{
    return ((uint64_t)number + 1) * UINT64_C(0x9e3779b97f) & UINT64_C(0xffffffffff);
}

void
fixture_crowd(struct fixture *fixture, int count)
{
    struct bw_error err = {0};
    struct bw_store *store = begin_same_agenda(fixture, &fixture->session);
    for (int i = 0; i < count; i++) {
        struct bw_registration person;
        char name[32];
        (void)snprintf(name, sizeof name, "Jansen %d", i);
        fill_person(fixture, &person, fixture_code(i), "Robin", name);
        person.status = BW_CONFIRMED;
        MUST(bw_store_put_registration(store, &person, &err) == BW_OK, err.text);
    }
    commit(store);
}

void
fixture_ticket(const struct fixture *fixture, uint32_t session_no, bw_code code,
    uint8_t generation, char ret_text[BW_TICKET_TEXT_BYTES])
{
    const struct bw_ticket ticket = {
        .key = 1, .session_no = session_no, .code = code, .generation = generation};
    bw_ticket_write(&ticket, fixture->secret_key, ret_text);
}

void
fixture_peer(struct fixture *fixture, uint32_t device, int64_t heard_ms)
{
    struct bw_error err = {0};
    struct bw_peer peer = {.device = device, .heard_ms = heard_ms};
    (void)snprintf(peer.name, sizeof peer.name, "Zuil %u", device);
    (void)strcpy(peer.session, FIXTURE_CODE);
    struct bw_store *store = fixture_store(fixture, BW_STORE_SYNC);
    MUST(bw_store_put_peer(store, &peer, &err) == BW_OK, err.text);
    if (heard_ms > 0) {
        fixture->hellos++;
        struct bw_store_hello hello = {.device = device,
            .counter = fixture->hellos,
            .clock_ms = heard_ms,
            .echo_counter = fixture->hellos,
            .echo_ms = heard_ms};
        MUST(bw_store_put_hello(store, &hello, &err) == BW_OK, err.text);
    }
    bw_store_close(store);
}

struct bw_desk *
fixture_desk(const struct fixture *fixture)
{
    struct bw_error err = {0};
    struct bw_desk *desk = NULL;
    struct bw_store *store = fixture_store(fixture, BW_STORE_KIOSK);
    MUST(bw_desk_create(store, &fixture->clock, NULL, &desk, &err) == BW_OK, err.text);
    return desk;
}
