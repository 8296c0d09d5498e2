/* Several workers at one carrier, with a central database on a server. */
#include "tests/sync/exchange/office/merge/merge_world.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { WORKERS = 3, ON_STICK = 100, SKIPPED = 77 };

static struct postgres server;

struct worker {
    struct merge_world world; /* of its own: the summary, and a connection */
    struct bw_central *central;
    pthread_t thread;
    enum bw_status status;
};

static void
bytes_write(const char *path, const unsigned char *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

/* Each goes through the same folder, and goes on elsewhere where it meets another. */
static void *
read_folder(void *context)
{
    struct worker *worker = context;
    struct bw_error err = {.text = ""};
    struct bw_exchange_post post = worker->world.desk.post;
    char path[600];
    post.central = worker->central;
    (void)snprintf(path, sizeof path, "%s/stick", worker->world.desk.office.folder);
    worker->status = bw_round_stick(&post, path, &worker->world.summary, &err);
    return NULL;
}

static void
workers_on_one_carrier_take_each_letter_once(void **state)
{
    struct merge_world *world = *state;
    struct bw_error err = {.text = ""};
    struct worker workers[WORKERS];
    int64_t accepted = 0;
    char path[600];
    (void)snprintf(path, sizeof path, "%s/stick", world->desk.office.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    struct sender *senders[] = {&world->kiosk, &world->beside};
    for (uint64_t seq = 1; seq <= ON_STICK; seq++) {
        for (int i = 0; i < 2; i++) {
            (void)sender_arrived(senders[i], world->people[seq % PEOPLE]);
            struct sent sent = sender_letter(senders[i], seq, seq, SENDER_START_MS);
            (void)snprintf(path, sizeof path, "stick/%s", sent.name);
            bytes_write(office_path(&world->desk.office, path), sent.bytes, sent.length);
            sent_finish(&sent);
        }
    }
    postgres_place(&server);
    bw_central_close(world_copy(world, server.uri));
    for (int i = 0; i < WORKERS; i++) {
        workers[i].world = *world;
        workers[i].world.summary = (struct bw_round_summary){0};
        must(bw_central_open(server.uri, BW_CENTRAL_OPEN, &workers[i].central, &err),
            &err);
        assert_int_equal(
            pthread_create(&workers[i].thread, NULL, read_folder, &workers[i]), 0);
    }
    for (int i = 0; i < WORKERS; i++) {
        (void)pthread_join(workers[i].thread, NULL);
        assert_int_equal(workers[i].status, BW_OK);
        accepted += workers[i].world.summary.accepted;
        assert_int_equal(workers[i].world.summary.aside, 0);
        bw_round_summary_finish(&workers[i].world.summary);
    }
    assert_int_equal(accepted, 2 * ON_STICK);
    assert_int_equal(
        world_number(workers[0].central, "SELECT count(*) FROM event"), 2 * ON_STICK);
    assert_int_equal(
        world_number(workers[0].central, "SELECT min(receipt_seq) FROM device"
                                         " WHERE device < 3"),
        ON_STICK);
    for (int i = 0; i < WORKERS; i++) {
        bw_central_close(workers[i].central);
    }
    postgres_clear(&server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            workers_on_one_carrier_take_each_letter_once, world_setup, world_teardown),
    };
    if (!postgres_start(&server)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return SKIPPED;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    postgres_stop(&server);
    return failed;
}
