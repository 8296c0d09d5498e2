/* The key file, and `key new`, `key retire`. */
#include "central/keys.h"
#include "tests/sync/one_office.h"

#include <brugwachter/core.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int
open_office(void **state)
{
    (void)state;
    office_open(&office, 2, false);
    return bw_core_init(NULL) == BW_OK ? 0 : -1;
}

static struct bw_keys
load(void)
{
    struct bw_keys keys;
    struct bw_error err = {.text = ""};
    if (bw_keys_load(office_path(&office, "central.db.key"), &keys, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return keys;
}

static void
init_makes_private_keys_once(void **state)
{
    (void)state;
    struct stat info;
    assert_int_equal(stat(office_path(&office, "central.db.key"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(stat(office_path(&office, "central.db"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    struct bw_keys before = load();
    assert_int_equal(before.count, 1);
    assert_int_equal(bw_keys_newest(&before)->key, 1);
    assert_int_equal(office_run(&office, "init", NULL), BW_EXIT_DONE);
    struct bw_keys after = load();
    assert_memory_equal(&before, &after, sizeof before);
    assert_int_equal(office_number(&office,
                         "SELECT count(*) FROM central WHERE sign_public IS NOT NULL"
                         " AND box_public IS NOT NULL"),
        1);
}

static void
a_key_file_that_others_may_read_is_refused(void **state)
{
    (void)state;
    const char *path = office_path(&office, "central.db.key");
    assert_int_equal(chmod(path, 0640), 0);
    struct bw_keys keys;
    assert_int_equal(bw_keys_load(path, &keys, NULL), BW_REFUSED);
    assert_int_equal(office_run(&office, "key", "new", NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "chmod 600"));
}

static void
a_damaged_or_foreign_key_file_is_refused(void **state)
{
    (void)state;
    const char *path = office_path(&office, "central.db.key");
    struct bw_keys other;
    const char *foreign = office_path(&office, "other.key");
    assert_int_equal(bw_keys_create(foreign, 1, &other, NULL), BW_OK);
    assert_int_equal(bw_keys_create(foreign, 1, &other, NULL), BW_REFUSED);
    assert_int_equal(
        office_run(&office, "key", "new", "--key-file", foreign, NULL), BW_EXIT_FAILED);
    assert_non_null(strstr(office.diag, "doesn't belong"));
    static const char *const damaged[] = {"", "{}", "[]", "{\"brugwachter_keys\":2}",
        "{\"brugwachter_keys\":1,\"organiser\":{},\"keys\":[]}"};
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        (void)office_write(&office, "central.db.key", damaged[i]);
        assert_int_equal(bw_keys_load(path, &other, NULL), BW_CORRUPT);
    }
    assert_int_equal(remove(path), 0);
    assert_int_equal(bw_keys_load(path, &other, NULL), BW_NOT_FOUND);
    assert_int_equal(office_run(&office, "init", NULL), BW_EXIT_FAILED); /* no new ones */
}

static void
a_new_key_signs_and_an_old_one_retires(void **state)
{
    (void)state;
    static const char form[] =
        "Tijdstempel,Naam,Functie,School,E-mailadres\n"
        "10-02-2025 12:01,Anna Vos,brugfunctionaris,De Brug,a@b.nl\n";
    assert_int_equal(office_run(&office, "import", "registrations",
                         office_write(&office, "f.csv", form), "--session", "S-1", NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "key", "retire", "1", NULL), BW_EXIT_FAILED);
    assert_int_equal(office_run(&office, "key", "new", NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT max(signing_key) FROM ticket"), 1);
    assert_int_equal(
        office_run(&office, "key", "retire", "1", "--clock", "2025-03-01T10:00:00", NULL),
        BW_EXIT_LOOK);
    assert_string_equal(
        office_text(
            &office, "SELECT generation, signing_key FROM ticket ORDER BY signing_key"),
        "0|1|0|2|");
    struct bw_keys keys = load();
    assert_int_equal(keys.count, 1);
    assert_int_equal(keys.keys[0].key, 2);
    assert_int_equal(office_run(&office, "key", "retire", "1", NULL), BW_EXIT_FAILED);
    assert_int_equal(office_run(&office, "key", "new", NULL), BW_EXIT_DONE);
    keys = load();
    assert_int_equal(bw_keys_newest(&keys)->key, 3); /* 1 is never given again */
}

static void
a_kiosk_holds_no_more_keys_than_it_has_room_for(void **state)
{
    (void)state;
    for (int i = 1; i < BW_KEYS_MAX; i++) {
        assert_int_equal(office_run(&office, "key", "new", NULL), BW_EXIT_DONE);
    }
    assert_int_equal(office_run(&office, "key", "new", NULL), BW_EXIT_FAILED);
    struct bw_keys keys = load();
    assert_int_equal(keys.count, BW_KEYS_MAX);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM signing_key"), BW_KEYS_MAX);
}

/* As after a stop between the key file and the database, on either side. */
static void
keys_that_the_database_does_not_know_sign_nothing_and_go(void **state)
{
    (void)state;
    const char *path = office_path(&office, "central.db.key");
    struct bw_keys keys = load();
    assert_int_equal(bw_keys_add(path, &keys, 7, NULL), BW_OK); /* never registered */
    static const char form[] =
        "Tijdstempel,Naam,Functie,School,E-mailadres\n"
        "10-02-2025 12:01,Anna Vos,brugfunctionaris,De Brug,a@b.nl\n";
    assert_int_equal(office_run(&office, "import", "registrations",
                         office_write(&office, "f.csv", form), "--session", "S-1", NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT signing_key FROM ticket"), 1);
    assert_int_equal(office_run(&office, "key", "new", NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_number(&office, "SELECT max(signing_key) FROM signing_key"), 8);
    keys = load();
    assert_int_equal(keys.count, 2); /* 1 and 8 */
    assert_int_equal(keys.keys[1].key, 8);
    assert_int_equal(bw_keys_add(path, &keys, 9, NULL), BW_OK);
    assert_int_equal(office_run(&office, "key", "retire", "8", NULL), BW_EXIT_DONE);
    keys = load();
    assert_int_equal(keys.count, 1);
    assert_int_equal(
        office_run(&office, "reissue", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT max(signing_key) FROM ticket"), 1);
}

static void
wrong_use_of_key_is_said(void **state)
{
    (void)state;
    assert_int_equal(office_run(&office, "key", NULL), BW_EXIT_USAGE);
    assert_int_equal(office_run(&office, "key", "old", NULL), BW_EXIT_USAGE);
    assert_int_equal(office_run(&office, "key", "retire", NULL), BW_EXIT_USAGE);
    assert_int_equal(office_run(&office, "key", "retire", "1x", NULL), BW_EXIT_USAGE);
    assert_int_equal(office_run(&office, "key", "retire", "300", NULL), BW_EXIT_USAGE);
    assert_int_equal(office_run(&office, "key", "new", "1", NULL), BW_EXIT_USAGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
        WITH_OFFICE(init_makes_private_keys_once),
        WITH_OFFICE(a_key_file_that_others_may_read_is_refused),
        WITH_OFFICE(a_damaged_or_foreign_key_file_is_refused),
        WITH_OFFICE(a_new_key_signs_and_an_old_one_retires),
        WITH_OFFICE(a_kiosk_holds_no_more_keys_than_it_has_room_for),
        WITH_OFFICE(keys_that_the_database_does_not_know_sign_nothing_and_go),
        WITH_OFFICE(wrong_use_of_key_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
