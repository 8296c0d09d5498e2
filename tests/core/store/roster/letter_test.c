/* Roster letters in a kiosk's store: in order, whole or not at all, for their own session
 * alone; receipts, and what is believed of them. S6, S7 and S11. */
#include "tests/core/store/roster_help.h"

#include <brugwachter/store_letter.h>
#include <string.h>

#define OWN_CODE "GRO-2025-03-18"
#define OTHER_CODE "UTR-2025-03-20"

enum { OTHER = HELP_SESSION + 1 };

static struct bw_session
session_of(uint32_t session_no)
{
    struct bw_session session =
        help_session(session_no, session_no == HELP_SESSION ? OWN_CODE : OTHER_CODE);
    strcpy(session.series, "LK-3");
    return session;
}

static void
begin(struct bw_store *store, uint32_t epoch, int64_t from, int64_t to)
{
    struct bw_error err = {0};
    struct bw_store_letter letter = {.session_no = HELP_SESSION,
        .series = "LK-3",
        .epoch = epoch,
        .from = from,
        .to = to,
        .made_ms = HELP_WALL_MS + to};
    help_ok(bw_store_letter_begin(store, &letter, &err), &err);
}

static void
commit(struct bw_store *store, enum bw_store_outcome want)
{
    struct bw_error err = {0};
    enum bw_store_outcome outcome = BW_LETTER_OLD;
    help_ok(bw_store_letter_commit(store, &outcome, &err), &err);
    assert_int_equal(outcome, want);
}

static void
put_sessions(struct bw_store *store)
{
    struct bw_error err = {0};
    struct bw_session own = session_of(HELP_SESSION), other = session_of(OTHER);
    help_ok(bw_store_put_session(store, &own, &err), &err);
    help_ok(bw_store_put_session(store, &other, &err), &err);
}

static void
put_person(struct bw_store *store, bw_code code, const char *name)
{
    struct bw_error err = {0};
    struct bw_registration person = help_registration(code, "Fatima", name);
    help_ok(bw_store_put_registration(store, &person, &err), &err);
}

/* Epoch 1, revision 10: two people, two sessions. */
static void
put_whole(struct bw_store *store)
{
    begin(store, 1, 0, 10);
    put_sessions(store);
    put_person(store, 1, "Bakker");
    put_person(store, 2, "Visser");
    commit(store, BW_LETTER_APPLIED);
}

static int64_t
number(struct bw_store *store, const char *name)
{
    struct bw_error err = {0};
    int64_t value = 0;
    help_ok(bw_store_get_number(store, name, 0, &value, &err), &err);
    return value;
}

static bool
knows(struct bw_store *store, bw_code code)
{
    struct bw_error err = {0};
    struct bw_registration found;
    enum bw_status status = bw_store_registration(store, code, &found, &err);
    assert_true(status == BW_OK || status == BW_NOT_FOUND);
    return status == BW_OK;
}

static struct bw_store *
new_store(const char *name)
{
    char path[HELP_PATH_BYTES];
    help_path(name, path);
    return help_store(path, BW_STORE_SYNC);
}

static void
letter_is_applied_only_where_it_follows_what_is_held(void **state) /* LR1 */
{
    (void)state;
    struct bw_error err = {0};
    struct bw_store_held held;
    struct bw_store *store = new_store("order");
    begin(store, 1, 4, 10);
    commit(store, BW_LETTER_WAITS); /* nothing is held yet */
    put_whole(store);
    begin(store, 1, 12, 15);
    put_person(store, 3, "de Vries");
    commit(store, BW_LETTER_WAITS);
    assert_false(knows(store, 3));
    begin(store, 1, 5, 10);
    put_person(store, 3, "de Vries");
    commit(store, BW_LETTER_OLD);
    assert_false(knows(store, 3));
    begin(store, 1, 8, 12);
    put_person(store, 3, "de Vries");
    commit(store, BW_LETTER_APPLIED);
    assert_true(knows(store, 1) && knows(store, 2) && knows(store, 3));
    help_ok(bw_store_held(store, HELP_SESSION, &held, &err), &err);
    assert_int_equal(held.revision, 12);
    assert_int_equal(held.roster_ms, HELP_WALL_MS + 12);
    bw_store_close(store);
}

