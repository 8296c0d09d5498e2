/* Rosters and events by USB, through the program: what is refused changes nothing. */
#include "tests/sync/testing.h"

#include "exchange/letter/letter.h"
#include "tests/sync/kiosk_help.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world {
    struct office office;
    struct kiosk kiosk, other;
    char usb[200];
};

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    office_open(&world->office, 3, false);
    people_sign_up(&world->office, 4);
    kiosk_enrol(&world->kiosk, &world->office, "Balie", "S-1");
    kiosk_enrol(&world->other, &world->office, "Zij", "S-1");
    (void)snprintf(world->usb, sizeof world->usb, "%s/usb", world->office.folder);
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    kiosk_finish(&world->kiosk);
    kiosk_finish(&world->other);
    folder_remove(world->office.folder);
    free(world->office.out);
    free(world->office.diag);
    free(world);
    return 0;
}

/* The roster letter that `pack` writes for a kiosk; the caller frees. */
static char *
packed(struct world *world, const char *device)
{
    char pattern[600], command[700];
    glob_t found;
    (void)snprintf(command, sizeof command, "rm -f '%s'/bw-roster-*", world->usb);
    (void)!system(command);
    assert_int_equal(office_run(&world->office, "pack", "--device", device, "--out",
                         world->usb, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    (void)snprintf(
        pattern, sizeof pattern, "%s/bw-roster-%s-0-*.bwr", world->usb, device);
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    assert_int_equal(found.gl_pathc, 1);
    char *file = strdup(found.gl_pathv[0]);
    globfree(&found);
    return file;
}

static char *
exported(struct world *world, struct kiosk *kiosk)
{
    enum bw_exit result;
    json_t *answer =
        kiosk_json(kiosk, &result, "export", world->usb, "--clock", KIOSK_AFTER, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    char *file = strdup(json_string_value(json_object_get(answer, "file")));
    json_decref(answer);
    return file;
}

static int64_t
registrations(struct kiosk *kiosk)
{
    int64_t count = 0;
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    struct bw_registration found;
    for (int i = 0; i < 4; i++) {
        count += bw_store_registration(
                     store, people_code(kiosk->office, i), &found, NULL) == BW_OK;
    }
    bw_store_close(store);
    return count;
}

static void
change(const char *path, long at, bool cut)
{
    if (cut) {
        assert_int_equal(truncate(path, at), 0);
        return;
    }
    FILE *file = fopen(path, "r+b");
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    int byte = fgetc(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    (void)fputc(byte ^ 4, file);
    (void)fclose(file);
}

static void
roster_goes_by_usb_to_its_kiosk(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    char *file = packed(world, "1");
    assert_non_null(strstr(file, "/bw-roster-1-"));
    assert_int_equal(registrations(&world->kiosk), 0);
    json_t *answer = kiosk_json(&world->kiosk, &result, "pull", "--from", file, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "registrations"), 4);
    assert_int_equal(json_number_of(answer, "sessions"), 1);
    json_decref(answer);
    assert_int_equal(registrations(&world->kiosk), 4);
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--from", file, NULL), BW_EXIT_DONE);
    free(file);
}

static void
check_refused(struct kiosk *kiosk, const char *file, const char *why)
{
    assert_int_equal(kiosk_run(kiosk, "pull", "--from", file, NULL), BW_EXIT_FAILED);
    if (!strstr(kiosk->diag, why)) {
        fail_msg("%s", kiosk->diag);
    }
    assert_ptr_equal(strchr(kiosk->diag, '\n'), kiosk->diag + strlen(kiosk->diag) - 1);
    assert_int_equal(registrations(kiosk), 0);
}

static void
roster_for_another_altered_or_cut_is_refused_in_one_sentence(void **state)
{
    struct world *world = *state;
    char *file = packed(world, "1");
    check_refused(&world->other, file, "it is for kiosk 1, and this is kiosk 2");
    change(file, 200, false);
    check_refused(&world->kiosk, file, "altered");
    change(file, 200, true);
    check_refused(&world->kiosk, file, "cut or damaged");
    check_refused(&world->kiosk, office_write(&world->office, "x", "no such file at all"),
        "it is no letter");
    check_refused(&world->kiosk, office_path(&world->office, "none.bwr"), "No such file");
    free(file);
}

/* Whoever may write to a folder could else keep every kiosk from its roster. */
static void
letter_that_is_too_large_keeps_nobody_from_theirs(void **state)
{
    struct world *world = *state;
    static const char *const names[] = {"bw-roster-1-0-1-00000000.bwr",
        "bw-introduction-2-00000000.bwi", "bw-events-2-1-1-00000000.bwe"};
    free(packed(world, "1"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[600];
        (void)snprintf(path, sizeof path, "%s/%s", world->usb, names[i]);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        (void)fclose(file);
        change(path, BW_LETTER_BYTES_MAX + 1, true);
    }
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--from", world->usb, NULL), BW_EXIT_LOOK);
    assert_int_equal(registrations(&world->kiosk), 4);
}

static void
older_roster_is_passed_over(void **state)
{
    struct world *world = *state;
    char code[BW_CODE_BYTES];
    char *old = packed(world, "1");
    char *kept = strdup(office_path(&world->office, "old.bwr"));
    assert_int_equal(rename(old, kept), 0);
    bw_code_format(people_code(&world->office, 0), code);
    assert_int_equal(
        office_run(&world->office, "cancel", code, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    char *new = packed(world, "1");
    assert_string_not_equal(old, new);
    assert_int_equal(kiosk_run(&world->kiosk, "pull", "--from", new, NULL), BW_EXIT_DONE);
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--from", kept, NULL), BW_EXIT_DONE);
    assert_string_equal(world->kiosk.diag, "");
    struct bw_store *store = kiosk_store(&world->kiosk, BW_STORE_READ);
    struct bw_registration found;
    assert_int_equal(
        bw_store_registration(store, people_code(&world->office, 0), &found, NULL),
        BW_OK);
    assert_int_equal(found.status, BW_CANCELLED);
    bw_store_close(store);
    free(old);
    free(kept);
    free(new);
}

static int64_t
number_of(const struct kiosk *kiosk, const char *name)
{
    int64_t value = -1;
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(bw_store_get_number(store, name, 0, &value, NULL), BW_OK);
    bw_store_close(store);
    return value;
}

/* A stick bears letters as a folder does; a receipt is another thing. */
static void
what_a_stick_or_a_folder_holds_counts_as_sent(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    assert_int_not_equal(number_of(kiosk, BW_NUMBER_CHECK_WORDS), 0);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    assert_int_equal(number_of(kiosk, BW_NUMBER_SENT), 0);
    free(exported(world, kiosk));
    assert_int_equal(number_of(kiosk, BW_NUMBER_SENT), 1);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1));
    assert_int_equal(number_of(kiosk, BW_NUMBER_SENT), 1);
    assert_int_equal(kiosk_run(kiosk, "push", "--clock", KIOSK_AFTER, NULL), 0);
    assert_int_equal(number_of(kiosk, BW_NUMBER_SENT), 2);
    assert_int_equal(number_of(kiosk, BW_NUMBER_ACKNOWLEDGED), 0);
}

static void
events_go_by_usb_and_their_receipt_comes_back_with_the_roster(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    int64_t acknowledged = -1;
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    (void)kiosk_walk_in(kiosk, "Inez", "Loper");
    char *file = exported(world, kiosk);
    assert_non_null(strstr(file, "/bw-events-1-1-2-"));
    assert_int_equal(office_run(&world->office, "merge", world->usb, NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 2);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM walk_in"), 1);
    char *roster = packed(world, "1");
    assert_int_equal(kiosk_run(kiosk, "pull", "--from", roster, NULL), BW_EXIT_DONE);
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_READ);
    assert_int_equal(
        bw_store_get_number(store, BW_NUMBER_ACKNOWLEDGED, 0, &acknowledged, NULL),
        BW_OK);
    bw_store_close(store);
    assert_int_equal(acknowledged, 2);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1));
    char *next = exported(world, kiosk);
    assert_non_null(strstr(next, "/bw-events-1-3-3-"));
    free(file);
    free(roster);
    free(next);
}

static void
bad_letter_is_set_aside_and_the_others_are_taken(void **state)
{
    struct world *world = *state;
    enum bw_exit result;
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    (void)kiosk_arrived(&world->other, people_code(&world->office, 1));
    char *good = exported(world, &world->kiosk);
    char *bad = exported(world, &world->other);
    change(bad, 150, false);
    json_t *answer = office_json(&world->office, &result, "merge", world->usb, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "aside") + json_number_of(answer, "left"), 1);
    json_decref(answer);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 1);
    change(bad, 150, false);
    assert_int_equal(office_run(&world->office, "merge", world->usb, NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 2);
    free(good);
    free(bad);
}

/* A file manager that finds a name taken makes another. */
static void
letter_that_a_file_manager_renamed_is_taken(void **state)
{
    static const char *const names[] = {
        "bw-events-1-1-1-0badcafe (1).bwe", "Copy of bw-events-2-1-1.BWE", "notes.bwe"};
    struct world *world = *state;
    enum bw_exit result;
    char path[600];
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 0));
    (void)kiosk_arrived(&world->other, people_code(&world->office, 1));
    char *files[] = {exported(world, &world->kiosk), exported(world, &world->other)};
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", world->usb, names[i]);
        assert_int_equal(rename(files[i], path), 0);
        free(files[i]);
    }
    assert_int_equal(office_run(&world->office, "merge", world->usb, NULL), BW_EXIT_DONE);
    assert_int_equal(office_number(&world->office, "SELECT count(*) FROM event"), 2);
    assert_int_equal(office_run(&world->office, "merge", world->usb, NULL), BW_EXIT_DONE);
    (void)snprintf(path, sizeof path, "usb/%s", names[2]);
    (void)office_write(&world->office, path, "no letter");
    json_t *answer = office_json(&world->office, &result, "merge", world->usb, NULL);
    assert_int_equal(result, BW_EXIT_LOOK);
    assert_int_equal(json_number_of(answer, "aside"), 1);
    json_decref(answer);
}

