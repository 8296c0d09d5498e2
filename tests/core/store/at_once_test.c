/* Several programs in one store at once: E1 holds, and nobody waits without a word. */
#include "help.h"

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

static void
update_in_child(const char *path)
{
    struct bw_store *store = NULL;
    if (bw_store_open(path, BW_STORE_SYNC, &store, NULL) != BW_OK) {
        _exit(2);
    }
    for (int round = 1; round <= 10; round++) {
        if (bw_store_update_begin(store, true, NULL) != BW_OK) {
            _exit(3);
        }
        for (bw_code code = 1; code <= 50; code++) {
            struct bw_registration registration =
                help_registration(code, "Fatima", round % 2 ? "Bakker" : "de Vries");
            if (bw_store_put_registration(store, &registration, NULL) != BW_OK) {
                _exit(4);
            }
        }
        struct bw_event peer = help_peer_event(9, (uint64_t)round, HELP_WALL_MS);
        if (bw_store_put_peer_event(store, &peer, NULL, NULL) != BW_OK ||
            bw_store_update_commit(store, round, round, NULL) != BW_OK) {
            _exit(5);
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
            update_in_child(path);
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
    struct bw_store *sync = help_open(path, BW_STORE_SYNC);
    help_ok(bw_store_update_begin(sync, false, &err), &err);
    struct bw_event event = help_arrived(1);
    help_refused(
        bw_store_append(kiosk, &clock.clock, &event, NULL, &err), BW_BUSY, &err, path);
    bw_store_update_rollback(sync);
    help_ok(bw_store_append(kiosk, &clock.clock, &event, NULL, &err), &err);
    assert_int_equal(event.id.seq, 1);
    bw_store_close(sync);
    bw_store_close(kiosk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_writing_at_once_leave_one_whole_chain),
        cmocka_unit_test(writer_that_waits_too_long_is_told_who_is_busy),
    };
    return cmocka_run_group_tests_name("store_at_once", tests, help_setup, help_teardown);
}