static void
another_epoch_is_taken_whole_and_never_goes_back(void **state)
{
    (void)state;
    struct bw_store *store = new_store("epoch");
    put_whole(store);
    begin(store, 2, 3, 5);
    commit(store, BW_LETTER_WAITS);
    begin(store, 2, 0, 5);
    put_sessions(store);
    put_person(store, 2, "Visser");
    commit(store, BW_LETTER_APPLIED); /* of a lower revision: an older office's copy */
    assert_false(knows(store, 1));
    assert_true(knows(store, 2));
    begin(store, 1, 0, 99);
    put_sessions(store);
    put_person(store, 1, "Bakker");
    commit(store, BW_LETTER_OLD);
    assert_false(knows(store, 1));
    bw_store_close(store);
}

static void
gone_registrations_and_sealed_rows_go_and_others_stay(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_registration found;
    struct bw_sealed_row row;
    struct bw_registration guest = help_registration(9, "Piet", "Gast");
    struct bw_store *store = new_store("gone");
    put_whole(store);
    begin(store, 1, 10, 11);
    help_ok(bw_store_put_gone(store, 1, &err), &err);
    help_ok(bw_store_put_gone(store, 77, &err), &err); /* never was: no harm */
    bw_sealed_close("BW1:EEN", &guest, &row);
    help_ok(bw_store_put_sealed(store, &row, &err), &err);
    commit(store, BW_LETTER_APPLIED);
    assert_true(!knows(store, 1) && knows(store, 2));
    help_ok(bw_store_sealed(store, "BW1:EEN", &found, &err), &err);
    begin(store, 1, 11, 12);
    help_ok(bw_store_put_sealed_gone(store, row.id, &err), &err);
    commit(store, BW_LETTER_APPLIED);
    assert_int_equal(bw_store_sealed(store, "BW1:EEN", &found, &err), BW_NOT_FOUND);
    bw_store_close(store);
}

static void
letter_for_another_session_or_of_another_series_changes_nothing(void **state)
{
    (void)state;
    struct bw_error err = {0};
    enum bw_store_outcome outcome;
    struct bw_store *store = new_store("other");
    struct bw_store_letter letter = {
        .session_no = OTHER, .series = "LK-3", .epoch = 1, .to = 3};
    put_whole(store);
    help_ok(bw_store_letter_begin(store, &letter, &err), &err);
    put_sessions(store);
    assert_int_equal(bw_store_letter_commit(store, &outcome, &err), BW_BAD_INPUT);
    begin(store, 1, 10, 11);
    struct bw_session session = session_of(HELP_SESSION);
    strcpy(session.series, "LK-4");
    assert_int_equal(bw_store_put_session(store, &session, &err), BW_BAD_INPUT);
    struct bw_registration person = help_registration(5, "Jan", "Jansen");
    person.session_no = OTHER;
    assert_int_equal(bw_store_put_registration(store, &person, &err), BW_BAD_INPUT);
    bw_store_letter_rollback(store);
    letter = (struct bw_store_letter){
        .session_no = HELP_SESSION, .series = "LK-3", .epoch = 1, .from = 4, .to = 4};
    assert_int_equal(bw_store_letter_begin(store, &letter, &err), BW_BAD_INPUT);
    assert_true(knows(store, 1) && knows(store, 2));
    bw_store_close(store);
}

