/* `backup` and `restore`: the office out of one sealed file, and nothing else harmed. */
#include "tests/sync/kiosk_help.h"
#include "tests/sync/one_office.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PHRASE "een lange zin die niemand anders kent"

static int
setup(void **state)
{
    (void)state;
    office_open(&office, 5, false);
    (void)office_write(&office, "phrase.txt", PHRASE "\n");
    people_sign_up(&office, 4);
    return 0;
}

static enum bw_exit
backup(const char *name)
{
    return office_run(&office, "backup", "--out", office_path(&office, name),
        "--phrase-file", office_path(&office, "phrase.txt"), NULL);
}

/* Restores a backup as the database FOLDER/to, which the office is from then on. */
static enum bw_exit
restore(const char *name, const char *to)
{
    (void)snprintf(office.uri, sizeof office.uri, "sqlite:%s", office_path(&office, to));
    return office_run(&office, "restore", office_path(&office, name), "--phrase-file",
        office_path(&office, "phrase.txt"), NULL);
}

static void
done(enum bw_exit result)
{
    if (result != BW_EXIT_DONE) {
        fail_msg("%s%s", office.out, office.diag);
    }
}

static bool
is_there(const char *name)
{
    return access(office_path(&office, name), F_OK) == 0;
}

static void
is_mine_alone(const char *name)
{
    struct stat facts;
    assert_int_equal(stat(office_path(&office, name), &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
}

/* A file of the office's folder, whole; the caller frees. */
static char *
file_of(const char *name, size_t *ret_length)
{
    FILE *file = fopen(office_path(&office, name), "rb");
    assert_non_null(file);
    char *bytes = calloc(1, 1 << 22);
    assert_non_null(bytes);
    *ret_length = fread(bytes, 1, 1 << 22, file);
    (void)fclose(file);
    return bytes;
}

static bool
files_are_same(const char *one, const char *other)
{
    size_t length = 0, others = 0;
    char *bytes = file_of(one, &length), *second = file_of(other, &others);
    bool same = length == others && memcmp(bytes, second, length) == 0;
    free(bytes);
    free(second);
    return same;
}

static void
no_copy_is_left(void)
{
    DIR *entries = opendir(office.folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        assert_int_not_equal(strncmp(entry->d_name, ".brugwachter-", 13), 0);
    }
    (void)closedir(entries);
}

static void
a_backup_gives_the_same_office_back(void **state)
{
    (void)state;
    char *before = office_dump(&office);
    done(backup("b.bwb"));
    is_mine_alone("b.bwb");
    done(restore("b.bwb", "again.db"));
    says("1 sessions, 4 registrations");
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    assert_true(files_are_same("central.db.key", "again.db.key"));
    is_mine_alone("again.db");
    is_mine_alone("again.db.key");
    no_copy_is_left();
    done(office_run(&office, "verify", NULL));
    done(office_run(&office, "tickets", "--session", "S-1", "--out",
        office_path(&office, "t"), NULL)); /* the keys sign */
}

/* The backup can't know; whoever restores it has to. */
static void
who_was_forgotten_since_is_back_and_that_is_said(void **state)
{
    (void)state;
    const char *all = "SELECT count(*) FROM person WHERE identity IS NOT NULL";
    char code[BW_CODE_SHOWN_BYTES];
    bw_code_format_shown(people_code(&office, 0), code);
    done(backup("b.bwb"));
    done(office_run(&office, "forget", "--yes", code, NULL));
    assert_int_equal(office_number(&office, all), 3);
    done(restore("b.bwb", "again.db"));
    assert_int_equal(office_number(&office, all), 4);
    says("Who was forgotten or purged since is in it again");
}

static void
nothing_of_it_can_be_read_in_the_file(void **state)
{
    (void)state;
    size_t length = 0;
    done(backup("b.bwb"));
    char *bytes = file_of("b.bwb", &length);
    assert_null(memmem(bytes, length, "Piet", 4));
    assert_null(memmem(bytes, length, "voorbeeld.example", 17));
    assert_null(memmem(bytes, length, "SQLite format", 13));
    assert_null(memmem(bytes, length, "secret", 6));
    free(bytes);
}

static void
the_phrase_is_shown_once_and_opens_it_as_people_type_it(void **state)
{
    (void)state;
    enum bw_exit result;
    json_t *answer = office_json(
        &office, &result, "backup", "--out", office_path(&office, "b.bwb"), NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    char typed[400];
    const char *phrase = json_string_value(json_object_get(answer, "phrase"));
    assert_non_null(phrase);
    size_t used = 0;
    for (const char *at = phrase; *at != '\0'; at++) {
        typed[used++] = *at == ' ' ? '\n' : (char)(*at - 'a' + 'A');
    }
    typed[used] = '\0';
    (void)office_write(&office, "phrase.txt", typed);
    json_decref(answer);
    done(restore("b.bwb", "again.db"));
}

static void
nothing_that_is_there_is_overwritten(void **state)
{
    (void)state;
    done(backup("b.bwb"));
    assert_int_equal(backup("b.bwb"), BW_EXIT_FAILED);
    says("something has that name already");
    char *before = office_dump(&office);
    assert_int_equal(restore("b.bwb", "central.db"), BW_EXIT_FAILED);
    says("central.db is there already");
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    /* what another database left would be read into this one */
    (void)office_write(&office, "again.db-wal", "x");
    assert_int_equal(restore("b.bwb", "again.db"), BW_EXIT_FAILED);
    says("again.db-wal is there already");
    assert_false(is_there("again.db"));
    (void)office_write(&office, "third.db.key", "{}");
    assert_int_equal(restore("b.bwb", "third.db"), BW_EXIT_FAILED);
    says("third.db.key holds others");
    assert_false(is_there("third.db"));
    no_copy_is_left();
}

/* A stop between the two leaves the keys; and so does a file that was lost alone. */
static void
keys_that_are_there_and_the_same_are_fine(void **state)
{
    (void)state;
    done(backup("b.bwb"));
    assert_int_equal(unlink(office_path(&office, "central.db")), 0);
    done(restore("b.bwb", "central.db"));
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 4);
}

static void
one_that_is_damaged_cut_or_anothers_leaves_nothing(void **state)
{
    (void)state;
    size_t length = 0;
    done(backup("b.bwb"));
    char *bytes = file_of("b.bwb", &length);
    (void)office_write_bytes(&office, "cut.bwb", bytes, length - 1000);
    bytes[length - 2000] ^= 1;
    (void)office_write_bytes(&office, "bent.bwb", bytes, length);
    free(bytes);
    assert_int_equal(restore("cut.bwb", "again.db"), BW_EXIT_FAILED);
    says("cut or damaged");
    assert_int_equal(restore("bent.bwb", "again.db"), BW_EXIT_FAILED);
    says("damaged");
    assert_int_equal(restore("phrase.txt", "again.db"), BW_EXIT_FAILED);
    says("no backup");
    assert_int_equal(restore("nowhere.bwb", "again.db"), BW_EXIT_FAILED);
    (void)office_write(&office, "phrase.txt", "een heel andere zin dan deze");
    assert_int_equal(restore("b.bwb", "again.db"), BW_EXIT_FAILED);
    says("this phrase doesn't open it");
    assert_false(is_there("again.db"));
    assert_false(is_there("again.db.key"));
    no_copy_is_left();
}

static void
check_looks_at_it_and_leaves_nothing(void **state)
{
    (void)state;
    done(backup("b.bwb"));
    char *before = office_dump(&office);
    done(office_run(&office, "restore", office_path(&office, "b.bwb"), "--phrase-file",
        office_path(&office, "phrase.txt"), "--check", NULL));
    says("4 registrations");
    says("Nothing was changed");
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
    no_copy_is_left();
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM central WHERE epoch_ms > 0"), 0);
}

/* Somebody else is in the middle of a step: the backup neither waits nor has half of
 * it. */
static void
others_go_on_working_meanwhile(void **state)
{
    (void)state;
    struct bw_central *other = NULL;
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_central_open(office.uri, BW_CENTRAL_OPEN, &other, &err), BW_OK);
    assert_int_equal(bw_central_begin(other, &err), BW_OK);
    assert_int_equal(bw_central_run(other, "UPDATE registration SET name = 'Half'", NULL,
                         0, NULL, NULL, &err),
        BW_OK);
    done(backup("b.bwb"));
    assert_int_equal(bw_central_commit(other, &err), BW_OK);
    bw_central_close(other);
    done(restore("b.bwb", "again.db"));
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE name = 'Half'"),
        0);
}

