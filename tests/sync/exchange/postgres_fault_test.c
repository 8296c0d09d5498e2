/* What goes wrong at a PostgreSQL that keeps the central database and bears the letters:
 * its disk is full, clocks are an hour apart and step back, a role is taken away in the
 * middle, the tables are an older version's. After each nothing is lost, nothing is there
 * twice, and while it lasts a sentence says what is wrong. */
#include "tests/pace.h"
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include "central/engine/postgres.h"
#include "central/engine/schema.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LETTERS_MOST = 40, EVENTS = 60, MANY_EVENTS = 300, SKIPPED = 77 };

static struct postgres server;
static char log_disk[] = "/tmp/bw-log-XXXXXX"; /* where its log lies, of the full ones */

static int
setup(void **state)
{
    postgres_place(&server);
    *state = fleet_open(server.uri, NULL, 500, 1); /* letters go by the same server */
    return 0;
}

static int
teardown(void **state)
{
    (void)fleet_teardown(state);
    postgres_clear(&server);
    return 0;
}

/* What the kiosk says of its one road; "": it goes. By the time of day. */
static const char *
synced(struct world *world)
{
    static char fault[32];
    enum bw_exit result;
    json_t *answer = kiosk_json(&world->kiosk, &result, "sync", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    const json_t *road = json_array_get(json_object_get(answer, "carriers"), 0);
    const char *said = json_string_value(json_object_get(road, "fault"));
    (void)snprintf(fault, sizeof fault, "%s", said ? said : "");
    json_decref(answer);
    return fault;
}

static bool
office_says(const struct world *world, const char *words)
{
    return (world->office.out && strstr(world->office.out, words)) ||
           (world->office.diag && strstr(world->office.diag, words));
}

/* All there, once, and acknowledged. */
static void
all_is_whole(struct world *world)
{
    enum bw_exit result;
    assert_string_equal(synced(world), "");
    if (office_run(&world->office, "merge", NULL) != BW_EXIT_DONE) {
        fail_msg("%s%s", world->office.out, world->office.diag);
    }
    fleet_whole(&world->office, world->events);
    assert_string_equal(synced(world), "");
    json_t *answer = kiosk_json(&world->kiosk, &result, "push", NULL);
    assert_int_equal(json_number_of(answer, "acknowledged_seq"), world->events);
    json_decref(answer);
}

/* ---- a disk that is full ---- */

/* A disk of 2 MiB in the server's folder, in this process's view of the files alone. */
static bool
disk_make(void)
{
    char path[100], space[110], options[80];
    struct stat facts;
    if (stat(server.folder, &facts) != 0) {
        return false;
    }
    (void)snprintf(path, sizeof path, "%s/small", server.folder);
    (void)snprintf(space, sizeof space, "%s/space", path);
    (void)snprintf(options, sizeof options, "size=2m,mode=0700,uid=%u,gid=%u",
        (unsigned)facts.st_uid, (unsigned)facts.st_gid);
    return mkdir(path, 0700) == 0 && mount("none", path, "tmpfs", 0, options) == 0 &&
           mkdir(space, 0700) == 0 && chown(space, facts.st_uid, facts.st_gid) == 0;
}

static const char *
filling(void)
{
    static char path[120];
    (void)snprintf(path, sizeof path, "%s/small/filling", server.folder);
    return path;
}

/* Nothing more fits where that file is. */
static void
fill(const char *path)
{
    static const char zeros[4096];
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    while (write(fd, zeros, sizeof zeros) > 0) {
        /* until there's no room */
    }
    (void)close(fd);
}

/* The table lies there from now on, and nothing more fits beside it. */
static void
disk_fill(const char *table)
{
    char sql[400];
    (void)snprintf(sql, sizeof sql,
        "DROP TABLESPACE IF EXISTS small; CREATE TABLESPACE small LOCATION "
        "'%s/small/space'",
        server.folder);
    char *second = strchr(sql, ';'); /* neither in a transaction with the other */
    *second = '\0';
    postgres_do(&server, sql);
    postgres_do(&server, second + 1);
    (void)snprintf(sql, sizeof sql, "ALTER TABLE %s SET TABLESPACE small", table);
    postgres_do(&server, sql);
    fill(filling());
}

static void
disk_give(const char *table)
{
    char sql[200];
    assert_int_equal(unlink(filling()), 0);
    (void)snprintf(sql, sizeof sql, "ALTER TABLE %s SET TABLESPACE pg_default", table);
    postgres_do(&server, sql);
}

/* The table of this office's letters. */
static const char *
letters(const struct world *world)
{
    static char name[64];
    (void)snprintf(name, sizeof name, "%s",
        office_text(&world->office,
            "SELECT 'bw_' || left(encode(id, 'hex'), 8) || '_letters.letter' FROM "
            "central"));
    name[strcspn(name, "|")] = '\0';
    return name;
}

static void
a_disk_without_room_for_letters_is_told_at_the_kiosk_which_keeps_them(void **state)
{
    struct world *world = *state;
    const char *fault = "";
    disk_fill(letters(world));
    for (int i = 0; i < LETTERS_MOST && fault[0] == '\0'; i++) {
        fleet_arrive(world, 4);
        fault = synced(world); /* what is there can be read all the same */
    }
    assert_string_equal(fault, "full");
    assert_int_equal(kiosk_run(&world->kiosk, "push", NULL), BW_EXIT_DONE);
    if (strstr(world->kiosk.out, "disk is full") == NULL) {
        fail_msg("%s", world->kiosk.out);
    }
    disk_give(letters(world));
    all_is_whole(world);
}

static void
a_disk_without_room_for_events_is_told_at_the_office_and_letters_stay(void **state)
{
    struct world *world = *state;
    fleet_arrive(world, EVENTS);
    assert_string_equal(synced(world), "");
    disk_fill("event");
    assert_int_not_equal(office_run(&world->office, "merge", NULL), BW_EXIT_DONE);
    assert_true(office_says(world, "disk is full"));
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 0);
    disk_give("event");
    all_is_whole(world);
}

