/* The desk with memory that ends: at every allocation of a command, SQLite's and our own,
 * once each. The command says so, or goes through; either way the log holds all of it or
 * nothing, the next command works, and what is in memory is what the log says. */
#include "help.h"
#include "tests/core/presence/story.h"
#include "tests/sync/exchange/failing_memory.h"
#include "tests/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Every allocation; under a sanitizer the first few, and every seventh of the others. */
enum { RUNS_MAX = 20000, EACH = 60, STRIDE = 1, STRANGER = 9 };

/* After so many a new day begins: each leaves events, and all are read after each. */
enum { STRIKES_A_DAY = 100 };

typedef void prepare(void);
typedef const struct bw_answer *act(void);

static void
nothing(void)
{
}

static void
fatima_is_out(void)
{
    (void)by_code(BW_COMMAND_UNDO, FATIMA);
}

/* With one arrival in force, so that one event takes it back. */
static void
fatima_is_in(void)
{
    fatima_is_out();
    (void)by_code(BW_COMMAND_CODE, FATIMA);
}

/* A roster that says something else than before: all of it is read anew. */
static void
roster_changes(void)
{
    static bool confirmed;
    confirmed = !confirmed;
    fixture_person(
        &fx, "WWWW0003", "Zoë", "Zuidema", confirmed ? BW_CONFIRMED : BW_WAITLISTED, 0);
}

/* What was folded is to be folded anew. */
static void
quarantine_changes(void)
{
    static int64_t times;
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(
        bw_store_set_number(store, BW_NUMBER_REFOLDED, ++times, NULL), BW_OK);
    bw_store_close(store);
}

static uint64_t peer_seq;

static void
peer_writes(void)
{
    uint64_t seq = ++peer_seq;
    struct bw_event event = {
        .id = {STRANGER, seq},
        .wall_ms = fx.at.wall_ms,
        .hlc = bw_hlc_next(0, fx.at.wall_ms),
        .kind = seq % 2 ? BW_EVENT_ARRIVED : BW_EVENT_LEFT,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_STAFF,
        .session_no = FIXTURE_SESSION,
        .code = code_of(ANNA),
    };
    bw_event_hash(&event, event.hash);
    struct bw_store *store = fixture_store(&fx, BW_STORE_SYNC);
    assert_int_equal(bw_store_put_peer_event(store, &event, NULL, NULL), BW_OK);
    bw_store_close(store);
}

static const struct bw_answer *
scans(void)
{
    return scan(FIXTURE_SESSION, FATIMA, 0);
}

static const struct bw_answer *
scans_elsewhere(void)
{
    return scan(FIXTURE_ELSEWHERE, GUUS, 1);
}

static const struct bw_answer *
leaves(void)
{
    return by_code(BW_COMMAND_LEAVE, FATIMA);
}

static const struct bw_answer *
undoes(void)
{
    return by_code(BW_COMMAND_UNDO, FATIMA);
}

static const struct bw_answer *
walks_in(void)
{
    return newcomer(BW_COMMAND_WALK_IN, "Ayla", "");
}

static const struct bw_answer *
queues(void)
{
    return newcomer(BW_COMMAND_QUEUE, "Bo", "");
}

static const struct bw_answer *
searches(void)
{
    struct bw_command command = staff(BW_COMMAND_SEARCH);
    (void)strcpy(command.search.text, "a");
    return run(&command);
}

static const struct bw_answer *
lists(void)
{
    struct bw_command command = staff(BW_COMMAND_LIST);
    command.list.filter = BW_LIST_PRESENT;
    return run(&command);
}

static const struct bw_answer *
finds(void)
{
    struct bw_command command = staff(BW_COMMAND_FIND);
    (void)strcpy(command.find.text, "fatima el");
    return run(&command);
}

static const struct bw_answer *
looks_back(void)
{
    return by_code(BW_COMMAND_HISTORY, FATIMA);
}

static const struct bw_answer *
offers(void)
{
    return simply(BW_COMMAND_OFFERS);
}

static const struct bw_answer *
overview(void)
{
    return simply(BW_COMMAND_OVERVIEW);
}

static const struct bw_answer *
agenda(void)
{
    return simply(BW_COMMAND_AGENDA);
}

static const struct bw_answer *
sessions(void)
{
    return simply(BW_COMMAND_SESSIONS);
}

