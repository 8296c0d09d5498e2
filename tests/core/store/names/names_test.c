/* Names at rest: sealed by the first PIN, opened by the next, and everything that goes on
 * meanwhile. S14, from the outside: what the file's bytes hold. */
#include "names_help.h"

#include "core/store/names/names.h"

#include <brugwachter/store_letter.h>
#include <brugwachter/store_names.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static void
first_pin_seals_what_was_clear_and_wipes_it(void **state) /* S14 */
{
    (void)state;
    char path[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("first", path);
    assert_int_equal(names_of(store), BW_NAMES_CLEAR);
    assert_true(lies_in(path, "Zwollenaar"));
    assert_true(lies_in(path, "Quispelaar"));
    unlock(store, PIN);
    assert_int_equal(names_of(store), BW_NAMES_OPEN);
    assert_no_name_lies_in(path);
    assert_string_equal(person_of(store, 2).name, "Zwollenaar");
    assert_string_equal(person_of(store, 2).attention, "rolstoeloprit");
    help_verify(store, 1);
    bw_store_close(store);
    assert_no_name_lies_in(path);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 }; /* mlock does nothing there */
#else
enum { SANITIZED = 0 };
#endif

/* The flags of the mapping that holds this address (proc(5), smaps); "" where the kernel
 * tells none. */
static void
flags_of(const void *address, char ret_flags[256])
{
    char line[512];
    bool here = false;
    FILE *file = fopen("/proc/self/smaps", "r");
    ret_flags[0] = '\0';
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        unsigned long from = 0, to = 0;
        if (sscanf(line, "%lx-%lx ", &from, &to) == 2) {
            here = (uintptr_t)address >= from && (uintptr_t)address < to;
        } else if (here && strncmp(line, "VmFlags:", 8) == 0) {
            (void)snprintf(ret_flags, 256, "%.255s", line + 8);
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
}

static void
key_lies_in_memory_that_is_never_dumped_or_swapped(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES], flags[256];
    struct rlimit locks;
    struct bw_store *store = clear_store("memory", path);
    unlock(store, PIN);
    flags_of(store->names.key, flags);
    if (flags[0] != '\0') { /* not every sandbox's kernel tells */
        assert_non_null(strstr(flags, " dd"));
        assert_int_equal(getrlimit(RLIMIT_MEMLOCK, &locks), 0);
        assert_true(SANITIZED || strstr(flags, " lo") != NULL || locks.rlim_cur < 65536);
    }
    bw_store_names_lock(store);
    assert_null(store->names.key);
    bw_store_close(store);
}

static void
what_is_added_to_sealed_names_is_sealed_on_the_way(void **state) /* S14 */
{
    (void)state;
    struct bw_error err = {0};
    struct bw_event_details details;
    char path[HELP_PATH_BYTES];
    const struct bw_registration people[] = {
        somebody(2, "Willemijntje", "Zwollenaar"), somebody(4, "Tsjibbe", "Nieuwkomer")};
    struct bw_store *store = clear_store("added", path);
    unlock(store, PIN);
    struct bw_store *sync = help_open(path, BW_STORE_SYNC); /* it knows no PIN */
    put_roster(sync, people, 2);
    struct bw_event_id id = walk_in(store, "Quispelaar");
    assert_string_equal(person_of(sync, 4).name, "");
    assert_string_equal(person_of(sync, 4).region, "Noord");
    assert_string_equal(person_of(store, 4).name, "Nieuwkomer");
    help_ok(bw_store_details(store, id, &details, &err), &err);
    assert_string_equal(details.person.name, "Quispelaar");
    assert_int_equal(bw_store_details(sync, id, &details, &err), BW_NOT_FOUND);
    assert_no_name_lies_in(path);
    assert_false(lies_in(path, "Nieuwkomer"));
    assert_false(lies_in(path, "nieuwkomer"));
    help_verify(store, 2);
    bw_store_close(sync);
    bw_store_close(store);
}

static void
sealed_names_are_found_and_in_order_as_clear_ones_are(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("found", path);
    struct found before = roster_found(store, BW_ROSTER_BY_NAME);
    unlock(store, PIN);
    struct found after = roster_found(store, BW_ROSTER_BY_NAME);
    assert_int_equal(before.count, 3);
    assert_memory_equal(&before, &after, sizeof before);
    FINDS(store, "amrani", 1);
    FINDS(store, "elamraniq fat", 1);
    FINDS(store, "will", 2);
    FINDS(store, "00000003", 3);
    FINDS(store, "0", 1, 3, 2);
    assert_int_equal(search_found(store, "quispelaar").count, 0);
    const struct bw_registration people[] = {somebody(7, "Willem", "Aalbers")};
    put_roster(store, people, 1); /* what is found follows the roster */
    FINDS(store, "will", 7);
    bw_store_close(store);
}

static void
locked_names_keep_no_ticket_out_and_open_by_the_pin_alone(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_registration found;
    char path[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("locked", path);
    unlock(store, PIN);
    bw_store_close(store);
    store = help_open(path, BW_STORE_KIOSK);
    assert_int_equal(names_of(store), BW_NAMES_LOCKED);
    help_ok(bw_store_registration(store, 2, &found, &err), &err);
    assert_int_equal(found.status, BW_CONFIRMED);
    assert_string_equal(found.person.name, "");
    assert_int_equal(search_found(store, "will").count, 0);
    assert_int_equal(roster_found(store, BW_ROSTER_BY_NAME).count, 3);
    help_append(store, 2, 1);
    help_verify(store, 2);
    unlock(store, PIN);
    assert_string_equal(person_of(store, 2).name, "Zwollenaar");
    bw_store_names_lock(store);
    assert_int_equal(names_of(store), BW_NAMES_LOCKED);
    assert_string_equal(person_of(store, 2).name, "");
    bw_store_close(store);
}

/* Nothing is half there: the event is refused, and the sentence says what to do. */
static void
name_typed_while_names_are_locked_is_refused_whole(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct help_clock clock;
    struct bw_event event = help_arrived(BW_CODE_NONE);
    struct bw_event_details details = {.person.first_name = "Xanthippe"};
    char path[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("typed", path);
    unlock(store, PIN);
    bw_store_names_lock(store);
    event.basis = BW_BASIS_WALK_IN;
    event.session_no = HELP_SESSION;
    help_clock_init(&clock);
    help_refused(bw_store_append(store, &clock.clock, &event, &details, &err), BW_REFUSED,
        &err, path);
    help_verify(store, 1);
    bw_store_close(store);
}

static void
changed_pin_wraps_the_key_anew_while_names_are_open(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("changed", path);
    unlock(store, PIN);
    give_pin(store, OTHER_PIN);
    unlock(store, OTHER_PIN);
    bw_store_close(store);
    store = help_open(path, BW_STORE_KIOSK);
    unlock(store, OTHER_PIN);
    assert_string_equal(person_of(store, 2).name, "Zwollenaar");
    bw_store_close(store);
}

/* The new PIN can't open them, the one before can; then the new one does, too. */
static void
pin_changed_while_names_were_locked_needs_the_one_before_once(void **state)
{
    (void)state;
    struct bw_error err = {0};
    bool fits = true;
    char path[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("before", path);
    unlock(store, PIN);
    help_ok(bw_store_names_unlock_before(store, PIN, &fits, &err), &err);
    assert_false(fits); /* open already */
    bw_store_names_lock(store);
    give_pin(store, OTHER_PIN);
    unlock(store, OTHER_PIN);
    assert_int_equal(names_of(store), BW_NAMES_LOCKED);
    help_ok(bw_store_names_unlock_before(store, "000000", &fits, &err), &err);
    assert_false(fits);
    assert_int_equal(names_of(store), BW_NAMES_LOCKED);
    help_ok(bw_store_names_unlock_before(store, PIN, &fits, &err), &err);
    assert_true(fits);
    assert_string_equal(person_of(store, 2).name, "Zwollenaar");
    unlock(store, OTHER_PIN);
    bw_store_close(store);
    store = help_open(path, BW_STORE_KIOSK);
    unlock(store, OTHER_PIN);
    assert_string_equal(person_of(store, 2).name, "Zwollenaar");
    bw_store_close(store);
}

/* Nobody has the key any more: the next roster, which comes whole, brings names back. */
static void
names_given_up_ask_for_the_whole_roster(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_store_held held = {0};
    struct bw_event_details details;
    char path[HELP_PATH_BYTES];
    const struct bw_registration people[] = {somebody(2, "Willemijntje", "Zwollenaar")};
    struct bw_store *store = clear_store("lost", path);
    struct bw_event_id id = walk_in(store, "Quispelaar");
    unlock(store, PIN);
    bw_store_close(store);
    store = help_open(path, BW_STORE_KIOSK);
    give_pin(store, OTHER_PIN);
    help_ok(bw_store_names_give_up(store, OTHER_PIN, &err), &err);
    assert_int_equal(names_of(store), BW_NAMES_OPEN);
    assert_string_equal(person_of(store, 2).name, "");
    help_ok(bw_store_held(store, HELP_SESSION, &held, &err), &err);
    assert_int_equal(held.revision, 0);
    help_verify(store, 2);
    put_roster(store, people, 1);
    assert_string_equal(person_of(store, 2).name, "Zwollenaar");
    help_ok(bw_store_details(store, id, &details, &err), &err); /* its key came, too */
    assert_string_equal(details.person.name, "Quispelaar");
    assert_no_name_lies_in(path);
    bw_store_close(store);
}

static void
details_go_into_letters_the_same_from_a_locked_store(void **state)
{
    (void)state;
    struct bw_error err = {0};
    uint8_t sealed[BW_DETAILS_SEALED_BYTES_MAX], plain[BW_DETAILS_SEALED_BYTES_MAX];
    uint8_t lan[BW_DETAILS_KEY_BYTES], lan_before[BW_DETAILS_KEY_BYTES];
    struct bw_event_details details;
    size_t bytes = 0, length = 0;
    bool found = false;
    char path[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("letters", path);
    struct bw_event event = help_arrived(BW_CODE_NONE);
    struct bw_head head;
    help_ok(bw_store_lan_key(store, HELP_SESSION, lan_before, &found, &err), &err);
    assert_true(found);
    unlock(store, PIN);
    bw_store_names_lock(store);
    help_ok(bw_store_head(store, &head, &err), &err);
    event.id = (struct bw_event_id){HELP_DEVICE, 1};
    event.session_no = HELP_SESSION;
    memcpy(event.hash, head.hash, sizeof event.hash);
    event.commitment[0] = 1; /* it has details */
    help_ok(bw_store_details_sealed(store, &event, sealed, &bytes, &err), &err);
    assert_true(bw_details_open(details_key, event.hash, sealed, bytes, plain, &length));
    help_ok(bw_details_decode(plain, length, &details, &err), &err);
    assert_string_equal(details.person.name, "Quispelaar");
    help_ok(bw_store_lan_key(store, HELP_SESSION, lan, &found, &err), &err);
    assert_true(found && memcmp(lan, lan_before, sizeof lan) == 0);
    bw_store_close(store);
}

static void
key_goes_on_to_a_copy_and_to_no_other_store(void **state)
{
    (void)state;
    struct bw_error err = {0};
    char path[HELP_PATH_BYTES], copied[HELP_PATH_BYTES], elsewhere[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("from", path);
    unlock(store, PIN);
    struct bw_names_key *key = bw_store_names_take(store);
    assert_int_equal(names_of(store), BW_NAMES_LOCKED);
    help_path("copied", copied);
    help_ok(bw_store_copy(path, copied, &err), &err);
    struct bw_store *copy = help_open(copied, BW_STORE_KIOSK);
    bw_store_names_give(copy, key);
    assert_string_equal(person_of(copy, 2).name, "Zwollenaar");
    struct bw_store *other = clear_store("elsewhere", elsewhere);
    unlock(other, PIN);
    bw_store_names_lock(other);
    bw_store_names_give(other, bw_store_names_take(copy));
    assert_int_equal(names_of(other), BW_NAMES_LOCKED);
    bw_store_names_give(other, NULL);
    bw_store_close(other);
    bw_store_close(copy);
    bw_store_close(store);
}

/* Nobody moves a name to another row, and no wrap makes the desk compute for ever. */
static void
what_was_altered_in_the_file_is_an_error_or_opens_nothing(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_registration found;
    char path[HELP_PATH_BYTES];
    struct bw_store *store = clear_store("altered", path);
    unlock(store, PIN);
    help_sql(path, "UPDATE registration SET box = (SELECT box FROM registration"
                   " WHERE code = 1) WHERE code = 2");
    assert_int_equal(bw_store_registration(store, 2, &found, &err), BW_CORRUPT);
    uint8_t wrap[NAMES_WRAP_BYTES] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    uint8_t pair[NAMES_KEY_BYTES] = {9};
    struct bw_names_key *key = NULL;
    help_ok(bw_store_names_unwrap(wrap, pair, PIN, &key, &err), &err);
    assert_null(key);
    bw_store_close(store);
}

static void
texts_of_a_box_are_read_back_and_nothing_else_is(void **state)
{
    (void)state;
    uint8_t bytes[NAMES_PERSON_BYTES_MAX];
    struct bw_person person = {.first_name = "Zoë",
                         .name = "Çelik",
                         .school = "OBS",
                         .table = "3",
                         .attention = "rolstoel",
                         .region = "Noord"},
                     read = {.region = "Noord"};
    size_t length = bw_store_names_encode(&person, bytes);
    assert_int_equal(length % NAMES_PAD_BYTES, 0);
    assert_true(bw_store_names_decode(bytes, length, &read));
    assert_memory_equal(&read, &person, sizeof read);
    for (size_t i = 0; i < length; i++) {
        assert_false(bw_store_names_decode(bytes, i, &read));
    }
    bytes[0] = 0xff; /* a text longer than any */
    assert_false(bw_store_names_decode(bytes, length, &read));
    assert_memory_equal(&read, &person, sizeof read);
}

/* A purge at the office: rows come again without a name; nobody touches the kiosk. */
static void
name_that_a_roster_takes_away_lingers_in_no_index(void **state)
{
    (void)state;
    char path[HELP_PATH_BYTES];
    struct bw_registration nobody[] = {
        help_registration(1, "", ""), help_registration(2, "", "")};
    struct bw_store *store = clear_store("purged", path);
    bw_store_close(store);
    assert_true(lies_in(path, "zwollenaar"));
    store = help_open(path, BW_STORE_SYNC);
    put_roster(store, nobody, 2); /* and the third is gone */
    bw_store_close(store);
    assert_false(lies_in(path, "Zwollenaar"));
    assert_false(lies_in(path, "zwollenaar"));
    assert_false(lies_in(path, "amraniquist"));
    assert_false(lies_in(path, "bakkerstra"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_pin_seals_what_was_clear_and_wipes_it),
        cmocka_unit_test(key_lies_in_memory_that_is_never_dumped_or_swapped),
        cmocka_unit_test(what_is_added_to_sealed_names_is_sealed_on_the_way),
        cmocka_unit_test(sealed_names_are_found_and_in_order_as_clear_ones_are),
        cmocka_unit_test(locked_names_keep_no_ticket_out_and_open_by_the_pin_alone),
        cmocka_unit_test(name_typed_while_names_are_locked_is_refused_whole),
        cmocka_unit_test(changed_pin_wraps_the_key_anew_while_names_are_open),
        cmocka_unit_test(pin_changed_while_names_were_locked_needs_the_one_before_once),
        cmocka_unit_test(names_given_up_ask_for_the_whole_roster),
        cmocka_unit_test(details_go_into_letters_the_same_from_a_locked_store),
        cmocka_unit_test(key_goes_on_to_a_copy_and_to_no_other_store),
        cmocka_unit_test(what_was_altered_in_the_file_is_an_error_or_opens_nothing),
        cmocka_unit_test(name_that_a_roster_takes_away_lingers_in_no_index),
        cmocka_unit_test(texts_of_a_box_are_read_back_and_nothing_else_is),
    };
    return cmocka_run_group_tests(tests, help_setup, help_teardown);
}
