/* `key`, `import`, `tickets`, `backup` and `restore`, killed and refused at their changes
 * to the disk: what says that nothing was changed changed nothing, what was done is
 * whole, and the next run makes good what a killed one left. The real program, under
 * strike.h.
 *
 * Not every call is struck each time: BW_STRIKE_ALL=1 strikes all. */
#include "central/keys.h"
#include "tests/sync/strike.h"
#include "tests/pace.h"
#include "tests/sync/one_office.h"

#include <brugwachter/core.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STRIKES_MAX = 4000, PEOPLE = 3, STRIDE_SLOW = 397 };

static const char form[] = "Tijdstempel,Naam,Functie,School,E-mailadres\n"
                           "10-02-2025 12:01,Anna Vos,brugfunctionaris,De Brug,\n"
                           "10-02-2025 12:02,Bas Mol,brugfunctionaris,De Brug,\n"
                           "10-02-2025 12:03,Cor Uil,brugfunctionaris,De Brug,\n";

static int
open_office(void **state)
{
    (void)state;
    office_open(&office, 2, false);
    (void)office_write(&office, "f.csv", form);
    return bw_core_init(NULL) == BW_OK ? 0 : -1;
}

/* ---- each run starts from the same office ---- */

static void
shell(const char *command)
{
    assert_int_equal(setenv("OFFICE", office.folder, 1), 0);
    assert_int_equal(system(command), 0);
}

static void
keep(void)
{
    shell("cp -a $OFFICE $OFFICE.kept");
}

static void
put_back(void)
{
    shell("rm -r $OFFICE && cp -a $OFFICE.kept $OFFICE");
}

/* Everything in a folder but what says when it was made, as one text:
 * names and what they hold. */
static const char *
listing(const char *folder, char *capacity, size_t bytes)
{
    char command[1024];
    (void)snprintf(command, sizeof command,
        "cd %s && find . -type f ! -path './.brugwachter-*' ! -name '*.pdf' | sort |"
        " xargs -r cksum",
        folder);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(capacity, 1, bytes - 1, pipe);
    capacity[length] = '\0';
    assert_int_equal(pclose(pipe), 0);
    return capacity;
}

static void
no_temporary_file_is_left(const char *folder)
{
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        assert_int_not_equal(strncmp(entry->d_name, ".brugwachter-", 13), 0);
    }
    (void)closedir(entries);
}

/* Strikes one command at each of its calls, and checks what stands after each. */
static void
strike_each(const char *const *words, enum strike how, int stride,
    void (*check)(int status, enum strike how))
{
    char program[] = BW_BINARY_DIR "/bin/brugwachter-sync";
    char central[] = "--central";
    char *argv[16] = {program, central, office.uri};
    for (int i = 0; words[i] != NULL; i++) {
        argv[3 + i] = (char *)(uintptr_t)words[i];
    }
    int step = pace_stride(stride);
    for (int n = 1;; n += step) {
        assert_true(n < STRIKES_MAX);
        put_back();
        struct strike_end end = strike_run(argv, how, n);
        check(end.status, how);
        if (!end.struck) {
            assert_int_equal(end.status, BW_EXIT_DONE);
            return;
        }
    }
}

static void
strike_all(
    const char *const *words, int stride, void (*check)(int status, enum strike how))
{
    if (!strike_works()) {
        skip();
    }
    keep();
    strike_each(words, STRIKE_KILL, stride, check);
    strike_each(words, STRIKE_FAIL, stride, check);
    strike_each(words, STRIKE_FULL, stride, check);
    put_back();
    shell("rm -r $OFFICE.kept");
}

/* What a program that says `status` may have done: all of it, or nothing. */
static void
check_whole(int status, bool done, bool nothing)
{
    assert_true(done || nothing);
    assert_true(status != BW_EXIT_USAGE);
    if (status == BW_EXIT_FAILED) {
        assert_true(nothing);
    } else if (status >= 0) {
        assert_true(done);
    }
}

/* ---- key new ---- */

