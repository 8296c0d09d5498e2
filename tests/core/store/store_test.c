/* The store as a file: made, opened, refused. */
#include "help.h"

#include "core/store/hostile.h"
#include "core/store/open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void
write_file(const char *path, const void *bytes, size_t length)
{
    int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), length);
    (void)close(fd);
}

static void
refused_to_open(const char *path, enum bw_store_mode mode, enum bw_status want)
{
    struct bw_error err = {0};
    struct bw_store *store = NULL;
    help_refused(bw_store_open(path, mode, &store, &err), want, &err, path);
    assert_null(store);
}

static void
new_store_is_this_kiosks_own_and_nobody_elses_to_read(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    struct stat info;
    help_path("new", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    const struct bw_enrolment *enrolment = bw_store_enrolment(store);
    assert_int_equal(enrolment->device, HELP_DEVICE);
    assert_string_equal(enrolment->name, "Deur 3");
    assert_string_equal(enrolment->sessions[0], "GRO-2025-03-18");
    assert_int_equal(enrolment->keyring.keys[0].key, 7);
    assert_int_equal(enrolment->keyring.keys[0].bytes[31], 0x5a);
    assert_string_equal(bw_store_path(store), path);
    help_append(store, 1, 1); /* so that -wal and -shm are there */
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char name[HELP_PATH_BYTES + 8];
        (void)snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        assert_int_equal(stat(name, &info), 0);
        assert_int_equal(info.st_mode & 07777, 0600);
    }
    bw_store_close(store);
    bw_store_close(NULL);
}

static void
two_stores_have_two_ids(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    uint8_t id[BW_STORE_ID_BYTES];
    help_path("id", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    memcpy(id, bw_store_id(store), sizeof id);
    bw_store_close(store);
    store = help_open(path, BW_STORE_READ);
    assert_memory_equal(bw_store_id(store), id, sizeof id);
    bw_store_close(store);
    help_path("id", path);
    store = help_store(path, BW_STORE_SYNC);
    assert_memory_not_equal(bw_store_id(store), id, sizeof id);
    bw_store_close(store);
}

static void
store_is_never_made_over_what_is_there(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    char beside[HELP_PATH_BYTES + 8];
    struct bw_enrolment enrolment = help_enrolment(HELP_DEVICE);
    help_path("there", path);
    write_file(path, "mine", 4);
    help_refused(bw_store_create(path, &enrolment, &err), BW_REFUSED, &err, path);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink("/nowhere/at/all", path), 0);
    help_refused(bw_store_create(path, &enrolment, &err), BW_REFUSED, &err, path);
    assert_int_equal(unlink(path), 0);
    /* A log that another store left: SQLite would play it into the new one. */
    (void)snprintf(beside, sizeof beside, "%s-wal", path);
    write_file(beside, "old", 3);
    help_refused(bw_store_create(path, &enrolment, &err), BW_REFUSED, &err, path);
    assert_int_equal(access(path, F_OK), -1);
    help_path("there", path);
    assert_int_equal(bw_store_create(path, &enrolment, &err), BW_OK);
}

static void
store_in_a_folder_that_is_not_there_is_not_found(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_enrolment enrolment = help_enrolment(HELP_DEVICE);
    const char *path = "/nowhere/at/all/kiosk.db";
    help_refused(bw_store_create(path, &enrolment, &err), BW_NOT_FOUND, &err, path);
    refused_to_open(path, BW_STORE_KIOSK, BW_NOT_FOUND);
    char missing[HELP_PATH_BYTES];
    help_path("missing", missing);
    refused_to_open(missing, BW_STORE_KIOSK, BW_NOT_FOUND);
    refused_to_open(missing, BW_STORE_READ, BW_NOT_FOUND);
    assert_int_equal(access(missing, F_OK), -1);
}

static void
files_that_are_no_store_are_refused(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    help_path("other", path);
    write_file(path, "", 0);
    refused_to_open(path, BW_STORE_KIOSK, BW_CORRUPT);
    write_file(path, "this is a shopping list, and no store at all", 44);
    refused_to_open(path, BW_STORE_KIOSK, BW_CORRUPT);
    write_file(path, "SQLite format 3\0and then nonsense", 33);
    refused_to_open(path, BW_STORE_KIOSK, BW_CORRUPT);
    refused_to_open("/dev/null", BW_STORE_KIOSK, BW_CORRUPT);
    refused_to_open("/tmp", BW_STORE_KIOSK, BW_CORRUPT);
    help_path("other", path);
    help_sql(path, "CREATE TABLE music (title TEXT)");
    refused_to_open(path, BW_STORE_KIOSK, BW_CORRUPT);
    help_path("other", path);
    assert_int_equal(mkfifo(path, 0600), 0);
    refused_to_open(path, BW_STORE_KIOSK, BW_CORRUPT);
}

