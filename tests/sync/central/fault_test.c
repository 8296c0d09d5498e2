/* What changes the central database, with its Nth statement failing, for every N: what
 * says that it failed changed nothing, and the database still works. */
#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"
#include "tests/pace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS_MAX = 2000 };

static struct office office;
static const struct bw_central_engine *real;
static int until_fault; /* statements that still work; negative: all do */

static bool
is_due(void)
{
    return until_fault >= 0 && until_fault-- == 0;
}

/* 17 March 2025, 12.00 in Amsterdam: nobody is cancelled after a circle's end. */
static int64_t now_ms = INT64_C(1742209200000);

static enum bw_status
faulty_run(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, bw_sql_row *row, void *context,
    struct bw_error *err)
{
    return is_due() ? bw_error_set(err, BW_IO, 5, "a fault that was asked for")
                    : real->run(central, sql, parameters, count, row, context, err);
}

static enum bw_status
faulty_begin(struct bw_central *central, enum bw_central_way way, struct bw_error *err)
{
    return is_due() ? bw_error_set(err, BW_BUSY, 0, "a fault that was asked for")
                    : real->begin(central, way, err);
}

static enum bw_status
faulty_commit(struct bw_central *central, struct bw_error *err)
{
    return is_due() ? bw_error_set(err, BW_FULL, 28, "a fault that was asked for")
                    : real->commit(central, err);
}

/* Runs one command with its Nth step failing. */
static enum bw_exit
run_faulty(const char *const *words, int count, int n)
{
    struct bw_call call;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_call_parse(&bw_sync_commands, count,
                         (char *const *)(uintptr_t)words, &call, &err),
        BW_OK);
    char *text = NULL;
    size_t bytes = 0;
    call.out = open_memstream(&text, &bytes);
    call.progress = NULL;
    bw_clock_init_system(&call.clock);
    bw_clock_inject(&call.clock, now_ms);
    assert_int_equal(
        bw_central_open(office.uri, BW_CENTRAL_OPEN, &call.central, &err), BW_OK);
    real = call.central->engine;
    struct bw_central_engine faulty = *real;
    faulty.run = faulty_run;
    faulty.begin = faulty_begin;
    faulty.commit = faulty_commit;
    call.central->engine = &faulty;
    until_fault = n;
    enum bw_exit result = call.command->run(&call, &err);
    if (result == BW_EXIT_FAILED) {
        assert_true(err.text[0] != '\0');
    }
    assert_false(bw_central_in_transaction(call.central));
    bw_central_close(call.central);
    (void)fclose(call.out);
    free(text);
    return result;
}

/* Fails step after step until the command gets through. */
static void
fail_every_step(const char *const *words, int count)
{
    int n = 0;
    enum bw_exit result = BW_EXIT_FAILED;
    for (; n < RUNS_MAX && result == BW_EXIT_FAILED; n += n < 6 ? 1 : pace_stride(1)) {
        char *before = office_dump(&office);
        result = run_faulty(words, count, n);
        char *after = office_dump(&office);
        if (result == BW_EXIT_FAILED) {
            assert_string_equal(after, before);
        } else {
            assert_string_not_equal(after, before);
        }
        free(before);
        free(after);
    }
    assert_in_range(n, 3, RUNS_MAX - 1);
}

#define FAIL_EVERY_STEP(...)                                                             \
    fail_every_step((const char *const[]){"sync", "--central", office.uri, __VA_ARGS__}, \
        (int)(sizeof((const char *const[]){"", "", "", __VA_ARGS__}) / sizeof(char *)))

static void
what_fails_changed_nothing(void **state) /* C1 */
{
    (void)state;
    office_open(&office, 2, false);
    const char *sessions = office_write(&office, "s.csv",
        "code,series,title,starts_at,ends_at,capacity,own_region_first\n"
        "S-1,reeks,Leerkring Zwolle,2025-03-25T13:30,2025-03-25T16:30,3,ja\n"
        "S-2,andere,Leerkring Emmen,2025-03-26T13:30,2025-03-26T16:30,3,ja\n"
        "S-3,reeks,Leerkring Assen,2025-03-27T13:30,2025-03-27T16:30,3,ja\n");
    FAIL_EVERY_STEP("import", "sessions", sessions);
    const char *form = office_write(&office, "f.csv",
        "Tijdstempel,E-mailadres,Naam,Functie\n"
        "10-02-2025 12:01,a@b.example,Anna Vos,brugfunctionaris\n"
        "10-02-2025 12:02,b@b.example,Bo Vos,brugfunctionaris\n"
        "10-02-2025 12:03,c@b.example,Cas Vos,brugfunctionaris\n"
        "10-02-2025 12:04,d@b.example,Dirk Vos,brugfunctionaris\n");
    FAIL_EVERY_STEP("import", "registrations", form, "--session", "S-1");
    const char *waitlist = office_write(&office, "w.csv",
        "Tijdstempel,E-mailadres,Naam,Functie,Leerkring\n"
        "10-02-2025 12:00,e@b.example,Eva Smit,brugfunctionaris,S-1\n"
        "10-02-2025 12:00,d@b.example,Dirk Vos,brugfunctionaris,S-1\n");
    FAIL_EVERY_STEP("import", "waitlist", waitlist);
    FAIL_EVERY_STEP("import", "agenda", demo_path("agenda.csv"));
    FAIL_EVERY_STEP("cancel", office_code(&office, "Bo"));
    FAIL_EVERY_STEP("promote", "--session", "S-1");
    FAIL_EVERY_STEP("move", office_code(&office, "Cas"), "--session", "S-3");
    FAIL_EVERY_STEP("undo");
    FAIL_EVERY_STEP("substitute", office_code(&office, "Anna"), "Flip Smit");
    FAIL_EVERY_STEP("undo");
    FAIL_EVERY_STEP("block", office_code(&office, "Cas"), "--why", "x");
    FAIL_EVERY_STEP("unblock", office_code(&office, "Cas"));
    FAIL_EVERY_STEP("reissue", office_code(&office, "Cas"));
    FAIL_EVERY_STEP("key", "new");
    FAIL_EVERY_STEP("key", "retire", "1");
    FAIL_EVERY_STEP("session", "cancel", "S-1");
    FAIL_EVERY_STEP("session", "reopen", "S-1", "--why", "x");
    now_ms += INT64_C(10) * 24 * 60 * 60 * 1000;
    FAIL_EVERY_STEP("purge", "--before", "2025-03-26");
    assert_int_equal(office_run(&office, "status", NULL), BW_EXIT_DONE);
    office_finish(&office);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_fails_changed_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
