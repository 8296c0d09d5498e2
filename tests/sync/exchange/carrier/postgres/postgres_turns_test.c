/* How often a kiosk waits for a PostgreSQL that bears its letters: each turn is a way
 * there and back, which a slow line makes long, and 200 kiosks at once wait for. Counted
 * by what stands between, so that none is added unseen. */
#include "../../cutting.h"
#include "../postgres_kiosks.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGE_BYTES = 300 * 1024, SKIPPED = 77 };

static struct cutting way;
static char uri[160];

/* Since the last time. */
static int
turns(void)
{
    return atomic_exchange(&way.turns, 0);
}

/* What libpq alone takes, with the same login. */
static int
turns_of_a_login(void)
{
    char user[64];
    const char *colon = strchr(kiosks_logins[3], ':');
    (void)snprintf(
        user, sizeof user, "%.*s", (int)(colon - kiosks_logins[3]), kiosks_logins[3]);
    const char *keywords[] = {"dbname", "user", "password", NULL};
    const char *values[] = {uri, user, colon + 1, NULL};
    (void)turns();
    PGconn *db = PQconnectdbParams(keywords, values, 1);
    assert_int_equal(PQstatus(db), CONNECTION_OK);
    int taken = turns();
    PQfinish(db);
    return taken;
}

static struct bw_carrier *
come_in(void)
{
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    struct bw_carrier_owner owner = {.central_id = {1}, .login = kiosks_logins[3]};
    memcpy(owner.sign_public, kiosks_organiser()->sign_public, sizeof owner.sign_public);
    cutting_reset(&way);
    if (bw_carrier_open(uri, BW_CARRIER_KIOSK, &owner, &carrier, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return carrier;
}

static void
large_put(struct bw_carrier *carrier)
{
    struct bw_error err = {.text = ""};
    char *bytes = calloc(1, LARGE_BYTES);
    assert_non_null(bytes);
    if (bw_carrier_put(carrier, "bw-events-3-30-39-0011aabb.bwe", bytes, LARGE_BYTES,
            NULL, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    free(bytes);
}

/* The first in this process hints (CE1); the others are told not to, as whether they do
 * is a matter of the time between. */
static void
a_kiosk_comes_in_by_one_turn_and_puts_a_letter_and_a_hint_by_two(void **state)
{
    (void)state;
    int login = turns_of_a_login();
    assert_true(login > 0);
    struct bw_carrier *carrier = come_in();
    assert_int_equal(turns(), login + 1);
    kiosks_put(carrier, "bw-events-3-10-19-0011aabb.bwe", BW_OK);
    assert_int_equal(turns(), 2);
    carrier->quiet = true;
    kiosks_put(carrier, "bw-events-3-20-29-0011aabb.bwe", BW_OK);
    assert_int_equal(turns(), 1);
    kiosks_put(carrier, "bw-events-3-20-29-0011aabb.bwe", BW_OK); /* there already */
    assert_int_equal(turns(), 2);
    large_put(carrier); /* asked before it is sent */
    assert_int_equal(turns(), 2);
    bw_carrier_close(carrier);
}

/* Logins that an older office gave say nothing of how long a lock may take. */
static void
a_login_without_its_times_is_given_them_by_a_turn_more(void **state)
{
    (void)state;
    int login = turns_of_a_login();
    postgres_do(&kiosks_server, "ALTER ROLE bw_01000000_kiosk_3 RESET lock_timeout");
    struct bw_carrier *carrier = come_in();
    assert_int_equal(turns(), login + 2);
    bw_carrier_close(carrier);
    postgres_do(&kiosks_server, "ALTER ROLE bw_01000000_kiosk_3 SET lock_timeout = '5s'");
}

/* The slot that a letter tries first is its first event's. */
static void
a_letter_whose_slot_is_taken_goes_into_another_by_two_turns_more(void **state)
{
    (void)state;
    struct bw_carrier *carrier = come_in();
    carrier->quiet = true;
    kiosks_put(carrier, "bw-events-3-50-59-0011aabb.bwe", BW_OK);
    (void)turns();
    kiosks_put(carrier, "bw-events-3-50-58-0011aabb.bwe", BW_OK);
    assert_int_equal(turns(), 3);
    assert_int_equal(postgres_number(&kiosks_server,
                         "SELECT count(*) FROM " T " WHERE name LIKE 'bw-events-3-50-%'"),
        2);
    bw_carrier_close(carrier);
}

static bool
on_letter(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)name, (void)parsed, (void)bytes;
    (*(int *)context)++;
    return true;
}

static void
a_list_and_each_letter_take_one_turn(void **state)
{
    (void)state;
    int letters = 0;
    size_t length = 0;
    unsigned char *bytes = NULL;
    struct bw_carrier *carrier = come_in();
    carrier->quiet = true;
    kiosks_put(carrier, "bw-events-3-40-49-0011aabb.bwe", BW_OK);
    (void)turns();
    assert_int_equal(bw_carrier_list(carrier, on_letter, &letters, NULL), BW_OK);
    assert_true(letters > 0);
    assert_int_equal(turns(), 1);
    assert_int_equal(bw_carrier_get(carrier, "bw-events-3-40-49-0011aabb.bwe", 100,
                         &bytes, &length, NULL),
        BW_OK);
    assert_int_equal(length, strlen("letter"));
    assert_int_equal(turns(), 1);
    free(bytes);
    bw_carrier_close(carrier);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_kiosk_comes_in_by_one_turn_and_puts_a_letter_and_a_hint_by_two),
        cmocka_unit_test(a_login_without_its_times_is_given_them_by_a_turn_more),
        cmocka_unit_test(
            a_letter_whose_slot_is_taken_goes_into_another_by_two_turns_more),
        cmocka_unit_test(a_list_and_each_letter_take_one_turn),
    };
    if (!kiosks_start(0)) {
        return SKIPPED;
    }
    bw_carrier_close(kiosks_open(BW_CARRIER_OFFICE, NULL, BW_OK));
    kiosks_admit(3, 7, 0);
    cutting_start(&way, kiosks_server.folder);
    (void)snprintf(uri, sizeof uri, "postgresql:///postgres?host=%s", way.folder);
    int failed = cmocka_run_group_tests_name("turns", tests, NULL, NULL);
    cutting_stop(&way);
    kiosks_stop();
    return failed;
}
