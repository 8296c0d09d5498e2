/* Steps of the office beside each other, on every engine: see contract.h. */
#include "tests/sync/central/engine/contract_help.h"
#include "tests/sync/testing.h"

#include <pthread.h>
#include <stdio.h>

/* Kiosk 1 serves both sessions, kiosk 2 the second. */
static void
kiosks_make(void)
{
    struct bw_error err = {.text = ""};
    struct bw_central *central = contract_connect();
    contract_must(bw_central_begin(central, &err), &err);
    contract_run(central, "INSERT INTO device (device, name, enrolled_ms, sign_public,"
                          " box_public) VALUES (1, 'k', 1, '', ''), (2, 'k', 1, '', '')");
    contract_run(central, "INSERT INTO device_session (device, session_no, rank)"
                          " VALUES (1, 1, 0), (1, 2, 1), (2, 2, 0)");
    contract_must(bw_central_commit(central, &err), &err);
    bw_central_close(central);
}

static enum bw_status
hold(struct bw_central *central, uint32_t session_no, bool waits, struct bw_error *err)
{
    return bw_central_hold_sessions(central, &session_no, 1, waits, err);
}

static void
step_put(struct bw_central *central, struct bw_error *err)
{
    contract_must(bw_central_next_step(central, err), err);
    struct bw_sql_value value = bw_sql_int(bw_central_step(central));
    contract_must(bw_central_run(central,
                      "INSERT INTO step (step_no, at_ms, what, about, why, batch_no,"
                      " undoes, undone_by) VALUES ($1, 1, 'x', '', '', 0, 0, 0)",
                      &value, 1, NULL, NULL, err),
        err);
}

/* C8. Where there is one writer the second waits at the door. */
static void
a_step_waits_for_one_of_its_session_and_for_no_other(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *one = contract_connect(), *other = contract_connect();
    kiosks_make();
    other->lock_ms = 200;
    contract_must(bw_central_begin_step(one, &err), &err);
    contract_must(hold(one, 2, true, &err), &err);
    step_put(one, &err);
    enum bw_status status = bw_central_begin_step(other, &err);
    if (status == BW_OK) {
        contract_must(hold(other, 1, true, &err), &err);
        step_put(other, &err);
        assert_int_equal(bw_central_step(other), 2);
        contract_must(bw_central_commit(other, &err), &err);
        contract_must(bw_central_begin_step(other, &err), &err);
        status = hold(other, 2, true, &err);
    }
    assert_int_equal(status, BW_BUSY);
    bw_central_rollback(other);
    contract_must(bw_central_commit(one, &err), &err);
    contract_must(bw_central_begin_step(other, &err), &err);
    contract_must(hold(other, 2, true, &err), &err);
    step_put(other, &err);
    assert_int_equal(
        bw_central_step(other), contract_number(other, "SELECT count(*) FROM step"));
    contract_must(bw_central_commit(other, &err), &err);
    bw_central_close(other);
    bw_central_close(one);
}

static void
a_session_that_another_has_is_not_waited_for_where_that_is_asked(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *one = contract_connect(), *other = contract_connect();
    other->lock_ms = 60000;
    contract_must(bw_central_begin_step(one, &err), &err);
    contract_must(hold(one, 1, true, &err), &err);
    assert_int_equal(hold(one, 99, false, &err), BW_NOT_FOUND);
    bw_central_rollback(one);
    contract_must(bw_central_begin_step(one, &err), &err);
    contract_must(hold(one, 1, true, &err), &err);
    contract_must(hold(one, 1, false, &err), &err); /* its own */
    other->lock_ms = 200;
    enum bw_status status = bw_central_begin_step(other, &err);
    other->lock_ms = 60000;
    if (status == BW_OK) {
        contract_must(hold(other, 2, true, &err), &err);
        status = hold(other, 1, false, &err);
    }
    assert_int_equal(status, BW_BUSY);
    bw_central_close(other);
    bw_central_close(one);
}

/* C8: what a step decides by is there to its end. */
static void
letters_of_a_sessions_kiosks_wait_for_its_step(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    static const uint32_t devices[] = {1, 2};
    bool held[2] = {true, true};
    struct bw_central *step = contract_connect(), *letters = contract_connect();
    kiosks_make();
    letters->lock_ms = 200;
    contract_must(bw_central_begin_step(step, &err), &err);
    contract_must(hold(step, 1, true, &err), &err);
    if (bw_central_begin_beside(letters, &err) == BW_OK) {
        contract_must(
            bw_central_lock_devices(letters, devices, 2, false, held, &err), &err);
        assert_false(held[0]);
        assert_true(held[1]); /* it serves another session alone */
    }
    bw_central_close(letters);
    bw_central_close(step);
}

