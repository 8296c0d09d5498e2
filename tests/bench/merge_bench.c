/* What a letter of events costs the office, beside INSERT … SELECT of the same rows from
 * an attached file: signature, hashes, checks and the commit included.
 *
 * Each round merges into the same database, which grows; the bare copy goes into one that
 * has as many rows. The ratio is that of the medians. */
#include "tests/sync/testing.h"

#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EVENTS = 10000, ROUNDS = 5 };

static double
now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
must_sql(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s: %s", sql, why);
    }
}

static double
merge_once(struct desk *desk, struct sender *sender, bw_code code)
{
    struct bw_round_summary summary = {0};
    sender_open(sender, desk, "S-1");
    for (int i = 0; i < EVENTS; i++) {
        (void)sender_arrived(sender, code);
    }
    struct sent sent = sender_letter(sender, 1, EVENTS, SENDER_START_MS);
    double began = now_s();
    assert_int_equal(desk_take(desk, &sent, &summary), BW_MERGE_TAKEN);
    double took = now_s() - began;
    assert_int_equal(summary.accepted, EVENTS);
    sent_finish(&sent);
    bw_round_summary_finish(&summary);
    return took;
}

/* The same rows, out of the database into one beside it with the same tables. */
static double
copy_once(struct desk *desk, uint32_t device)
{
    char sql[512];
    sqlite3 *db = NULL;
    (void)snprintf(sql, sizeof sql, "%s/copy.db", desk->office.folder);
    assert_int_equal(sqlite3_open(sql, &db), SQLITE_OK);
    must_sql(db, /* as the office opens its own (central_sqlite_open.c) */
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
        "PRAGMA cache_size = -65536");
    (void)snprintf(
        sql, sizeof sql, "ATTACH '%s/central.db' AS office", desk->office.folder);
    must_sql(db, sql);
    (void)snprintf(sql, sizeof sql,
        "INSERT OR IGNORE INTO main.event SELECT * FROM office.event WHERE device = %u",
        device);
    double began = now_s();
    must_sql(db, sql);
    double took = now_s() - began;
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
    double merges[ROUNDS], copies[ROUNDS];
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
    qsort(merges, ROUNDS, sizeof merges[0], compare);
    qsort(copies, ROUNDS, sizeof copies[0], compare);
    double ratio = merges[ROUNDS / 2] / copies[ROUNDS / 2];
    printf("a letter of %d events: %.0f ms; INSERT ... SELECT of its rows: %.0f ms; "
           "ratio %.2f (goal 2.5)\n",
        EVENTS, merges[ROUNDS / 2] * 1e3, copies[ROUNDS / 2] * 1e3, ratio);
    desk_close(&desk);
    assert_true(ratio <= 2.5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(merge_beside_a_bare_copy)};
    return cmocka_run_group_tests(tests, NULL, NULL) == 0 ? 0 : 1;
}
