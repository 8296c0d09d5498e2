/* The desk's thread on a real store. Waits are for news, never for time. */
#include "tests/core/store/fixture.h"

#include <app/worker/desk_thread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define FATIMA "K7QM2XRD"

static struct fixture fx;
static struct bw_desk_thread *thread;
static sem_t bell;

static void
ring(void *context)
{
    (void)context;
    (void)sem_post(&bell);
}

static int
start(void **state)
{
    (void)state;
    fixture_create(&fx, 50, 0, false);
    fixture_person(&fx, FATIMA, "Fatima", "el Amrani", BW_CONFIRMED, 0);
    assert_int_equal(sem_init(&bell, 0, 0), 0);
    return 0;
}

static void
open_thread(const char *session_code)
{
    struct bw_desk_thread_options options = {.store_path = fx.path,
        .session_code = session_code,
        .clock = fx.clock,
        .wake = ring};
    assert_int_equal(bw_desk_thread_create(&options, &thread, NULL), BW_OK);
    assert_int_equal(bw_desk_thread_start(thread, NULL), BW_OK);
}

static int
end(void **state)
{
    (void)state;
    bw_desk_thread_destroy(thread);
    thread = NULL;
    (void)sem_destroy(&bell);
    fixture_destroy(&fx);
    return 0;
}

static struct bw_desk_news
next_news(void)
{
    struct bw_desk_news news;
    while (sem_wait(&bell) != 0) {
    }
    assert_true(bw_desk_thread_pop(thread, &news));
    return news;
}

static void
expect_open(bool rehearsal)
{
    struct bw_desk_news news = next_news();
    assert_int_equal(news.kind, BW_NEWS_OPENED);
    assert_int_equal(news.rehearsal, rehearsal);
}

static void
post(enum bw_command_kind kind, uint32_t request_no)
{
    struct bw_command command;
    bw_command_init(&command, kind);
    command.operated_by = BW_OPERATOR_STAFF;
    command.request_no = request_no;
    if (kind == BW_COMMAND_CODE) {
        assert_true(bw_code_parse(FATIMA, &command.code.code));
    }
    assert_true(bw_desk_thread_post(thread, &command));
}

static struct bw_answer
next_answer(uint32_t request_no)
{
    struct bw_desk_news news = next_news();
    assert_int_equal(news.kind, BW_NEWS_ANSWER);
    assert_int_equal(news.answer.request_no, request_no);
    return news.answer;
}

static void
store_that_is_removed_is_missed_and_no_new_kiosk(void **state)
{
    (void)state;
    open_thread(NULL);
    expect_open(false);
    assert_int_equal(unlink(fx.path), 0);
    post(BW_COMMAND_CODE, 1);
    struct bw_answer answer = next_answer(1);
    assert_int_equal(answer.kind, BW_ANSWER_ERROR);
    assert_true(answer.failure.not_saved);
    assert_int_equal(answer.failure.error.status, BW_NOT_FOUND);
    bw_answer_finish(&answer);
    bw_desk_thread_reopen(thread);
    struct bw_desk_news news = next_news();
    assert_int_equal(news.kind, BW_NEWS_FAILED);
    assert_int_equal(news.error.status, BW_NOT_FOUND);
}

static void
store_that_is_closed_is_free_for_others_till_it_is_opened(void **state)
{
    (void)state;
    open_thread(NULL);
    expect_open(false);
    bw_desk_thread_close(thread);
    while (true) { /* a command that comes before is answered as ever */
        post(BW_COMMAND_COUNTS, 1);
        struct bw_answer answer = next_answer(1);
        bool closed = answer.kind == BW_ANSWER_ERROR;
        bw_answer_finish(&answer);
        if (closed) {
            break;
        }
    }
    struct bw_store_claim *claim = NULL;
    assert_int_equal(bw_store_claim(fx.path, &claim, NULL), BW_OK);
    bw_store_unclaim(claim);
    bw_desk_thread_reopen(thread);
    expect_open(false);
}

static uint64_t
events_in_store(void)
{
    struct bw_store *store = fixture_store(&fx, BW_STORE_READ);
    struct bw_head head = {0};
    assert_int_equal(bw_store_head(store, &head, NULL), BW_OK);
    bw_store_close(store);
    return head.seq;
}

static void
answers_come_in_the_order_of_commands(void **state)
{
    (void)state;
    open_thread(NULL);
    expect_open(false);
    post(BW_COMMAND_CODE, 1);
    post(BW_COMMAND_COUNTS, 2);
    struct bw_answer first = next_answer(1);
    assert_int_equal(first.verdict.verdict, BW_VERDICT_WELCOME);
    struct bw_answer second = next_answer(2);
    assert_int_equal(second.ledger.present, 1);
    bw_answer_finish(&first);
    bw_answer_finish(&second);
}

