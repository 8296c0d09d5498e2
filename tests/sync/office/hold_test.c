/* What a step holds where memory ends: all that it is about, or it says so; and what is
 * noted beside steps. On a real PostgreSQL, as SQLite has one writer. */
#include "office/hold.h"
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/exchange/failing_memory.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <stdio.h>

enum { SKIPPED = 77, CIRCLES = 2 };

static struct postgres server;
static struct office office;
static struct bw_central *ours, *theirs;
static char codes[CIRCLES][BW_CODE_BYTES]; /* of somebody in each circle */

static void
done(enum bw_exit result)
{
    if (result != BW_EXIT_DONE && result != BW_EXIT_LOOK) {
        fail_msg("%s%s", office.out, office.diag);
    }
}

#define RUN(...) done(office_run(&office, __VA_ARGS__, NULL))

/* Two circles, with somebody and a kiosk in each. */
static int
setup(void **state)
{
    struct bw_error err;
    (void)state;
    postgres_place(&server);
    office_open_at(&office, server.uri, 5, false);
    RUN("import", "sessions",
        office_write(&office, "more.csv",
            "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
            "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,2025-03-26T13:30,"
            "2025-03-26T16:30,6,brugfunctionaris\n"));
    people_sign_up(&office, 1);
    RUN("import", "registrations",
        office_write(&office, "two.csv",
            "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n"
            "2025-02-10 09:00:00,a@x.example,Anna,A,S,Brugfunctionaris,Noord\n"),
        "--session", "S-2");
    RUN("enrol", "--session", "S-1", "--name", "Een", "--out",
        office_path(&office, "one.json"));
    RUN("enrol", "--session", "S-2", "--name", "Twee", "--out",
        office_path(&office, "two.json"));
    bw_code_format(people_code(&office, 0), codes[0]);
    bw_code_format((bw_code)office_number(
                       &office, "SELECT code FROM registration WHERE session_no = 2"),
        codes[1]);
    assert_int_equal(bw_central_open(server.uri, BW_CENTRAL_OPEN, &ours, &err), BW_OK);
    assert_int_equal(bw_central_open(server.uri, BW_CENTRAL_OPEN, &theirs, &err), BW_OK);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    bw_central_close(theirs);
    bw_central_close(ours);
    office_finish(&office);
    postgres_clear(&server);
    return 0;
}

/* A colleague gets neither that circle nor, for itself, its kiosk. */
static enum bw_status
is_held(uint32_t number, struct bw_error *err)
{
    bool got = false;
    enum bw_status status = bw_central_begin_step(theirs, err);
    if (status == BW_OK) {
        status = bw_central_lock_devices(theirs, &number, 1, false, &got, err);
        assert_false(got);
    }
    if (status == BW_OK) {
        status = bw_central_hold_sessions(theirs, &number, 1, false, err);
        assert_int_not_equal(status, BW_OK);
    }
    bw_central_rollback(theirs);
    return status == BW_BUSY ? BW_OK : status;
}

static enum bw_status
hold_both(struct bw_error *err)
{
    const char *const typed[CIRCLES] = {codes[0], codes[1]};
    bw_code found[CIRCLES];
    enum bw_status status =
        bw_office_hold_registrations(ours, typed, CIRCLES, found, err);
    for (uint32_t i = 1; status == BW_OK && i <= CIRCLES; i++) {
        status = is_held(i, err);
    }
    bw_central_rollback(ours);
    return status;
}

static void
who_has_no_memory_holds_all_or_says_so(void **state)
{
    (void)state;
    failing_memory_try(&(struct memory_trial){.work = hold_both, .stride = 1});
}

/* As a colleague's step in a circle lasts. */
static void
what_was_seen_is_noted_beside_steps(void **state)
{
    struct bw_error err = {.text = ""};
    uint32_t number = 1;
    (void)state;
    assert_int_equal(bw_central_begin_step(theirs, &err), BW_OK);
    assert_int_equal(bw_central_hold_sessions(theirs, &number, 1, true, &err), BW_OK);
    bw_office_note(ours, "UPDATE central SET mail_tried_ms = $1 WHERE one = 1", 5);
    bw_central_rollback(theirs);
    assert_int_equal(office_number(&office, "SELECT mail_tried_ms FROM central"), 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            who_has_no_memory_holds_all_or_says_so, setup, teardown),
        cmocka_unit_test_setup_teardown(
            what_was_seen_is_noted_beside_steps, setup, teardown),
    };
    if (!failing_memory_install() || !postgres_start(&server)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return SKIPPED;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    postgres_stop(&server);
    return failed;
}
