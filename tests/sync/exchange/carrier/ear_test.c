/* What a carrier in PostgreSQL tells, and to whom. */
#include "exchange/carrier/ear.h"

#include "postgres_kiosks.h"
#include "tests/sync/testing.h"

#include <poll.h>
#include <stdio.h>
#include <time.h>

static struct bw_carrier_ears
ears_of(enum bw_carrier_role role, const char *login)
{
    struct bw_carrier_ears ears = {.items = {NULL}};
    struct bw_carrier_owner owner = {.central_id = {1}, .login = login};
    assert_int_equal(
        bw_carrier_ear_open(kiosks_server.uri, role, &owner, &ears.items[0], NULL),
        BW_OK);
    return ears;
}

static void
put_next(struct bw_carrier *kiosk, enum bw_status want)
{
    static int number = 100;
    char name[64];
    (void)snprintf(name, sizeof name, "bw-events-3-%d-%d-0011aabb.bwe", number, number);
    number++;
    kiosks_put(kiosk, name, want);
}

/* Puts letters of kiosk 3 until these ears hear of one: a hint goes once a second at
 * most, so it takes that long. */
static void
put_until_heard(struct bw_carrier_ears *ears)
{
    int puts = 0;
    struct bw_carrier *kiosk = kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[3], BW_OK);
    while (bw_carrier_ears_heard(ears) == 0) {
        put_next(kiosk, ++puts < 3000 ? BW_OK : BW_REFUSED);
    }
    bw_carrier_close(kiosk);
}

static int64_t
mono_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
a_kiosk_of_the_session_and_the_office_hear_of_a_letter(void **state)
{
    (void)state;
    struct bw_carrier_ears other = ears_of(BW_CARRIER_KIOSK, kiosks_logins[4]);
    struct bw_carrier_ears own = ears_of(BW_CARRIER_KIOSK, kiosks_logins[3]);
    struct bw_carrier_ears elsewhere = ears_of(BW_CARRIER_KIOSK, kiosks_logins[5]);
    struct bw_carrier_ears office = ears_of(BW_CARRIER_OFFICE, NULL);
    int fds[BW_CARRIERS_MAX];
    assert_int_equal(bw_carrier_ears_fds(&other, fds), 1);
    put_until_heard(&other);
    put_until_heard(&office);
    assert_int_equal(bw_carrier_ears_heard(&own), 0);
    assert_int_equal(bw_carrier_ears_heard(&elsewhere), 0);
    bw_carrier_ears_close(&other);
    bw_carrier_ears_close(&own);
    bw_carrier_ears_close(&elsewhere);
    bw_carrier_ears_close(&office);
}

static void
a_hint_goes_once_a_second_at_most(void **state) /* CE1 */
{
    (void)state;
    struct bw_carrier_ears office = ears_of(BW_CARRIER_OFFICE, NULL);
    int64_t began_ms = mono_ms(); /* before the first: afterwards might be too late */
    put_until_heard(&office);
    put_until_heard(&office);
    assert_true(mono_ms() - began_ms >= BW_CARRIER_HINT_MS);
    bw_carrier_ears_close(&office);
}

/* Over a second of them: then the first that somebody waits for is told of at once. */
static void
a_letter_that_nobody_waits_for_is_not_hinted_at_and_keeps_no_hint_back(
    void **state) /* CE1 */
{
    (void)state;
    struct bw_carrier_ears office = ears_of(BW_CARRIER_OFFICE, NULL);
    struct bw_carrier *kiosk = kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[3], BW_OK);
    int fds[BW_CARRIERS_MAX];
    assert_int_equal(bw_carrier_ears_fds(&office, fds), 1);
    struct pollfd end = {.fd = fds[0], .events = POLLIN};
    kiosk->quiet = true;
    for (int64_t until_ms = mono_ms() + BW_CARRIER_HINT_MS; mono_ms() <= until_ms;) {
        put_next(kiosk, BW_OK);
        assert_int_equal(poll(&end, 1, BW_CARRIER_HINT_MS / 10), 0);
    }
    kiosk->quiet = false;
    put_next(kiosk, BW_OK);
    assert_int_equal(poll(&end, 1, 60000), 1);
    assert_int_equal(bw_carrier_ears_heard(&office), 1);
    bw_carrier_close(kiosk);
    bw_carrier_ears_close(&office);
}

static void
an_ear_whose_connection_is_lost_hears_no_more_and_is_opened_anew(void **state)
{
    (void)state;
    struct bw_carrier_ears ears = ears_of(BW_CARRIER_KIOSK, kiosks_logins[4]);
    int fds[BW_CARRIERS_MAX];
    postgres_do(&kiosks_server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                " WHERE usename = 'bw_01000000_kiosk_4'");
    while (bw_carrier_ears_fds(&ears, fds) == 1) {
        struct pollfd end = {.fd = fds[0], .events = POLLIN};
        assert_int_equal(poll(&end, 1, 60000), 1);
        assert_int_equal(bw_carrier_ears_heard(&ears), 0);
    }
    ears = ears_of(BW_CARRIER_KIOSK, kiosks_logins[4]);
    put_until_heard(&ears);
    bw_carrier_ears_close(&ears);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_TABLE(test) cmocka_unit_test_setup(test, kiosks_setup)
        IN_TABLE(a_kiosk_of_the_session_and_the_office_hear_of_a_letter),
        IN_TABLE(a_hint_goes_once_a_second_at_most),
        IN_TABLE(a_letter_that_nobody_waits_for_is_not_hinted_at_and_keeps_no_hint_back),
        IN_TABLE(an_ear_whose_connection_is_lost_hears_no_more_and_is_opened_anew),
    };
    if (!kiosks_start(0)) {
        return 77;
    }
    int failed = cmocka_run_group_tests_name("ears", tests, NULL, NULL);
    kiosks_stop();
    return failed;
}
