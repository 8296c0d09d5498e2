/* --check: every command that changes something knows it, and with it not a byte is
 * another one, in the database, its keys, its letters and what else lies about. */
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include "cli/option.h"

#include <ftw.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS_MAX = 6, PEOPLE = 6 };

/* A change that holds once those above it are made. A word that begins with a slash is
 * of the office's folder. */
struct deed {
    const char *words[WORDS_MAX];
    const char *clock;
};

static const struct deed deeds[] = {
    {{"init", "--organiser", "Samen sterk"}, KIOSK_BEFORE},
    {{"import", "registrations", "/again.csv", "--session", "S-1"}, KIOSK_BEFORE},
    {{"settle", "Other", "other", "--why", "a twin"}, KIOSK_BEFORE},
    {{"cancel", "Piet P0"}, KIOSK_BEFORE},
    {{"promote", "--session", "S-1"}, KIOSK_BEFORE},
    {{"reinstate", "Piet P0"}, KIOSK_BEFORE},
    {{"block", "Piet P1", "--why", "asked for"}, KIOSK_BEFORE},
    {{"unblock", "Piet P1"}, KIOSK_BEFORE},
    {{"reissue", "Piet P1"}, KIOSK_BEFORE},
    {{"move", "Piet P1", "--session", "S-2"}, KIOSK_BEFORE},
    {{"undo"}, KIOSK_BEFORE},
    {{"substitute", "Piet P1", "Co Lega", "co@x.nl"}, KIOSK_BEFORE},
    {{"undo"}, KIOSK_BEFORE},
    {{"correct", "Piet P1", "name=Puk"}, KIOSK_BEFORE},
    {{"undo"}, KIOSK_BEFORE},
    {{"session", "move", "S-1", "--venue", "Elders"}, KIOSK_BEFORE},
    {{"mail", "--told", "Piet P2"}, KIOSK_BEFORE},
    {{"mail", "--not-sent"}, KIOSK_BEFORE},
    {{"mail", "--out", "/mails"}, KIOSK_BEFORE},
    {{"settings", "pace", "20"}, KIOSK_BEFORE},
    {{"key", "new"}, KIOSK_BEFORE},
    {{"key", "retire", "1"}, KIOSK_BEFORE},
    {{"enrol", "--session=S-1", "--name=Zuil", "--out", "/new/"}, KIOSK_BEFORE},
    {{"merge", "/stick"}, KIOSK_BEFORE},
    {{"merge", "/stick2"}, KIOSK_BEFORE},
    {{"kiosks", "accept", "1"}, KIOSK_BEFORE},
    {{"revoke", "1"}, KIOSK_BEFORE},
    {{"merge-people", "Piet P1", "Piet P2"}, KIOSK_BEFORE},
    {{"undo"}, KIOSK_BEFORE},
    {{"forget", "Piet P4", "--yes"}, KIOSK_BEFORE},
    {{"purge", "--before", "2025-09-01"}, "2025-10-01T12:00:00"},
};

enum { DEEDS = sizeof deeds / sizeof deeds[0] };

static struct office office;

/* Of each file and folder, its name and what is in it, in whatever order. */
static unsigned char looked[crypto_generichash_BYTES];

static int
on_entry(const char *path, const struct stat *facts, int kind, struct FTW *walk)
{
    crypto_generichash_state state;
    unsigned char digest[sizeof looked];
    (void)walk;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof digest);
    (void)crypto_generichash_update(
        &state, (const unsigned char *)path, strlen(path) + 1);
    if (kind == FTW_F) {
        size_t length = (size_t)facts->st_size;
        unsigned char *bytes = malloc(length + 1);
        FILE *file = fopen(path, "rb");
        assert_non_null(bytes);
        assert_non_null(file);
        assert_int_equal(fread(bytes, 1, length, file), length);
        assert_int_equal(fclose(file), 0);
        (void)crypto_generichash_update(&state, bytes, length);
        free(bytes);
    }
    (void)crypto_generichash_final(&state, digest, sizeof digest);
    for (size_t i = 0; i < sizeof looked; i++) {
        looked[i] ^= digest[i];
    }
    return 0;
}

static void
look(unsigned char ret_digest[sizeof looked])
{
    memset(looked, 0, sizeof looked);
    assert_int_equal(nftw(office.folder, on_entry, 16, FTW_PHYS), 0);
    memcpy(ret_digest, looked, sizeof looked);
}

static void
run(const struct deed *deed, bool check)
{
    char room[WORDS_MAX][512];
    const char *words[WORDS_MAX] = {NULL};
    int count = 0;
    for (; count < WORDS_MAX && deed->words[count] != NULL; count++) {
        const char *word = deed->words[count];
        (void)snprintf(room[count], sizeof room[count], "%s%s",
            word[0] == '/' ? office.folder : "", word);
        words[count] = room[count];
    }
    enum bw_exit result =
        office_run(&office, "--clock", deed->clock, check ? "--check" : "--json",
            words[0], words[1], words[2], words[3], words[4], words[5], NULL);
    if (result > BW_EXIT_LOOK) {
        fail_msg("%s %s: %s", deed->words[0], check ? "--check" : "", office.diag);
    }
}

