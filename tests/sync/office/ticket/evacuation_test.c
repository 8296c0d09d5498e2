/* `roster`: the evacuation list names who is inside now, whoever they came as, and nobody
 * else. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"
#include "tests/sync/office/ticket/paper_read.h"

#include <stdlib.h>
#include <string.h>

/* fontconfig keeps its patterns for the life of the process, some by pointers that the
 * leak sanitizer doesn't see. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

/* The words of the file that the answer to `roster` names so; the caller frees. */
static char *
list_words(struct day *day, const char *language, const char *file, int inside)
{
    enum bw_exit result;
    json_t *answer = office_json(&day->office, &result, "roster", "--session", "S-1",
        "--out", office_path(&day->office, "door"), "--clock", "2025-03-25T14:02:00",
        "--language", language, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_integer_value(json_object_get(answer, "inside")), inside);
    char *text = paper_words(json_string_value(json_object_get(answer, file)), 0);
    json_decref(answer);
    return text;
}

static void
who_is_inside_is_named_and_who_left_isnt(void **state)
{
    struct day *day = *state;
    uint64_t second = day_four_come(day);
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_LEFT,
            .verdict = BW_VERDICT_WELCOME,
            .code = people_code(&day->office, 1),
            .refs_count = 1,
            .refs = {{day->kiosk.device, second}}},
        NULL);
    day_push(&day->kiosk);
    char *text = list_words(day, "nl", "evacuation", 3);
    assert_non_null(strstr(text, "P0, Piet"));
    assert_non_null(strstr(text, "Boer, Jan de"));
    assert_non_null(strstr(text, "Dam, Fleur van"));
    assert_null(strstr(text, "P1, Piet"));
    assert_null(strstr(text, "P2, Piet"));
    assert_non_null(strstr(text, "mensen binnen om 14.02 uur"));
    assert_non_null(strstr(text, "Balie: 3"));
    free(text);
}

static void
before_anybody_came_its_lines_are_empty(void **state)
{
    struct day *day = *state;
    char *text = list_words(day, "nl", "evacuation", 0);
    assert_null(strstr(text, "Piet"));
    assert_non_null(strstr(text, "schrijf op wie er is"));
    free(text);
}

static void
all_of_the_door_is_in_the_language_that_was_asked_for(void **state)
{
    struct day *day = *state;
    static const char *const files[][4] = {
        {"evacuation", "Evacuation list", "person inside at 14.02", "Counted outside"},
        {"card", "At the door: what do you do?", "Blue · white frame", "Fire alarm"},
        {"path", "Paper list", "3 people with a place · 3 waiting",
            "Surname, first name"},
    };
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    day_push(&day->kiosk);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *text = list_words(day, "en", files[i][0], 1);
        for (int w = 1; w < 4; w++) {
            if (strstr(text, files[i][w]) == NULL) {
                fail_msg("no \"%s\" in: %s", files[i][w], text);
            }
        }
        free(text);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(who_is_inside_is_named_and_who_left_isnt),
        CASE(before_anybody_came_its_lines_are_empty),
        CASE(all_of_the_door_is_in_the_language_that_was_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
