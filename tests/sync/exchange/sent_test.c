/* What a kiosk sent, looked after on its carrier until the office says that it has it. */
#include "exchange/kiosk/writer.h"
#include "exchange/letter/name.h"
#include "tests/sync/exchange/fleet_help.h"
#include "tests/sync/testing.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
setup(void **state)
{
    *state = fleet_open(NULL, NULL, 3, 2);
    return 0;
}

/* The kiosk's letter with events on the default carrier; false where there's none. */
static bool
letter_find(const struct world *world, char ret_path[600], int64_t *ret_bytes)
{
    bool found = false;
    struct stat facts;
    const char *folder = office_path(&world->office, "central.db.letters");
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (strncmp(entry->d_name, "bw-events-1-1-", 14) == 0) {
            assert_false(found);
            (void)snprintf(ret_path, 600, "%.300s/%.250s", folder, entry->d_name);
            assert_int_equal(stat(ret_path, &facts), 0);
            *ret_bytes = (int64_t)facts.st_size;
            found = true;
        }
    }
    (void)closedir(entries);
    return found;
}

/* KX2: sent once seen whole on a carrier, acknowledged by its receipt. */
static void
letter_is_put_again_where_it_was_cut_until_its_receipt_came(void **state) /* KX2 */
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    char path[600];
    int64_t whole = 0, now = 0;
    (void)kiosk_arrived(kiosk, people_code(&world->office, 0));
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_true(letter_find(world, path, &whole));
    assert_int_equal(truncate(path, 200), 0);
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_true(letter_find(world, path, &now));
    assert_int_equal(now, whole);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_true(letter_find(world, path, &now)); /* missing is put again, too */
    assert_int_equal(office_run(&world->office, "merge", NULL), BW_EXIT_DONE);
    assert_int_equal(kiosk_run(kiosk, "pull", NULL), BW_EXIT_DONE);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(kiosk_run(kiosk, "push", NULL), BW_EXIT_DONE);
    assert_false(letter_find(world, path, &now)); /* the office has it */
}

/* Reads one file of the carrier; true where it is a whole letter by this kiosk. */
static bool
is_own_letter(const char *folder, const char *text, uint32_t device)
{
    static unsigned char bytes[1 << 18];
    char path[600];
    struct bw_letter_name name;
    struct bw_letter_head head;
    struct bw_error err;
    (void)snprintf(path, sizeof path, "%.300s/%.250s", folder, text);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    return bw_letter_name_parse(text, &name) &&
           bw_letter_name_fits(&name, bytes, length) &&
           bw_letter_read_head(bytes, length, &head, &err) == BW_OK &&
           head.writer == device;
}

static void
what_a_kiosk_put_is_whole_letters_of_its_own(void **state) /* KX1 */
{
    struct world *world = *state;
    struct kiosk side;
    int own = 0;
    kiosk_open(&side, &world->office, "Zij", "S-1");
    (void)kiosk_arrived(&side, people_code(&world->office, 0));
    assert_int_equal(kiosk_run(&side, "push", NULL), BW_EXIT_DONE);
    (void)kiosk_arrived(&world->kiosk, people_code(&world->office, 1));
    assert_int_equal(kiosk_run(&world->kiosk, "pull", NULL), BW_EXIT_DONE);
    char *folder = strdup(office_path(&world->office, "central.db.letters"));
    folder_remove(folder); /* but for the mark, what lies there now is the kiosk's */
    assert_int_equal(office_run(&world->office, "merge", NULL), BW_EXIT_DONE);
    char *stick = strdup(office_path(&world->office, "stick"));
    assert_int_equal(kiosk_run(&world->kiosk, "sync", NULL), BW_EXIT_DONE);
    assert_int_equal(kiosk_run(&world->kiosk, "export", stick, NULL), BW_EXIT_DONE);
    const char *const places[] = {folder, stick};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        DIR *entries = opendir(places[i]);
        assert_non_null(entries);
        for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
            if (entry->d_name[0] == '.' ||
                strcmp(entry->d_name, "brugwachter-letters.json") == 0 ||
                strncmp(entry->d_name, "bw-roster-", 10) == 0) {
                continue;
            }
            assert_true(is_own_letter(places[i], entry->d_name, world->kiosk.device));
            own++;
        }
        (void)closedir(entries);
    }
    assert_true(own >= 4); /* an introduction and events, on each */
    free(stick);
    free(folder);
    kiosk_finish(&side);
}

static bool
is_quiet(struct bw_kiosk_writer *writer, uint64_t from, uint64_t to)
{
    struct bw_kiosk_letter letter = {.bytes = NULL};
    struct bw_error err = {.text = ""};
    if (bw_kiosk_write_events(writer, from, to, &letter, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    bool quiet = letter.quiet;
    bw_kiosk_letter_finish(&letter);
    return quiet;
}

/* Who is refused because others wait before them has come to the door: that counts. */
static void
a_letter_of_refusals_alone_is_one_that_no_other_kiosk_waits_for(void **state) /* CE1 */
{
    struct world *world = *state;
    struct kiosk *kiosk = &world->kiosk;
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_writer writer;
    const bw_code code = people_code(&world->office, 0);
    struct bw_event refused = {.kind = BW_EVENT_REFUSED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_ALREADY_IN,
        .home_session_no = 1,
        .code = code};
    assert_int_equal(kiosk_event(kiosk, refused, NULL), 1);
    assert_int_equal(kiosk_event(kiosk, refused, NULL), 2);
    refused.verdict = BW_VERDICT_WAITLISTED;
    assert_int_equal(kiosk_event(kiosk, refused, NULL), 3);
    assert_int_equal(kiosk_arrived(kiosk, code), 4);
    assert_int_equal(
        bw_kiosk_exchange_open(kiosk->path, &kiosk->clock, NULL, &exchange, NULL), BW_OK);
    assert_int_equal(bw_kiosk_writer_init(&exchange, &writer, NULL), BW_OK);
    assert_true(is_quiet(&writer, 1, 2));
    assert_false(is_quiet(&writer, 3, 3));
    assert_false(is_quiet(&writer, 1, 4));
    assert_false(is_quiet(&writer, 0, 0)); /* a hello: it tells who is there */
    bw_kiosk_exchange_close(&exchange);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            letter_is_put_again_where_it_was_cut_until_its_receipt_came, setup,
            fleet_teardown),
        cmocka_unit_test_setup_teardown(
            what_a_kiosk_put_is_whole_letters_of_its_own, setup, fleet_teardown),
        cmocka_unit_test_setup_teardown(
            a_letter_of_refusals_alone_is_one_that_no_other_kiosk_waits_for, setup,
            fleet_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
