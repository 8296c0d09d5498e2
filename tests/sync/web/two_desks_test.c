/* Two organisers at two desks of one office: of two who do the same, or whose hands
 * something was changed under, the second is told and overwrites nothing. */
#include "tests/sync/testing.h"

#include "tests/sync/web/desk_help.h"

#include <stdio.h>
#include <string.h>

#define SIGN_UPS                                                                         \
    "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"       \
    "10-2-2025 09:20,mo@twee.example,Mo Vos,OBS Twee,brugfunctionaris,Oost\n"
#define STEPS "SELECT count(*) FROM step"
#define REGISTRATIONS "SELECT count(*) FROM registration"
#define TOLD "SELECT count(*) FROM told"

enum { FORM_BYTES = 700 };

static struct office office;
static struct browser desk, colleague;

static int
setup(void **state)
{
    (void)state;
    office_open(&office, 3, false);
    assert_int_equal(office_sign_up(&office, SIGN_UPS), BW_EXIT_DONE);
    desk_open(&desk, &office);
    desk_open(&colleague, &office);
    colleague.desk.setup.who = "Bram";
    desk_enter(&desk);
    desk_enter(&colleague);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    desk_close(&desk);
    desk_close(&colleague);
    office_finish(&office);
    return 0;
}

/* "&beeld=…&sinds=…" behind the form, of the page that `at` looks at. */
static void
add_seen(struct browser *at, char inout_form[FORM_BYTES])
{
    size_t used = strlen(inout_form);
    used += (size_t)snprintf(
        inout_form + used, FORM_BYTES - used, "&beeld=%s", desk_field(at, "beeld"));
    (void)snprintf(
        inout_form + used, FORM_BYTES - used, "&sinds=%s", desk_field(at, "sinds"));
}

static const char *
page_of(const char *first_name, const char *rest)
{
    static char address[192];
    (void)snprintf(
        address, sizeof address, "/mens/%s%s", office_code(&office, first_name), rest);
    return address;
}

/* The first one's form is done; the second one's is not, and she is told. */
static void
first_does_second_is_told(
    const char *target, const char *first, const char *second, int status)
{
    assert_int_equal(desk_post(&desk, target, first), 303);
    (void)desk_wait(&desk);
    int64_t steps = office_number(&office, STEPS);
    assert_int_equal(desk_post(&colleague, target, second), status);
    desk_shows(&colleague, "role=\"alert\"");
    assert_int_equal(office_number(&office, STEPS), steps);
}

/* ---- Persoon ---- */

static void
of_two_who_correct_somebody_the_second_sees_what_stands_now(void **state)
{
    char first[FORM_BYTES] = "voornaam=Anna&naam=Visscher&mail=anna%40een.example"
                             "&school=OBS+Een",
         second[FORM_BYTES] = "voornaam=Anna&naam=Fischer&mail=anna%40een.example"
                              "&school=OBS+Een";
    (void)state;
    const char *address = page_of("Anna", "/gegevens");
    assert_int_equal(desk_get(&desk, address), 200);
    assert_int_equal(desk_get(&colleague, address), 200);
    add_seen(&desk, first);
    add_seen(&colleague, second);
    first_does_second_is_told(address, first, second, 200);
    desk_shows(&colleague, "Iemand anders veranderde dit net");
    desk_shows(&colleague, "Er staat nu: Visscher");
    desk_shows(&colleague, "value=\"Fischer\""); /* what she typed isn't lost */
    assert_int_equal(office_number(&office, REGISTRATIONS " WHERE name = 'Visscher'"), 1);
}

static void
of_two_who_join_two_people_the_second_is_told_they_are_one(void **state)
{
    char address[96], form[FORM_BYTES], second[FORM_BYTES];
    (void)state;
    (void)snprintf(
        address, sizeof address, "/samen?ander=%s", office_code(&office, "Mo"));
    const char *look = page_of("Anna", address);
    assert_int_equal(desk_get(&desk, look), 200);
    assert_int_equal(desk_get(&colleague, look), 200);
    (void)snprintf(form, sizeof form, "doe=zelfde&woorden=deze&ander=%s",
        office_code(&office, "Mo"));
    (void)snprintf(second, sizeof second, "doe=zelfde&woorden=andere&ander=%s",
        office_code(&office, "Mo"));
    add_seen(&desk, form);
    add_seen(&colleague, second);
    first_does_second_is_told(page_of("Anna", ""), form, second, 409);
}

