/* What the office's round asks of SQLite: no statement of it reads a table from end to
 * end that grows with kiosks, people, letters or years, but the one that is meant to; and
 * a round without news takes as many steps a kiosk, however many kiosks there are. Steps
 * are SQLite's own, so that nothing here depends on the machine. */
#include "tests/sync/testing.h"

#include "central/engine/sqlite.h"
#include "exchange/office/round.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <stdlib.h>
#include <string.h>

enum { ASKED_MAX = 400, FEW = 12, MANY = 12 * FEW, STEPS_COUNTED = 10 };

struct house {
    struct desk desk;
    struct sender kiosk, other;
    struct bw_round_summary summary;
};

static sqlite3 *
db_of(const struct house *house)
{
    return ((struct bw_central_sqlite_db *)house->desk.central)->db;
}

static void
house_open(struct house *house)
{
    *house = (struct house){.kiosk.count = 0};
    desk_open(&house->desk, 8);
    people_sign_up(&house->desk.office, 6);
    sender_open(&house->kiosk, &house->desk, "S-1");
    sender_open(&house->other, &house->desk, "S-1");
}

static void
house_close(struct house *house)
{
    bw_round_summary_finish(&house->summary);
    sender_finish(&house->kiosk);
    sender_finish(&house->other);
    desk_close(&house->desk);
}