static const struct bw_answer *
counts(void)
{
    return simply(BW_COMMAND_COUNTS);
}

static const struct bw_answer *
switches(void)
{
    struct bw_command command = staff(BW_COMMAND_SWITCH);
    (void)strcpy(command.session_code, FIXTURE_CODE);
    return run(&command);
}

static const struct bw_answer *
closes(void)
{
    return simply(BW_COMMAND_CLOSE_DAY);
}

static const struct bw_answer *
declares_absent(void)
{
    struct bw_command command = staff(BW_COMMAND_ABSENT);
    command.absent_device = STRANGER;
    return run(&command);
}

struct trial {
    const char *name;
    prepare *prepare;
    act *act;
};

static const struct trial trials[] = {
    {"scan", fatima_is_out, scans},
    {"scan again", fatima_is_in, scans},
    {"scan elsewhere", nothing, scans_elsewhere},
    {"leave", fatima_is_in, leaves},
    {"undo", fatima_is_in, undoes},
    {"walk in", nothing, walks_in},
    {"queue", nothing, queues},
    {"search", nothing, searches},
    {"list", nothing, lists},
    {"find", nothing, finds},
    {"history", fatima_is_in, looks_back},
    {"offers", nothing, offers},
    {"overview", nothing, overview},
    {"agenda", nothing, agenda},
    {"sessions", nothing, sessions},
    {"roster", roster_changes, counts},
    {"fold", quarantine_changes, counts},
    {"peer", peer_writes, counts},
    {"switch", nothing, switches},
    {"close", nothing, closes},
    {"absent", nothing, declares_absent},
};

/* What the desk says now, and what one says that reads all from the log. */
static void
assert_memory_is_the_log(const char *name, int64_t n)
{
    struct bw_ledger held = counts()->ledger;
    struct bw_desk *first = desk;
    desk = fixture_desk(&fx);
    struct bw_ledger folded = counts()->ledger;
    bw_desk_destroy(desk);
    desk = first;
    if (held.present != folded.present || held.held != folded.held ||
        held.waitlisted != folded.waitlisted || held.walk_ins != folded.walk_ins ||
        held.guests != folded.guests || held.free != folded.free) {
        fail_msg("%s, allocation %lld: %d present, and %d by the log", name, (long long)n,
            held.present, folded.present);
    }
}

static bool
strike(const struct trial *trial, int64_t n)
{
    trial->prepare();
    uint64_t before = events();
    failing_memory_arm(n);
    const struct bw_answer *a = trial->act();
    bool struck = failing_memory_struck();
    failing_memory_arm(-1);
    bool failed = a->kind == BW_ANSWER_ERROR;
    if (failed && (!struck || a->failure.error.text[0] == '\0')) {
        fail_msg(
            "%s, allocation %lld: %s", trial->name, (long long)n, a->failure.error.text);
    }
    int listed = a->kind == BW_ANSWER_LIST ? a->list.count : -1;
    uint64_t written = events() - before;
    if (written > (failed ? 0 : 1)) {
        fail_msg(
            "%s, allocation %lld: %d events", trial->name, (long long)n, (int)written);
    }
    assert_memory_is_the_log(trial->name, n);
    trial->prepare();
    if (trial->act()->kind == BW_ANSWER_ERROR) {
        fail_msg("%s after allocation %lld: %s", trial->name, (long long)n,
            answer.failure.error.text);
    }
    if (listed >= 0 && listed != answer.list.count) {
        fail_msg("%s, allocation %lld: %d rows of %d", trial->name, (long long)n, listed,
            answer.list.count);
    }
    return struck;
}

static void
open_day(void)
{
    open_desk(BW_CAPACITY_MAX, 0);
    fixture_sealed(&fx, GUUS, "Guus", "Meijer", BW_CONFIRMED, 1);
    fixture_peer(&fx, STRANGER, fx.at.wall_ms);
    peer_seq = 0;
}

/* D2: what is durable and couldn't be folded is read again. */
static void
memory_that_ends_in_a_command_is_told_and_the_next_one_works(void **state)
{
    (void)state;
    const int stride = pace_stride(STRIDE);
    int strikes = 0;
    open_day();
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
        int64_t n = 0;
        while (strike(&trials[i], n)) {
            n += n < pace_count(EACH) ? 1 : stride;
            assert_true(n < RUNS_MAX);
            if (++strikes % STRIKES_A_DAY == 0) {
                close_desk();
                open_day();
            }
        }
    }
    close_desk();
}

