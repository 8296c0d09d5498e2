/* `roster`: the evacuation list names who is inside now, whoever they came as, and nobody
 * else. */
#include "tests/sync/testing.h"

#include "tests/sync/day_help.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_BYTES = 16384 };

/* fontconfig keeps its patterns for the life of the process, some by pointers that the
 * leak sanitizer doesn't see. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

/* What poppler reads from it. */
static void
list_read(struct day *day, int inside, char ret_text[TEXT_BYTES])
{
    enum bw_exit result;
    char command[600];
    json_t *answer =
        office_json(&day->office, &result, "roster", "--session", "S-1", "--out",
            office_path(&day->office, "door"), "--clock", "2025-03-25T14:02:00", NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    assert_int_equal(json_integer_value(json_object_get(answer, "inside")), inside);
    (void)snprintf(command, sizeof command, BW_PDFTOTEXT " -layout '%s' -",
        json_string_value(json_object_get(answer, "evacuation")));
    json_decref(answer);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(ret_text, 1, TEXT_BYTES - 1, pipe);
    ret_text[length] = '\0';
    assert_int_equal(pclose(pipe), 0);
}

static void
who_is_inside_is_named_and_who_left_isnt(void **state)
{
    struct day *day = *state;
    static char text[TEXT_BYTES];
    struct bw_event_details details = {.person.school = "OBS De Brug"};
    (void)snprintf(
        details.person.first_name, sizeof details.person.first_name, "%s", "Fleur");
    (void)snprintf(details.person.name, sizeof details.person.name, "%s", "van Dam");
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    uint64_t second = kiosk_arrived(&day->kiosk, people_code(&day->office, 1));
    (void)kiosk_walk_in(&day->kiosk, "Jan", "de Boer");
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_SUBSTITUTE,
            .verdict = BW_VERDICT_WELCOME,
            .code = people_code(&day->office, 2)},
        &details);
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_LEFT,
            .verdict = BW_VERDICT_WELCOME,
            .code = people_code(&day->office, 1),
            .refs_count = 1,
            .refs = {{day->kiosk.device, second}}},
        NULL);
    day_push(&day->kiosk);
    list_read(day, 3, text);
    assert_non_null(strstr(text, "P0, Piet"));
    assert_non_null(strstr(text, "Boer, Jan de"));
    assert_non_null(strstr(text, "Dam, Fleur van"));
    assert_null(strstr(text, "P1, Piet"));
    assert_null(strstr(text, "P2, Piet"));
    assert_non_null(strstr(text, "mensen binnen om 14.02 uur"));
    assert_non_null(strstr(text, "Balie: 3"));
}

static void
before_anybody_came_its_lines_are_empty(void **state)
{
    struct day *day = *state;
    static char text[TEXT_BYTES];
    list_read(day, 0, text);
    assert_null(strstr(text, "Piet"));
    assert_non_null(strstr(text, "schrijf op wie er is"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, day_setup, day_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(who_is_inside_is_named_and_who_left_isnt),
        CASE(before_anybody_came_its_lines_are_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
