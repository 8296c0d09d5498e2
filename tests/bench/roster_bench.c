/* What a roster letter for one kiosk costs the office, by the number of sessions in its
 * database: 20,000 beside 200, each with people, tickets and a kiosk; the kiosk's own
 * series has 12 sessions in both. Whole, of what changed, and the question whether there
 * is anything to write. And what the kiosk keeps: the bytes of its letter, and of a
 * store that was enrolled and took it in by the real program.
 *
 * Both databases are open; they take turns, and the ratio is that of the medians. Each
 * letter's transaction is rolled back, so that all are made from the same rows. */
#include "tests/sync/testing.h"

#include "exchange/office/roster/roster_out.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum {
    FEW = 200,
    MANY = 20000,
    MANY_QUICK = 2000,
    ROUNDS = 41,
    SERIES = 12,
    PEOPLE = 8,
    OTHERS_FROM = 1000 /* numbers of the sessions of other series, and more */
};

static int many = MANY;

struct house {
    struct desk desk;
    struct sender kiosk;
    double whole[ROUNDS], changed[ROUNDS], asked[ROUNDS]; /* s */
    double letter_bytes, store_bytes;
};

/* The processor's time: unlike a clock, it doesn't run while the machine does something
 * else. The disk has no part in it, for nothing is committed. */
static double
now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
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

/* ---- filling ---- */

struct other {
    const char *column, *is; /* what stands there in the copy for number n.n */
};

/* Copies the rows `where` of a table once for each number in `numbers`, other columns as
 * they are. */
static void
multiply(sqlite3 *db, const char *table, const char *where, const struct other *others)
{
    char sql[4000], names[1500] = "", values[1500] = "";
    sqlite3_stmt *columns = NULL;
    (void)snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%s')", table);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &columns, NULL), SQLITE_OK);
    while (sqlite3_step(columns) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(columns, 0);
        const char *is = NULL;
        for (const struct other *o = others; o->column; o++) {
            is = strcmp(o->column, name) == 0 ? o->is : is;
        }
        size_t used = strlen(names), told = strlen(values);
        (void)snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "", name);
        (void)snprintf(values + told, sizeof values - told, "%s%s%s", told ? ", " : "",
            is ? "" : "t.", is ? is : name);
    }
    (void)sqlite3_finalize(columns);
    (void)snprintf(sql, sizeof sql,
        "INSERT INTO %s (%s) SELECT %s FROM %s t, numbers n WHERE %s ORDER BY n.n", table,
        names, values, table, where);
    must_sql(db, sql);
}

/* The people and tickets of session 1 in the sessions of `numbers` too. */
static void
people(sqlite3 *db, const char *series)
{
    multiply(db, "registration", "t.session_no = 1",
        (const struct other[]){
            {"session_no", "n.n"}, {"code", "t.code + n.n * 1000003"}, {NULL, NULL}});
    multiply(db, "sealed", "t.session_no = 1",
        (const struct other[]){{"session_no", "n.n"}, {"series", series},
            {"code", "t.code + n.n * 1000003"}, {"id", "randomblob(32)"}, {NULL, NULL}});
}

