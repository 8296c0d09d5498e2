/* Sessions, rosters, sealed rows, agenda, kiosks: put whole or not at all. */
#include "tests/core/store/roster_help.h"
#include "tests/pace.h"

#include <brugwachter/store_letter.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static void
registration_reads_back_as_it_was_put(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_registration read;
    char path[HELP_PATH_BYTES];
    help_path("row", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_registration made = help_registration(77, "Łukasz", "de Vries");
    made.status = BW_BLOCKED;
    made.generation = 255;
    made.signed_up_ms = -5;
    roster_put(store, true, &made, 1);
    help_ok(bw_store_registration(store, 77, &read, &err), &err);
    assert_int_equal(read.status, BW_BLOCKED);
    assert_int_equal(read.generation, 255);
    assert_int_equal(read.signed_up_ms, -5);
    assert_int_equal(read.line, 77);
    assert_string_equal(read.person.first_name, "Łukasz");
    assert_string_equal(read.person.school, "OBS De Brug");
    assert_string_equal(read.person.region, "Noord");
    assert_string_equal(read.person.table, "4");
    assert_int_equal(bw_store_registration(store, 78, &read, &err), BW_NOT_FOUND);
    assert_int_equal(
        bw_store_registration(store, BW_CODE_NONE, &read, &err), BW_NOT_FOUND);
    bw_store_close(store);
}

static void
longest_texts_come_back_whole(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_registration read;
    char path[HELP_PATH_BYTES];
    help_path("long", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_registration made = help_registration(77, "", "");
    for (int i = 0; i < BW_NAME_CHARS; i++) {
        strcat(made.person.first_name, "\xf0\x9f\x8c\x89");
        strcat(made.person.name, "\xc5\x82");
    }
    roster_put(store, true, &made, 1);
    help_ok(bw_store_registration(store, 77, &read, &err), &err);
    assert_string_equal(read.person.first_name, made.person.first_name);
    assert_string_equal(read.person.name, made.person.name);
    FINDS(store, "llll", 77);
    bw_store_close(store);
}

static void
letter_that_is_taken_back_leaves_nothing(void **state) /* S4 */
{
    (void)state;
    struct bw_error err;
    int64_t revision = 0;
    char path[HELP_PATH_BYTES];
    help_path("back", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_registration one = help_registration(1, "Anna", "Bakker");
    struct bw_registration two = help_registration(2, "Bram", "Visser");
    roster_put(store, true, &one, 1);
    help_letter_begin(store, HELP_SESSION, true);
    help_ok(bw_store_put_registration(store, &two, &err), &err);
    bw_store_letter_rollback(store);
    bw_store_letter_rollback(store);
    assert_int_equal(roster_found(store, BW_ROSTER_BY_NAME).count, 1);
    FINDS(store, "anna", 1);
    assert_int_equal(search_found(store, "bram").count, 0);
    help_ok(
        bw_store_get_number(store, BW_NUMBER_ROSTER_REVISION, 0, &revision, &err), &err);
    assert_int_equal(revision, 1);
    bw_store_close(store);
}

static void
whole_letter_drops_what_it_does_not_name_and_never_the_log(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_session read;
    struct bw_sealed_row sealed;
    struct bw_peer peer = {.device = 9, .heard_ms = 5, .session = HELP_CODE};
    struct bw_peer peers[BW_PEERS_MAX];
    int count = -1;
    char path[HELP_PATH_BYTES];
    help_path("whole", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    struct bw_session third = help_session(HELP_OTHER + 1, "ZWO-2025-03-25");
    struct bw_registration people[] = {
        help_registration(1, "Anna", "Bakker"), help_registration(2, "Bram", "Visser")};
    help_append(store, 1, 3);
    bw_sealed_close("BW1:X", &people[0], &sealed);
    help_letter_begin(store, HELP_SESSION, true);
    help_ok(bw_store_put_session(store, &third, &err), &err);
    help_ok(bw_store_put_sealed(store, &sealed, &err), &err);
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    for (int i = 0; i < 2; i++) {
        help_ok(bw_store_put_registration(store, &people[i], &err), &err);
    }
    help_letter_commit(store);
    help_ok(bw_store_sealed(store, "BW1:X", &people[0], &err), &err);
    help_ok(bw_store_peers(store, peers, &count, &err), &err);
    assert_int_equal(count, 1);

    roster_put(store, false, &people[1], 1); /* only adds */
    help_ok(bw_store_session_by_number(store, third.session_no, &read, &err), &err);
    help_ok(bw_store_sealed(store, "BW1:X", &people[0], &err), &err);
    assert_int_equal(roster_found(store, BW_ROSTER_BY_NAME).count, 2);
    roster_put(store, true, &people[1], 1);
    assert_int_equal(roster_found(store, BW_ROSTER_BY_NAME).count, 1);
    assert_int_equal(search_found(store, "anna").count, 0);
    FINDS(store, "visser", 2);
    assert_int_equal(
        bw_store_session_by_number(store, third.session_no, &read, &err), BW_NOT_FOUND);
    assert_int_equal(bw_store_sealed(store, "BW1:X", &people[0], &err), BW_NOT_FOUND);
    help_ok(bw_store_peers(store, peers, &count, &err), &err);
    assert_int_equal(count, 0);
    help_verify(store, 3);
    bw_store_close(store);
}

static void
put_gone(struct bw_store *store, bw_code code)
{
    struct bw_error err;
    help_letter_begin(store, HELP_SESSION, false);
    help_ok(bw_store_put_gone(store, code, &err), &err);
    help_letter_commit(store);
}

static void
changed_name_is_found_by_the_new_one_only(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_registration read;
    char path[HELP_PATH_BYTES];
    help_path("renamed", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_registration person = help_registration(1, "Anna", "Bakker");
    roster_put(store, true, &person, 1);
    strcpy(person.person.name, "de Wit");
    roster_put(store, false, &person, 1);
    FINDS(store, "wit", 1);
    assert_int_equal(search_found(store, "bakker").count, 0);
    person.status = BW_CANCELLED; /* everything but the name */
    person.line = 900;
    roster_put(store, false, &person, 1);
    FINDS(store, "wit", 1);
    help_ok(bw_store_registration(store, 1, &read, &err), &err);
    assert_int_equal(read.status, BW_CANCELLED);
    assert_int_equal(read.line, 900);
    put_gone(store, 1);
    assert_int_equal(search_found(store, "wit").count, 0);
    assert_int_equal(roster_found(store, BW_ROSTER_BY_NAME).count, 0);
    roster_put(store, false, &person, 1);
    FINDS(store, "wit", 1);
    roster_put(store, true, NULL, 0); /* a list without them */
    assert_int_equal(search_found(store, "wit").count, 0);
    bw_store_close(store);
    help_sql(path, "INSERT INTO person (person) VALUES ('integrity-check')");
}

/* From one own session to another: the new one's letter may come first. */
static void
person_who_moved_is_found_in_the_new_session_only(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_registration read;
    char path[HELP_PATH_BYTES];
    help_path("moved", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_registration person = help_registration(1, "Anna", "de Wit");
    roster_put(store, true, &person, 1);
    person.session_no = HELP_OTHER;
    help_letter_begin(store, HELP_OTHER, true);
    help_ok(bw_store_put_registration(store, &person, &err), &err);
    help_letter_commit(store);
    put_gone(store, 1);
    assert_int_equal(search_found(store, "wit").count, 0);
    assert_int_equal(roster_found(store, BW_ROSTER_BY_NAME).count, 0);
    help_ok(bw_store_registration(store, 1, &read, &err), &err);
    assert_int_equal(read.session_no, HELP_OTHER);
    bw_store_close(store);
}

static void
sessions_agenda_and_kiosks_read_back(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_session read;
    struct bw_peer peers[BW_PEERS_MAX];
    int count = 0;
    char path[HELP_PATH_BYTES];
    help_path("lists", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_session session = help_session(HELP_SESSION, "GRO-2025-03-18");
    session.own_region_first = true;
    session.extra_places = 2;
    strcpy(session.audience, "brugfunctionaris;schoolleider");
    strcpy(session.go_to, "de grote zaal");
    help_letter_begin(store, HELP_SESSION, true);
    help_ok(bw_store_put_session(store, &session, &err), &err);
    help_letter_commit(store);
    help_ok(bw_store_session_by_code(store, "gro-2025-03-18", &read, &err), &err);
    assert_int_equal(read.session_no, HELP_SESSION);
    assert_int_equal(read.capacity, 50);
    assert_int_equal(read.release_minutes, 15);
    assert_int_equal(read.extra_places, 2);
    assert_true(read.own_region_first);
    assert_string_equal(read.audience, "brugfunctionaris;schoolleider");
    assert_string_equal(read.go_to, "de grote zaal");
    assert_string_equal(read.timezone, "Europe/Amsterdam");
    assert_int_equal(bw_store_session_by_code(store, "x", &read, &err), BW_NOT_FOUND);

    struct bw_peer peer = {.device = 9, .name = "Zij", .heard_ms = 500, .head_seq = 8};
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    peer.heard_ms = 400; /* an older file can't take it back */
    peer.head_seq = 6;
    strcpy(peer.name, "Zijdeur");
    help_ok(bw_store_put_peer(store, &peer, &err), &err);
    help_ok(bw_store_peers(store, peers, &count, &err), &err);
    assert_int_equal(count, 1);
    assert_int_equal(peers[0].heard_ms, 500);
    assert_int_equal(peers[0].head_seq, 8);
    assert_string_equal(peers[0].name, "Zijdeur");
    for (uint32_t device = 100; device < 100 + BW_PEERS_MAX - 1; device++) {
        peer.device = device;
        help_ok(bw_store_put_peer(store, &peer, &err), &err);
    }
    peer.device = 7777;
    assert_int_equal(bw_store_put_peer(store, &peer, &err), BW_FULL);
    help_ok(bw_store_peers(store, peers, &count, &err), &err);
    assert_int_equal(count, BW_PEERS_MAX);
    bw_store_close(store);
}

static bool
count_agenda(const struct bw_agenda_item *item, void *context)
{
    assert_string_equal(item->url, "https://example.org/");
    ++*(int *)context;
    return true;
}

static void
agenda_is_always_given_whole(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    help_path("agenda", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_agenda_item item = {.title = "Vragenuur", .url = "https://example.org/"};
    for (int round = 1; round < 4; round++) {
        int count = 0;
        help_letter_begin(store, HELP_SESSION, false);
        for (int i = 0; i < round; i++) {
            help_ok(bw_store_put_agenda(store, &item, &err), &err);
        }
        help_letter_commit(store);
        help_ok(bw_store_agenda(store, count_agenda, &count, &err), &err);
        assert_int_equal(count, round);
    }
    int count = 0;
    roster_put(store, false, NULL, 0); /* names none: there is none */
    help_ok(bw_store_agenda(store, count_agenda, &count, &err), &err);
    assert_int_equal(count, 0);
    bw_store_close(store);
}

static void
waitlist_stands_in_order_of_sign_up_then_line(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    help_path("waitlist", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_registration people[] = {help_registration(1, "Anna", "Bakker"),
        help_registration(2, "Bram", "Aalders"), help_registration(3, "Cas", "Zand")};
    people[0].signed_up_ms = 9;
    people[1].signed_up_ms = 5;
    people[1].line = 8;
    people[2].signed_up_ms = 5;
    people[2].line = 7;
    roster_put(store, true, people, 3);
    struct found found = roster_found(store, BW_ROSTER_BY_SIGN_UP);
    assert_int_equal(found.codes[0], 3);
    assert_int_equal(found.codes[1], 2);
    assert_int_equal(found.codes[2], 1);
    found = roster_found(store, BW_ROSTER_BY_NAME);
    assert_int_equal(found.codes[0], 2);
    assert_int_equal(found.codes[1], 1);
    assert_int_equal(found.codes[2], 3);
    bw_store_close(store);
}

static void
forgetting_empties_rosters_that_are_past_from_the_file_too(void **state)
{
    (void)state;
    struct bw_error err;
    struct bw_registration read;
    struct bw_sealed_row sealed;
    char path[HELP_PATH_BYTES];
    char command[2 * HELP_PATH_BYTES];
    help_path("forget", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    struct bw_session next = help_session(HELP_OTHER, HELP_OTHER_CODE);
    struct bw_registration people[] = {help_registration(1, "Xqwervel", "Bakker"),
        help_registration(2, "Bram", "Visser")};
    people[1].session_no = next.session_no;
    next.ends_ms += 1000;
    bw_sealed_close("BW1:X", &people[0], &sealed);
    roster_put(store, true, &people[0], 1);
    help_letter_begin(store, HELP_OTHER, true);
    help_ok(bw_store_put_session(store, &next, &err), &err);
    help_ok(bw_store_put_sealed(store, &sealed, &err), &err);
    help_ok(bw_store_put_registration(store, &people[1], &err), &err);
    help_letter_commit(store);
    (void)snprintf(command, sizeof command, "grep -qsi xqwervel %s*", path);
    assert_int_equal(system(command), 0);
    help_ok(bw_store_forget(store, next.ends_ms, &err), &err);
    assert_int_equal(bw_store_registration(store, 1, &read, &err), BW_NOT_FOUND);
    help_ok(bw_store_registration(store, 2, &read, &err), &err);
    help_ok(bw_store_sealed(store, "BW1:X", &read, &err), &err);
    assert_int_equal(search_found(store, "xqwervel").count, 0);
    (void)snprintf(command, sizeof command, "! grep -qsi xqwervel %s*", path);
    assert_int_equal(system(command), 0);
    help_ok(bw_store_forget(store, next.ends_ms + 1, &err), &err);
    assert_int_equal(bw_store_registration(store, 2, &read, &err), BW_NOT_FOUND);
    assert_int_equal(bw_store_sealed(store, "BW1:X", &read, &err), BW_NOT_FOUND);
    bw_store_close(store);
}

/* A row that was moved within its page leaves a copy where chance wants it: what shows
 * that none can be left is that the file was made anew. */
static off_t
closed_bytes(const char *path, struct bw_store *store)
{
    struct stat file;
    bw_store_close(store);
    assert_int_equal(stat(path, &file), 0);
    return file.st_size;
}

static void
those_whom_a_letter_takes_out_leave_no_page_behind(void **state)
{
    enum { MANY = 400 };
    struct bw_error err;
    struct bw_registration person = help_registration(1, "Anna", "Bakker");
    char path[HELP_PATH_BYTES];
    (void)state;
    help_path("emptied", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    roster_put(store, true, &person, 1);
    off_t few = closed_bytes(path, store);
    store = help_open(path, BW_STORE_SYNC);
    help_letter_begin(store, HELP_SESSION, false);
    for (bw_code code = 2; code < MANY; code++) {
        person = help_registration(code, "Xqwervel", "Westerhuis");
        help_ok(bw_store_put_registration(store, &person, &err), &err);
    }
    help_letter_commit(store);
    assert_true(closed_bytes(path, store) > few);
    store = help_open(path, BW_STORE_SYNC);
    help_letter_begin(store, HELP_SESSION, false);
    for (bw_code code = 2; code < MANY; code++) {
        help_ok(bw_store_put_gone(store, code, &err), &err);
    }
    help_letter_commit(store);
    assert_int_equal(closed_bytes(path, store), few);
}

static double
processor_seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
whole_roster_of_100000_takes_seconds(void **state)
{
    (void)state;
    const uint32_t people = (uint32_t)pace_count(100000);
    struct bw_error err;
    struct found found = {0};
    char path[HELP_PATH_BYTES];
    help_path("huge", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    for (int round = 0; round < 2; round++) {
        double from = processor_seconds();
        help_letter_begin(store, HELP_SESSION, true);
        for (uint32_t i = 0; i < people; i++) {
            char name[64];
            (void)snprintf(name, sizeof name, "%c%c%c%u", 'a' + (int)(i * 7919 % 26),
                'a' + (int)(i * 104729 % 26), 'a' + (int)(i % 26), i);
            struct bw_registration person =
                help_registration(i * UINT64_C(10995116) + 3, "Anna", name);
            help_ok(bw_store_put_registration(store, &person, &err), &err);
        }
        help_letter_commit(store);
        /* A wide bound: what it guards against takes minutes. */
        assert_true(processor_seconds() - from < 60);
    }
    help_ok(
        bw_store_search(store, HELP_SESSION, "a", 51, found_collect, &found, &err), &err);
    assert_int_equal(found.count, 51);
    bw_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registration_reads_back_as_it_was_put),
        cmocka_unit_test(longest_texts_come_back_whole),
        cmocka_unit_test(letter_that_is_taken_back_leaves_nothing),
        cmocka_unit_test(whole_letter_drops_what_it_does_not_name_and_never_the_log),
        cmocka_unit_test(changed_name_is_found_by_the_new_one_only),
        cmocka_unit_test(person_who_moved_is_found_in_the_new_session_only),
        cmocka_unit_test(sessions_agenda_and_kiosks_read_back),
        cmocka_unit_test(agenda_is_always_given_whole),
        cmocka_unit_test(waitlist_stands_in_order_of_sign_up_then_line),
        cmocka_unit_test(forgetting_empties_rosters_that_are_past_from_the_file_too),
        cmocka_unit_test(those_whom_a_letter_takes_out_leave_no_page_behind),
        cmocka_unit_test(whole_roster_of_100000_takes_seconds),
    };
    return cmocka_run_group_tests_name("store_roster", tests, help_setup, help_teardown);
}
