/* PostgreSQL behind pgbouncer in transaction mode: the suite for every engine of the
 * central database, and a kiosk's letters, by its own login. */
#include "tests/sync/central/engine/contract.h"
#include "tests/sync/central/engine/pooler.h"
#include "tests/sync/exchange/carrier/postgres_kiosks.h"
#include "tests/sync/testing.h"

#include "exchange/carrier/ear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SKIPPED = 77, SESSIONS = 3, TURNS = 12 };

static struct pooler pooler;

/* ---- the suite: a database each, as a pooler takes no search path ---- */

static void
on_begin(void *context)
{
    char sql[64];
    struct postgres *postgres = context;
    (void)snprintf(sql, sizeof sql, "CREATE DATABASE p%d", ++postgres->places);
    postgres_do(postgres, sql);
    (void)snprintf(postgres->uri, sizeof postgres->uri, "postgresql://bw@/p%d?host=%s",
        postgres->places, pooler.folder);
}

static void
on_end(void *context)
{
    char sql[64];
    struct postgres *postgres = context;
    (void)snprintf(sql, sizeof sql, "DROP DATABASE p%d WITH (FORCE)", postgres->places);
    postgres_do(postgres, sql);
}

static const char *
uri_of(void *context)
{
    return ((struct postgres *)context)->uri;
}

/* ---- what a pooler can't bear ---- */

static struct bw_central *
make_central(void)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    bool created = false;
    if (bw_central_open(kiosks_server.uri, BW_CENTRAL_CREATE, &central, &err) != BW_OK ||
        bw_central_setup(central, 1, &created, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return central;
}

/* CP4 */
static void
nothing_is_left_in_a_session_that_another_has_next(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    on_begin(&kiosks_server);
    struct bw_central *central = make_central();
    for (int i = 0; i < TURNS; i++) {
        int64_t wrong = -1;
        assert_int_equal(bw_central_begin(central, &err), BW_OK);
        assert_int_equal(bw_central_commit(central, &err), BW_OK);
        assert_int_equal(
            bw_central_number(central,
                "SELECT (SELECT count(*) FROM pg_prepared_statements)"
                " + (SELECT count(*) FROM pg_settings WHERE source = 'session'"
                " AND name IN ('statement_timeout', 'lock_timeout'))"
                " + (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')"
                " + (SELECT count(*) FROM pg_listening_channels())",
                NULL, 0, -1, &wrong, &err),
            BW_OK);
        assert_int_equal(wrong, 0);
    }
    bw_central_close(central);
    on_end(&kiosks_server);
}

static void
who_tells_people_is_sent_past_the_pooler(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    on_begin(&kiosks_server);
    struct bw_central *central = make_central();
    assert_int_equal(bw_central_take_turn(central, &err), BW_REFUSED);
    assert_non_null(strstr(err.text, "the server's own"));
    bw_central_close(central);
    on_end(&kiosks_server);
}

/* ---- letters ---- */

static void
through_the_pooler(void)
{
    (void)snprintf(kiosks_server.uri, sizeof kiosks_server.uri,
        "postgresql://bw@/postgres?host=%s", pooler.folder);
}

static void
kiosks_put_and_read_their_letters_by_their_own_login(void **state)
{
    (void)state;
    unsigned char *bytes = NULL;
    size_t length = 0;
    struct bw_error err = {.text = ""};
    through_the_pooler();
    assert_int_equal(kiosks_setup(NULL), 0);
    for (int i = 0; i < TURNS; i++) {
        char name[64];
        struct bw_carrier *kiosk =
            kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[3 + i % 2], BW_OK);
        (void)snprintf(name, sizeof name, "bw-events-%d-%d-%d-0011aabb.bwe", 3 + i % 2,
            10 * i + 10, 10 * i + 19);
        kiosks_put(kiosk, name, BW_OK);
        kiosks_put(kiosk, name, BW_OK);
        assert_int_equal(
            bw_carrier_get(kiosk, i % 2 ? EVENTS_3 : EVENTS_4, 9, &bytes, &length, &err),
            BW_OK);
        free(bytes);
        assert_int_equal(
            bw_carrier_get(kiosk, EVENTS_5, 9, &bytes, &length, &err), BW_NOT_FOUND);
        bw_carrier_close(kiosk);
    }
}

static void
nothing_is_heard_through_a_pooler(void **state)
{
    (void)state;
    struct bw_carrier_ear *ear = NULL;
    struct bw_error err = {.text = ""};
    struct bw_carrier_owner owner = {.central_id = {1}, .login = kiosks_logins[3]};
    through_the_pooler();
    assert_int_equal(kiosks_setup(NULL), 0);
    assert_int_equal(
        bw_carrier_ear_open(kiosks_server.uri, BW_CARRIER_KIOSK, &owner, &ear, &err),
        BW_NOT_FOUND);
    assert_non_null(strstr(err.text, "pooler"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left_in_a_session_that_another_has_next),
        cmocka_unit_test(who_tells_people_is_sent_past_the_pooler),
        cmocka_unit_test(kiosks_put_and_read_their_letters_by_their_own_login),
        cmocka_unit_test(nothing_is_heard_through_a_pooler),
    };
    if (!kiosks_start(0)) {
        return SKIPPED;
    }
    if (!pooler_start(&pooler, &kiosks_server)) {
        (void)fprintf(stderr, "skipped: pgbouncer isn't installed\n");
        kiosks_stop();
        return SKIPPED;
    }
    assert_int_equal(setenv("PGPASSWORD", POOLER_PASSWORD, 1), 0);
    const struct central_kind kind = {
        .begin = on_begin, .end = on_end, .uri = uri_of, .context = &kiosks_server};
    int failed = central_contract_run(&kind);
    failed += cmocka_run_group_tests_name("a pooler", tests, NULL, NULL);
    pooler_stop(&pooler);
    kiosks_stop();
    return failed;
}
