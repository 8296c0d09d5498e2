/* What the store's tests share: see help.h. */
#include "help.h"

#include <brugwachter/store_letter.h>

#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/bw-store-XXXXXX";

int
help_setup(void **state)
{
    (void)state;
    return bw_core_init(NULL) == BW_OK && mkdtemp(folder) != NULL ? 0 : -1;
}

int
help_teardown(void **state)
{
    (void)state;
    DIR *entries = opendir(folder);
    if (entries == NULL) {
        return -1;
    }
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        char path[sizeof folder + sizeof entry->d_name + 1];
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        (void)remove(path);
    }
    (void)closedir(entries);
    return rmdir(folder);
}

void
help_path(const char *name, char ret_path[HELP_PATH_BYTES])
{
    static const char *const suffixes[] = {"-wal", "-shm", "-journal", ""};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        (void)snprintf(ret_path, HELP_PATH_BYTES, "%s/%s%s", folder, name, suffixes[i]);
        (void)unlink(ret_path);
    }
}

void
help_refused(
    enum bw_status got, enum bw_status want, const struct bw_error *err, const char *path)
{
    if (got != want) {
        fail_msg("status %d, not %d: %s", got, want, got == BW_OK ? "done" : err->text);
    }
    assert_int_equal(err->status, want);
    assert_non_null(strstr(err->text, path));
    assert_non_null(strstr(err->text, " failed: "));
    assert_int_equal(err->text[strlen(err->text) - 1], '.');
}

struct bw_enrolment
help_enrolment(uint32_t device)
{
    struct bw_enrolment enrolment = {.device = device, .sessions_count = 1};
    (void)snprintf(enrolment.name, sizeof enrolment.name, "Deur %u", device);
    strcpy(enrolment.organiser, "Programma");
    strcpy(enrolment.sessions[0], HELP_CODE);
    enrolment.keyring.count = 1;
    enrolment.keyring.keys[0].key = 7;
    memset(enrolment.keyring.keys[0].bytes, 0x5a, BW_PUBLIC_KEY_BYTES);
    return enrolment;
}

struct bw_store *
help_open(const char *path, enum bw_store_mode mode)
{
    struct bw_error err = {0};
    struct bw_store *store = NULL;
    help_ok(bw_store_open(path, mode, &store, &err), &err);
    return store;
}

struct bw_store *
help_store(const char *path, enum bw_store_mode mode)
{
    struct bw_error err = {0};
    struct bw_enrolment enrolment = help_enrolment(HELP_DEVICE);
    help_ok(bw_store_create(path, &enrolment, &err), &err);
    return help_open(path, mode);
}

static int64_t
wall_of(const struct bw_clock *clock)
{
    return ((const struct help_clock *)clock->context)->wall_ms;
}

static int64_t
mono_of(const struct bw_clock *clock)
{
    return ((const struct help_clock *)clock->context)->mono_ms;
}

void
help_clock_init(struct help_clock *clock)
{
    *clock = (struct help_clock){
        .clock = {.wall_ms = wall_of, .mono_ms = mono_of, .boot_id = {1, 2, 3}},
        .wall_ms = HELP_WALL_MS,
        .mono_ms = 5000,
    };
    clock->clock.context = clock;
}

struct bw_event
help_arrived(bw_code code)
{
    return (struct bw_event){
        .kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_ATTENDEE,
        .session_no = HELP_SESSION,
        .home_session_no = HELP_SESSION,
        .code = code,
    };
}

struct bw_event
help_peer_event(uint32_t device, uint64_t seq, int64_t wall_ms)
{
    struct bw_event event = help_arrived(200 + seq);
    event.id = (struct bw_event_id){device, seq};
    event.wall_ms = wall_ms;
    event.hlc = (uint64_t)wall_ms << 16;
    bw_event_hash(&event, event.hash);
    return event;
}

struct bw_registration
help_registration(bw_code code, const char *first_name, const char *name)
{
    struct bw_registration registration = {
        .code = code,
        .session_no = HELP_SESSION,
        .signed_up_ms = (int64_t)code * 1000,
        .line = (int32_t)code,
    };
    (void)snprintf(registration.person.first_name, BW_NAME_BYTES, "%s", first_name);
    (void)snprintf(registration.person.name, BW_NAME_BYTES, "%s", name);
    strcpy(registration.person.school, "OBS De Brug");
    strcpy(registration.person.region, "Noord");
    strcpy(registration.person.table, "4");
    return registration;
}

struct bw_session
help_session(uint32_t session_no, const char *code)
{
    struct bw_session session = {
        .session_no = session_no,
        .starts_ms = HELP_WALL_MS,
        .ends_ms = HELP_WALL_MS + 3 * 3600000,
        .capacity = 50,
        .doors_minutes = 60,
        .release_minutes = 15,
    };
    (void)snprintf(session.code, sizeof session.code, "%s", code);
    strcpy(session.title, "Leerkring Groningen");
    strcpy(session.series, HELP_SERIES);
    strcpy(session.timezone, "Europe/Amsterdam");
    return session;
}

static void
put_sessions(struct bw_store *store)
{
    struct bw_error err = {0};
    struct bw_session own = help_session(HELP_SESSION, HELP_CODE);
    struct bw_session other = help_session(HELP_OTHER, HELP_OTHER_CODE);
    help_ok(bw_store_put_session(store, &own, &err), &err);
    help_ok(bw_store_put_session(store, &other, &err), &err);
}

void
help_letter_begin(struct bw_store *store, uint32_t session_no, bool whole)
{
    struct bw_error err = {0};
    struct bw_store_held held = {0};
    help_ok(bw_store_held(store, session_no, &held, &err), &err);
    struct bw_store_letter letter = {.session_no = session_no,
        .series = HELP_SERIES,
        .epoch = 1,
        .from = whole ? 0 : held.revision,
        .to = held.revision + 1,
        .made_ms = held.roster_ms + 1};
    help_ok(bw_store_letter_begin(store, &letter, &err), &err);
    if (letter.from == 0) {
        put_sessions(store);
    }
    if (session_no == HELP_OTHER) {
        struct bw_enrolment both = help_enrolment(HELP_DEVICE);
        both.sessions_count = 2;
        strcpy(both.sessions[1], HELP_OTHER_CODE);
        help_ok(bw_store_put_settings(store, &both, &err), &err);
    }
}

void
help_letter_commit(struct bw_store *store)
{
    struct bw_error err = {0};
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    help_ok(bw_store_letter_commit(store, &outcome, &err), &err);
    assert_int_equal(outcome, BW_LETTER_APPLIED);
}

void
help_append(struct bw_store *store, bw_code first, int count)
{
    struct help_clock clock;
    struct bw_error err = {0};
    help_clock_init(&clock);
    for (int i = 0; i < count; i++) {
        struct bw_event event = help_arrived(first + (bw_code)i);
        help_ok(bw_store_append(store, &clock.clock, &event, NULL, &err), &err);
    }
}

void
help_verify(struct bw_store *store, uint64_t events)
{
    struct bw_error err = {0};
    struct bw_verification result;
    help_ok(bw_store_verify(store, &result, &err), &err);
    assert_int_equal(result.events, events);
    assert_int_equal(result.chain, BW_CHAIN_OK);
    assert_int_equal(result.broken_at, 0);
    assert_true(result.integrity);
}

void
help_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *said = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK) {
        fail_msg("%s: %s", sql, said);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}