static void
who_joins_people_whom_a_colleague_corrected_sees_them_anew(void **state)
{
    char address[96], form[FORM_BYTES];
    (void)state;
    (void)snprintf(
        address, sizeof address, "/samen?ander=%s", office_code(&office, "Mo"));
    assert_int_equal(desk_get(&colleague, page_of("Anna", address)), 200);
    (void)snprintf(form, sizeof form, "doe=zelfde&woorden=deze&ander=%s",
        office_code(&office, "Mo"));
    add_seen(&colleague, form);
    assert_int_equal(
        office_run(&office, "correct", office_code(&office, "Mo"), "name=Vosse", NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_post(&colleague, page_of("Anna", ""), form), 200);
    desk_shows(&colleague, "Iemand anders veranderde dit net");
    desk_shows(&colleague, "Vosse");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM person"), 2);
}

static void
of_two_who_forget_somebody_the_second_is_told_who_did(void **state)
{
    char first[FORM_BYTES] = "doe=vergeet&naam=Visser", second[FORM_BYTES], address[192];
    (void)state;
    (void)snprintf(address, sizeof address, "%s", page_of("Anna", ""));
    assert_int_equal(desk_post(&desk, address, "doe=vergeet"), 200);
    assert_int_equal(desk_post(&colleague, address, "doe=vergeet"), 200);
    (void)snprintf(second, sizeof second, "%s", first);
    add_seen(&desk, first);
    add_seen(&colleague, second);
    first_does_second_is_told(address, first, second, 200);
    desk_shows(&colleague, "Iemand anders veranderde dit net");
    desk_hides(&colleague, "Dit lukt zo niet"); /* what she typed isn't what is wrong */
}

/* ---- Inlezen ---- */

static void
give(struct browser *at, char ret_address[BW_WEB_TARGET_BYTES_MAX])
{
    static const char *const file[] = {"form.csv", OFFICE_FORM SIGN_UPS
        "10-2-2025 09:30,zoe@drie.example,Zoë Bos,OBS Drie,brugfunctionaris,Oost\n"};
    assert_int_equal(
        desk_give(at, "/inlezen", "soort=aanmeldingen&kring=S-1", file, 1), 303);
    (void)snprintf(ret_address, BW_WEB_TARGET_BYTES_MAX, "%s", at->reply.location);
    assert_int_equal(desk_wait(at), 200);
}

static void
take(struct browser *at, const char *address)
{
    char form[FORM_BYTES];
    (void)snprintf(form, sizeof form, "doe=neem&ronde=%s", desk_field(at, "ronde"));
    add_seen(at, form);
    assert_int_equal(desk_post(at, address, form), 303);
    assert_int_equal(desk_wait(at), 200);
}

static void
of_two_who_read_the_same_file_in_the_second_sees_that_nothing_is_new(void **state)
{
    char first[BW_WEB_TARGET_BYTES_MAX], second[BW_WEB_TARGET_BYTES_MAX];
    (void)state;
    give(&desk, first);
    give(&colleague, second);
    take(&desk, first);
    assert_int_equal(office_number(&office, REGISTRATIONS), 3);
    int64_t steps = office_number(&office, STEPS);
    take(&colleague, second);
    desk_shows(&colleague, "Iemand anders veranderde dit net");
    desk_shows(&colleague, "role=\"alert\"");
    assert_int_equal(office_number(&office, REGISTRATIONS), 3);
    assert_int_equal(office_number(&office, STEPS), steps);
}

/* ---- Tickets & mail ---- */

/* Of the page of mails: all groups that stand ready, as ticked. */
static void
look_at_mail(struct browser *at, char ret_form[FORM_BYTES])
{
    static const char start[] = "name=\"groep\" value=\"ticket=";
    assert_int_equal(desk_get(at, "/mail"), 200);
    const char *group = strstr(desk_body(at), start);
    assert_non_null(group);
    (void)snprintf(ret_form, FORM_BYTES,
        "doe=mail&hoe=eml&sinds=%s&groep=ticket%%3D%.64s", desk_field(at, "sinds"),
        group + strlen(start));
}

static void
of_two_who_have_mails_written_the_second_is_told_they_were(void **state)
{
    char first[FORM_BYTES], second[FORM_BYTES];
    (void)state;
    look_at_mail(&desk, first);
    look_at_mail(&colleague, second);
    first_does_second_is_told("/stukken", first, second, 409);
    desk_shows(&colleague, "Dit veranderde intussen");
    assert_int_equal(office_number(&office, TOLD), 2);
}

static void
who_tells_somebody_what_a_colleague_changed_is_told_so(void **state)
{
    char form[FORM_BYTES];
    (void)state;
    assert_int_equal(/* no mail reaches him */
        office_sign_up(
            &office, "10-2-2025 09:30,,Dik Smit,OBS Drie,brugfunctionaris,Oost\n"),
        BW_EXIT_DONE);
    assert_int_equal(desk_get(&colleague, "/mail"), 200);
    (void)snprintf(form, sizeof form, "doe=verteld&mens=%s", office_code(&office, "Dik"));
    add_seen(&colleague, form);
    assert_null(strstr(form, "beeld=&"));
    assert_int_equal(office_run(&office, "session", "move", "S-1", "--venue", "Elders",
                         "--clock", OFFICE_DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_post(&colleague, "/mail", form), 409);
    desk_shows(&colleague, "intussen veranderd");
    assert_int_equal(office_number(&office, TOLD), 0);
}

/* ---- Verslag ---- */

#define LATER "2025-03-27T12:00:00"

/* Is a bw_web_command: the program after the circle was held. */
static int
run_later(const void *context, const char *const words[], int count,
    struct bw_progress *progress, FILE *out, FILE *diag)
{
    const char *argv[BW_WEB_ERRAND_WORDS_MAX + 5] = {
        "brugwachter-sync", "--central", office.uri, "--clock", LATER};
    (void)context;
    for (int i = 0; i < count; i++) {
        argv[5 + i] = words[i];
    }
    return (int)bw_sync_main_watched(&bw_sync_commands, 5 + count,
        (char *const *)(uintptr_t)argv, progress, out, diag);
}

static void
of_two_who_make_the_report_both_have_it_and_it_is_one_version(void **state)
{
    static const char form[] = "doe=verslag&reeks=reeks";
    (void)state;
    assert_int_equal(office_run(&office, "session", "close", "S-1", "--why",
                         "nobody came", "--clock", LATER, NULL),
        BW_EXIT_DONE);
    desk.desk.setup.command = colleague.desk.setup.command = run_later;
    assert_int_equal(desk_post(&desk, "/stukken", form), 303);
    assert_int_equal(desk_wait(&desk), 200);
    assert_int_equal(desk_post(&colleague, "/stukken", form), 303);
    assert_int_equal(desk_wait(&colleague), 200);
    desk_shows(&desk, ".xlsx");
    desk_shows(&colleague, ".xlsx");
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM report_version WHERE version = 1"),
        1);
    assert_int_equal(
        office_number(&office, "SELECT max(version) FROM report_version"), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(of_two_who_correct_somebody_the_second_sees_what_stands_now),
        CASE(of_two_who_join_two_people_the_second_is_told_they_are_one),
        CASE(who_joins_people_whom_a_colleague_corrected_sees_them_anew),
        CASE(of_two_who_forget_somebody_the_second_is_told_who_did),
        CASE(of_two_who_read_the_same_file_in_the_second_sees_that_nothing_is_new),
        CASE(of_two_who_have_mails_written_the_second_is_told_they_were),
        CASE(who_tells_somebody_what_a_colleague_changed_is_told_so),
        CASE(of_two_who_make_the_report_both_have_it_and_it_is_one_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