/* Every key that the database has in use has its secret. */
static int
check_keys(void)
{
    struct bw_keys keys;
    struct bw_error err = {.text = ""};
    if (bw_keys_load(office_path(&office, "central.db.key"), &keys, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    int64_t count = office_number(&office, "SELECT count(*) FROM signing_key");
    assert_true(keys.count >= count);
    for (int64_t i = 0; i < count; i++) {
        assert_int_equal(keys.keys[i].key, i + 1);
    }
    int held = keys.count;
    bw_keys_finish(&keys);
    return held;
}

static void
check_key(int status, enum strike how)
{
    (void)how;
    (void)check_keys();
    int64_t count = office_number(&office, "SELECT count(*) FROM signing_key");
    check_whole(status, count == 2, count == 1);
    assert_int_equal(office_run(&office, "key", "new", NULL), BW_EXIT_DONE);
    int64_t newest = office_number(&office, "SELECT max(signing_key) FROM signing_key");
    struct bw_keys keys;
    assert_int_equal(
        bw_keys_load(office_path(&office, "central.db.key"), &keys, NULL), BW_OK);
    assert_int_equal(keys.count, count + 1); /* what a killed one left is gone */
    assert_int_equal(bw_keys_newest(&keys)->key, newest);
    bw_keys_finish(&keys);
    no_temporary_file_is_left(office.folder);
}

static void
a_struck_key_new_leaves_no_key_without_its_secret(void **state)
{
    (void)state;
    strike_all((const char *const[]){"key", "new", NULL}, 17, check_key);
}

/* ---- import ---- */

static void
check_import(int status, enum strike how)
{
    (void)how;
    int64_t people = office_number(&office, "SELECT count(*) FROM registration");
    int64_t tickets = office_number(&office, "SELECT count(*) FROM ticket");
    int64_t batches = office_number(
        &office, "SELECT count(*) FROM import_batch WHERE kind = 'registrations'");
    check_whole(status, people == PEOPLE && tickets == PEOPLE && batches == 1,
        people == 0 && tickets == 0 && batches == 0);
    assert_int_equal(office_run(&office, "import", "registrations",
                         office_path(&office, "f.csv"), "--session", "S-1", NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), PEOPLE);
}

static void
a_struck_import_goes_in_whole_or_not_at_all(void **state)
{
    (void)state;
    char path[128];
    (void)snprintf(path, sizeof path, "%s", office_path(&office, "f.csv"));
    strike_all(
        (const char *const[]){"import", "registrations", path, "--session", "S-1", NULL},
        41, check_import);
}

/* ---- tickets ---- */

static char out[128];
static char before[4096], after[4096], again[4096];

/* The line of a listing that is of the list. */
static const char *
list_in(const char *all)
{
    const char *line = strstr(all, "./tickets.csv");
    while (line != NULL && line > all && line[-1] != '\n') {
        line--;
    }
    assert_non_null(line);
    return line;
}

/* The list tells whose ticket is new since the list before. */
static void
check_tickets(int status, enum strike how)
{
    char now[4096];
    (void)listing(out, now, sizeof now);
    bool listed = strcmp(list_in(now), list_in(after)) == 0;
    if (status == BW_EXIT_FAILED) {
        assert_string_equal(now, before);
    } else if (status == BW_EXIT_DONE && how != STRIKE_FAIL) {
        assert_string_equal(now, after);
    }
    assert_true(status != BW_EXIT_USAGE);
    assert_int_equal(
        office_run(&office, "tickets", "--session", "S-1", "--out", out, NULL),
        BW_EXIT_DONE);
    assert_string_equal(listing(out, now, sizeof now), listed ? again : after);
    no_temporary_file_is_left(out);
}

/* Somebody has a new ticket, somebody none any more. */
static void
struck_tickets_change_the_folder_whole_or_not_at_all(void **state)
{
    (void)state;
    (void)snprintf(out, sizeof out, "%s", office_path(&office, "out"));
    assert_int_equal(office_run(&office, "import", "registrations",
                         office_path(&office, "f.csv"), "--session", "S-1", NULL),
        BW_EXIT_DONE);
    const char *const words[] = {"tickets", "--session", "S-1", "--out", out, NULL};
    assert_int_equal(
        office_run(&office, "tickets", "--session", "S-1", "--out", out, NULL),
        BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "reissue", office_code(&office, "Anna"), NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "cancel", office_code(&office, "Bas"), NULL), BW_EXIT_DONE);
    (void)listing(out, before, sizeof before);
    keep();
    assert_int_equal(
        office_run(&office, "tickets", "--session", "S-1", "--out", out, NULL),
        BW_EXIT_DONE);
    (void)listing(out, after, sizeof after);
    assert_string_not_equal(before, after);
    assert_int_equal(
        office_run(&office, "tickets", "--session", "S-1", "--out", out, NULL),
        BW_EXIT_DONE);
    (void)listing(out, again, sizeof again);
    put_back();
    shell("rm -r $OFFICE.kept");
    strike_all(words, 71, check_tickets);
    shell("rm -r $OFFICE/out");
}

/* ---- backup and restore ---- */

static char sealed[128], phrase[128];

static enum bw_exit
restore_look(void)
{
    return office_run(
        &office, "restore", sealed, "--phrase-file", phrase, "--check", NULL);
}

static void
check_backup(int status, enum strike how)
{
    (void)how;
    bool there = access(sealed, F_OK) == 0;
    check_whole(status, there && restore_look() == BW_EXIT_DONE, !there);
    (void)unlink(sealed);
    assert_int_equal(
        office_run(&office, "backup", "--out", sealed, "--phrase-file", phrase, NULL),
        BW_EXIT_DONE);
    no_temporary_file_is_left(office.folder);
}

static void
check_restore(int status, enum strike how)
{
    (void)how;
    bool there = access(office_path(&office, "again.db"), F_OK) == 0;
    if (!there) {
        check_whole(status, false, true);
        assert_int_equal(
            office_run(&office, "restore", sealed, "--phrase-file", phrase, NULL),
            BW_EXIT_DONE);
    } else {
        assert_int_not_equal(status, BW_EXIT_FAILED);
    }
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), PEOPLE);
    assert_int_equal(office_number(&office, "SELECT epoch FROM central"), 2);
    assert_int_equal(office_run(&office, "verify", NULL), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "key", "new", NULL), BW_EXIT_DONE); /* sweeps */
    no_temporary_file_is_left(office.folder);
}