static size_t
gaps_told(struct world *world)
{
    enum bw_exit result;
    json_t *answer = office_json(&world->office, &result, "status", NULL);
    size_t gaps = json_array_size(json_object_get(
        json_array_get(json_object_get(answer, "devices"), 0), "missing"));
    json_decref(answer);
    return gaps;
}

static void
gap_is_told_and_filled_by_the_missing_letter_in_any_order(void **state)
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    char kept[600];
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    char *first = exported(world, kiosk);
    (void)snprintf(kept, sizeof kept, "%s/first.bwe", world->office.folder);
    assert_int_equal(rename(first, kept), 0);
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_SYNC);
    assert_int_equal(bw_store_set_number(store, BW_NUMBER_ACKNOWLEDGED, 1, NULL), BW_OK);
    bw_store_close(store);
    (void)kiosk_arrived(kiosk, people_code(&world->office, 1));
    char *second = exported(world, kiosk);
    (void)office_run(&world->office, "merge", world->usb, NULL);
    assert_int_equal(gaps_told(world), 1);
    assert_int_equal(rename(kept, first), 0);
    (void)office_run(&world->office, "merge", world->usb, NULL);
    assert_int_equal(gaps_told(world), 0);
    free(first);
    free(second);
}

static void
empty_log_still_states_its_head(void **state)
{
    struct world *world = *state;
    char *file = exported(world, &world->kiosk);
    assert_non_null(strstr(file, "/bw-events-1-0-0-"));
    assert_int_equal(office_run(&world->office, "merge", world->usb, NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_number(&world->office, "SELECT count(*) FROM head_statement"), 1);
    free(file);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(roster_goes_by_usb_to_its_kiosk),
        CASE(roster_for_another_altered_or_cut_is_refused_in_one_sentence),
        CASE(letter_that_is_too_large_keeps_nobody_from_theirs),
        CASE(older_roster_is_passed_over),
        CASE(what_a_stick_or_a_folder_holds_counts_as_sent),
        CASE(events_go_by_usb_and_their_receipt_comes_back_with_the_roster),
        CASE(letter_that_a_file_manager_renamed_is_taken),
        CASE(bad_letter_is_set_aside_and_the_others_are_taken),
        CASE(gap_is_told_and_filled_by_the_missing_letter_in_any_order),
        CASE(empty_log_still_states_its_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
