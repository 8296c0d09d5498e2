/* What a store keeps of itself: enrolment, numbers, server time, version. */
#include "help.h"

#include <brugwachter/store_letter.h>

#include <string.h>

static void
new_settings_are_taken_for_the_same_device_only(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    help_path("enrol", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    struct bw_enrolment other = help_enrolment(HELP_DEVICE + 1);
    help_refused(bw_store_enrol(store, &other, &err), BW_REFUSED, &err, path);
    struct bw_enrolment more = help_enrolment(HELP_DEVICE);
    strcpy(more.name, "Achterdeur");
    strcpy(more.pin_hash, "$argon2id$x");
    strcpy(more.contact_phone, "050 123");
    strcpy(more.privacy_url, "https://example.org/p");
    more.sessions_count = 2;
    strcpy(more.sessions[1], "DRE-2025-03-20");
    more.keyring.count = 0;
    struct bw_store *kiosk = help_open(path, BW_STORE_KIOSK);
    help_ok(bw_store_enrol(store, &more, &err), &err);
    assert_string_equal(bw_store_enrolment(store)->name, "Achterdeur");
    bw_store_close(store);
    assert_string_equal(bw_store_enrolment(kiosk)->name, "Deur 3");
    help_ok(bw_store_refresh(kiosk, &err), &err);
    assert_string_equal(bw_store_enrolment(kiosk)->name, "Achterdeur");
    bw_store_close(kiosk);
    store = help_open(path, BW_STORE_KIOSK);
    const struct bw_enrolment *read = bw_store_enrolment(store);
    assert_string_equal(read->name, "Achterdeur");
    assert_string_equal(read->pin_hash, "$argon2id$x");
    assert_string_equal(read->contact_phone, "050 123");
    assert_string_equal(read->privacy_url, "https://example.org/p");
    assert_string_equal(read->sessions[1], "DRE-2025-03-20");
    assert_int_equal(read->keyring.count, 0);
    bw_store_close(store);
}

static void
small_numbers_outlive_a_restart(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    int64_t value = 0;
    help_path("numbers", path);
    struct bw_store *store = help_store(path, BW_STORE_KIOSK);
    help_ok(bw_store_get_number(store, "pin_misses", -3, &value, &err), &err);
    assert_int_equal(value, -3);
    help_ok(bw_store_set_number(store, "pin_misses", 4, &err), &err);
    help_ok(bw_store_set_number(store, "pin_misses", 5, &err), &err);
    bw_store_close(store);
    store = help_open(path, BW_STORE_KIOSK);
    help_ok(bw_store_get_number(store, "pin_misses", -3, &value, &err), &err);
    assert_int_equal(value, 5);
    bw_store_close(store);
}

static void
newest_server_time_stands_with_the_boot_it_came_in(void **state)
{
    (void)state;
    struct bw_error err;
    struct help_clock clock;
    char path[HELP_PATH_BYTES];
    int64_t server_ms = -1;
    int64_t mono_ms = -1;
    bool same = true;
    help_clock_init(&clock);
    help_path("server", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    help_ok(bw_store_server_time(store, &clock.clock, &server_ms, &mono_ms, &same, &err),
        &err);
    assert_int_equal(server_ms, 0);
    assert_false(same);
    help_ok(bw_store_set_server_time(store, 9000, &clock.clock, &err), &err);
    clock.mono_ms += 77;
    help_ok(bw_store_set_server_time(store, 8000, &clock.clock, &err), &err); /* older */
    help_ok(bw_store_server_time(store, &clock.clock, &server_ms, &mono_ms, &same, &err),
        &err);
    assert_int_equal(server_ms, 9000);
    assert_int_equal(mono_ms, 5000);
    assert_true(same);
    clock.clock.boot_id[0]++;
    help_ok(bw_store_server_time(store, &clock.clock, &server_ms, &mono_ms, &same, &err),
        &err);
    assert_false(same);
    bw_store_close(store);
}

static void
version_changes_when_the_other_program_wrote(void **state)
{
    (void)state;
    struct bw_error err;
    char path[HELP_PATH_BYTES];
    uint32_t before = 0;
    uint32_t after = 0;
    help_path("version", path);
    struct bw_store *kiosk = help_store(path, BW_STORE_KIOSK);
    struct bw_store *sync = help_open(path, BW_STORE_SYNC);
    help_ok(bw_store_version(kiosk, &before, &err), &err);
    help_ok(bw_store_set_number(kiosk, "own", 1, &err), &err);
    help_ok(bw_store_version(kiosk, &after, &err), &err);
    assert_int_equal(before, after);
    help_ok(bw_store_set_number(sync, "theirs", 1, &err), &err);
    help_ok(bw_store_version(kiosk, &after, &err), &err);
    assert_int_not_equal(before, after);
    bw_store_idle(kiosk);
    bw_store_close(kiosk);
    bw_store_close(sync);
}

static bool
remember_sent(const struct bw_store_sent *sent, void *context)
{
    *(struct bw_store_sent *)context = *sent;
    return true;
}

static void
sent_letters_are_remembered_by_carrier_and_name(void **state)
{
    (void)state;
    struct bw_error err = {0};
    char path[HELP_PATH_BYTES];
    static const uint8_t some_hash[BW_HASH_BYTES] = {7};
    help_path("sent", path);
    struct bw_store_sent sent = {
        .carrier = "folder:/mnt/a", .name = "een.bwe", .from = 1, .to = 4, .counter = 2};
    struct bw_store_sent read = {.to = 99};
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    memcpy(sent.hash, some_hash, sizeof sent.hash);
    help_ok(bw_store_put_sent(store, &sent, &err), &err);
    help_ok(bw_store_sent(store, "folder:/mnt/b", remember_sent, &read, &err), &err);
    assert_int_equal(read.to, 99);
    help_ok(bw_store_sent(store, "folder:/mnt/a", remember_sent, &read, &err), &err);
    assert_int_equal(read.to, 4);
    assert_memory_equal(read.hash, some_hash, sizeof some_hash);
    help_ok(bw_store_drop_sent(store, sent.carrier, sent.name, &err), &err);
    read.to = 99;
    help_ok(bw_store_sent(store, "folder:/mnt/a", remember_sent, &read, &err), &err);
    assert_int_equal(read.to, 99);
    bw_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sent_letters_are_remembered_by_carrier_and_name),
        cmocka_unit_test(new_settings_are_taken_for_the_same_device_only),
        cmocka_unit_test(small_numbers_outlive_a_restart),
        cmocka_unit_test(newest_server_time_stands_with_the_boot_it_came_in),
        cmocka_unit_test(version_changes_when_the_other_program_wrote),
    };
    return cmocka_run_group_tests_name("store_setting", tests, help_setup, help_teardown);
}
