/* The office's round: roster letters out, letters in, and what may go. */
#include "tests/sync/testing.h"

#include "exchange/office/carriers.h"
#include "office/kiosk.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    struct desk desk;
    struct sender kiosk;
    struct bw_round_summary summary;
    char folder[200]; /* of the carrier */
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    desk_open(&world->desk, 8);
    people_sign_up(&world->desk.office, 6);
    (void)snprintf(world->folder, sizeof world->folder, "%s/central.db.letters",
        world->desk.office.folder);
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    bw_round_summary_finish(&world->summary);
    sender_finish(&world->kiosk);
    desk_close(&world->desk);
    free(world);
    return 0;
}

static void
round_out(struct world *world)
{
    struct bw_error err;
    bw_round_summary_finish(&world->summary);
    if (bw_round_out(&world->desk.post, &world->summary, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

static void
round_in(struct world *world)
{
    struct bw_error err;
    bw_round_summary_finish(&world->summary);
    if (bw_round_in(&world->desk.post, &world->summary, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

/* The newest roster letter in a folder, opened by `reader`. */
struct opened {
    struct bw_roster_letter letter;
    struct bw_roster_counts counts;
};

static void
opened_read(struct world *world, const char *folder, const struct bw_identity *reader,
    struct opened *opened)
{
    struct bw_error err;
    char best[300] = "", path[700];
    uint64_t newest = 0;
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        struct bw_letter_name name;
        if (bw_letter_name_parse(entry->d_name, &name) && name.kind == BW_LETTER_ROSTER &&
            name.to >= newest) {
            newest = name.to;
            (void)snprintf(best, sizeof best, "%s", entry->d_name);
        }
    }
    (void)closedir(listing);
    (void)snprintf(path, sizeof path, "%s/%s", folder, best);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    static unsigned char bytes[1 << 20];
    size_t length = fread(bytes, 1, sizeof bytes, file), content_bytes = 0;
    (void)fclose(file);
    struct bw_letter_head head;
    char *content = NULL;
    if (bw_letter_open(bytes, length, world->desk.post.office.sign_public, reader, &head,
            &content, &content_bytes, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    struct bw_roster_sink nowhere = {.context = NULL};
    if (bw_roster_read(&head, content, content_bytes, &nowhere, &opened->letter,
            &opened->counts, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_letter_content_free(content, content_bytes);
}

static void
first_roster_is_whole_and_sealed_to_the_one_time_key(void **state)
{
    struct world *world = *state;
    struct opened opened;
    sender_enrol(&world->kiosk, &world->desk, "S-1");
    round_out(world);
    assert_int_equal(world->summary.written, 1);
    opened_read(world, world->folder, &world->kiosk.first, &opened); /* XR3 */
    assert_int_equal(opened.letter.from, 0);
    assert_int_equal(opened.counts.registrations, 6); /* XW1 */
    assert_int_equal(opened.counts.sessions, 1);
    assert_false(opened.letter.introduced);
}

#define SEVENTY                                                                          \
    "WITH RECURSIVE n(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM n WHERE n < 1069)"

/* Machines that moved often, sheets that went astray: a kiosk takes so many and no more,
 * and would refuse the whole letter. */
static void
of_more_revoked_kiosks_than_a_kiosk_takes_the_last_are_told(void **state)
{
    struct world *world = *state;
    struct opened opened;
    sender_open(&world->kiosk, &world->desk, "S-1");
    (void)desk_number(&world->desk,
        SEVENTY " INSERT INTO device (device, name, enrolled_ms, sign_public,"
                " box_public, state, revoked_ms, revoked_seq, revoked_hash)"
                " SELECT n, 'weg', 0, zeroblob(32), zeroblob(32), 2, n, 0,"
                " zeroblob(32) FROM n RETURNING device");
    (void)desk_number(&world->desk,
        SEVENTY " INSERT INTO device_session (device, session_no, rank)"
                " SELECT n, 1, 0 FROM n RETURNING device");
    round_out(world);
    opened_read(world, world->folder, &world->kiosk.own, &opened);
    assert_int_equal(opened.counts.revoked, BW_PEERS_MAX);
}

static void
a_database_whose_own_row_is_gone_is_told_in_a_sentence(void **state)
{
    struct world *world = *state;
    struct bw_error err = {.text = ""};
    sender_open(&world->kiosk, &world->desk, "S-1");
    (void)desk_number(&world->desk, "DELETE FROM central RETURNING one");
    assert_int_equal(bw_round_pack(&world->desk.post, 0, world->folder, true,
                         &world->summary, NULL, &err),
        BW_CORRUPT);
    assert_non_null(strstr(err.text, "restore it from a copy"));
}

static void
nothing_new_writes_nothing(void **state)
{
    struct world *world = *state;
    sender_open(&world->kiosk, &world->desk, "S-1");
    round_out(world);
    int64_t revision = desk_number(&world->desk, "SELECT revision FROM session");
    round_out(world);
    assert_int_equal(world->summary.written, 0); /* XN2 */
    assert_int_equal(desk_number(&world->desk, "SELECT revision FROM session"), revision);
}

static void
letter_that_got_lost_is_made_anew(void **state)
{
    struct world *world = *state;
    struct opened opened;
    sender_open(&world->kiosk, &world->desk, "S-1");
    folder_remove(world->folder);
    round_out(world);
    assert_int_equal(world->summary.written, 1); /* XR2 */
    opened_read(world, world->folder, &world->kiosk.own, &opened);
    assert_true(opened.letter.introduced);
}

/* The newest roster letter in the carrier's folder. */
static void
newest_find(struct world *world, char ret_path[700])
{
    uint64_t newest = 0;
    DIR *listing = opendir(world->folder);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        struct bw_letter_name name;
        if (bw_letter_name_parse(entry->d_name, &name) && name.kind == BW_LETTER_ROSTER &&
            name.to > newest) {
            newest = name.to;
            (void)snprintf(ret_path, 700, "%s/%s", world->folder, entry->d_name);
        }
    }
    (void)closedir(listing);
    assert_true(newest > 0);
}

static void
letter_that_was_cut_on_its_carrier_is_made_anew(void **state)
{
    struct world *world = *state;
    struct opened opened;
    char path[700] = "";
    sender_open(&world->kiosk, &world->desk, "S-1");
    round_out(world);
    newest_find(world, path);
    assert_int_equal(truncate(path, 300), 0);
    round_out(world);
    assert_int_equal(world->summary.written, 1); /* XR2 */
    assert_int_not_equal(access(path, F_OK), 0);
    opened_read(world, world->folder, &world->kiosk.own, &opened);
    assert_int_equal(opened.letter.from, 0);
    round_out(world);
    assert_int_equal(world->summary.written, 0);
}

static void
next_letter_carries_what_changed_since_what_the_kiosk_holds(void **state)
{
    struct world *world = *state;
    struct opened opened;
    sender_open(&world->kiosk, &world->desk, "S-1");
    round_out(world);
    opened_read(world, world->folder, &world->kiosk.own, &opened);
    world->kiosk.held_count = 1;
    world->kiosk.held[0] = (struct bw_hello_held){1, 1, opened.letter.to};
    (void)sender_send(&world->kiosk, &world->summary);
    uint64_t before = opened.letter.to;
    assert_int_equal(office_run(&world->desk.office, "cancel",
                         office_code(&world->desk.office, "Piet' AND name = 'P3"), NULL),
        BW_EXIT_DONE);
    round_out(world);
    opened_read(world, world->folder, &world->kiosk.own, &opened);
    assert_int_equal(opened.letter.from, before);
    assert_true(opened.letter.to > before);           /* XR1 */
    assert_int_equal(opened.counts.registrations, 1); /* XW2 */
    assert_int_equal(opened.counts.sessions, 0);
}

static void
receipt_goes_back_and_events_of_others_come_along(void **state)
{
    struct world *world = *state;
    struct sender other;
    struct opened opened;
    sender_open(&world->kiosk, &world->desk, "S-1");
    sender_open(&other, &world->desk, "S-1");
    (void)sender_arrived(&other, people_code(&world->desk.office, 0));
    (void)sender_send(&other, &world->summary);
    world->desk.now_ms = SENDER_AFTER_MS; /* it's over: who waits for a receipt gets it */
    round_out(world);
    opened_read(world, world->folder, &other.own, &opened);
    assert_int_equal(opened.letter.receipt.seq, 1);
    assert_memory_equal(opened.letter.receipt.hash, other.events[0].hash, BW_HASH_BYTES);
    assert_int_equal(opened.counts.events, 0);
    assert_int_equal(opened.counts.peers, 1);
    sender_finish(&other);
}

static void
carrier_is_read_and_taken_events_go_after_a_week(void **state)
{
    struct world *world = *state;
    char path[700];
    sender_open(&world->kiosk, &world->desk, "S-1");
    (void)sender_arrived(&world->kiosk, people_code(&world->desk.office, 0));
    struct sent sent = sender_letter(&world->kiosk, 1, 1, SENDER_START_MS);
    (void)snprintf(path, sizeof path, "%s/%s", world->folder, sent.name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(sent.bytes, 1, sent.length, file), sent.length);
    assert_int_equal(fclose(file), 0);
    round_in(world);
    assert_int_equal(world->summary.accepted, 1);
    round_in(world);
    assert_int_equal(world->summary.looked_at, 0);
    world->desk.now_ms += BW_ROUND_KEPT_MS - 1000;
    round_out(world);
    assert_int_equal(access(path, F_OK), 0);
    world->desk.now_ms += 2000;
    round_out(world);
    assert_int_not_equal(access(path, F_OK), 0); /* XN3 */
    sent_finish(&sent);
}

static void
carrier_that_is_no_folder_is_noted_and_fails_nothing(void **state)
{
    struct world *world = *state;
    sender_open(&world->kiosk, &world->desk, "S-1");
    folder_remove(world->folder);
    (void)office_write(&world->desk.office, "central.db.letters", "no folder");
    round_in(world);
    assert_int_equal(world->summary.offline, 1); /* XN1 */
    round_out(world);
    assert_int_equal(world->summary.offline, 1);
}

static void
stick_is_taken_and_gets_its_receipts(void **state)
{
    struct world *world = *state;
    struct bw_error err;
    struct opened opened;
    char stick[300], path[700];
    sender_open(&world->kiosk, &world->desk, "S-1");
    (void)sender_arrived(&world->kiosk, people_code(&world->desk.office, 0));
    struct sent sent = sender_letter(&world->kiosk, 1, 1, SENDER_START_MS);
    (void)snprintf(stick, sizeof stick, "%s/stick", world->desk.office.folder);
    assert_int_equal(mkdir(stick, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/%s", stick, sent.name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(sent.bytes, 1, sent.length, file), sent.length);
    assert_int_equal(fclose(file), 0);
    enum bw_exit result = office_run(&world->desk.office, "status", NULL);
    assert_true(result == BW_EXIT_DONE || result == BW_EXIT_LOOK);
    if (bw_round_stick(&world->desk.post, stick, &world->summary, &err) != BW_OK ||
        bw_round_pack(&world->desk.post, world->kiosk.device, stick, false,
            &world->summary, NULL, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    opened_read(world, stick, &world->kiosk.own, &opened);
    assert_int_equal(opened.letter.receipt.seq, 1);
    sent_finish(&sent);
}

static void
second_kiosk_is_named_to_the_first(void **state)
{
    struct world *world = *state;
    struct bw_office office = {
        .central = world->desk.central, .clock = world->desk.clock};
    struct sender second;
    struct opened opened;
    int64_t *behind = NULL;
    size_t count = 0;
    sender_open(&world->kiosk, &world->desk, "S-1");
    sender_enrol(&second, &world->desk, "S-1");
    assert_int_equal(bw_office_kiosks_behind(&office, &behind, &count, NULL), BW_OK);
    assert_int_equal(count, 2); /* the second has none at all */
    assert_int_equal(behind[0], world->kiosk.device);
    free(behind);
    round_out(world);
    opened_read(world, world->folder, &second.first, &opened);
    assert_int_equal(opened.counts.peers, 1);
    sender_finish(&second);
}

#define A_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(first_roster_is_whole_and_sealed_to_the_one_time_key),
        A_TEST(of_more_revoked_kiosks_than_a_kiosk_takes_the_last_are_told),
        A_TEST(a_database_whose_own_row_is_gone_is_told_in_a_sentence),
        A_TEST(nothing_new_writes_nothing),
        A_TEST(letter_that_got_lost_is_made_anew),
        A_TEST(letter_that_was_cut_on_its_carrier_is_made_anew),
        A_TEST(next_letter_carries_what_changed_since_what_the_kiosk_holds),
        A_TEST(receipt_goes_back_and_events_of_others_come_along),
        A_TEST(carrier_is_read_and_taken_events_go_after_a_week),
        A_TEST(carrier_that_is_no_folder_is_noted_and_fails_nothing),
        A_TEST(stick_is_taken_and_gets_its_receipts),
        A_TEST(second_kiosk_is_named_to_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