static void
a_struck_backup_is_whole_or_not_there_and_so_is_what_is_restored(void **state)
{
    (void)state;
    (void)snprintf(sealed, sizeof sealed, "%s", office_path(&office, "b.bwb"));
    (void)snprintf(phrase, sizeof phrase, "%s",
        office_write(&office, "phrase.txt", "een lange zin die niemand kent"));
    assert_int_equal(office_run(&office, "import", "registrations",
                         office_path(&office, "f.csv"), "--session", "S-1", NULL),
        BW_EXIT_DONE);
    strike_all(
        (const char *const[]){"backup", "--out", sealed, "--phrase-file", phrase, NULL},
        STRIDE_SLOW, check_backup);
    assert_int_equal(
        office_run(&office, "backup", "--out", sealed, "--phrase-file", phrase, NULL),
        BW_EXIT_DONE);
    (void)snprintf(
        office.uri, sizeof office.uri, "sqlite:%s", office_path(&office, "again.db"));
    strike_all((const char *const[]){"restore", sealed, "--phrase-file", phrase, NULL},
        STRIDE_SLOW, check_restore);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
        WITH_OFFICE(a_struck_key_new_leaves_no_key_without_its_secret),
        WITH_OFFICE(a_struck_import_goes_in_whole_or_not_at_all),
        WITH_OFFICE(a_struck_backup_is_whole_or_not_there_and_so_is_what_is_restored),
        WITH_OFFICE(struck_tickets_change_the_folder_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
