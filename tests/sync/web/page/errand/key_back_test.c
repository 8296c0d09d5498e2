/* Druk sleutel af, and Lees sleutel van papier: on the desk, with mistakes on the way. */
#define ONE_OFFICE_PLACES 4
#include "office/backup/key_paper.h"
#include "tests/sync/web/one_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PHRASE "molen dijk appel brug molen dijk"

static char lines[BW_KEY_LINES_TEXT_BYTES]; /* of the office's keys, cheaply sealed */

static int
open_desk(void **state)
{
    static const struct bw_backup_cost cheap = {1, 8};
    struct bw_keys keys;
    struct bw_error err = {.text = ""};
    size_t count = 0;
    if (open_desk_with(state, NULL, BW_EXIT_DONE) != 0) {
        return -1;
    }
    assert_int_equal(bw_office_keys(&desk.desk.office, &keys, &err), BW_OK);
    assert_int_equal(
        bw_key_paper_seal(&keys, PHRASE, &cheap, lines, &count, &err), BW_OK);
    bw_keys_finish(&keys);
    return 0;
}

/* Sends the form with these lines and this phrase. */
static int
give(const char *text, const char *phrase)
{
    char form[2 * BW_KEY_LINES_TEXT_BYTES];
    (void)snprintf(
        form, sizeof form, "doe=sleutelterug&sleutelzin=%s&blad=%s", phrase, text);
    return desk_post(&desk, "/stukken", form);
}

static void
the_sheet_is_made_on_a_click_and_its_phrase_is_shown_once(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("Druk sleutel af");
    assert_int_equal(desk_post(&desk, "/stukken", "doe=sleutel"), 303);
    assert_int_equal(desk_wait(&desk), 200);
    shows("Alleen deze zin opent het blad");
    shows("sleutel.pdf");
    char target[BW_WEB_TARGET_BYTES_MAX + 8];
    (void)snprintf(target, sizeof target, "/stukken/%s/0", desk.desk.errands.items[0].id);
    assert_int_equal(desk_get(&desk, target), 200);
    assert_memory_equal(desk.reply.body, "%PDF-", 5);
}

static void
a_lost_key_is_said_and_read_back_from_its_lines(void **state)
{
    (void)state;
    assert_int_equal(unlink(office_path(&office, "central.db.key")), 0);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("De sleutel is weg");
    hides("Druk sleutel af</button>");
    char was = lines[10];
    lines[10] = was == 'Z' ? 'Y' : 'Z';
    assert_int_equal(give(lines, PHRASE), 400);
    shows("id=\"blad-f\"");
    shows("regel 01 klopt niet");
    shows("Wat je als zin typte tonen we niet terug");
    lines[37] = '\0';
    shows(lines); /* what was typed still stands there */
    hides(PHRASE);
    lines[10] = was;
    lines[37] = '\n';
    assert_int_equal(give(lines, "een heel andere zin dan die"), 303);
    assert_int_equal(desk_wait(&desk), 200);
    shows("De regels zijn er nog");
    hides("een heel andere zin");
    char form[200];
    (void)snprintf(form, sizeof form, "doe=sleutelterug&vorig=%s&sleutelzin=" PHRASE,
        desk_field(&desk, "vorig"));
    assert_int_equal(desk_post(&desk, "/stukken", form), 303);
    assert_int_equal(desk_wait(&desk), 200);
    shows("De sleutel is er");
    assert_int_equal(access(office_path(&office, "central.db.key"), F_OK), 0);
    assert_int_equal(office_run(&office, "verify", NULL), BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    hides("De sleutel is weg");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(the_sheet_is_made_on_a_click_and_its_phrase_is_shown_once),
        ON_DESK(a_lost_key_is_said_and_read_back_from_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