static void
kiosk_checks_in_while_a_letter_is_put_aside(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    help_path("beside", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_store *kiosk = help_open(path, BW_STORE_KIOSK);
    begin(store, 1, 0, 10);
    put_sessions(store);
    for (bw_code code = 1; code <= 500; code++) {
        put_person(store, code, "Bakker");
    }
    help_append(kiosk, 1, 3); /* no lock is held */
    commit(store, BW_LETTER_APPLIED);
    assert_true(knows(kiosk, 500));
    help_verify(kiosk, 3);
    bw_store_close(kiosk);
    bw_store_close(store);
}

static struct bw_head
head_of(struct bw_store *store)
{
    struct bw_error err = {0};
    struct bw_head head;
    help_ok(bw_store_head(store, &head, &err), &err);
    return head;
}

static void
receive(struct bw_store *store, int64_t to, const struct bw_store_receipt *receipt)
{
    struct bw_error err = {0};
    begin(store, 1, to - 1, to);
    help_ok(bw_store_put_receipt(store, receipt, &err), &err);
    commit(store, BW_LETTER_APPLIED);
}

static void
receipt_goes_back_and_one_of_another_log_acknowledges_nothing(void **state)
{
    (void)state;
    struct bw_store *store = new_store("receipt");
    struct bw_store_receipt receipt = {0};
    put_whole(store);
    help_append(store, 1, 2);
    struct bw_head second = head_of(store);
    help_append(store, 3, 3);
    struct bw_head fifth = head_of(store);
    receipt.seq = 5;
    memcpy(receipt.hash, fifth.hash, sizeof receipt.hash);
    receive(store, 11, &receipt);
    assert_int_equal(number(store, BW_NUMBER_ACKNOWLEDGED), 5);
    receipt.seq = 2;
    memcpy(receipt.hash, second.hash, sizeof receipt.hash);
    receive(store, 12, &receipt);
    assert_int_equal(number(store, BW_NUMBER_ACKNOWLEDGED), 2);
    receipt.seq = 4; /* with the hash of another */
    receive(store, 13, &receipt);
    assert_int_equal(number(store, BW_NUMBER_ACKNOWLEDGED), 2);
    assert_int_equal(number(store, BW_NUMBER_RESTORED), 0);
    bw_store_close(store);
}

static void
stated_number_never_stops_a_genuine_kiosk_but_a_merged_event_beyond_does(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_store *store = new_store("stated");
    struct bw_peer peer = {.device = 9, .name = "Zij", .session = OWN_CODE};
    struct bw_store_receipt receipt = {.seq = 5000};
    put_whole(store);
    help_append(store, 1, 2);
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    struct bw_store_hello hello = {.device = 9, .counter = 3, .head_seq = 5000};
    help_ok(bw_store_put_hello(store, &hello, &err), &err);
    receive(store, 11, &receipt); /* a number, and a hash that is none of ours */
    assert_int_equal(number(store, BW_NUMBER_RESTORED), 0);
    help_append(store, 3, 1);
    receipt = (struct bw_store_receipt){.beyond_seq = 7, .beyond_hash = {1}};
    receive(store, 12, &receipt);
    assert_int_equal(number(store, BW_NUMBER_RESTORED), 1);
    struct help_clock clock;
    struct bw_event more = help_arrived(30);
    help_clock_init(&clock);
    assert_int_equal(bw_store_append(store, &clock.clock, &more, NULL, &err), BW_REFUSED);
    bw_store_close(store);
}

static void
forgotten_details_stay_forgotten_whatever_comes(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_event_details details = {.salt = {3}, .person.first_name = "Ibrahim"}, read;
    struct bw_event event = help_peer_event(9, 1, HELP_WALL_MS - 1000);
    struct bw_store *store = new_store("tombstone");
    event.code = BW_CODE_NONE;
    event.basis = BW_BASIS_WALK_IN;
    bw_details_commit(&details, event.commitment);
    bw_event_hash(&event, event.hash);
    put_whole(store);
    begin(store, 1, 10, 11); /* the order comes before the event */
    help_ok(bw_store_put_forget(store, event.id, event.hash, &err), &err);
    commit(store, BW_LETTER_APPLIED);
    begin(store, 1, 11, 12);
    help_ok(bw_store_put_peer_event(store, &event, &details, &err), &err);
    commit(store, BW_LETTER_APPLIED);
    assert_int_equal(bw_store_details(store, event.id, &read, &err), BW_NOT_FOUND);
    event.id.seq = 2;
    bw_event_hash(&event, event.hash);
    help_ok(bw_store_forget(store, HELP_WALL_MS + INT64_C(86400000), &err), &err);
    help_ok(bw_store_put_peer_event(store, &event, &details, &err), &err);
    assert_int_equal(bw_store_details(store, event.id, &read, &err), BW_NOT_FOUND);
    bw_store_close(store);
}

static void
settings_come_with_the_letter_and_a_lost_session_takes_its_rows(void **state) /* LR3 */
{
    (void)state;
    struct bw_error err = {0};
    uint8_t key[BW_DETAILS_KEY_BYTES] = {9}, read[BW_DETAILS_KEY_BYTES];
    bool found = false;
    struct bw_store_held held;
    struct bw_store *store = new_store("settings");
    struct bw_enrolment settings = *bw_store_enrolment(store);
    put_whole(store);
    begin(store, 1, 10, 11);
    strcpy(settings.contact_phone, "050 1");
    help_ok(bw_store_put_settings(store, &settings, &err), &err);
    help_ok(bw_store_put_details_key(store, key, &err), &err);
    commit(store, BW_LETTER_APPLIED);
    assert_string_equal(bw_store_enrolment(store)->contact_phone, "050 1");
    help_ok(bw_store_details_key(store, HELP_SESSION, read, &found, &err), &err);
    assert_true(found && memcmp(read, key, sizeof key) == 0);

    struct bw_store_letter other = {
        .session_no = OTHER, .series = "LK-3", .epoch = 1, .to = 3};
    strcpy(settings.sessions[0], OTHER_CODE);
    help_ok(bw_store_letter_begin(store, &other, &err), &err);
    put_sessions(store);
    help_ok(bw_store_put_settings(store, &settings, &err), &err);
    commit(store, BW_LETTER_APPLIED);
    assert_false(knows(store, 1));
    help_ok(bw_store_held(store, HELP_SESSION, &held, &err), &err);
    assert_int_equal(held.epoch, 0);
    bw_store_close(store);
}

static void
hello_of_a_higher_counter_alone_is_news(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    struct bw_peer peer = {.device = 9, .name = "Zij", .session = OWN_CODE};
    struct bw_store *store = new_store("hello");
    memset(peer.sign, 5, sizeof peer.sign);
    struct bw_store_hello hello = {.device = 9,
        .counter = 4,
        .clock_ms = HELP_WALL_MS,
        .head_seq = 6,
        .echo_counter = 2,
        .echo_ms = HELP_WALL_MS - 50};
    assert_int_equal(bw_store_put_hello(store, &hello, &err), BW_NOT_FOUND);
    put_whole(store);
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    help_ok(bw_store_put_hello(store, &hello, &err), &err);
    hello = (struct bw_store_hello){.device = 9, .counter = 4, .clock_ms = 1};
    help_ok(bw_store_put_hello(store, &hello, &err), &err);
    begin(store, 1, 10, 11); /* the office heard an older one */
    peer.hello_counter = 3;
    peer.heard_ms = HELP_WALL_MS - 9000;
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    commit(store, BW_LETTER_APPLIED);
    help_ok(bw_store_peers(store, peers, &count, &err), &err);
    assert_int_equal(count, 1);
    assert_int_equal(peers[0].hello_ms, HELP_WALL_MS);
    assert_int_equal(peers[0].head_seq, 6);
    assert_int_equal(peers[0].echo_ms, HELP_WALL_MS - 50);
    assert_int_equal(peers[0].heard_ms, HELP_WALL_MS - 9000);
    assert_true(peers[0].introduced && !peers[0].provisional);
    begin(store, 1, 11, 12); /* and then names it no more */
    commit(store, BW_LETTER_APPLIED);
    help_ok(bw_store_peers(store, peers, &count, &err), &err);
    assert_int_equal(count, 0);
    bw_store_close(store);
}

static bool
count_event(const struct bw_event *event, void *context)
{
    (void)event;
    ++*(int *)context;
    return true;
}

static int
counted(struct bw_store *store)
{
    struct bw_error err = {0};
    int count = 0;
    help_ok(bw_store_events(store, HELP_SESSION, count_event, &count, &err), &err);
    return count;
}

/* S10 */
static void
events_that_break_a_rule_are_kept_and_not_counted_until_it_holds(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_peer peer = {.device = 9, .name = "Zij", .session = OTHER_CODE};
    struct bw_store *store = new_store("quarantine");
    put_whole(store);
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    struct bw_event event = help_peer_event(9, 1, HELP_WALL_MS - 1000);
    help_ok(bw_store_put_peer_event(store, &event, NULL, &err), &err);
    assert_int_equal(counted(store), 0); /* it serves another session */
    strcpy(peer.session, OWN_CODE);
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    assert_int_equal(counted(store), 1);
    assert_int_equal(number(store, BW_NUMBER_REFOLDED), 1);
    struct bw_event never = help_peer_event(9, 2, HELP_WALL_MS - 900);
    never.code = 1;
    never.generation = 255;
    bw_event_hash(&never, never.hash);
    help_ok(bw_store_put_peer_event(store, &never, NULL, &err), &err);
    struct bw_event early = help_peer_event(9, 3, 1000);
    help_ok(bw_store_put_peer_event(store, &early, NULL, &err), &err);
    assert_int_equal(counted(store), 1);
    early.id.seq = 4; /* by a clock that was given, it is no fault */
    early.flags = BW_EVENT_CLOCK_INJECTED;
    bw_event_hash(&early, early.hash);
    help_ok(bw_store_put_peer_event(store, &early, NULL, &err), &err);
    assert_int_equal(counted(store), 2);

    begin(store, 1, 10, 11);
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    help_ok(bw_store_put_revoked(store, 9, 1, event.hash, &err), &err);
    commit(store, BW_LETTER_APPLIED);
    assert_int_equal(counted(store), 1);
    begin(store, 1, 11, 12);
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    commit(store, BW_LETTER_APPLIED); /* enrolled again */
    assert_int_equal(counted(store), 2);
    bw_store_close(store);
}

/* Over the years: each letter names so many, and none is ever forgotten. */
static void
however_many_were_revoked_none_is_believed(void **state)
{
    (void)state;
    struct bw_error err = {0};
    const uint8_t hash[BW_HASH_BYTES] = {0};
    struct bw_store *store = new_store("revoked");
    put_whole(store);
    for (uint32_t letter = 0; letter < 2; letter++) {
        begin(store, 1, 10 + letter, 11 + letter);
        for (uint32_t i = 0; i < 50; i++) {
            help_ok(
                bw_store_put_revoked(store, 100 + 50 * letter + i, 0, hash, &err), &err);
        }
        commit(store, BW_LETTER_APPLIED);
    }
    for (uint32_t device = 100; device < 200; device++) {
        struct bw_event event = help_peer_event(device, 1, HELP_WALL_MS);
        help_ok(bw_store_put_peer_event(store, &event, NULL, &err), &err);
    }
    assert_int_equal(counted(store), 0);
    bw_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letter_is_applied_only_where_it_follows_what_is_held),
        cmocka_unit_test(another_epoch_is_taken_whole_and_never_goes_back),
        cmocka_unit_test(gone_registrations_and_sealed_rows_go_and_others_stay),
        cmocka_unit_test(letter_for_another_session_or_of_another_series_changes_nothing),
        cmocka_unit_test(kiosk_checks_in_while_a_letter_is_put_aside),
        cmocka_unit_test(receipt_goes_back_and_one_of_another_log_acknowledges_nothing),
        cmocka_unit_test(
            stated_number_never_stops_a_genuine_kiosk_but_a_merged_event_beyond_does),
        cmocka_unit_test(forgotten_details_stay_forgotten_whatever_comes),
        cmocka_unit_test(settings_come_with_the_letter_and_a_lost_session_takes_its_rows),
        cmocka_unit_test(hello_of_a_higher_counter_alone_is_news),
        cmocka_unit_test(
            events_that_break_a_rule_are_kept_and_not_counted_until_it_holds),
        cmocka_unit_test(however_many_were_revoked_none_is_believed),
    };
    return cmocka_run_group_tests_name("store_letter", tests, help_setup, help_teardown);
}