static void
full_queue_refuses_and_what_was_taken_in_is_carried_out(void **state)
{
    (void)state;
    struct bw_desk_thread_options options = {
        .store_path = fx.path, .clock = fx.clock, .wake = ring};
    assert_int_equal(bw_desk_thread_create(&options, &thread, NULL), BW_OK);
    for (uint32_t i = 1; i <= BW_DESK_QUEUE; i++) {
        post(i == BW_DESK_QUEUE ? BW_COMMAND_CODE : BW_COMMAND_COUNTS, i);
    }
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_COUNTS);
    assert_false(bw_desk_thread_post(thread, &command));
    bw_desk_thread_stop(thread);
    assert_int_equal(bw_desk_thread_start(thread, NULL), BW_OK);
    bw_desk_thread_join(thread);
    assert_int_equal(events_in_store(), 1);
    assert_false(bw_desk_thread_post(thread, &command));
}

static void
store_that_is_not_there_is_no_failure(void **state)
{
    (void)state;
    (void)unlink(fx.path);
    open_thread(NULL);
    assert_int_equal(next_news().kind, BW_NEWS_NONE);
    post(BW_COMMAND_OVERVIEW, 7);
    struct bw_answer answer = next_answer(7);
    assert_int_equal(answer.kind, BW_ANSWER_ERROR);
    bw_answer_finish(&answer);
}

static void
session_that_is_not_its_own_is_a_failure_and_no_first_start(void **state)
{
    (void)state;
    open_thread("NIET-2025");
    struct bw_desk_news news = next_news();
    assert_int_equal(news.kind, BW_NEWS_FAILED);
    assert_non_null(strstr(news.error.text, "NIET-2025"));
}

static void
reopening_finds_what_was_written(void **state)
{
    (void)state;
    open_thread(NULL);
    expect_open(false);
    post(BW_COMMAND_CODE, 1);
    struct bw_answer answer = next_answer(1);
    bw_answer_finish(&answer);
    bw_desk_thread_reopen(thread);
    expect_open(false);
    post(BW_COMMAND_CODE, 2);
    answer = next_answer(2);
    assert_int_equal(answer.verdict.verdict, BW_VERDICT_ALREADY_IN);
    bw_answer_finish(&answer);
}

static void
practice_happens_on_a_copy_that_goes_with_it(void **state)
{
    (void)state;
    char copy[600];
    struct stat about;
    (void)snprintf(copy, sizeof copy, "%s.rehearsal", fx.path);
    open_thread(NULL);
    expect_open(false);
    bw_desk_thread_rehearse(thread, true);
    expect_open(true);
    assert_int_equal(stat(copy, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    post(BW_COMMAND_CODE, 1);
    struct bw_answer answer = next_answer(1);
    assert_int_equal(answer.verdict.verdict, BW_VERDICT_WELCOME);
    bw_answer_finish(&answer);
    bw_desk_thread_rehearse(thread, false);
    expect_open(false);
    assert_int_not_equal(stat(copy, &about), 0);
    assert_int_equal(events_in_store(), 0);
}

static void
copy_that_cannot_be_made_is_told_and_is_no_practice(void **state)
{
    (void)state;
    char copy[600];
    (void)snprintf(copy, sizeof copy, "%s.rehearsal", fx.path);
    open_thread(NULL);
    expect_open(false);
    assert_int_equal(mkdir(copy, 0700), 0);
    bw_desk_thread_rehearse(thread, true);
    struct bw_desk_news news = next_news();
    assert_int_equal(news.kind, BW_NEWS_OPENED);
    assert_false(news.rehearsal);
    assert_int_not_equal(news.error.status, BW_OK);
    (void)rmdir(copy);
}

static void
nothing_at_all_can_be_given_to_every_function(void **state)
{
    (void)state;
    struct bw_desk_news news;
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_COUNTS);
    assert_false(bw_desk_thread_post(NULL, &command));
    assert_false(bw_desk_thread_pop(NULL, &news));
    bw_desk_thread_reopen(NULL);
    bw_desk_thread_stop(NULL);
    bw_desk_thread_join(NULL);
    bw_desk_thread_destroy(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            answers_come_in_the_order_of_commands, start, end),
        cmocka_unit_test_setup_teardown(
            full_queue_refuses_and_what_was_taken_in_is_carried_out, start, end),
        cmocka_unit_test_setup_teardown(
            store_that_is_not_there_is_no_failure, start, end),
        cmocka_unit_test_setup_teardown(
            store_that_is_removed_is_missed_and_no_new_kiosk, start, end),
        cmocka_unit_test_setup_teardown(
            store_that_is_closed_is_free_for_others_till_it_is_opened, start, end),
        cmocka_unit_test_setup_teardown(
            session_that_is_not_its_own_is_a_failure_and_no_first_start, start, end),
        cmocka_unit_test_setup_teardown(reopening_finds_what_was_written, start, end),
        cmocka_unit_test_setup_teardown(
            practice_happens_on_a_copy_that_goes_with_it, start, end),
        cmocka_unit_test_setup_teardown(
            copy_that_cannot_be_made_is_told_and_is_no_practice, start, end),
        cmocka_unit_test(nothing_at_all_can_be_given_to_every_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
