/* PostgreSQL's engine of the central database, against a real server: the suite for every
 * engine, a day's figures, and what is of servers alone. */
#include "tests/sync/central/engine/contract.h"
#include "tests/sync/central/engine/postgres_day.h"
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/central/engine/postgres_proxy.h"
#include "tests/sync/testing.h"

#include "central/engine/postgres.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SKIPPED = 77 };

static struct postgres postgres;

static void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

/* A central database in a place of its own, set up. */
static struct bw_central *
make_central(void)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    bool created = false;
    must(bw_central_open(postgres.uri, BW_CENTRAL_CREATE, &central, &err), &err);
    must(bw_central_setup(central, 1, &created, &err), &err);
    assert_true(created);
    return central;
}

static int
setup(void **state)
{
    postgres_place(&postgres);
    *state = make_central();
    return 0;
}

static int
teardown(void **state)
{
    bw_central_close(*state);
    postgres_clear(&postgres);
    return 0;
}

static int64_t
number(struct bw_central *central, const char *sql)
{
    struct bw_error err = {.text = ""};
    int64_t value = 0;
    must(bw_central_number(central, sql, NULL, 0, -1, &value, &err), &err);
    return value;
}

/* All connections but the test's own end, as when the server is restarted. */
static void
cut_connections(void)
{
    postgres_do(&postgres, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                           " WHERE pid <> pg_backend_pid() AND backend_type ="
                           " 'client backend'");
}

static enum bw_status
open_again(struct bw_error *err)
{
    struct bw_central *central = NULL;
    enum bw_status status = bw_central_open(postgres.uri, BW_CENTRAL_OPEN, &central, err);
    if (status == BW_OK) {
        bw_central_close(central);
    }
    return status;
}

/* ---- values ---- */

static void
sums_and_truths_are_whole_numbers(void **state)
{
    static const int64_t samples[] = {0, 1, -1, 9999, 10000, -10000, 99990000,
        INT64_C(1000000000000), INT64_MAX - 1, INT64_MIN + 2};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        char sql[160];
        (void)snprintf(sql, sizeof sql,
            "SELECT sum(v) FROM (SELECT CAST(%lld AS BIGINT) AS v UNION ALL SELECT 0) x",
            (long long)samples[i]);
        assert_int_equal(number(*state, sql), samples[i]);
    }
    assert_int_equal(number(*state, "SELECT 1 = 1"), 1);
    assert_int_equal(number(*state, "SELECT 1 = 2"), 0);
    assert_int_equal(number(*state, "SELECT -7"), -7);
}

static bool
on_name(const struct bw_sql_value *columns, int count, void *context)
{
    assert_int_equal(count, 1);
    (void)strcat(context, columns[0].text);
    return true;
}

static void
texts_stand_in_the_order_of_their_bytes(void **state)
{
    struct bw_error err = {.text = ""};
    char names[16] = "";
    must(bw_central_run(*state,
             "INSERT INTO series (code, title) VALUES ('b', ''), ('A', ''), ('a', ''),"
             " ('B', ''), ('-', '')",
             NULL, 0, NULL, NULL, &err),
        &err);
    must(bw_central_run(*state, "SELECT code FROM series ORDER BY code", NULL, 0, on_name,
             names, &err),
        &err);
    assert_string_equal(names, "-ABab");
}

static void
more_statements_than_are_kept_all_work(void **state)
{
    char sql[64];
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < BW_CENTRAL_POSTGRES_KEPT_MAX + 20; i++) {
            (void)snprintf(sql, sizeof sql, "SELECT %d", i);
            assert_int_equal(number(*state, sql), i);
        }
    }
}

/* ---- whose tables ---- */

static void
nothing_in_a_transaction_is_compiled(void **state)
{
    static const char asks[] = "SELECT count(*) FROM pg_catalog.pg_settings"
                               " WHERE name = 'jit' AND setting = 'off'";
    struct bw_central *central = *state;
    struct bw_error err = {.text = ""};
    must(bw_central_begin_beside(central, &err), &err);
    assert_int_equal(number(central, asks), 1);
    bw_central_rollback(central);
    must(bw_central_begin(central, &err), &err);
    assert_int_equal(number(central, asks), 1);
    bw_central_rollback(central);
    must(bw_central_read_begin(central, &err), &err);
    assert_int_equal(number(central, asks), 1);
    bw_central_read_end(central);
}

