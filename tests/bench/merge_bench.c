/* What a letter of events costs the office, beside INSERT … SELECT of the same rows from
 * an attached file: signature, hashes, checks and the commit included.
 *
 * Each round merges into the same database, which grows; the bare copy goes into one that
 * has as many rows. The ratio is that of the medians, of time as it passes; the
 * processor's, without the wait for the disk that both have, is told beside it. */
#include "tests/sync/testing.h"
#include "central/base/array.h"

#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EVENTS = 10000, ROUNDS = 5 };

struct took {
    double whole_s, processor_s;
};

static double
clock_s(clockid_t clock)
{
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct took
now(void)
{
    return (struct took){clock_s(CLOCK_MONOTONIC), clock_s(CLOCK_PROCESS_CPUTIME_ID)};
}

static struct took
since(struct took began)
{
    struct took end = now();
    return (struct took){
        end.whole_s - began.whole_s, end.processor_s - began.processor_s};
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static struct took
median(const struct took *all)
{
    double whole[ROUNDS], processor[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        whole[i] = all[i].whole_s;
        processor[i] = all[i].processor_s;
    }
    qsort(whole, ROUNDS, sizeof whole[0], compare);
    qsort(processor, ROUNDS, sizeof processor[0], compare);
    return (struct took){whole[ROUNDS / 2], processor[ROUNDS / 2]};
}

static void
must_sql(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s: %s", sql, why);
    }
}

static struct took
merge_once(struct desk *desk, struct sender *sender, bw_code code)
{
    struct bw_round_summary summary = {0};
    sender_open(sender, desk, "S-1");
    for (int i = 0; i < EVENTS; i++) {
        (void)sender_arrived(sender, code);
    }
    struct sent sent = sender_letter(sender, 1, EVENTS, SENDER_START_MS);
    struct took began = now();
    assert_int_equal(desk_take(desk, &sent, &summary), BW_MERGE_TAKEN);
    struct took took = since(began);
    assert_int_equal(summary.accepted, EVENTS);
    sent_finish(&sent);
    bw_round_summary_finish(&summary);
    return took;
}

/* The same rows, out of the database into one beside it with the same tables. */
static struct took
copy_once(struct desk *desk, uint32_t device)
{
    char sql[512];
    sqlite3 *db = NULL;
    (void)snprintf(sql, sizeof sql, "%s/copy.db", desk->office.folder);
    assert_int_equal(sqlite3_open(sql, &db), SQLITE_OK);
    must_sql(db, /* as the office opens its own (sqlite_open.c) */
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
        "PRAGMA cache_size = -65536");
    (void)snprintf(
        sql, sizeof sql, "ATTACH '%s/central.db' AS office", desk->office.folder);
    must_sql(db, sql);
    (void)snprintf(sql, sizeof sql,
        "INSERT OR IGNORE INTO main.event SELECT * FROM office.event WHERE device = %u",
        device);
    struct took began = now();
    must_sql(db, sql);
    struct took took = since(began);
    (void)sqlite3_close(db);
    return took;
}

static void
copy_prepare(struct desk *desk)
{
    char command[512];
    sqlite3 *db = NULL;
    (void)snprintf(command, sizeof command, "%s/copy.db", desk->office.folder);
    assert_int_equal(sqlite3_open(command, &db), SQLITE_OK);
    must_sql(db, "PRAGMA journal_mode = WAL");
    (void)snprintf(
        command, sizeof command, "ATTACH '%s/central.db' AS office", desk->office.folder);
    must_sql(db, command);
    sqlite3_stmt *tables = NULL;
    assert_int_equal(sqlite3_prepare_v2(db,
                         "SELECT sql FROM office.sqlite_schema WHERE tbl_name = 'event'"
                         " AND sql IS NOT NULL ORDER BY type DESC",
                         -1, &tables, NULL),
        SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        must_sql(db, (const char *)sqlite3_column_text(tables, 0));
    }
    (void)sqlite3_finalize(tables);
    (void)sqlite3_close(db);
}

static void
merge_beside_a_bare_copy(void **state)
{
    (void)state;
    struct desk desk;
    struct took merges[ROUNDS], copies[ROUNDS];
    desk_open(&desk, 10);
    people_sign_up(&desk.office, 1);
    bw_code code = people_code(&desk.office, 0);
    copy_prepare(&desk);
    struct sender sender;
    (void)merge_once(&desk, &sender, code); /* into an empty table: not measured */
    (void)copy_once(&desk, sender.device);
    sender_finish(&sender);
    for (int i = 0; i < ROUNDS; i++) {
        merges[i] = merge_once(&desk, &sender, code);
        copies[i] = copy_once(&desk, sender.device);
        sender_finish(&sender);
    }
    struct took merge = median(merges), copy = median(copies);
    double ratio = merge.whole_s / copy.whole_s;
    printf("a letter of %d events: %.0f ms; INSERT ... SELECT of its rows: %.0f ms; "
           "ratio %.2f (goal 2.5); of the processor %.0f and %.0f ms, %.2f\n",
        EVENTS, merge.whole_s * 1e3, copy.whole_s * 1e3, ratio, merge.processor_s * 1e3,
        copy.processor_s * 1e3, merge.processor_s / copy.processor_s);
    desk_close(&desk);
    assert_true(ratio <= 2.5);
}

int
main(void)
{
    bw_memory_keep(); /* as the program does */
    const struct CMUnitTest tests[] = {cmocka_unit_test(merge_beside_a_bare_copy)};
    return cmocka_run_group_tests(tests, NULL, NULL) == 0 ? 0 : 1;
}
