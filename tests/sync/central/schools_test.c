/* Which school of the list a text means. */
#include "central/schools.h"

#include "tests/sync/testing.h"

#include <brugwachter/limits.h>
#include <string.h>

static struct bw_schools list;

static int
make_list(void **state)
{
    (void)state;
    static const struct {
        const char *code, *name, *town;
    } schools[] = {{"00AA00", "Openbare Basisschool De Regenboog", "GRONINGEN"},
        {"00AB00", "CBS De Regenboog", "GRONINGEN"}, {"00AC00", "De Regenboog", "Assen"},
        {"00AD00", "OBS De Klim", "Zwolle"},
        {"", "Basisschool 't Venne Den Haag", "Den Haag"},
        {"00AE00", "De Wissel", "Zwolle"}, {"00AE01", "De Wissel", "Zwolle"},
        {"00AF00", "Sint-Jozef te Goes", ""}, {"00AG00", "Kind in Beweging", "Zwolle"},
        {"00AH00", "Sint Jan, locatie Noord", "Goes"}};
    for (size_t i = 0; i < sizeof schools / sizeof schools[0]; i++) {
        assert_true(
            bw_schools_add(&list, schools[i].code, schools[i].name, schools[i].town, ""));
    }
    bw_schools_sort(&list);
    return 0;
}

static int
drop_list(void **state)
{
    (void)state;
    bw_schools_finish(&list);
    return 0;
}

static void
means(const char *text, const char *label)
{
    const struct bw_school *school = bw_schools_find(&list, text);
    if (label == NULL ? school != NULL
                      : school == NULL || strcmp(school->label, label) != 0) {
        fail_msg("\"%s\" means %s", text, school != NULL ? school->label : "nothing");
    }
}

static void
capitals_kind_points_and_town_are_written_in_any_way(void **state)
{
    (void)state;
    means("obs de klim", "OBS De Klim, Zwolle");
    means("O.B.S. De  Klim", "OBS De Klim, Zwolle");
    means("De Klim (Zwolle)", "OBS De Klim, Zwolle");
    means("de klim, zwolle", "OBS De Klim, Zwolle");
    means("De Klim Zwolle", "OBS De Klim, Zwolle");
    means("Basisschool De Klim - Zwolle", "OBS De Klim, Zwolle");
    means("klim te Zwolle", "OBS De Klim, Zwolle");
    means("'t Venne", "Basisschool 't Venne Den Haag, Den Haag");
    means("t Venne, Den Haag", "Basisschool 't Venne Den Haag, Den Haag");
    means("'t Venne 's-Gravenhage", "Basisschool 't Venne Den Haag, Den Haag");
    means("'t Venne te 's-Gravenhage", "Basisschool 't Venne Den Haag, Den Haag");
    means("St. Jozef", "Sint-Jozef te Goes");
    means("Sint Jozef", "Sint-Jozef te Goes");
    means("Sint Jozef (Goes)", "Sint-Jozef te Goes");
}

static void
a_name_that_looks_as_if_it_named_a_town_is_that_name(void **state)
{
    (void)state;
    means("Kind in Beweging", "Kind in Beweging, Zwolle");
    means("kind in beweging (ZWOLLE)", "Kind in Beweging, Zwolle");
    means("Sint Jan, locatie Noord", "Sint Jan, locatie Noord, Goes");
    means("Kind in Beweging te Assen", NULL);
    means("Kind in Beeld", NULL);
}

static void
another_town_or_another_name_is_another_school(void **state)
{
    (void)state;
    means("De Klim te Assen", NULL);
    means("De Klimop", NULL);
    means("Zwolle", NULL);
    means("School", NULL);
    means("", NULL);
}

/* SO1 */
static void
a_name_of_several_schools_is_none_of_them_unless_its_kind_or_town_tells(void **state)
{
    (void)state;
    means("De Regenboog te Assen", "De Regenboog, Assen");
    means("De Regenboog Assen", "De Regenboog, Assen");
    means("CBS De Regenboog", "CBS De Regenboog, GRONINGEN");
    means("CBS De Regenboog te Groningen", "CBS De Regenboog, GRONINGEN");
    means("De Regenboog te Groningen", NULL);
    means("PCBS De Regenboog Groningen", NULL);
    means("De Wissel", NULL);
    means("De Wissel, Zwolle", NULL);
}

static void
a_school_is_named_by_its_code_or_by_a_label_that_is_its_own(void **state)
{
    (void)state;
    assert_string_equal(bw_schools_named(&list, "00ae01")->code, "00AE01");
    assert_string_equal(bw_schools_named(&list, "obs de klim, zwolle")->code, "00AD00");
    assert_null(bw_schools_named(&list, "De Wissel, Zwolle"));
    assert_null(bw_schools_named(&list, ""));
}

static void
a_name_as_long_as_can_be_is_no_harm(void **state)
{
    (void)state;
    char name[4 * BW_TITLE_CHARS + 1];
    memset(name, 'w', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    struct bw_schools one = {.items = NULL};
    assert_true(bw_schools_add(&one, name, name, name, name));
    bw_schools_sort(&one);
    assert_non_null(bw_schools_find(&one, name));
    bw_schools_finish(&one);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capitals_kind_points_and_town_are_written_in_any_way),
        cmocka_unit_test(another_town_or_another_name_is_another_school),
        cmocka_unit_test(a_name_that_looks_as_if_it_named_a_town_is_that_name),
        cmocka_unit_test(
            a_name_of_several_schools_is_none_of_them_unless_its_kind_or_town_tells),
        cmocka_unit_test(a_school_is_named_by_its_code_or_by_a_label_that_is_its_own),
        cmocka_unit_test(a_name_as_long_as_can_be_is_no_harm),
    };
    return cmocka_run_group_tests(tests, make_list, drop_list);
}
