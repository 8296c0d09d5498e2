/* Inlezen before it happens, step by step: what was read and is asked, then what would
 * change; and afterwards what there is to do. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/page/import/one_import.h"

/* Who is given what, before it is. */
static void
who_waits_is_shown_with_their_number_and_where_they_have_a_place(void **state)
{
    static const char *const first[] = {"form.csv", OFFICE_FORM ANNA MO};
    (void)state;
    office_second_circle(&office, 1);
    const char *address = give("soort=aanmeldingen&kring=S-1", first, 1);
    hides("wachtlijst, nummer");
    assert_int_equal(press(address, "doe=neem"), 200);
    address = give("soort=aanmeldingen&kring=S-2", form, 1);
    (void)press(address, "doe=lees&kring-0=klopt"); /* they are known in the other */
    shows("wachtlijst, nummer 1");
    shows("heeft al plek in Leerkring Zwolle");
    shows("wachtlijst, nummer 2");
    assert_int_equal(people(), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(who_waits_is_shown_with_their_number_and_where_they_have_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