/* An office with people, a doubt to come, and the letters of a kiosk and its copy on two
 * sticks. */
static int
setup(void **state)
{
    struct kiosk kiosk, copy;
    (void)state;
    office_open(&office, 3, false);
    const char *elsewhere = office_write(&office, "elsewhere.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "S-2,reeks,Leerkring Elders,leerkring,Noord,Huis,2025-03-26T13:30,"
        "2025-03-26T16:30,2,brugfunctionaris\n");
    assert_int_equal(
        office_run(&office, "import", "sessions", elsewhere, NULL), BW_EXIT_DONE);
    people_sign_up(&office, PEOPLE);
    (void)office_write(&office, "again.csv",
        "Tijdstempel,E-mailadres,Naam,School,Functie\n"
        "2025-03-09 10:00,p3@voorbeeld.example,Other Name,OBS De Brug,brugfunctionaris\n"
        "2025-03-09 10:01,nieuw@x.nl,Nel Nieuw,OBS De Brug,brugfunctionaris\n");
    kiosk_open(&kiosk, &office, "Balie", "S-1");
    char *enrolment = strdup(kiosk.path);
    (void)memcpy(enrolment + strlen(enrolment) - 2, "js", 2);
    copy = kiosk;
    copy.out = copy.diag = NULL;
    (void)snprintf(copy.path, sizeof copy.path, "%s/copy.db", office.folder);
    char file[600];
    (void)snprintf(file, sizeof file, "%son", enrolment);
    free(enrolment);
    assert_int_equal(kiosk_run(&copy, "enrol-device", file, NULL), BW_EXIT_DONE);
    (void)kiosk_arrived(&kiosk, people_code(&office, 0));
    assert_int_equal(mkdir(office_path(&office, "stick"), 0700), 0);
    assert_int_equal(mkdir(office_path(&office, "stick2"), 0700), 0);
    assert_int_equal(kiosk_run(&kiosk, "export", office_path(&office, "stick"), "--clock",
                         KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    assert_int_equal(kiosk_run(&copy, "export", office_path(&office, "stick2"), "--clock",
                         KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    kiosk_finish(&kiosk);
    kiosk_finish(&copy);
    /* what carriers hold comes in before a list, such as mail's: nothing is left there */
    assert_int_equal(
        office_run(&office, "status", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    office_finish(&office);
    return 0;
}

/* Beside these: what makes a database anew (restore, copy-central), and the desk. */
static bool
is_changing(const struct bw_sync_command *command)
{
    bool changes = command->needs != BW_NEEDS_NOTHING;
    return (changes && (command->letters & BW_LETTERS_OUT) != 0) ||
           strcmp(command->name, "init") == 0 || strcmp(command->name, "mail") == 0;
}

static void
every_changing_command_takes_check_and_is_tried_here(void **state)
{
    (void)state;
    for (int i = 0; bw_sync_commands.commands[i] != NULL; i++) {
        const struct bw_sync_command *command = bw_sync_commands.commands[i];
        bool tried = false;
        for (int d = 0; d < DEEDS; d++) {
            tried = tried || strcmp(deeds[d].words[0], command->name) == 0;
        }
        if (is_changing(command) &&
            (!tried || (bw_options_allowed(command) & BW_TAKES(BW_OPTION_CHECK)) == 0)) {
            fail_msg("%s: --check isn't known, or not tried", command->name);
        }
    }
}

static void
with_check_not_a_byte_changes_and_without_it_some_do(void **state)
{
    unsigned char before[sizeof looked], after[sizeof looked];
    (void)state;
    for (int d = 0; d < DEEDS; d++) {
        look(before);
        run(&deeds[d], true);
        look(after);
        if (memcmp(before, after, sizeof before) != 0) {
            fail_msg("%s --check changed something", deeds[d].words[0]);
        }
        run(&deeds[d], false);
        look(after);
        if (memcmp(before, after, sizeof before) == 0) {
            fail_msg("%s changed nothing", deeds[d].words[0]);
        }
    }
}

static void
check_makes_no_database(void **state)
{
    struct office none;
    (void)state;
    office_init(&none);
    assert_int_equal(office_run(&none, "init", "--check", NULL), BW_EXIT_FAILED);
    assert_int_equal(rmdir(none.folder), 0);
    free(none.out);
    free(none.diag);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_changing_command_takes_check_and_is_tried_here),
        cmocka_unit_test_setup_teardown(
            with_check_not_a_byte_changes_and_without_it_some_do, setup, teardown),
        cmocka_unit_test(check_makes_no_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