static void
symbolic_link_is_not_followed_but_a_linked_folder_is(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    char link[HELP_PATH_BYTES];
    char within[HELP_PATH_BYTES + 16];
    help_path("real", path);
    bw_store_close(help_store(path, BW_STORE_SYNC));
    help_path("link", link);
    assert_int_equal(symlink(path, link), 0);
    refused_to_open(link, BW_STORE_KIOSK, BW_CORRUPT);
    help_path("link", link);
    *strrchr(path, '/') = '\0';
    assert_int_equal(symlink(path, link), 0);
    (void)snprintf(within, sizeof within, "%s/real", link);
    bw_store_close(help_open(within, BW_STORE_KIOSK));
}

static void
damaged_pages_are_found_at_the_start(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    uint8_t noise[4096];
    help_path("damaged", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_append(store, 1, 200);
    bw_store_close(store);
    memset(noise, 0xa5, sizeof noise);
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    for (off_t at = 2 * 4096; at < info.st_size; at += 4096) {
        assert_int_equal(pwrite(fd, noise, sizeof noise, at), sizeof noise);
    }
    (void)close(fd);
    refused_to_open(path, BW_STORE_KIOSK, BW_CORRUPT);
}

/* Each look finds another half a minute gone. */
static int64_t
leaping_ms(void)
{
    static int64_t spent_ms;
    return spent_ms += INT64_C(1000) * STORE_START_LIMIT_S;
}

static int64_t
resting_ms(void)
{
    return 0;
}

#define COUNT_LONG                                                                       \
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"  \
    " SELECT count(*) FROM n"

static void
opening_that_computes_for_too_long_says_so_and_calls_nothing_damaged(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    struct bw_error err = {0};
    int64_t count = 0;
    help_path("endless", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    bw_store_limit_begin(store, resting_ms);
    help_ok(bw_store_integer(store, COUNT_LONG, "Opening the store", &count, &err), &err);
    assert_int_equal(count, 100000);
    bw_store_limit_begin(store, leaping_ms);
    help_refused(bw_store_integer(store, COUNT_LONG, "Opening the store", &count, &err),
        BW_CORRUPT, &err, path);
    assert_null(strstr(err.text, "damaged"));
    assert_non_null(strstr(err.text, "half a minute of computing"));
    bw_store_close(store);
}

static int64_t
cpu_ms(clockid_t clock)
{
    struct timespec now;
    assert_int_equal(clock_gettime(clock, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
what_opening_has_computed_is_no_more_than_this_program_has(void **state)
{
    (void)state;
    int64_t before_ms = cpu_ms(CLOCK_THREAD_CPUTIME_ID);
    int64_t spent_ms = bw_store_spent_ms();
    assert_in_range(spent_ms, before_ms, cpu_ms(CLOCK_PROCESS_CPUTIME_ID));
}

/* Whatever somebody adds to the file, it's refused before any of it runs. S13 */
static void
file_with_a_schema_of_anothers_making_is_refused_and_nothing_of_it_runs(void **state)
{
    (void)state;
    static const char *const harm[] = {
        "CREATE VIEW extra AS SELECT 1",
        "CREATE TRIGGER extra AFTER INSERT ON own_event BEGIN DELETE FROM number; END",
        "CREATE TRIGGER slow AFTER UPDATE ON number BEGIN INSERT INTO number"
        " (name, value) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i, i FROM n; END",
        "DROP TRIGGER own_event_stays",
        "CREATE INDEX extra ON number (value + 1)",
        "DROP TABLE number; CREATE VIEW number AS WITH RECURSIVE n (i) AS (SELECT 1 UNION"
        " ALL SELECT i + 1 FROM n) SELECT 'device' AS name, i AS value, '' AS sum FROM n",
        "ALTER TABLE session ADD COLUMN more INTEGER DEFAULT 1",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
        " 'CREATE TABLE number (name TEXT, value INTEGER, sum BLOB CHECK (value > 0))'"
        " WHERE name = 'number'",
    };
    for (size_t i = 0; i < sizeof harm / sizeof harm[0]; i++) {
        char path[HELP_PATH_BYTES];
        help_path("harmed", path);
        bw_store_close(help_store(path, BW_STORE_SYNC));
        help_sql(path, harm[i]);
        refused_to_open(path, BW_STORE_KIOSK, BW_CORRUPT);
        refused_to_open(path, BW_STORE_SYNC, BW_CORRUPT);
        refused_to_open(path, BW_STORE_READ, BW_CORRUPT);
    }
}

/* Every bit of the schema's page that matters: opened as it was, or refused. */
static void
schema_with_flipped_bits_is_refused_or_whole(void **state)
{
    (void)state;
    enum { PAGE = 4096, FLIPS = 300 };
    char path[HELP_PATH_BYTES];
    uint8_t page[PAGE];
    int opened = 0;
    help_path("schema", path);
    bw_store_close(help_store(path, BW_STORE_SYNC));
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(pread(fd, page, sizeof page, 0), sizeof page);
    (void)close(fd);
    for (int i = 0; i < FLIPS; i++) {
        struct bw_error err = {0};
        struct bw_store *store = NULL;
        int bit = i * 109 % (PAGE * 8);
        page[bit / 8] ^= (uint8_t)(1 << bit % 8);
        fd = open(path, O_RDWR | O_CLOEXEC);
        assert_int_equal(pwrite(fd, page, sizeof page, 0), sizeof page);
        (void)close(fd);
        if (bw_store_open(path, BW_STORE_READ, &store, &err) == BW_OK) {
            opened++;
            assert_int_equal(bw_store_enrolment(store)->device, HELP_DEVICE);
        }
        bw_store_close(store);
        page[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    assert_true(opened < FLIPS); /* those in unused bytes and counters open */
}

/* S12 */
static void
store_in_use_is_not_to_be_moved_and_a_claimed_one_not_to_be_opened(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_store_claim *claim = NULL;
    char path[HELP_PATH_BYTES];
    help_path("claimed", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    struct bw_store *sync = help_open(path, BW_STORE_SYNC); /* two programs share it */
    help_refused(bw_store_claim(path, &claim, &err), BW_BUSY, &err, path);
    bw_store_close(sync);
    help_refused(bw_store_claim(path, &claim, &err), BW_BUSY, &err, path);
    bw_store_close(store);
    help_ok(bw_store_claim(path, &claim, &err), &err);
    refused_to_open(path, BW_STORE_KIOSK, BW_BUSY);
    refused_to_open(path, BW_STORE_SYNC, BW_BUSY);
    bw_store_unclaim(claim);
    bw_store_unclaim(NULL);
    bw_store_close(help_open(path, BW_STORE_KIOSK));
}

/* Runs `act` as somebody who isn't root, for whom a mode means something. */
static void
as_nobody(const char *path, void (*act)(const char *path))
{
    (void)fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
            _exit(2);
        }
        act(path);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void
open_read_only(const char *path)
{
    struct bw_error err = {0};
    struct bw_store *store = NULL;
    struct bw_verification result = {0};
    enum bw_status status = bw_store_open(path, BW_STORE_KIOSK, &store, &err);
    if (status != BW_READ_ONLY || strstr(err.text, "writable") == NULL) {
        _exit(3);
    }
    if (bw_store_open(path, BW_STORE_SYNC, &store, &err) != BW_READ_ONLY) {
        _exit(4);
    }
    if (bw_store_open(path, BW_STORE_READ, &store, &err) != BW_OK ||
        bw_store_verify(store, &result, &err) != BW_OK || result.events != 2 ||
        !result.integrity || result.chain != BW_CHAIN_OK) {
        _exit(5);
    }
    bw_store_close(store);
}

static void
create_read_only(const char *path)
{
    struct bw_error err = {0};
    struct bw_enrolment enrolment = help_enrolment(HELP_DEVICE);
    if (bw_store_create(path, &enrolment, &err) != BW_READ_ONLY) {
        _exit(3);
    }
}

static void
store_that_cannot_be_written_to_still_proves_its_log(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    char folder[HELP_PATH_BYTES];
    help_path("readonly", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_append(store, 1, 2);
    bw_store_close(store);
    strcpy(folder, path);
    *strrchr(folder, '/') = '\0';
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(folder, 0555), 0);
    as_nobody(path, open_read_only);
    (void)strcat(strcpy(path, folder), "/another");
    as_nobody(path, create_read_only);
    assert_int_equal(chmod(folder, 0700), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_store_is_this_kiosks_own_and_nobody_elses_to_read),
        cmocka_unit_test(two_stores_have_two_ids),
        cmocka_unit_test(store_is_never_made_over_what_is_there),
        cmocka_unit_test(store_in_a_folder_that_is_not_there_is_not_found),
        cmocka_unit_test(files_that_are_no_store_are_refused),
        cmocka_unit_test(symbolic_link_is_not_followed_but_a_linked_folder_is),
        cmocka_unit_test(damaged_pages_are_found_at_the_start),
        cmocka_unit_test(
            opening_that_computes_for_too_long_says_so_and_calls_nothing_damaged),
        cmocka_unit_test(what_opening_has_computed_is_no_more_than_this_program_has),
        cmocka_unit_test(
            file_with_a_schema_of_anothers_making_is_refused_and_nothing_of_it_runs),
        cmocka_unit_test(schema_with_flipped_bits_is_refused_or_whole),
        cmocka_unit_test(
            store_in_use_is_not_to_be_moved_and_a_claimed_one_not_to_be_opened),
        cmocka_unit_test(store_that_cannot_be_written_to_still_proves_its_log),
    };
    return cmocka_run_group_tests_name("store", tests, help_setup, help_teardown);
}
