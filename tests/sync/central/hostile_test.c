/* C5, C6: a file that somebody prepared, and a lock that somebody holds. */
#define ONE_OFFICE_PLACES 2
#include "central/central.h"
#include "tests/sync/one_office.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static void
prepare(const char *sql)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(office_path(&office, "central.db"), &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s", why);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static enum bw_status
try_open(struct bw_error *err)
{
    struct bw_central *central = NULL;
    *err = (struct bw_error){.text = ""};
    enum bw_status status = bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, err);
    if (status == BW_OK) {
        bw_central_close(central);
    }
    return status;
}

#define ENDLESS                                                                          \
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"

static void
tables_that_are_not_ours_are_refused_and_nothing_in_them_runs(void **state)
{
    (void)state;
    static const struct {
        const char *prepare, *mend;
    } files[] = {
        {"CREATE TABLE more (x)", "DROP TABLE more"},
        {"CREATE VIEW more AS " ENDLESS, "DROP VIEW more"},
        {"CREATE TRIGGER more AFTER INSERT ON person BEGIN DELETE FROM event; END",
            "DROP TRIGGER more"},
        {"CREATE INDEX more ON event (code)", "DROP INDEX more"},
        {"DROP INDEX event_by_device",
            "CREATE INDEX event_by_device ON event (device, seq)"},
        {"ALTER TABLE series ADD COLUMN more", "ALTER TABLE series DROP COLUMN more"},
        {"ALTER TABLE central RENAME TO kept; CREATE VIEW central AS " ENDLESS,
            "DROP VIEW central; ALTER TABLE kept RENAME TO central"},
    };
    struct bw_error err;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        prepare(files[i].prepare);
        assert_int_equal(try_open(&err), BW_CORRUPT);
        assert_non_null(strstr(err.text, "aren't those of this program"));
        assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_FAILED);
        prepare(files[i].mend);
    }
    prepare("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
            " replace(replace(sql, '\"central\"', 'central'), 'CREATE TABLE c', "
            "'CREATE  TABLE  c') WHERE name = 'central'");
    assert_int_equal(try_open(&err), BW_OK); /* blanks say nothing */
}

static void
an_empty_file_is_made_a_database_by_init_alone(void **state)
{
    (void)state;
    struct office empty;
    struct stat facts;
    office_init(&empty);
    const char *path = office_write(&empty, "central.db", "");
    assert_int_equal(office_run(&empty, "status", NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(empty.diag, "init"));
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_size, 0);
    assert_int_equal(office_run(&empty, "init", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&empty, "status", NULL), BW_EXIT_DONE);
    office_finish(&empty);
}

static void
a_symbolic_link_is_not_followed(void **state)
{
    (void)state;
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    char uri[600];
    const char *link = office_path(&office, "link.db");
    assert_int_equal(symlink(office_path(&office, "central.db"), link), 0);
    (void)snprintf(uri, sizeof uri, "sqlite:%s", link);
    assert_int_equal(bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "symbolic link"));
    assert_int_equal(
        bw_central_open(uri, BW_CENTRAL_CREATE, &central, &err), BW_NOT_FOUND);
}

/* A wait of 50 ms stands for the 5 s. */
static void
a_held_lock_is_waited_for_and_then_told(void **state)
{
    (void)state;
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    assert_int_equal(central->lock_ms, 5000);
    int fd = open(office_path(&office, "central.db.lock"), O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    central->lock_ms = 50;
    assert_int_equal(bw_central_begin(central, &err), BW_BUSY);
    assert_non_null(strstr(err.text, "another program"));
    (void)close(fd);
    assert_int_equal(bw_central_begin(central, &err), BW_OK);
    bw_central_rollback(central);
    bw_central_close(central);
}

static void
who_is_told_to_end_waits_no_longer(void **state)
{
    (void)state;
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    sigset_t term;
    int got = 0;
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &central, &err), BW_OK);
    int fd = open(office_path(&office, "central.db.lock"), O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    (void)sigemptyset(&term);
    (void)sigaddset(&term, SIGTERM);
    assert_int_equal(sigprocmask(SIG_BLOCK, &term, NULL), 0);
    assert_int_equal(raise(SIGTERM), 0);
    central->lock_ms = 3600 * 1000; /* or this test never ends */
    assert_int_equal(bw_central_begin(central, &err), BW_BUSY);
    assert_int_equal(sigwait(&term, &got), 0);
    assert_int_equal(sigprocmask(SIG_UNBLOCK, &term, NULL), 0);
    (void)close(fd);
    bw_central_close(central);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
        WITH_OFFICE(tables_that_are_not_ours_are_refused_and_nothing_in_them_runs),
        WITH_OFFICE(an_empty_file_is_made_a_database_by_init_alone),
        WITH_OFFICE(a_symbolic_link_is_not_followed),
        WITH_OFFICE(a_held_lock_is_waited_for_and_then_told),
        WITH_OFFICE(who_is_told_to_end_waits_no_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