static void
a_newer_schema_is_refused(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    postgres_do(&postgres, "UPDATE central_schema SET version = 99");
    assert_int_equal(open_again(&err), BW_NEWER);
    assert_non_null(strstr(err.text, "newer version"));
    struct bw_central *central = NULL;
    assert_int_equal(
        bw_central_open(postgres.uri, BW_CENTRAL_CREATE, &central, &err), BW_NEWER);
}

static void
tables_that_act_or_lack_a_column_are_refused_and_others_left_alone(void **state)
{
    static const struct {
        const char *harm, *heal;
    } harms[] = {
        {"ALTER TABLE person ADD COLUMN extra TEXT",
            "ALTER TABLE person DROP COLUMN extra"},
        {"ALTER TABLE person ALTER COLUMN mail DROP NOT NULL",
            "ALTER TABLE person ALTER COLUMN mail SET NOT NULL"},
        {"CREATE RULE r AS ON INSERT TO person DO INSTEAD NOTHING",
            "DROP RULE r ON person"},
        {"CREATE TRIGGER t BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION"
         " suppress_redundant_updates_trigger()",
            "DROP TRIGGER t ON person"},
        {"ALTER TABLE person ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE person DISABLE ROW LEVEL SECURITY"},
        {"ALTER TABLE person RENAME TO persons", "ALTER TABLE persons RENAME TO person"},
    };
    struct bw_error err = {.text = ""};
    (void)state;
    postgres_do(&postgres, "CREATE TABLE of_somebody_else (x integer)");
    must(open_again(&err), &err);
    for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++) {
        postgres_do(&postgres, harms[i].harm);
        assert_int_equal(open_again(&err), BW_CORRUPT);
        assert_non_null(strstr(err.text, "person"));
        postgres_do(&postgres, harms[i].heal);
    }
    must(open_again(&err), &err);
}

static void
a_setup_that_meets_a_strangers_table_makes_nothing(void **state)
{
    struct bw_error err = {.text = ""};
    struct bw_central *central = NULL;
    bool created = false;
    (void)state;
    postgres_place(&postgres);
    postgres_do(&postgres, "CREATE TABLE quarantine (x integer)");
    must(bw_central_open(postgres.uri, BW_CENTRAL_CREATE, &central, &err), &err);
    assert_int_equal(bw_central_setup(central, 1, &created, &err), BW_REFUSED);
    bw_central_close(central);
    assert_int_equal(open_again(&err), BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "init"));
    postgres_do(&postgres, "DROP TABLE quarantine");
    bw_central_close(make_central());
    postgres_clear(&postgres);
    postgres.places--;
}

/* ---- who we are ---- */

static void
a_right_that_is_lacking_is_refused_and_said(void **state)
{
    struct bw_error err = {.text = ""};
    struct bw_central *central = *state;
    postgres_do(&postgres, "CREATE ROLE poor");
    must(bw_central_run(central, "SET ROLE poor", NULL, 0, NULL, NULL, &err), &err);
    assert_int_equal(
        bw_central_run(central, "SELECT 1 FROM pg_authid", NULL, 0, NULL, NULL, &err),
        BW_REFUSED);
    assert_non_null(strstr(err.text, "permission denied"));
    must(bw_central_run(central, "RESET ROLE", NULL, 0, NULL, NULL, &err), &err);
    postgres_do(&postgres, "DROP ROLE poor");
}

static void
nobody_and_nowhere_are_told_apart(void **state)
{
    char uri[200];
    struct bw_error err = {.text = ""};
    struct bw_central *central = NULL;
    (void)state;
    (void)snprintf(
        uri, sizeof uri, "postgresql://nobody@/postgres?host=%s", postgres.folder);
    assert_int_equal(bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), BW_REFUSED);
    (void)snprintf(uri, sizeof uri, "postgresql://bw@/nowhere?host=%s", postgres.folder);
    assert_int_equal(bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), BW_NOT_FOUND);
    (void)snprintf(
        uri, sizeof uri, "postgresql://bw@/postgres?host=%s/none", postgres.folder);
    assert_int_equal(bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), BW_OFFLINE);
}

