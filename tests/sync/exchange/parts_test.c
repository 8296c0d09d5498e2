/* A roster in several letters on its way to a kiosk: a part that is lost, late, doubled,
 * or comes before the others. */
#include "tests/sync/exchange/office/sender.h"
#include "tests/sync/kiosk_help.h"
#include "tests/sync/testing.h"

#include "exchange/kiosk/credentials.h"
#include "exchange/office/roster/roster_parts.h"

#include <brugwachter/store_letter.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PEOPLE = 6, PARTS_LEAST = 3, BYTES_MAX = 1 << 18 };

struct part {
    char path[400]; /* where it lies on the carrier */
    unsigned char *bytes;
    size_t length;
};

struct world {
    struct desk desk;
    struct kiosk kiosk;
    struct bw_identity first; /* the kiosk's one-time pair */
    int count;
    struct part parts[BW_ROSTER_PARTS_MAX];
};

static void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

/* ---- cutting the office's letter into parts ---- */

/* The one roster letter that is there; it is taken away. */
static size_t
roster_fetch(const char *folder, unsigned char *ret_bytes)
{
    char path[400] = "";
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        struct bw_letter_name name;
        if (bw_letter_name_parse(entry->d_name, &name)) {
            assert_int_equal(name.kind, BW_LETTER_ROSTER);
            assert_string_equal(path, "");
            (void)snprintf(path, sizeof path, "%s/%.95s", folder, entry->d_name);
        }
    }
    (void)closedir(entries);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(ret_bytes, 1, BYTES_MAX, file);
    (void)fclose(file);
    assert_int_equal(unlink(path), 0);
    return length;
}

static void
part_seal(struct world *world, struct bw_roster_parts *parts, int at, const char *folder)
{
    struct bw_error err;
    struct bw_letter_head head;
    struct bw_letter_reader readers[1];
    struct part *part = &world->parts[at];
    char *text = NULL, name[BW_LETTER_NAME_BYTES];
    must(bw_roster_parts_text(parts, at, &text, &err), &err);
    parts->letter.part = at + 1;
    parts->letter.parts = parts->count;
    bw_roster_letter_head(&parts->letter, &head);
    memcpy(readers[0].box, world->first.box_public, sizeof readers[0].box);
    must(bw_letter_seal(&head, &world->desk.post.office, readers, 1, text, strlen(text),
             &part->bytes, &part->length, &err),
        &err);
    bw_letter_name_of(&head, part->bytes, part->length, name);
    (void)snprintf(part->path, sizeof part->path, "%s/%s", folder, name);
    free(text);
}

static void
parts_make(struct world *world)
{
    static unsigned char bytes[BYTES_MAX];
    struct bw_error err;
    struct bw_letter_head head;
    struct bw_roster_letter *letter = calloc(1, sizeof *letter);
    struct bw_roster_parts *parts = calloc(1, sizeof *parts);
    char folder[200], *content = NULL;
    size_t content_bytes = 0;
    assert_non_null(letter);
    assert_non_null(parts);
    (void)snprintf(
        folder, sizeof folder, "%s/central.db.letters", world->desk.office.folder);
    size_t length = roster_fetch(folder, bytes);
    const struct bw_roster_sink look = {.context = NULL};
    must(bw_letter_open(bytes, length, world->desk.post.office.sign_public, &world->first,
             &head, &content, &content_bytes, &err),
        &err);
    must(bw_roster_read(&head, content, content_bytes, &look, letter, NULL, &err), &err);
    must(bw_roster_parts_init(parts, letter, &err), &err);
    parts->part_bytes = 2500;
    struct bw_roster_sink sink = bw_roster_parts_sink(parts);
    must(bw_roster_read(&head, content, content_bytes, &sink, NULL, NULL, &err), &err);
    world->count = parts->count;
    assert_true(world->count >= PARTS_LEAST);
    for (int i = 0; i < world->count; i++) {
        part_seal(world, parts, i, folder);
    }
    bw_letter_content_free(content, content_bytes);
    bw_roster_parts_finish(parts);
    free(parts);
    free(letter);
}

/* ---- the tests ---- */

static int
setup(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    struct bw_credentials credentials;
    assert_non_null(world);
    desk_open(&world->desk, 4);
    people_sign_up(&world->desk.office, PEOPLE);
    kiosk_enrol(&world->kiosk, &world->desk.office, "Balie", "S-1");
    assert_int_equal(bw_credentials_load(world->kiosk.path, &credentials, NULL), BW_OK);
    bw_identity_of_seed(credentials.first_seed, &world->first);
    bw_credentials_finish(&credentials);
    parts_make(world);
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < world->count; i++) {
        free(world->parts[i].bytes);
    }
    kiosk_finish(&world->kiosk);
    desk_close(&world->desk);
    free(world);
    return 0;
}

static void
part_arrives(struct world *world, int at)
{
    const struct part *part = &world->parts[at];
    FILE *file = fopen(part->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(part->bytes, 1, part->length, file), part->length);
    assert_int_equal(fclose(file), 0);
}

static void
expect_pull(struct world *world, int registrations)
{
    enum bw_exit result;
    json_t *answer =
        kiosk_json(&world->kiosk, &result, "pull", "--clock", KIOSK_BEFORE, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_number_of(answer, "registrations"), registrations);
    assert_int_equal(json_number_of(answer, "revision") > 0, registrations > 0);
    json_decref(answer);
}

static void
nothing_is_applied_until_the_last_part_is_there(void **state) /* LR2 */
{
    struct world *world = *state;
    for (int i = world->count - 1; i > 0; i--) { /* the last first */
        part_arrives(world, i);
        expect_pull(world, 0);
    }
    part_arrives(world, 0); /* late */
    expect_pull(world, PEOPLE);
    expect_pull(world, PEOPLE);
}

static void
part_that_was_lost_is_waited_for(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < world->count; i++) {
        part_arrives(world, i);
    }
    assert_int_equal(unlink(world->parts[1].path), 0);
    expect_pull(world, 0);
    assert_int_equal(unlink(world->parts[2].path), 0); /* and another, meanwhile */
    expect_pull(world, 0);
    part_arrives(world, 1);
    expect_pull(world, 0); /* all parts were there, but never at once */
    part_arrives(world, 2);
    expect_pull(world, PEOPLE);
}

static void
part_that_was_cut_is_as_good_as_lost(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < world->count; i++) {
        part_arrives(world, i);
    }
    assert_int_equal(truncate(world->parts[1].path, 200), 0);
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_LOOK);
    part_arrives(world, 1);
    expect_pull(world, PEOPLE);
}

static void
parts_that_come_twice_are_applied_once(void **state)
{
    struct world *world = *state;
    char *stick = strdup(office_path(&world->desk.office, "stick"));
    char command[600];
    for (int i = 0; i < world->count; i++) {
        part_arrives(world, i);
    }
    (void)snprintf(command, sizeof command, "cp -r %s/central.db.letters %s",
        world->desk.office.folder, stick);
    assert_int_equal(system(command), 0);
    assert_int_equal(
        kiosk_run(&world->kiosk, "pull", "--from", stick, "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    expect_pull(world, PEOPLE);
    free(stick);
}

#define A_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(nothing_is_applied_until_the_last_part_is_there),
        A_TEST(part_that_was_lost_is_waited_for),
        A_TEST(part_that_was_cut_is_as_good_as_lost),
        A_TEST(parts_that_come_twice_are_applied_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