static void
fill(struct house *house, int sessions)
{
    char path[300], sql[300];
    sqlite3 *db = NULL;
    (void)snprintf(path, sizeof path, "%s/central.db", house->desk.office.folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    must_sql(db, "CREATE TEMP TABLE numbers (n INTEGER PRIMARY KEY); BEGIN");
    (void)snprintf(sql, sizeof sql,
        "WITH RECURSIVE c(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM c WHERE x < %d)"
        " INSERT INTO numbers SELECT x FROM c",
        SERIES);
    must_sql(db, sql);
    multiply(db, "session", "t.session_no = 1",
        (const struct other[]){
            {"session_no", "n.n"}, {"code", "'S-' || n.n"}, {NULL, NULL}});
    people(db, "'reeks'");
    (void)snprintf(sql, sizeof sql,
        "DELETE FROM numbers; WITH RECURSIVE c(x) AS (SELECT %d UNION ALL SELECT x + 1"
        " FROM c WHERE x < %d) INSERT INTO numbers SELECT x FROM c",
        OTHERS_FROM, OTHERS_FROM + sessions - SERIES - 1);
    must_sql(db, sql);
    multiply(db, "series", "t.code = 'reeks' AND n.n % 12 = 0",
        (const struct other[]){{"code", "'reeks-' || n.n"}, {NULL, NULL}});
    static const char series[] = "'reeks-' || (n.n / 12 * 12)";
    must_sql(db, "INSERT OR IGNORE INTO series (code, title) SELECT 'reeks-' ||"
                 " (n / 12 * 12), 'Reeks' FROM numbers");
    multiply(db, "session", "t.session_no = 1",
        (const struct other[]){{"session_no", "n.n"}, {"code", "'S-' || n.n"},
            {"series", series}, {NULL, NULL}});
    people(db, series);
    multiply(db, "device", "t.device = 1",
        (const struct other[]){
            {"device", "n.n"}, {"sign_public", "randomblob(32)"}, {NULL, NULL}});
    multiply(db, "device_session", "t.device = 1",
        (const struct other[]){{"device", "n.n"}, {"session_no", "n.n"}, {NULL, NULL}});
    must_sql(db, "COMMIT; ANALYZE; DROP TABLE sqlite_stat1;"
                 " PRAGMA wal_checkpoint(TRUNCATE)");
    (void)sqlite3_close(db);
}

static void
house_open(struct house *house, int sessions)
{
    struct bw_error err;
    desk_open(&house->desk, PEOPLE);
    people_sign_up(&house->desk.office, PEOPLE);
    sender_open(&house->kiosk, &house->desk, "S-1");
    bw_exchange_post_finish(&house->desk.post);
    bw_central_close(house->desk.central);
    fill(house, sessions);
    if (bw_central_open(house->desk.office.uri, BW_CENTRAL_OPEN, &house->desk.central,
            &err) != BW_OK ||
        bw_exchange_post_init(&house->desk.post, house->desk.central,
            bw_central_key_path(house->desk.central), &house->desk.clock,
            &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(desk_number(&house->desk, "SELECT count(*) FROM session"), sessions);
}

static void
house_close(struct house *house)
{
    sender_finish(&house->kiosk);
    desk_close(&house->desk);
}

/* ---- measuring ---- */

static double
make_once(struct house *house, bool whole)
{
    struct bw_error err;
    struct bw_kiosk_record kiosk;
    struct bw_kiosk_session sessions[BW_SESSIONS_OWN_MAX];
    struct bw_roster_out out = {.count = 0};
    struct bw_central *central = house->desk.central;
    int count = 0;
    double began = now_s();
    if (bw_central_begin(central, &err) != BW_OK ||
        bw_kiosk_record_read(central, house->kiosk.device, &kiosk, &err) != BW_OK ||
        bw_kiosk_sessions_read(central, house->kiosk.device, sessions, &count, &err) !=
            BW_OK) {
        fail_msg("%s", err.text);
    }
    if (!whole) { /* it has what the last letter gave, which the next one goes on from */
        sessions[0].held_epoch = 1;
        sessions[0].held_revision = (uint64_t)desk_number(
            &house->desk, "SELECT max(to_revision) FROM letter_out WHERE device = 1");
    }
    if (bw_roster_out_make(&house->desk.post, &kiosk, &sessions[0], whole,
            BW_PLACE_CARRIER, &out, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    double took = now_s() - began;
    assert_int_equal(out.from == 0, whole);
    assert_int_equal(out.counts.registrations, whole ? PEOPLE : 0);
    assert_int_equal(out.counts.sealed >= PEOPLE * (SERIES - 1), whole);
    house->letter_bytes = whole ? 0 : house->letter_bytes;
    for (int i = 0; whole && i < out.count; i++) {
        house->letter_bytes += (double)out.letters[i].length;
    }
    bw_central_rollback(central);
    bw_roster_out_finish(&out);
    return took;
}

/* Whether the last letter said all: what a round without news asks of each kiosk. */
static double
ask_once(struct house *house)
{
    struct bw_error err;
    struct bw_kiosk_record kiosk;
    struct bw_kiosk_session sessions[BW_SESSIONS_OWN_MAX];
    struct bw_roster_last last;
    struct bw_central *central = house->desk.central;
    int count = 0;
    bool told = false;
    double began = now_s();
    if (bw_kiosk_record_read(central, house->kiosk.device, &kiosk, &err) != BW_OK ||
        bw_kiosk_sessions_read(central, house->kiosk.device, sessions, &count, &err) !=
            BW_OK ||
        bw_roster_last_read(central, house->kiosk.device, sessions[0].session_no,
            BW_PLACE_CARRIER, &last, &err) != BW_OK ||
        bw_roster_is_told(
            central, house->kiosk.device, &sessions[0], &last, &told, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    double took = now_s() - began;
    assert_true(last.found);
    return took;
}

static double
file_bytes(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 ? (double)facts.st_size : 0;
}

/* Another kiosk of session 1, from its enrolment to its first roster. */
static void
store_make(struct house *house)
{
    struct kiosk kiosk;
    char log[sizeof kiosk.path + 8];
    kiosk_open(&kiosk, &house->desk.office, "Zuil", "S-1");
    (void)snprintf(log, sizeof log, "%s-wal", kiosk.path);
    house->store_bytes = file_bytes(kiosk.path) + file_bytes(log);
    assert_true(house->store_bytes > 0);
    kiosk_finish(&kiosk);
}

static double
size_ratio(const char *what, double less, double more)
{
    printf("%s: of %d sessions %.0f bytes, of %d %.0f; ratio %.2f (goal 1.2)\n", what,
        FEW, less, many, more, more / less);
    return more / less;
}

static double
ratio_of(const char *what, double *less, double *more)
{
    qsort(less, ROUNDS, sizeof *less, compare);
    qsort(more, ROUNDS, sizeof *more, compare);
    double ratio = more[ROUNDS / 2] / less[ROUNDS / 2];
    printf("a roster letter, %s: of %d sessions %.2f ms, of %d %.2f ms; ratio %.2f"
           " (goal 1.2)\n",
        what, FEW, less[ROUNDS / 2] * 1e3, many, more[ROUNDS / 2] * 1e3, ratio);
    return ratio;
}

static void
one_kiosk_of_many(void **state)
{
    (void)state;
    static struct house small, large;
    house_open(&small, FEW);
    house_open(&large, many);
    (void)make_once(&small, true);
    (void)make_once(&large, true);
    for (int i = 0; i < ROUNDS; i++) {
        small.whole[i] = make_once(&small, true);
        large.whole[i] = make_once(&large, true);
        small.changed[i] = make_once(&small, false);
        large.changed[i] = make_once(&large, false);
        small.asked[i] = ask_once(&small);
        large.asked[i] = ask_once(&large);
    }
    double whole = ratio_of("whole", small.whole, large.whole);
    double changed = ratio_of("changed", small.changed, large.changed);
    double asked = ratio_of("nothing new", small.asked, large.asked);
    store_make(&small);
    store_make(&large);
    double letter =
        size_ratio("a roster letter, whole", small.letter_bytes, large.letter_bytes);
    double store = size_ratio("a kiosk's store", small.store_bytes, large.store_bytes);
    house_close(&small);
    house_close(&large);
    double goal = many == MANY ? 1.2 : 2; /* quick: the shape, on a busy machine */
    assert_true(whole <= goal);
    assert_true(changed <= goal);
    assert_true(asked <= goal);
    assert_true(letter <= 1.2);
    assert_true(store <= 1.2);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_kiosk_of_many)};
    if (argc > 1 && strcmp(argv[1], "--quick") == 0) {
        many = MANY_QUICK;
    }
    return cmocka_run_group_tests(tests, NULL, NULL) == 0 ? 0 : 1;
}