/* ---- a log's disk that is full ---- */

/* A disk of 32 MiB for the log of the server that is started next. */
static bool
log_disk_make(void)
{
    static char at[sizeof log_disk + 8];
    if (mkdtemp(log_disk) == NULL ||
        mount("none", log_disk, "tmpfs", 0, "size=32m,mode=0777") != 0) {
        return false;
    }
    (void)snprintf(at, sizeof at, "%s/log", log_disk);
    server.log = at; /* initdb makes it */
    return true;
}

static void
log_disk_end(void)
{
    (void)umount(log_disk);
    (void)rmdir(log_disk);
}

static const char *
log_filling(void)
{
    static char path[sizeof log_disk + 8];
    (void)snprintf(path, sizeof path, "%s/filling", log_disk);
    return path;
}

/* The log's files that are there have so much room left, and no other can be made. */
static void
log_fill(int left_bytes)
{
    static const char left[] =
        "(SELECT count(*) FROM pg_ls_waldir() WHERE name > pg_walfile_name("
        "pg_current_wal_insert_lsn())) * 1048576 + 1048576 -"
        " (pg_walfile_name_offset(pg_current_wal_insert_lsn())).file_offset";
    char sql[sizeof left + 160];
    fill(log_filling());
    (void)snprintf(sql, sizeof sql,
        "SELECT pg_logical_emit_message(false, '', repeat('x', (%s - %d)::int))", left,
        left_bytes);
    postgres_do(&server, sql);
}

/* There is room again, and somebody starts the server, which ended. */
static void
log_give(void)
{
    assert_int_equal(unlink(log_filling()), 0);
    postgres_kill(&server);
    postgres_run(&server);
    postgres_connect(&server);
}

static void
a_server_whose_log_has_no_room_is_away_for_the_kiosk_which_keeps_its_letters(void **state)
{
    struct world *world = *state;
    const char *fault = "";
    log_fill(16 * 1024);
    for (int i = 0; i < LETTERS_MOST && fault[0] == '\0'; i++) {
        fleet_arrive(world, 4);
        fault = synced(world);
    }
    assert_string_equal(fault, "network");
    assert_int_equal(kiosk_run(&world->kiosk, "push", NULL), BW_EXIT_DONE);
    assert_non_null(strstr(world->kiosk.out, "the server can't be reached"));
    assert_non_null(strstr(world->kiosk.out, "4 events wait in the store"));
    log_give();
    all_is_whole(world);
}

/* The server ends in mid-merge, or at its commit: with that much room it is the former,
 * with others either (BW_STRIKE_ALL=1 tries them). Which of its processes finds the disk
 * full is its affair: where it isn't ours, all that is seen is that the server ends. */
static void
a_server_whose_log_has_no_room_ends_a_merge_with_a_sentence_and_letters_stay(void **state)
{
    struct world *world = *state;
    enum { MID_KIB = 24, FIRST_KIB = 1, LAST_KIB = 97, STEP_KIB = 4 };
    int failed = 0, last = pace_all() ? LAST_KIB : MID_KIB;
    for (int kib = pace_all() ? FIRST_KIB : MID_KIB; kib <= last; kib += STEP_KIB) {
        fleet_arrive(world, MANY_EVENTS);
        assert_string_equal(synced(world), "");
        log_fill(kib * 1024);
        if (office_run(&world->office, "merge", NULL) != BW_EXIT_DONE) {
            failed++;
            if (!office_says(world, "disk is full") &&
                !office_says(world, "the server can't be reached")) {
                fail_msg("%d KiB: %s%s", kib, world->office.out, world->office.diag);
            }
        }
        log_give();
        all_is_whole(world);
    }
    assert_true(failed > 0);
}

/* ---- clocks ---- */

static int64_t
now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000;
}

static void
clocks_that_are_an_hour_off_and_step_back_lose_nothing_beside_the_server_s(void **state)
{
    static const int hours[] = {0, -1, 1, 0, -1};
    struct world *world = *state;
    assert_string_equal(synced(world), ""); /* it knows the server's time from now on */
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        world->kiosk.wall_ms = now_ms() + hours[i] * 60 * KIOSK_MINUTE_MS;
        fleet_arrive(world, 1);
        assert_string_equal(synced(world), "");
    }
    all_is_whole(world);
    assert_in_range(fleet_server_time(&world->kiosk), now_ms() - 30 * KIOSK_MINUTE_MS,
        now_ms() + 1000);
}