static void
round_out(struct house *house)
{
    struct bw_error err;
    bw_round_summary_finish(&house->summary);
    if (bw_round_out(&house->desk.post, &house->summary, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

/* ---- what is asked ---- */

static struct {
    int count;
    char *sql[ASKED_MAX];
} asked;

static struct bw_central_engine listening;

static enum bw_status
run_heard(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, bw_sql_row *row, void *context,
    struct bw_error *err)
{
    bool known = false;
    for (int i = 0; i < asked.count && !known; i++) {
        known = strcmp(asked.sql[i], sql) == 0;
    }
    if (!known) {
        assert_true(asked.count < ASKED_MAX);
        asked.sql[asked.count++] = strdup(sql);
    }
    return bw_central_sqlite.run(central, sql, parameters, count, row, context, err);
}

static void
listen_to(struct bw_central *central)
{
    listening = *central->engine;
    listening.run = run_heard;
    central->engine = &listening;
}

/* Tables of one row, or of a handful that people type in; and the round's one look at
 * every kiosk. As the plan names them: by their alias where there is one. */
static bool
is_meant(const char *line, const char *sql)
{
    static const struct {
        const char *line, *within;
    } meant[] = {
        {"SCAN CONSTANT ROW", ""},
        {"SCAN central", ""},
        {"SCAN c", "CROSS JOIN central c"},
        {"SCAN signing_key", ""},
        {"SCAN agenda_item", ""},
        {"SCAN r", "LIMIT 64) AS r"},
        {"SCAN x USING INDEX sqlite_autoindex_device_session_1",
            "SELECT x.device, x.session_no FROM device_session x"},
    };
    for (size_t i = 0; i < sizeof meant / sizeof meant[0]; i++) {
        if (strcmp(line, meant[i].line) == 0 && strstr(sql, meant[i].within) != NULL) {
            return true;
        }
    }
    return false;
}

static int
scans_of(sqlite3 *db, const char *sql)
{
    char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
    sqlite3_stmt *plan = NULL;
    int scans = 0;
    if (sqlite3_prepare_v2(db, explain, -1, &plan, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", explain, sqlite3_errmsg(db));
    }
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(plan, 3);
        if (strncmp(line, "SCAN ", 5) == 0 && !is_meant(line, sql)) {
            print_error("%s: %s\n", line, sql);
            scans++;
        }
    }
    (void)sqlite3_finalize(plan);
    sqlite3_free(explain);
    return scans;
}

/* A letter as it lies on the carrier. */
static void
carry(const struct house *house, const struct sent *sent)
{
    char path[700];
    (void)snprintf(path, sizeof path, "%s/central.db.letters/%s",
        house->desk.office.folder, sent->name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(sent->bytes, 1, sent->length, file), sent->length);
    assert_int_equal(fclose(file), 0);
}

/* One kiosk's letter comes, its introduction again, and rosters go; then a week passes,
 * and what lies there may go. */
static void
live_a_week(struct house *house)
{
    struct bw_error err;
    uint64_t seq = sender_walk_in(&house->kiosk, "Noor");
    struct sent events = sender_letter(&house->kiosk, seq, seq, house->desk.now_ms);
    struct sent introduction = sender_introduction(&house->kiosk);
    carry(house, &events);
    carry(house, &introduction);
    assert_int_equal(bw_round_in(&house->desk.post, &house->summary, &err), BW_OK);
    assert_int_equal(house->summary.aside, 0);
    round_out(house);
    house->desk.now_ms += BW_ROUND_KEPT_MS + 1;
    round_out(house);
    sent_finish(&events);
    sent_finish(&introduction);
}

static void
no_statement_of_the_round_reads_a_growing_table_from_end_to_end(void **state)
{
    (void)state;
    struct house house;
    int scans = 0;
    house_open(&house);
    round_out(&house);
    listen_to(house.desk.central);
    live_a_week(&house);
    live_a_week(&house);
    assert_true(asked.count > 30); /* it did hear them */
    for (int i = 0; i < asked.count; i++) {
        scans += scans_of(db_of(&house), asked.sql[i]);
        free(asked.sql[i]);
    }
    house_close(&house);
    assert_int_equal(scans, 0);
}

/* ---- what it costs ---- */

static void
must_sql(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s: %s", sql, why);
    }
}

/* As many series of one session and one kiosk each, as the first ones are. */
static void
multiply(const struct house *house, int kiosks)
{
    sqlite3 *db = db_of(house);
    must_sql(db, "BEGIN;"
                 "CREATE TEMP TABLE a_series AS SELECT * FROM series;"
                 "CREATE TEMP TABLE a_session AS SELECT * FROM session;"
                 "CREATE TEMP TABLE a_device AS SELECT * FROM device WHERE device = 1;"
                 "CREATE TEMP TABLE a_place AS SELECT * FROM device_session"
                 " WHERE device = 1");
    for (int n = 1000; n < 1000 + kiosks; n++) {
        char sql[1000];
        (void)snprintf(sql, sizeof sql,
            "UPDATE a_series SET code = 'reeks-%d';"
            "UPDATE a_session SET session_no = %d, code = 'S-%d', series = 'reeks-%d';"
            "UPDATE a_device SET device = %d;"
            "UPDATE a_place SET device = %d, session_no = %d;"
            "INSERT INTO series SELECT * FROM a_series;"
            "INSERT INTO session SELECT * FROM a_session;"
            "INSERT INTO device SELECT * FROM a_device;"
            "INSERT INTO device_session SELECT * FROM a_place",
            n, n, n, n, n, n, n);
        must_sql(db, sql);
    }
    must_sql(db, "DROP TABLE a_series; DROP TABLE a_session; DROP TABLE a_device;"
                 "DROP TABLE a_place; COMMIT");
}

static int
count_steps(void *context)
{
    *(int64_t *)context += STEPS_COUNTED;
    return 0;
}

static double
steps_of_a_round_without_news(struct house *house)
{
    int64_t steps = 0;
    sqlite3_progress_handler(db_of(house), STEPS_COUNTED, count_steps, &steps);
    round_out(house);
    sqlite3_progress_handler(db_of(house), 0, NULL, NULL);
    assert_int_equal(house->summary.written, 0);
    return (double)steps;
}

static double
steps_a_kiosk(int kiosks)
{
    struct house house;
    house_open(&house);
    multiply(&house, kiosks - 2); /* and the two that are there */
    round_out(&house);
    assert_true(house.summary.written >= kiosks - 2);
    double steps = steps_of_a_round_without_news(&house);
    house_close(&house);
    return steps / kiosks;
}

static void
round_without_news_costs_the_same_a_kiosk_however_many_there_are(void **state)
{
    (void)state;
    double few = steps_a_kiosk(FEW), many = steps_a_kiosk(MANY);
    print_message("a round without news: %.0f steps a kiosk of %d, %.0f of %d\n", few,
        FEW, many, MANY);
    assert_true(few > 100);
    assert_true(many <= 1.2 * few);
}

/* `before`: letters to each kiosk that went earlier. */
static void
put_letters_before(const struct house *house, int before)
{
    char sql[800];
    (void)snprintf(sql, sizeof sql,
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < %d)"
        " INSERT INTO letter_out (name, device, session_no, epoch, from_revision,"
        " to_revision, part, parts, sealed_mark, digest, receipt_seq, place, written_ms)"
        " SELECT o.name || '-' || n.n || '-%d', o.device, o.session_no, o.epoch, 0, -n.n,"
        " 1, 1, 0, o.digest, 0, o.place, 0 FROM letter_out o, n WHERE o.to_revision > 0",
        before, before);
    must_sql(db_of(house), sql);
}

static void
letters_that_went_before_cost_a_round_nothing(void **state)
{
    (void)state;
    struct house house;
    house_open(&house);
    round_out(&house);
    for (int after = 0; after < 2; after++) { /* before the session's end, and after */
        struct sent events;
        if (after) {
            house.desk.now_ms = SENDER_AFTER_MS + 1;
            (void)sender_walk_in(&house.kiosk, "Noor");
            events = sender_letter(&house.kiosk, 1, 1, house.desk.now_ms);
            (void)desk_take(&house.desk, &events, &house.summary);
            sent_finish(&events);
            round_out(&house); /* its receipt */
        }
        double few = steps_of_a_round_without_news(&house);
        put_letters_before(&house, after ? 20 : 30);
        double many = steps_of_a_round_without_news(&house);
        print_message("%.0f steps, after many letters %.0f\n", few, many);
        assert_true(many <= 1.2 * few);
    }
    house_close(&house);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_statement_of_the_round_reads_a_growing_table_from_end_to_end),
        cmocka_unit_test(
            round_without_news_costs_the_same_a_kiosk_however_many_there_are),
        cmocka_unit_test(letters_that_went_before_cost_a_round_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
