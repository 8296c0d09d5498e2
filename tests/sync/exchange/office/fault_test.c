/* The office's half with a disk that fails and memory that ends: merging an introduction
 * and a letter of events, the round out, revoke, and the office's part of enrol. At every
 * write of the database and at every allocation there is, one run each: what says that it
 * failed left nothing half, and the next run ends as one without a fault.
 *
 * Not every step is struck each time: BW_STRIKE_ALL=1 strikes all. */
#include "tests/sync/testing.h"
#include "tests/pace.h"

#include "office/kiosk.h"
#include "tests/core/store/faulty_vfs.h"
#include "tests/sync/exchange/failing_memory.h"
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUNS_MAX = 20000, DUMP_BYTES = 1 << 18, PEOPLE = 4 };

static int
install(void **state)
{
    (void)state;
    return failing_memory_install() && faulty_vfs_install() ? 0 : -1;
}

/* ---- an office with something to do ---- */

struct world {
    struct desk desk;
    struct sender kiosk,
        fresh; /* the second was enrolled, and is about to say who it is */
    struct sent events, introduction;
    int written; /* by the last round */
};

static void
central_open(struct desk *desk)
{
    struct bw_error err;
    if (bw_central_open(desk->office.uri, BW_CENTRAL_OPEN, &desk->central, &err) !=
            BW_OK ||
        bw_exchange_post_init(&desk->post, desk->central,
            bw_central_key_path(desk->central), &desk->clock, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

static void
central_close(struct desk *desk)
{
    bw_exchange_post_finish(&desk->post);
    bw_central_close(desk->central);
    desk->central = NULL;
}

static void
shell(const struct world *world, const char *command)
{
    assert_int_equal(setenv("OFFICE", world->desk.office.folder, 1), 0);
    assert_int_equal(system(command), 0);
}

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    desk_open(&world->desk, 8);
    desk_second_session(&world->desk);
    people_sign_up(&world->desk.office, PEOPLE);
    sender_open(&world->kiosk, &world->desk, "S-1");
    sender_enrol(&world->fresh, &world->desk, "S-1,S-2");
    for (int i = 0; i < PEOPLE; i++) {
        (void)sender_arrived(&world->kiosk, people_code(&world->desk.office, i));
    }
    (void)sender_walk_in(&world->kiosk, "Wim");
    (void)sender_event(&world->kiosk, /* of a session that isn't its own: quarantine */
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_TICKET,
            .session_no = 2,
            .home_session_no = 2,
            .code = 77});
    world->events = sender_letter(&world->kiosk, 1, world->kiosk.count, SENDER_START_MS);
    world->introduction = sender_introduction(&world->fresh);
    central_close(&world->desk);
    shell(world, "cp -a $OFFICE $OFFICE.kept");
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    shell(world, "rm -rf $OFFICE.kept");
    central_open(&world->desk);
    sent_finish(&world->events);
    sent_finish(&world->introduction);
    sender_finish(&world->kiosk);
    sender_finish(&world->fresh);
    desk_close(&world->desk);
    free(world);
    return 0;
}

/* ---- what is tried ---- */

static enum bw_status
take(struct world *world, const struct sent *sent, struct bw_error *err)
{
    struct bw_round_summary summary = {0};
    enum bw_merge_outcome outcome = BW_MERGE_LEFT;
    struct bw_merge merge = {.central = world->desk.central,
        .office = &world->desk.post.office,
        .clock = &world->desk.clock,
        .way = "letter",
        .tells_again = true,
        .summary = &summary};
    enum bw_status status =
        bw_merge_letter(&merge, sent->name, sent->bytes, sent->length, &outcome, err);
    if (status == BW_OK && outcome != BW_MERGE_TAKEN && outcome != BW_MERGE_PASSED) {
        fail_msg("set aside or left: %s",
            summary.notes_count ? summary.notes[0] : "without a word");
    }
    bw_round_summary_finish(&summary);
    return status;
}

static enum bw_status
take_events(struct world *world, struct bw_error *err)
{
    return take(world, &world->events, err);
}

static enum bw_status
take_introduction(struct world *world, struct bw_error *err)
{
    return take(world, &world->introduction, err);
}

static enum bw_status
round_out(struct world *world, struct bw_error *err)
{
    struct bw_round_summary summary = {0};
    enum bw_status status = bw_round_out(&world->desk.post, &summary, err);
    world->written = summary.written;
    bw_round_summary_finish(&summary);
    return status;
}

static enum bw_status
take_out(struct world *world, struct bw_error *err)
{
    struct bw_office office = {
        .central = world->desk.central, .clock = world->desk.clock};
    uint64_t seq = 0;
    bool heard = false;
    return bw_office_kiosk_revoke(&office, world->kiosk.device, "weg", &seq, &heard, err);
}

/* One kiosk more, once: its name tells whether it is there. */
static enum bw_status
enrol(struct world *world, struct bw_error *err)
{
    static const uint8_t sign[BW_PUBLIC_KEY_BYTES] = {1}, box[BW_BOX_KEY_BYTES] = {2};
    struct bw_office office = {
        .central = world->desk.central, .clock = world->desk.clock};
    struct bw_kiosk_request request = {.sessions = "S-1,S-2", .name = "Deur"};
    struct bw_kiosk_plan plan;
    int64_t there = 0;
    enum bw_status status = bw_central_number(world->desk.central,
        "SELECT count(*) FROM device WHERE name = 'Deur'", NULL, 0, 0, &there, err);
    if (status != BW_OK || there > 0) {
        return status;
    }
    status = bw_office_kiosk_plan(&office, &request, &plan, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_central_begin(world->desk.central, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_office_kiosk_put(&office, &plan, sign, box, err);
    if (status == BW_OK) {
        status = bw_central_commit(world->desk.central, err);
    }
    bw_central_rollback(world->desk.central); /* nothing, where it was committed */
    return status;
}

/* ---- what stands after it ---- */

static void
dump_table(sqlite3 *db, const char *sql, char *text)
{
    sqlite3_stmt *rows = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            size_t used = strlen(text);
            if (sqlite3_column_type(rows, i) != SQLITE_BLOB) {
                const char *value = (const char *)sqlite3_column_text(rows, i);
                (void)snprintf(
                    text + used, DUMP_BYTES - used, "%s|", value ? value : "-");
                continue;
            }
            const uint8_t *bytes = sqlite3_column_blob(rows, i);
            for (int at = 0; at < sqlite3_column_bytes(rows, i); at++) {
                (void)snprintf(
                    text + used, DUMP_BYTES - used, "%02x", (unsigned)bytes[at]);
                used += 2;
            }
        }
        assert_true(strlen(text) < DUMP_BYTES - 1000);
        strcat(text, "\n");
    }
    (void)sqlite3_finalize(rows);
}

/* All that the office knows of kiosks and their letters; the caller frees. */
static char *
dump(const struct world *world)
{
    static const char *const tables[] = {"SELECT * FROM session ORDER BY 1",
        "SELECT * FROM device ORDER BY 1", "SELECT * FROM device_session ORDER BY 1, 2",
        "SELECT * FROM event ORDER BY session_no, device, seq, hash",
        "SELECT * FROM event_details ORDER BY session_no, device, seq, hash",
        "SELECT * FROM head_statement ORDER BY 1, 2, 3, 4",
        "SELECT * FROM heard ORDER BY 1, 2", "SELECT * FROM introduction ORDER BY 1, 2",
        "SELECT * FROM letter_in ORDER BY 1", "SELECT * FROM quarantine ORDER BY 1, 2, 3",
        "SELECT epoch, carriers FROM central"};
    char path[300];
    sqlite3 *db = NULL;
    char *text = calloc(1, DUMP_BYTES);
    assert_non_null(text);
    (void)snprintf(path, sizeof path, "%s/central.db", world->desk.office.folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        dump_table(db, tables[i], text);
    }
    (void)sqlite3_close(db);
    return text;
}

/* Every kiosk's newest roster is on the carrier, and there is nothing more to tell. */
static void
check_told(struct world *world)
{
    char path[400], sql[200];
    struct bw_error err;
    static const char newest[] = "FROM letter_out o WHERE o.to_revision = (SELECT"
                                 " max(p.to_revision) FROM letter_out p WHERE p.device ="
                                 " o.device AND p.session_no = o.session_no)";
    (void)snprintf(sql, sizeof sql, "SELECT count(*) %s", newest);
    assert_int_equal(desk_number(&world->desk, sql), 3); /* kiosk, and twice the fresh */
    for (int i = 0; i < 3; i++) {
        (void)snprintf(
            sql, sizeof sql, "SELECT o.name %s ORDER BY 1 LIMIT 1 OFFSET %d", newest, i);
        (void)snprintf(path, sizeof path, "%s/central.db.letters/%s",
            world->desk.office.folder, office_text(&world->desk.office, sql));
        path[strcspn(path, "|")] = '\0';
        if (access(path, R_OK) != 0) {
            fail_msg("%s isn't there", path);
        }
    }
    assert_int_equal(round_out(world, &err), BW_OK);
    assert_int_equal(world->written, 0);
}

/* ---- striking ---- */

typedef enum bw_status work_of(struct world *world, struct bw_error *err);

enum how { MEMORY, WRITE, POWER };

struct trial {
    work_of *work;
    bool rounds; /* several transactions, and random names: see check_told */
};

static void
arm(enum how how, int64_t n)
{
    if (how == MEMORY) {
        failing_memory_arm(n);
    } else {
        faulty_vfs_arm(how == WRITE ? FAULT_ONCE : FAULT_POWER_CUT, n, (uint64_t)n + 1);
    }
}

static bool
disarm(enum how how)
{
    bool was = how == MEMORY ? failing_memory_struck() : faulty_vfs_struck();
    failing_memory_arm(-1);
    return was;
}

static void
put_back(struct world *world)
{
    shell(world, "rm -r $OFFICE && cp -a $OFFICE.kept $OFFICE");
}

/* One run with its nth step struck, and one after it. False: there was no nth step. */
static bool
strike(struct world *world, const struct trial *trial, enum how how, int64_t n,
    const char *before, const char *done)
{
    struct bw_error err = {.text = ""};
    put_back(world);
    central_open(&world->desk);
    arm(how, n);
    enum bw_status status = trial->work(world, &err);
    bool was = disarm(how);
    if (how == MEMORY && status != BW_OK && status != BW_NO_MEMORY) {
        fail_msg("allocation %lld: status %d: %s", (long long)n, (int)status, err.text);
    }
    assert_true(was || status == BW_OK);
    assert_true(status == BW_OK || err.text[0] != '\0');
    assert_false(bw_central_in_transaction(world->desk.central));
    central_close(&world->desk);
    faulty_vfs_arm(FAULT_NONE, 0, 0);
    if (!trial->rounds) {
        char *after = dump(world);
        if (strcmp(after, done) != 0 && (status == BW_OK || strcmp(after, before) != 0)) {
            fail_msg("step %lld (status %d, %s): neither before nor done:\n%s",
                (long long)n, (int)status, err.text, after);
        }
        free(after);
    }
    central_open(&world->desk);
    if (trial->work(world, &err) != BW_OK) {
        fail_msg("again after step %lld: %s", (long long)n, err.text);
    }
    if (trial->rounds) {
        check_told(world);
    }
    central_close(&world->desk);
    if (!trial->rounds) {
        char *after = dump(world);
        assert_string_equal(after, done);
        free(after);
    }
    return was;
}

static void
strike_all(struct world *world, struct trial trial, enum how how, int stride)
{
    struct bw_error err;
    int step = pace_stride(stride);
    put_back(world);
    char *before = dump(world);
    central_open(&world->desk);
    if (trial.work(world, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    central_close(&world->desk);
    char *done = dump(world);
    assert_string_not_equal(before, done);
    int64_t n = how == MEMORY ? 0 : 1; /* writes are counted from 1 */
    while (n < RUNS_MAX && strike(world, &trial, how, n, before, done)) {
        n += n < 8 ? 1 : step;
    }
    assert_in_range(n, 3, RUNS_MAX - 1);
    free(before);
    free(done);
}

#define A_TRIAL(name, work, rounds, how, stride)                                         \
    static void name(void **state)                                                       \
    {                                                                                    \
        strike_all(*state, (struct trial){work, rounds}, how, stride);                   \
    }

A_TRIAL(a_letter_with_a_failing_write_is_in_whole_or_not, take_events, false, WRITE, 3)
A_TRIAL(a_letter_with_the_power_cut_is_in_whole_or_not, take_events, false, POWER, 3)
A_TRIAL(a_letter_without_memory_is_in_whole_or_not, take_events, false, MEMORY, 29)
A_TRIAL(an_introduction_with_a_failing_write, take_introduction, false, WRITE, 3)
A_TRIAL(an_introduction_with_the_power_cut, take_introduction, false, POWER, 3)
A_TRIAL(an_introduction_without_memory, take_introduction, false, MEMORY, 29)
A_TRIAL(a_round_with_a_failing_write_is_made_good_by_the_next, round_out, true, WRITE, 5)
A_TRIAL(a_round_with_the_power_cut_is_made_good_by_the_next, round_out, true, POWER, 5)
A_TRIAL(a_round_without_memory_is_made_good_by_the_next, round_out, true, MEMORY, 97)
A_TRIAL(a_revoke_with_a_failing_write, take_out, false, WRITE, 3)
A_TRIAL(a_revoke_with_the_power_cut, take_out, false, POWER, 3)
A_TRIAL(a_revoke_without_memory, take_out, false, MEMORY, 7)
A_TRIAL(an_enrolment_with_a_failing_write, enrol, false, WRITE, 3)
A_TRIAL(an_enrolment_with_the_power_cut, enrol, false, POWER, 3)
A_TRIAL(an_enrolment_without_memory, enrol, false, MEMORY, 13)

int
main(void)
{
#define A_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        A_TEST(a_letter_with_a_failing_write_is_in_whole_or_not),
        A_TEST(a_letter_with_the_power_cut_is_in_whole_or_not),
        A_TEST(a_letter_without_memory_is_in_whole_or_not),
        A_TEST(an_introduction_with_a_failing_write),
        A_TEST(an_introduction_with_the_power_cut),
        A_TEST(an_introduction_without_memory),
        A_TEST(a_round_with_a_failing_write_is_made_good_by_the_next),
        A_TEST(a_round_with_the_power_cut_is_made_good_by_the_next),
        A_TEST(a_round_without_memory_is_made_good_by_the_next),
        A_TEST(a_revoke_with_a_failing_write),
        A_TEST(a_revoke_with_the_power_cut),
        A_TEST(a_revoke_without_memory),
        A_TEST(an_enrolment_with_a_failing_write),
        A_TEST(an_enrolment_with_the_power_cut),
        A_TEST(an_enrolment_without_memory),
    };
    return cmocka_run_group_tests(tests, install, NULL);
}