static void
central_forget(void)
{
    static const char *const names[] = {
        "central.db", "central.db-wal", "central.db-shm", "central.db.key"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)unlink(office_path(&office, names[i]));
    }
}

/* The office's machine died after the backup; what a kiosk sent since comes again. */
static void
kiosks_send_again_what_the_backup_has_not(void **state)
{
    struct kiosk kiosk;
    (void)state;
    kiosk_open(&kiosk, &office, "Balie", "S-1");
    (void)kiosk_arrived(&kiosk, people_code(&office, 0));
    assert_int_equal(
        kiosk_run(&kiosk, "sync", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    done(office_run(&office, "merge", "--clock", KIOSK_BEFORE, NULL));
    done(backup("b.bwb"));
    (void)kiosk_walk_in(&kiosk, "Ines", "Inloper");
    for (int i = 0; i < 2; i++) { /* sent, and the receipt taken */
        assert_int_equal(
            kiosk_run(&kiosk, "sync", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
        done(office_run(&office, "merge", "--clock", KIOSK_AFTER, NULL));
    }
    assert_int_equal(office_number(&office, "SELECT count(*) FROM event"), 2);
    central_forget();
    folder_remove(office_path(&office, "central.db.letters"));
    done(restore("b.bwb", "central.db"));
    says("epoch 2");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM event"), 1);
    for (int i = 0; i < 3; i++) {
        (void)office_run(&office, "merge", "--clock", KIOSK_AFTER, NULL);
        (void)kiosk_run(&kiosk, "sync", "--clock", KIOSK_AFTER, NULL);
    }
    (void)office_run(&office, "merge", "--clock", KIOSK_AFTER, NULL);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM event"), 2);
    done(office_run(&office, "verify", NULL));
    kiosk_finish(&kiosk);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_backup_gives_the_same_office_back),
        CASE(who_was_forgotten_since_is_back_and_that_is_said),
        CASE(nothing_of_it_can_be_read_in_the_file),
        CASE(the_phrase_is_shown_once_and_opens_it_as_people_type_it),
        CASE(nothing_that_is_there_is_overwritten),
        CASE(keys_that_are_there_and_the_same_are_fine),
        CASE(one_that_is_damaged_cut_or_anothers_leaves_nothing),
        CASE(check_looks_at_it_and_leaves_nothing),
        CASE(others_go_on_working_meanwhile),
        CASE(kiosks_send_again_what_the_backup_has_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