/* ---- a role ---- */

static void
a_login_that_is_taken_and_given_back_loses_nothing(void **state)
{
    struct world *world = *state;
    char sql[200], role[64];
    fleet_arrive(world, 1);
    assert_string_equal(synced(world), "");
    (void)snprintf(
        role, sizeof role, "%.11s_kiosk_%u", letters(world), world->kiosk.device);
    (void)snprintf(sql, sizeof sql, "ALTER ROLE %s NOLOGIN", role);
    postgres_do(&server, sql);
    fleet_arrive(world, 1);
    assert_string_equal(synced(world), "access");
    (void)snprintf(sql, sizeof sql, "ALTER ROLE %s LOGIN", role);
    postgres_do(&server, sql);
    (void)snprintf(
        sql, sizeof sql, "REVOKE INSERT ON %s FROM %.11s_kiosks", letters(world), role);
    postgres_do(&server, sql);
    assert_string_equal(synced(world), "access");
    (void)snprintf(
        sql, sizeof sql, "GRANT INSERT ON %s TO %.11s_kiosks", letters(world), role);
    postgres_do(&server, sql);
    all_is_whole(world);
}

/* ---- tables of an older version ---- */

/* One as that version of the program left it, with a series. */
static void
older_make(int64_t version)
{
    char sql[64];
    for (int64_t step = 0; step < version; step++) {
        for (const char *const *const *list = bw_schema_steps[step]; *list; list++) {
            for (const char *const *one = *list; *one != NULL; one++) {
                bool failed = false;
                char *text = bw_central_postgres_sql(*one, &failed);
                postgres_do(&server, text != NULL ? text : *one);
                free(text);
            }
        }
    }
    postgres_do(&server, "INSERT INTO series (code, title) VALUES ('2025-V', 'Voor')");
    (void)snprintf(
        sql, sizeof sql, "INSERT INTO central_schema VALUES (1, %d)", (int)version);
    postgres_do(&server, "CREATE TABLE central_schema"
                         " (one INTEGER PRIMARY KEY, version INTEGER NOT NULL)");
    postgres_do(&server, sql);
}

static void
an_older_schema_is_brought_up_to_date_by_whoever_opens_it(void **state)
{
    (void)state;
    int step = pace_all() ? 1 : 5;
    for (int64_t version = 2; version < BW_CENTRAL_SCHEMA; version += step) {
        struct bw_error err = {.text = ""};
        struct bw_central *central = NULL;
        postgres_place(&server);
        older_make(version);
        for (int twice = 0; twice < 2; twice++) { /* its tables are a new one's, then */
            if (bw_central_open(server.uri, BW_CENTRAL_OPEN, &central, &err) != BW_OK) {
                fail_msg("version %d: %s", (int)version, err.text);
            }
            bw_central_close(central);
        }
        assert_int_equal(postgres_number(&server, "SELECT version FROM central_schema"),
            BW_CENTRAL_SCHEMA);
        assert_int_equal(postgres_number(&server, "SELECT count(*) FROM series"), 1);
        postgres_clear(&server);
    }
}

/* With the word "full": on disks that are, which have to be mounted. */
int
main(int argc, char *argv[])
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_WORLD(
            clocks_that_are_an_hour_off_and_step_back_lose_nothing_beside_the_server_s),
        WITH_WORLD(a_login_that_is_taken_and_given_back_loses_nothing),
        cmocka_unit_test(an_older_schema_is_brought_up_to_date_by_whoever_opens_it),
    };
    const struct CMUnitTest full[] = {
        WITH_WORLD(a_disk_without_room_for_letters_is_told_at_the_kiosk_which_keeps_them),
        WITH_WORLD(a_disk_without_room_for_events_is_told_at_the_office_and_letters_stay),
        WITH_WORLD(
            a_server_whose_log_has_no_room_is_away_for_the_kiosk_which_keeps_its_letters),
        WITH_WORLD(
            a_server_whose_log_has_no_room_ends_a_merge_with_a_sentence_and_letters_stay),
    };
    bool on_disk = argc > 1 && strcmp(argv[1], "full") == 0;
    server = (struct postgres){.server = -1, .pair = true}; /* a commit is in its log */
    if (on_disk && (unshare(CLONE_NEWNS) != 0 ||
                       mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
                       !log_disk_make())) {
        (void)fprintf(stderr, "skipped: nothing can be mounted here\n");
        return SKIPPED;
    }
    if (!postgres_start_as(&server)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return SKIPPED;
    }
    int failed = 1;
    if (!on_disk) {
        failed = cmocka_run_group_tests_name("PostgreSQL", tests, NULL, NULL);
    } else if (disk_make()) {
        failed = cmocka_run_group_tests_name("a full disk", full, NULL, NULL);
    }
    postgres_stop(&server);
    log_disk_end();
    return failed;
}
