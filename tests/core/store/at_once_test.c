/* Several programs in one store at once: E1 holds, and nobody waits without a word. */
#include "help.h"

#include <brugwachter/store_letter.h>
#include <brugwachter/store_names.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 3, EVENTS_EACH = 60 };

static void
append_in_child(const char *path, int writer)
{
    struct bw_store *store = NULL;
    struct help_clock clock;
    help_clock_init(&clock);
    if (bw_store_open(path, BW_STORE_KIOSK, &store, NULL) != BW_OK) {
        _exit(2);
    }
    for (int i = 0; i < EVENTS_EACH; i++) {
        struct bw_event event = help_arrived((bw_code)(writer * 1000 + i));
        if (bw_store_append(store, &clock.clock, &event, NULL, NULL) != BW_OK) {
            _exit(3);
        }
    }
    bw_store_close(store);
    _exit(0);
}

static enum bw_status
take_letter(struct bw_store *store, int round)
{
    struct bw_session session = help_session(HELP_SESSION, HELP_CODE);
    struct bw_store_letter letter = {.session_no = HELP_SESSION,
        .series = HELP_SERIES,
        .epoch = 1,
        .to = round,
        .made_ms = round};
    struct bw_event peer = help_peer_event(9, (uint64_t)round, HELP_WALL_MS);
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    enum bw_status status = bw_store_letter_begin(store, &letter, NULL);
    if (status == BW_OK) {
        status = bw_store_put_session(store, &session, NULL);
    }
    for (bw_code code = 1; status == BW_OK && code <= 50; code++) {
        struct bw_registration registration =
            help_registration(code, "Fatima", round % 2 ? "Bakker" : "de Vries");
        status = bw_store_put_registration(store, &registration, NULL);
    }
    if (status == BW_OK) {
        status = bw_store_put_peer_event(store, &peer, NULL, NULL);
    }
    if (status == BW_OK) {
        status = bw_store_letter_commit(store, &outcome, NULL);
    }
    return status == BW_OK && outcome != BW_LETTER_APPLIED ? BW_REFUSED : status;
}

static void
take_letters_in_child(const char *path)
{
    struct bw_store *store = NULL;
    if (bw_store_open(path, BW_STORE_SYNC, &store, NULL) != BW_OK) {
        _exit(2);
    }
    for (int round = 1; round <= 10; round++) {
        if (take_letter(store, round) != BW_OK) {
            _exit(3);
        }
    }
    bw_store_close(store);
    _exit(0);
}

static void
programs_writing_at_once_leave_one_whole_chain(void **state) /* S5 */
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    help_path("atonce", path);
    bw_store_close(help_store(path, BW_STORE_SYNC));
    pid_t children[WRITERS + 1];
    (void)fflush(NULL);
    for (int i = 0; i <= WRITERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            if (i < WRITERS) {
                append_in_child(path, i);
            }
            take_letters_in_child(path);
        }
    }
    for (int i = 0; i <= WRITERS; i++) {
        int status = 0;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    struct bw_store *store = help_open(path, BW_STORE_KIOSK);
    help_verify(store, WRITERS * EVENTS_EACH);
    int64_t revision = 0;
    help_ok(
        bw_store_get_number(store, BW_NUMBER_ROSTER_REVISION, 0, &revision, &err), &err);
    assert_int_equal(revision, 10);
    bw_store_close(store);
}

/* Each looks at names that are clear, then waits for whoever seals them. */
static void
type_pin_in_child(const char *path, int go)
{
    struct bw_store *store = NULL;
    enum bw_names names = BW_NAMES_CLEAR;
    char byte = 0;
    if (bw_store_open(path, BW_STORE_KIOSK, &store, NULL) != BW_OK ||
        read(go, &byte, 1) != 0) { /* its end: all begin */
        _exit(2);
    }
    if (bw_store_names_unlock(store, "271828", NULL) != BW_OK ||
        bw_store_names(store, &names, NULL) != BW_OK || names != BW_NAMES_OPEN) {
        _exit(3);
    }
    bw_store_close(store);
    _exit(0);
}

static void
first_pin_typed_at_two_programs_at_once_seals_to_one_pair(void **state)
{
    (void)state;
    enum { PROGRAMS = 2 };
    struct bw_error err;
    struct bw_registration found;
    struct bw_registration person = help_registration(1, "Fatima", "Bakker");
    char path[HELP_PATH_BYTES];
    help_path("pins", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_letter_begin(store, HELP_SESSION, true);
    help_ok(bw_store_put_registration(store, &person, &err), &err);
    help_letter_commit(store);
    bw_store_close(store);
    pid_t children[PROGRAMS];
    int go[2];
    assert_int_equal(pipe(go), 0);
    (void)fflush(NULL);
    for (int i = 0; i < PROGRAMS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            (void)close(go[1]);
            type_pin_in_child(path, go[0]);
        }
    }
    (void)close(go[0]);
    (void)close(go[1]);
    for (int i = 0; i < PROGRAMS; i++) {
        int status = 0;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    store = help_open(path, BW_STORE_KIOSK);
    help_ok(bw_store_names_unlock(store, "271828", &err), &err);
    help_ok(bw_store_registration(store, 1, &found, &err), &err);
    assert_string_equal(found.person.name, "Bakker");
    bw_store_close(store);
}

static void
writer_that_waits_too_long_is_told_who_is_busy(void **state)
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    char path[HELP_PATH_BYTES];
    help_clock_init(&clock);
    help_path("busy", path);
    struct bw_store *kiosk = help_store(path, BW_STORE_KIOSK);
    struct bw_event event = help_arrived(1);
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    help_refused(
        bw_store_append(kiosk, &clock.clock, &event, NULL, &err), BW_BUSY, &err, path);
    assert_int_equal(sqlite3_close(other), SQLITE_OK); /* rolls back */
    help_ok(bw_store_append(kiosk, &clock.clock, &event, NULL, &err), &err);
    assert_int_equal(event.id.seq, 1);
    bw_store_close(kiosk);
}

static void
people_come_in_while_a_letter_is_read(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    help_path("meanwhile", path);
    struct bw_store *kiosk = help_store(path, BW_STORE_KIOSK);
    struct bw_store *sync = help_open(path, BW_STORE_SYNC);
    help_letter_begin(sync, HELP_SESSION, true);
    help_append(kiosk, 1, 1);
    help_letter_commit(sync);
    help_append(kiosk, 2, 1);
    help_verify(kiosk, 2);
    bw_store_close(sync);
    bw_store_close(kiosk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_writing_at_once_leave_one_whole_chain),
        cmocka_unit_test(first_pin_typed_at_two_programs_at_once_seals_to_one_pair),
        cmocka_unit_test(writer_that_waits_too_long_is_told_who_is_busy),
        cmocka_unit_test(people_come_in_while_a_letter_is_read),
    };
    return cmocka_run_group_tests_name("store_at_once", tests, help_setup, help_teardown);
}
