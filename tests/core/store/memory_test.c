/* The store with memory that runs out: at every allocation there is, SQLite's and our
 * own, one run each. Each run says so or goes through; afterwards the file is whole, and
 * what was said to be kept is in it. BW_TORTURE_ALL=1: at each of them, in a minute. */
#include "help.h"
#include "tests/pace.h"

#include <brugwachter/store_letter.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS_MAX = 60000, STEPS_EACH = 60, PEOPLE = 3 };

/* ---- allocations that fail: the Nth of those counted ---- */

static int64_t left = -1; /* before one fails; below 0: none does */
static bool struck;

static bool
fails(void)
{
    if (left < 0) {
        return false;
    }
    if (left-- == 0) {
        struck = true;
        return true;
    }
    return false;
}

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
char *__wrap_strdup(const char *text);

void *
__wrap_malloc(size_t bytes)
{
    return fails() ? NULL : __real_malloc(bytes);
}

void *
__wrap_calloc(size_t count, size_t bytes)
{
    return fails() ? NULL : __real_calloc(count, bytes);
}

char *
__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

static sqlite3_mem_methods plain;

static void *
on_malloc(int bytes)
{
    return fails() ? NULL : plain.xMalloc(bytes);
}

static void *
on_realloc(void *memory, int bytes)
{
    return fails() ? NULL : plain.xRealloc(memory, bytes);
}

static int
setup(void **state)
{
    sqlite3_mem_methods methods;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain) != SQLITE_OK) {
        return -1;
    }
    methods = plain;
    methods.xMalloc = on_malloc;
    methods.xRealloc = on_realloc;
    /* no lookaside: every allocation is one of these */
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK) {
        return -1;
    }
    return help_setup(state);
}

/* ---- one run ---- */

struct kept {
    int events;
    bool letter;
};

static enum bw_status
put_letter(struct bw_store *store, struct bw_error *err)
{
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    struct bw_peer peer = {.device = 9, .name = "Zij"};
    struct bw_session session = help_session(HELP_SESSION, "GRO-2025-03-18");
    struct bw_event event = help_peer_event(9, 1, HELP_WALL_MS);
    struct bw_store_letter letter = {
        .session_no = HELP_SESSION, .series = "LK-3", .epoch = 1, .to = 4};
    strcpy(session.series, letter.series);
    enum bw_status status = bw_store_letter_begin(store, &letter, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_store_put_session(store, &session, err);
    for (bw_code code = 1; status == BW_OK && code <= PEOPLE; code++) {
        struct bw_registration person = help_registration(code, "Anna", "Bakker");
        status = bw_store_put_registration(store, &person, err);
    }
    if (status == BW_OK) {
        status = bw_store_put_peer(store, &peer, err);
    }
    if (status == BW_OK) {
        status = bw_store_put_peer_event(store, &event, NULL, err);
    }
    if (status == BW_OK) {
        return bw_store_letter_commit(store, &outcome, err);
    }
    bw_store_letter_rollback(store);
    return status;
}

static void
told(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        assert_true(struck);
        assert_true(status == BW_NO_MEMORY || status == BW_IO || status == BW_CORRUPT);
        assert_true(err->text[0] != '\0');
    }
}

static struct kept
live(const char *path)
{
    struct kept kept = {0};
    struct bw_error err = {0};
    struct bw_store *store = NULL;
    struct help_clock clock;
    struct bw_event_details details = {.person.name = "Jansen"};
    struct bw_store_claim *claim = NULL;
    help_clock_init(&clock);
    enum bw_status status = bw_store_open(path, BW_STORE_KIOSK, &store, &err);
    told(status, &err);
    for (int i = 0; store != NULL && i < 2; i++) {
        struct bw_event event = help_arrived((bw_code)i + 1);
        status =
            bw_store_append(store, &clock.clock, &event, i > 0 ? &details : NULL, &err);
        told(status, &err);
        kept.events += status == BW_OK;
    }
    if (store != NULL) {
        status = put_letter(store, &err);
        told(status, &err);
        kept.letter = status == BW_OK;
    }
    bw_store_close(store);
    status = bw_store_claim(path, &claim, &err);
    told(status, &err);
    bw_store_unclaim(claim);
    return kept;
}

static void
check(const char *path, const struct kept *kept)
{
    struct bw_error err = {0};
    struct bw_verification result;
    struct bw_registration found;
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    help_ok(bw_store_verify(store, &result, &err), &err);
    assert_int_equal(result.chain, BW_CHAIN_OK);
    assert_true(result.integrity);
    assert_in_range(result.events, kept->events, 2);
    enum bw_status status = bw_store_registration(store, 1, &found, &err);
    assert_true(status == BW_OK || (status == BW_NOT_FOUND && !kept->letter));
    bw_store_close(store);
}

static void
memory_that_ends_anywhere_is_told_and_loses_nothing_that_was_kept(void **state)
{
    (void)state;
    /* those of SQLite's own preparing are alike: not each of them, unless asked for */
    const int64_t stride = pace_stride(41);
    int64_t run = 0;
    for (bool again = true; again; run++) {
        char path[HELP_PATH_BYTES];
        help_path("memory", path);
        bw_store_close(help_store(path, BW_STORE_SYNC));
        struck = false;
        left = run;
        struct kept kept = live(path);
        left = -1;
        again = struck;
        check(path, &kept);
        assert_true(run < RUNS_MAX);
        run += run > pace_count(STEPS_EACH) ? stride - 1 : 0;
    }
    assert_true(run > STEPS_EACH);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            memory_that_ends_anywhere_is_told_and_loses_nothing_that_was_kept),
    };
    return cmocka_run_group_tests_name("store_memory", tests, setup, help_teardown);
}