static int64_t
batch_put(struct bw_central *central)
{
    struct bw_error err = {.text = ""};
    int64_t number = 0;
    contract_must(
        bw_central_next_number(central, BW_CENTRAL_OF_BATCHES, &number, &err), &err);
    struct bw_sql_value value = bw_sql_int(number);
    contract_must(bw_central_run(central,
                      "INSERT INTO import_batch (batch_no, kind, file, hash, imported_ms,"
                      " rows_count, added, changed, rejected)"
                      " VALUES ($1, '', '', '', 1, 0, 0, 0, 0)",
                      &value, 1, NULL, NULL, &err),
        &err);
    return number;
}

enum { WRITERS = 4, TURNS = 25 };

struct writer {
    pthread_t thread;
    int failures;
    int number;
};

/* By turns letters of both kiosks, and steps over one session or over both. */
static void *
write_steps(void *context)
{
    static const uint32_t sessions[] = {1, 2};
    struct writer *writer = context;
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    if (bw_central_open(contract_uri(), BW_CENTRAL_OPEN, &central, NULL) != BW_OK) {
        writer->failures = 1000;
        return NULL;
    }
    central->lock_ms = 60000;
    for (int i = 0; i < TURNS; i++) {
        int64_t revisions[2];
        bool held[2], letters = (i + writer->number) % 3 == 0;
        size_t from = (size_t)(i + writer->number) % 2, count = i % 4 == 0 ? 2 - from : 1;
        bool fine = letters ? bw_central_begin_beside(central, &err) == BW_OK &&
                                  bw_central_lock_devices(
                                      central, sessions, 2, true, held, &err) == BW_OK
                            : bw_central_begin_step(central, &err) == BW_OK &&
                                  bw_central_hold_sessions(central, sessions + from,
                                      count, true, &err) == BW_OK;
        fine = fine && bw_central_next_revisions(central, sessions + from,
                           letters ? 2 - from : count, revisions, &err) == BW_OK;
        if (fine && !letters) {
            step_put(central, &err);
        }
        fine = fine && batch_put(central) > 0;
        fine = fine && (i % 5 != 0 || bw_central_lock_numbers(central, &err) == BW_OK);
        fine = fine && bw_central_commit(central, &err) == BW_OK;
        bw_central_rollback(central);
        writer->failures += !fine;
    }
    bw_central_close(central);
    return NULL;
}

/* C3, C7, C8 */
static void
steps_and_letters_never_wait_in_a_ring_and_each_step_has_its_number(void **state)
{
    (void)state;
    struct writer writers[WRITERS];
    kiosks_make();
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){.number = i};
        assert_int_equal(
            pthread_create(&writers[i].thread, NULL, write_steps, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        (void)pthread_join(writers[i].thread, NULL);
        assert_int_equal(writers[i].failures, 0);
    }
    struct bw_central *central = contract_connect();
    assert_int_equal(
        contract_number(central, "SELECT count(*) FROM import_batch"), WRITERS * TURNS);
    int64_t steps = contract_number(central, "SELECT count(*) FROM step");
    assert_in_range(steps, WRITERS * TURNS / 2, WRITERS * TURNS);
    assert_int_equal(contract_number(central, "SELECT max(step_no) FROM step"), steps);
    bw_central_close(central);
}

static void
a_step_that_was_given_up_leaves_its_number_to_the_next(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *central = contract_connect();
    for (int i = 0; i < 2; i++) {
        contract_must(bw_central_begin_step(central, &err), &err);
        assert_int_equal(bw_central_step(central), 0);
        step_put(central, &err);
        assert_int_equal(bw_central_step(central), 1);
        bw_central_rollback(central);
    }
    contract_must(bw_central_begin(central, &err), &err);
    step_put(central, &err);
    step_put(central, &err);
    assert_int_equal(bw_central_step(central), 2);
    bw_central_close(central);
}

/* C3. Where there is one writer the second waits at the door. */
static void
numbers_are_given_without_a_wait_and_no_two_are_the_same(void **state)
{
    enum { MANY = 70 };
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *one = contract_connect(), *other = contract_connect();
    other->lock_ms = 200;
    contract_must(bw_central_begin_step(one, &err), &err);
    contract_must(bw_central_lock_numbers(one, &err), &err);
    for (int64_t i = 1; i <= MANY; i++) {
        assert_int_equal(batch_put(one), i);
    }
    enum bw_status status = bw_central_begin_step(other, &err);
    if (status == BW_OK) {
        for (int64_t i = 1; i <= MANY; i++) {
            assert_true(batch_put(other) > MANY);
        }
        assert_true(batch_put(one) > MANY);
        contract_must(bw_central_commit(other, &err), &err);
    } else {
        assert_int_equal(status, BW_BUSY);
    }
    int64_t last = batch_put(one);
    contract_must(bw_central_commit(one, &err), &err);
    contract_must(bw_central_begin_step(other, &err), &err);
    assert_true(batch_put(other) > last);
    bw_central_rollback(other);
    bw_central_close(one);
    bw_central_close(other);
}