static void
memory_that_ends_while_a_desk_opens_is_told(void **state)
{
    (void)state;
    open_desk(5, 0);
    bw_desk_destroy(desk);
    bool struck = true;
    for (int64_t n = 0; struck; n += n < pace_count(EACH) ? 1 : pace_stride(STRIDE)) {
        struct bw_error err = {0};
        struct bw_store *store = fixture_store(&fx, BW_STORE_KIOSK);
        desk = NULL;
        failing_memory_arm(n);
        enum bw_status status = bw_desk_create(store, &fx.clock, NULL, &desk, &err);
        struck = failing_memory_struck();
        failing_memory_arm(-1);
        assert_true(status == BW_OK ? desk != NULL : struck && err.text[0] != '\0');
        bw_desk_destroy(desk);
    }
    desk = fixture_desk(&fx);
    assert_verdict(scan(FIXTURE_SESSION, FATIMA, 0), BW_VERDICT_WELCOME);
    close_desk();
}

/* ---- presence alone: with references that the stamps contradict, and a ring ---- */

static void
tell_all(struct story *story)
{
    struct bw_event *came = story_tell(story, 1, BW_EVENT_ARRIVED, 5);
    struct bw_event *left = story_tell_of(story, 2, BW_EVENT_LEFT, came);
    left->hlc = (uint64_t)INT64_MAX;
    left->refs[left->refs_count++] = (struct bw_event_id){1, 2};
    bw_event_hash(left, left->hash);
    struct bw_event *back = story_tell_of(story, 1, BW_EVENT_ARRIVED, left);
    (void)story_tell_of(story, 3, BW_EVENT_UNDONE, back);
    struct bw_event *waiting = story_tell(story, 1, BW_EVENT_WAITING, BW_CODE_NONE);
    (void)story_tell_of(story, 2, BW_EVENT_ARRIVED, waiting);
    for (bw_code code = 10; code < 50; code++) {
        (void)story_tell(story, 3, BW_EVENT_ARRIVED, code);
    }
}

static enum bw_status
fold(const struct story *story, bool held, struct bw_presence **ret_presence,
    struct bw_error *err)
{
    enum bw_status status = bw_presence_create(HELP_SESSION, ret_presence, err);
    if (status == BW_OK && held) {
        bw_presence_hold(*ret_presence);
    }
    for (int i = story->count - 1; status == BW_OK && i >= 0; i--) {
        status = bw_presence_add(*ret_presence, &story->events[i], err);
    }
    return status == BW_OK && held ? bw_presence_settle(*ret_presence, err) : status;
}

static void
memory_that_ends_while_folding_is_told_and_folding_anew_works(void **state)
{
    (void)state;
    static struct story story;
    struct bw_error err = {0};
    struct bw_presence *whole = NULL;
    tell_all(&story);
    assert_int_equal(fold(&story, true, &whole, &err), BW_OK);
    bool struck = true;
    for (int64_t n = 0; struck; n++) {
        for (int held = 0; held < 2; held++) {
            struct bw_presence *presence = NULL;
            failing_memory_arm(n);
            enum bw_status status = fold(&story, held, &presence, &err);
            struck = failing_memory_struck();
            failing_memory_arm(-1);
            assert_true(status == BW_OK || (struck && status == BW_NO_MEMORY));
            if (status == BW_OK) {
                assert_int_equal(bw_presence_in(presence), bw_presence_in(whole));
                assert_int_equal(bw_presence_size(presence), bw_presence_size(whole));
            }
            bw_presence_destroy(presence);
        }
    }
    bw_presence_destroy(whole);
}

static int
setup(void **state)
{
    (void)state;
    return failing_memory_install() ? 0 : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_that_ends_while_folding_is_told_and_folding_anew_works),
        cmocka_unit_test(memory_that_ends_while_a_desk_opens_is_told),
        cmocka_unit_test(memory_that_ends_in_a_command_is_told_and_the_next_one_works),
    };
    return cmocka_run_group_tests_name("desk_memory", tests, setup, NULL);
}
