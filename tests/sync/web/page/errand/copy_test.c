/* Zet kopie terug: a backup is given to the desk, looked at beside what there is, put
 * back, and the way back is the same way; on SQLite and on a real PostgreSQL. */
#define ONE_OFFICE_PLACES 4
#include "office/backup/backup.h"
#include "tests/sync/central/engine/postgres_help.h"
#include "tests/sync/web/one_desk.h"

#include <stdio.h>
#include <stdlib.h>

#define PHRASE "een lange zin die niemand anders kent"
#define THREE                                                                            \
    "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"       \
    "10-2-2025 09:20,mo@twee.example,Mo Vos,OBS Twee,brugfunctionaris,Oost\n"            \
    "10-2-2025 09:30,zoe@drie.example,Zoë Bos,OBS Drie,brugfunctionaris,Oost\n"
#define FOURTH "10-2-2025 09:40,pia@vier.example,Pia Pos,OBS Vier,brugfunctionaris,Oost\n"

static struct postgres postgres;
static char *backup; /* of the three */
static size_t backup_bytes;

/* The backup at a cost that takes no time: what the desk makes itself isn't. */
static void
make_backup(void)
{
    static const struct bw_backup_cost cheap = {1, 8};
    struct bw_office_backup made;
    struct bw_error err = {.text = ""};
    const char *path = office_path(&office, "b.bwb");
    assert_int_equal(
        bw_office_backup_make(&desk.desk.office, path, PHRASE, &cheap, &made, &err),
        BW_OK);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    backup = calloc(1, 1 << 22);
    assert_non_null(backup);
    backup_bytes = fread(backup, 1, 1 << 22, file);
    (void)fclose(file);
}

static int
open_desk(void **state)
{
    if (open_desk_with(state, THREE, BW_EXIT_DONE) != 0) {
        return -1;
    }
    make_backup();
    return 0;
}

static int
open_desk_on_server(void **state)
{
    (void)state;
    postgres_place(&postgres);
    office_open_at(&office, postgres.uri, ONE_OFFICE_PLACES, false);
    assert_int_equal(office_sign_up(&office, THREE), BW_EXIT_DONE);
    desk_open(&desk, &office);
    desk_enter(&desk);
    make_backup();
    return 0;
}

static int
close_copy(void **state)
{
    free(backup);
    return close_desk(state);
}

static int
close_on_server(void **state)
{
    (void)close_copy(state);
    postgres_clear(&postgres);
    return 0;
}

static void
give(const char *fields)
{
    assert_int_equal(
        desk_give_bytes(&desk, "/stukken", fields, "mine.bwb", backup, backup_bytes),
        303);
    assert_int_equal(desk_wait(&desk), 200);
}

/* A form of the page before: `more` are its other fields. */
static void
click(const char *deed, const char *more)
{
    char form[600];
    (void)snprintf(
        form, sizeof form, "doe=%s&vorig=%s%s", deed, desk_field(&desk, "vorig"), more);
    assert_int_equal(desk_post(&desk, "/stukken", form), 303);
    assert_int_equal(desk_wait(&desk), 200);
}

static void
a_backup_is_looked_at_beside_what_there_is_and_put_back(void **state)
{
    (void)state;
    char *then = office_dump(&office);
    assert_int_equal(office_sign_up(&office, FOURTH), BW_EXIT_DONE);
    char *now = office_dump(&office);
    give("doe=kopie&zin=" PHRASE);
    shows("De kopie gaat open, en alles erin klopt");
    shows("<b>3</b></td><td data-k=\"Nu\">4</td>"); /* sign-ups */
    shows("van het kantoor zijn dan weg");
    shows("Wat er nu is bewaren we eerst");
    hides(PHRASE);
    char *looked = office_dump(&office);
    assert_string_equal(looked, now); /* looking changed nothing */
    click("terugzetten", "");
    shows("staat er weer");
    shows(".kept-");
    hides(PHRASE);
    char *after = office_dump(&office);
    assert_string_equal(after, then);
    assert_int_equal(desk_get(&desk, "/kring/S-1"), 200);
    hides("Pia");                   /* the desk shows what there is now */
    assert_true(desk.desk.changed); /* and kiosks are to hear */
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("getest (");
    shows("<option>central"); /* what is kept can be chosen */
    free(after);
    free(looked);
    free(then);
    free(now);
}