/* CP3 */
static void
a_server_that_can_only_be_read_is_none(void **state)
{
    char uri[200];
    struct bw_error err = {.text = ""};
    struct bw_central *central = NULL;
    (void)state;
    (void)snprintf(uri, sizeof uri,
        "postgresql://bw@/postgres?host=%s&options=-cdefault_transaction_read_only%%3Don",
        postgres.folder);
    assert_int_equal(bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), BW_OFFLINE);
    assert_non_null(strstr(err.text, "read-only"));
}

static void
a_broken_rule_of_the_tables_is_no_question_of_rights(void **state)
{
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_central_run(*state,
                         "INSERT INTO device_session (device, session_no, rank)"
                         " VALUES (99, 99, 0)",
                         NULL, 0, NULL, NULL, &err),
        BW_REFUSED);
    assert_non_null(strstr(err.text, "it breaks a rule of the tables"));
}

/* ---- lost connections ---- */

static void
a_connection_lost_between_steps_is_made_anew(void **state)
{
    struct bw_error err = {.text = ""};
    struct bw_central *central = *state;
    assert_int_equal(number(central, "SELECT count(*) FROM central"), 1);
    cut_connections();
    assert_int_equal(number(central, "SELECT count(*) FROM central"), 1);
    cut_connections();
    must(bw_central_read_begin(central, &err), &err);
    assert_int_equal(number(central, "SELECT count(*) FROM central"), 1);
    bw_central_read_end(central);
    cut_connections();
    must(bw_central_begin(central, &err), &err);
    must(bw_central_lock_numbers(central, &err), &err);
    must(bw_central_commit(central, &err), &err);
}

static void
a_connection_lost_within_a_step_undoes_it_and_is_said(void **state)
{
    struct bw_error err = {.text = ""};
    struct bw_central *central = *state;
    must(bw_central_begin(central, &err), &err);
    must(bw_central_run(
             central, "UPDATE central SET organiser = 'x'", NULL, 0, NULL, NULL, &err),
        &err);
    cut_connections();
    assert_int_equal(bw_central_run(central, "UPDATE central SET phone = 'x'", NULL, 0,
                         NULL, NULL, &err),
        BW_OFFLINE);
    assert_non_null(strstr(err.text, "run it again"));
    assert_non_null(strstr(err.text, "terminating connection")); /* its last words */
    bw_central_rollback(central);
    assert_int_equal(
        number(central, "SELECT count(*) FROM central WHERE organiser = 'x'"), 0);
}

static void
a_statement_has_a_deadline_at_either_end(void **state)
{
    struct bw_error err = {.text = ""};
    struct bw_central_postgres_db *self = *state;
    struct bw_central *central = *state;
    must(
        bw_central_run(central, "SET statement_timeout = 999", NULL, 0, NULL, NULL, &err),
        &err);
    assert_int_equal(
        bw_central_run(central, "SELECT pg_sleep(60)", NULL, 0, NULL, NULL, &err),
        BW_BUSY);
    must(bw_central_run(central, "SET statement_timeout = 0", NULL, 0, NULL, NULL, &err),
        &err);
    must(bw_central_begin(central, &err), &err);
    self->statement_ms = 100 - BW_CENTRAL_POSTGRES_GRACE_MS; /* ours comes first */
    assert_int_equal(
        bw_central_run(central, "SELECT pg_sleep(60)", NULL, 0, NULL, NULL, &err),
        BW_OFFLINE);
    self->statement_ms = BW_CENTRAL_POSTGRES_STATEMENT_MS;
    bw_central_rollback(central);
    cut_connections(); /* who sleeps on would hold the lock */
    must(bw_central_begin(central, &err), &err);
    bw_central_rollback(central);
}

/* ---- a commit's answer ---- */