static int64_t
ask_for(struct bw_central *central, enum bw_central_numbers of, int64_t count)
{
    struct bw_error err = {.text = ""};
    int64_t first = 0;
    contract_must(bw_central_next_numbers(central, of, count, &first, &err), &err);
    return first;
}

/* C3: people are numbered in blocks of 4,096, kiosks one by one. */
static void
numbers_in_a_row_are_nobody_elses(void **state)
{
    enum { MANY = 5000, FEW = 3 };
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *one = contract_connect(), *other = contract_connect();
    other->lock_ms = 200;
    contract_must(bw_central_begin_step(one, &err), &err);
    assert_int_equal(ask_for(one, BW_CENTRAL_OF_PEOPLE, MANY), 1);
    assert_int_equal(ask_for(one, BW_CENTRAL_OF_KIOSKS, 1), 1);
    enum bw_status status = bw_central_begin_step(other, &err);
    if (status == BW_OK) {
        assert_int_equal(ask_for(other, BW_CENTRAL_OF_PEOPLE, FEW), 2 * 4096 + 1);
        assert_int_equal(ask_for(other, BW_CENTRAL_OF_KIOSKS, 1), 2);
    } else {
        assert_int_equal(status, BW_BUSY);
        contract_must(bw_central_commit(one, &err), &err);
        contract_must(bw_central_begin_step(other, &err), &err);
    }
    bw_central_rollback(one);
    assert_int_equal(ask_for(other, BW_CENTRAL_OF_PEOPLE, FEW), 1);
    assert_int_equal(ask_for(other, BW_CENTRAL_OF_KIOSKS, 1), 1);
    bw_central_close(one);
    bw_central_close(other);
}

/* C9 */
static void
who_changed_people_second_waits_for_the_first_to_end(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *one = contract_connect(), *other = contract_connect();
    bool beside = false;
    other->lock_ms = 200;
    contract_must(bw_central_begin_step(one, &err), &err);
    contract_must(bw_central_lock_people(one, &beside, &err), &err);
    contract_must(bw_central_lock_people(one, &beside, &err), &err);
    enum bw_status status = bw_central_begin_step(other, &err);
    assert_int_equal(status == BW_OK, beside);
    if (status == BW_OK) {
        status = bw_central_lock_people(other, &beside, &err);
    }
    assert_int_equal(status, BW_BUSY);
    bw_central_rollback(other);
    contract_must(bw_central_commit(one, &err), &err);
    contract_must(bw_central_begin_step(other, &err), &err);
    contract_must(bw_central_lock_people(other, &beside, &err), &err);
    bw_central_close(one);
    bw_central_close(other);
}

static void
a_number_whose_row_was_given_up_is_the_next_ones(void **state)
{
    (void)state;
    struct bw_error err = {.text = ""};
    struct bw_central *central = contract_connect();
    for (int i = 0; i < 2; i++) {
        contract_must(bw_central_begin_step(central, &err), &err);
        assert_int_equal(batch_put(central), 1);
        bw_central_rollback(central);
    }
    bw_central_close(central);
}

int
contract_hold_run(void)
{
    const struct CMUnitTest tests[] = {
#define ON_ENGINE(test)                                                                  \
    cmocka_unit_test_setup_teardown(test, contract_setup, contract_teardown)
        ON_ENGINE(a_step_waits_for_one_of_its_session_and_for_no_other),
        ON_ENGINE(a_session_that_another_has_is_not_waited_for_where_that_is_asked),
        ON_ENGINE(letters_of_a_sessions_kiosks_wait_for_its_step),
        ON_ENGINE(steps_and_letters_never_wait_in_a_ring_and_each_step_has_its_number),
        ON_ENGINE(a_step_that_was_given_up_leaves_its_number_to_the_next),
        ON_ENGINE(numbers_are_given_without_a_wait_and_no_two_are_the_same),
        ON_ENGINE(numbers_in_a_row_are_nobody_elses),
        ON_ENGINE(who_changed_people_second_waits_for_the_first_to_end),
        ON_ENGINE(a_number_whose_row_was_given_up_is_the_next_ones),
    };
    return cmocka_run_group_tests_name("steps beside each other", tests, NULL, NULL);
}