static void
the_way_back_is_one_more_look_and_click(void **state)
{
    (void)state;
    assert_int_equal(office_sign_up(&office, FOURTH), BW_EXIT_DONE);
    char *now = office_dump(&office);
    char kept[400];
    give("doe=kopie&zin=" PHRASE);
    click("terugzetten", "");
    (void)snprintf(kept, sizeof kept, "&bewaard=%s", desk_field(&desk, "bewaard"));
    click("kopie", kept);
    shows("<b>4</b></td><td data-k=\"Nu\">3</td>");
    desk.wall_ms += 1000; /* another name for what is kept */
    click("terugzetten", "");
    char *after = office_dump(&office);
    assert_string_equal(after, now);
    free(after);
    free(now);
}

/* The file is still there; the phrase isn't shown, and has to be typed again. */
static void
a_phrase_that_was_wrong_is_typed_again_and_the_file_is_kept(void **state)
{
    (void)state;
    give("doe=kopie&zin=een heel andere zin dan die");
    shows("Dat lukte niet");
    shows("Het bestand is er nog");
    hides("een heel andere zin");
    click("kopie", "&zin=" PHRASE);
    shows("De kopie gaat open, en alles erin klopt");
    give("doe=kopie&zin=");
    shows("Het bestand is er nog");
    click("kopie", "&zin=" PHRASE);
    shows("De kopie gaat open, en alles erin klopt");
}

static void
what_was_not_looked_at_is_not_put_back(void **state)
{
    (void)state;
    char *before = office_dump(&office);
    assert_int_equal(desk_give_bytes(&desk, "/stukken", "doe=terugzetten&zin=" PHRASE,
                         "mine.bwb", backup, backup_bytes),
        404);
    give("doe=kopie&zin=een heel andere zin dan die"); /* it doesn't open */
    char form[200];
    (void)snprintf(
        form, sizeof form, "doe=terugzetten&vorig=%s", desk_field(&desk, "vorig"));
    assert_int_equal(desk_post(&desk, "/stukken", form), 409);
    char *after = office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
only_what_is_kept_there_is_taken_by_its_name(void **state)
{
    static const char *const names[] = {"central.db", "b.bwb", "../b.bwb",
        "central.db.kept-x.bwb", "%2Fetc%2Fpasswd", "central.db.key"};
    char form[300];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(
            form, sizeof form, "doe=kopie&zin=" PHRASE "&bewaard=%s", names[i]);
        assert_int_equal(desk_post(&desk, "/stukken", form), 404);
    }
    assert_int_equal(desk_post(&desk, "/stukken", "doe=kopie&zin=woorden"), 400);
    shows("id=\"bestand-f\"");
    shows("typ die ook opnieuw");
    hides("woorden\"");
}

#define ON_COPY(test) cmocka_unit_test_setup_teardown(test, open_desk, close_copy)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_COPY(a_backup_is_looked_at_beside_what_there_is_and_put_back),
        ON_COPY(the_way_back_is_one_more_look_and_click),
        ON_COPY(a_phrase_that_was_wrong_is_typed_again_and_the_file_is_kept),
        ON_COPY(what_was_not_looked_at_is_not_put_back),
        ON_COPY(only_what_is_kept_there_is_taken_by_its_name),
    };
    const struct CMUnitTest on_server[] = {
        cmocka_unit_test_setup_teardown(the_way_back_is_one_more_look_and_click,
            open_desk_on_server, close_on_server),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (postgres_start(&postgres)) {
        failed += cmocka_run_group_tests(on_server, NULL, NULL);
        postgres_stop(&postgres);
    }
    return failed;
}