static enum bw_status
commit_through(enum proxy_cut cut, const char *organiser, struct bw_error *err)
{
    char uri[320], sql[96];
    struct proxy proxy;
    struct bw_central *central = NULL;
    proxy_start(&proxy, postgres.folder);
    (void)snprintf(uri, sizeof uri,
        "postgresql://bw@/postgres?host=%s&options=-csearch_path%%3Ds%d", proxy.folder,
        postgres.places);
    must(bw_central_open(uri, BW_CENTRAL_OPEN, &central, err), err);
    must(bw_central_begin(central, err), err);
    (void)snprintf(sql, sizeof sql, "UPDATE central SET organiser = '%s'", organiser);
    must(bw_central_run(central, sql, NULL, 0, NULL, NULL, err), err);
    proxy_cut_at_commit(&proxy, cut);
    enum bw_status status = bw_central_commit(central, err);
    bw_central_rollback(central);
    bw_central_close(central);
    proxy_stop(&proxy);
    return status;
}

static void
a_commit_whose_answer_is_lost_is_asked_after(void **state)
{
    struct bw_error err = {.text = ""};
    must(commit_through(PROXY_CUT_ANSWER, "stands", &err), &err);
    assert_int_equal(
        number(*state, "SELECT count(*) FROM central WHERE organiser = 'stands'"), 1);
}

static void
a_commit_that_never_arrived_is_said_to_have_changed_nothing(void **state)
{
    struct bw_error err = {.text = ""};
    assert_int_equal(commit_through(PROXY_CUT_QUESTION, "lost", &err), BW_OFFLINE);
    assert_non_null(strstr(err.text, "nothing was changed"));
    assert_int_equal(
        number(*state, "SELECT count(*) FROM central WHERE organiser = 'lost'"), 0);
}

static void
a_commit_after_a_failed_statement_is_no_success(void **state)
{
    struct bw_error err = {.text = ""};
    struct bw_central *central = *state;
    must(bw_central_begin(central, &err), &err);
    assert_int_equal(
        bw_central_run(central, "SELECT no such", NULL, 0, NULL, NULL, &err), BW_IO);
    assert_int_equal(bw_central_commit(central, &err), BW_IO);
    bw_central_rollback(central);
}

/* ---- the suite ---- */

static void
on_begin(void *context)
{
    postgres_place(context);
}

static void
on_end(void *context)
{
    postgres_clear(context);
}

static const char *
uri_of(void *context)
{
    return ((struct postgres *)context)->uri;
}

static int
run_own(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_CENTRAL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        WITH_CENTRAL(sums_and_truths_are_whole_numbers),
        WITH_CENTRAL(texts_stand_in_the_order_of_their_bytes),
        WITH_CENTRAL(more_statements_than_are_kept_all_work),
        WITH_CENTRAL(nothing_in_a_transaction_is_compiled),
        WITH_CENTRAL(a_newer_schema_is_refused),
        WITH_CENTRAL(tables_that_act_or_lack_a_column_are_refused_and_others_left_alone),
        WITH_CENTRAL(a_setup_that_meets_a_strangers_table_makes_nothing),
        WITH_CENTRAL(a_right_that_is_lacking_is_refused_and_said),
        WITH_CENTRAL(nobody_and_nowhere_are_told_apart),
        WITH_CENTRAL(a_broken_rule_of_the_tables_is_no_question_of_rights),
        WITH_CENTRAL(a_server_that_can_only_be_read_is_none),
        WITH_CENTRAL(a_connection_lost_between_steps_is_made_anew),
        WITH_CENTRAL(a_connection_lost_within_a_step_undoes_it_and_is_said),
        WITH_CENTRAL(a_statement_has_a_deadline_at_either_end),
        WITH_CENTRAL(a_commit_whose_answer_is_lost_is_asked_after),
        WITH_CENTRAL(a_commit_that_never_arrived_is_said_to_have_changed_nothing),
        WITH_CENTRAL(a_commit_after_a_failed_statement_is_no_success),
    };
    return cmocka_run_group_tests_name("PostgreSQL alone", tests, NULL, NULL);
}

int
main(void)
{
    if (!postgres_start(&postgres)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return SKIPPED;
    }
    (void)signal(SIGPIPE, SIG_IGN); /* the proxy's; libpq looks after its own */
    const struct central_kind kind = {
        .begin = on_begin, .end = on_end, .uri = uri_of, .context = &postgres};
    int failed = central_contract_run(&kind);
    failed += run_own();
    failed += postgres_day_run(&postgres);
    postgres_stop(&postgres);
    return failed;
}
