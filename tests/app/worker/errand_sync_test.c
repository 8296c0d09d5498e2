/* Errands with the real brugwachter-sync: a kiosk that is enrolled, fetches and sends. */
#include <app/worker/errand.h>
#include <brugwachter/clock.h>
#include <brugwachter/core.h>
#include <brugwachter/store.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define SYNC BW_BINARY_DIR "/bin/brugwachter-sync"

#define AN_AFTERNOON_MS INT64_C(1742301000000)

static sem_t bell;

static void
ring(void *context)
{
    (void)context;
    (void)sem_post(&bell);
}

static void
office(const char *root, const char *arguments)
{
    char command[1000];
    (void)snprintf(command, sizeof command,
        "cd '%s' && '%s' --central sqlite:central.db %s >/dev/null", root, SYNC,
        arguments);
    assert_int_equal(system(command), 0);
}

static enum bw_helper_outcome
go(struct bw_errand *errand, enum bw_helper helper, const char *enrolment)
{
    enum bw_helper ended = BW_HELPER_NONE;
    enum bw_helper_outcome outcome = BW_OUTCOME_FAILED;
    char said[BW_ERROR_TEXT_BYTES];
    assert_int_equal(bw_errand_start(errand, helper, enrolment, NULL), BW_OK);
    while (sem_wait(&bell) != 0) {
    }
    assert_true(bw_errand_pop(errand, &ended, &outcome, said));
    if (outcome != BW_OUTCOME_DONE) {
        print_message("%s\n", said);
    }
    return outcome;
}

static int64_t
roster_ms(const char *path)
{
    struct bw_store *store = NULL;
    int64_t ms = 0;
    assert_int_equal(bw_store_open(path, BW_STORE_READ, &store, NULL), BW_OK);
    assert_int_equal(
        bw_store_get_number(store, BW_NUMBER_ROSTER_MS, 0, &ms, NULL), BW_OK);
    bw_store_close(store);
    return ms;
}

/* By a clock that was given: else what it fetched would stand in the future. */
static void
kiosk_is_enrolled_by_its_code_fetches_and_sends(void **state)
{
    (void)state;
    char root[] = "/tmp/brugwachter-sync-XXXXXX";
    char path[200], enrolment[2049] = "";
    assert_non_null(mkdtemp(root));
    (void)snprintf(path, sizeof path, "%s/sessions.csv", root);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs("code,series,title,kind,region,venue,address,starts_at,ends_at,capacity,"
                "audience\nGRO-1,reeks-3,Leerkring Groningen,leerkring,Noord,De Brug,"
                "\"Straat 1, Groningen\",2025-03-18T13:30,2025-03-18T16:30,50,"
                "brugfunctionaris\n",
        file);
    (void)fclose(file);
    office(root, "--clock 2025-03-18T13:30:00 init");
    office(root, "--clock 2025-03-18T13:30:00 import sessions sessions.csv");
    office(root,
        "--clock 2025-03-18T13:30:00 enrol --session GRO-1 --name Zuil --out zuil.json");
    (void)snprintf(path, sizeof path, "%s/zuil.json", root);
    file = fopen(path, "r");
    assert_non_null(file);
    enrolment[fread(enrolment, 1, sizeof enrolment - 1, file)] = '\0';
    (void)fclose(file);
    (void)snprintf(path, sizeof path, "%s/kiosk.db", root);
    struct bw_clock clock;
    bw_clock_init_system(&clock);
    bw_clock_inject(&clock, AN_AFTERNOON_MS);
    struct bw_errand_options options = {
        .store_path = path, .program = SYNC, .clock = &clock, .wake = ring};
    struct bw_errand *errand = NULL;
    assert_int_equal(sem_init(&bell, 0, 0), 0);
    assert_int_equal(bw_errand_create(&options, &errand, NULL), BW_OK);
    assert_int_equal(go(errand, BW_HELPER_ENROL, enrolment), BW_OUTCOME_DONE);
    struct bw_store *store = NULL;
    struct bw_session session;
    assert_int_equal(bw_store_open(path, BW_STORE_READ, &store, NULL), BW_OK);
    assert_int_equal(bw_store_session_by_code(store, "GRO-1", &session, NULL), BW_OK);
    bw_store_close(store);
    assert_int_equal(go(errand, BW_HELPER_UPDATE, NULL), BW_OUTCOME_DONE);
    assert_in_range(roster_ms(path), AN_AFTERNOON_MS - 1000, AN_AFTERNOON_MS + 600000);
    assert_int_equal(
        go(errand, BW_HELPER_ENROL, "{\"brugwachter_enrolment\":1,\"device\":3}"),
        BW_OUTCOME_FAILED);
    bw_errand_destroy(errand);
    (void)sem_destroy(&bell);
    char command[100];
    (void)snprintf(command, sizeof command, "rm -r '%s'", root);
    assert_int_equal(system(command), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kiosk_is_enrolled_by_its_code_fetches_and_sends),
    };
    assert_int_equal(bw_core_init(NULL), BW_OK);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
