/* One new circle, by hand: what isn't said is as in the last one, and what clashes is
 * refused. */
#define ONE_OFFICE_PLACES 20
#include "tests/sync/one_office.h"

#define DAY "2025-03-10T10:00:00"
#define ADD(...) office_run(&office, "session", "add", __VA_ARGS__, "--clock", DAY, NULL)
#define SECOND "S-2", "title=Leerkring Almelo", "starts_at=2025-03-27 13:30"

static void
what_is_not_said_is_as_in_the_last_circle_of_its_series(void **state)
{
    (void)state;
    assert_int_equal(ADD(SECOND, "venue=Het Huis"), BW_EXIT_DONE);
    says("S-2 (Leerkring Almelo, ");
    says(", 13.30 – 16.30, Het Huis) is there, with 20 places.");
    assert_int_equal(office_number(&office,
                         "SELECT count(*) FROM session s JOIN session t ON t.code = 'S-1'"
                         " WHERE s.code = 'S-2' AND s.series = t.series"
                         " AND s.audience = t.audience AND s.kind = t.kind"
                         " AND s.ends_ms - s.starts_ms = t.ends_ms - t.starts_ms"
                         " AND s.region = '' AND s.address = '' AND s.route = ''"),
        1);
    assert_int_equal(ADD("S-3", "title=Leerkring Ede", "starts_at=2025-03-28 9:00",
                         "ends_at=2025-03-28 12:15", "capacity=7", "region=OOST",
                         "series=nieuw", "audience=leraar", "venue_phone=058 1"),
        BW_EXIT_DONE);
    assert_int_equal(
        office_number(&office,
            "SELECT count(*) FROM session s JOIN series r ON r.code = 'nieuw'"
            " WHERE s.code = 'S-3' AND s.series = 'nieuw' AND s.capacity = 7"
            " AND s.region = 'Oost' AND s.audience = 'leraar'"
            " AND s.venue_phone = '058 1'"
            " AND s.ends_ms - s.starts_ms = 11700000"),
        1); /* 3 h 15, and Oost as the others spell it */
}

static void
it_takes_sign_ups_at_once_and_is_taken_back_as_one_step(void **state)
{
    (void)state;
    assert_int_equal(ADD(SECOND), BW_EXIT_DONE);
    assert_int_equal(office_run(&office, "undo", "--clock", DAY, NULL), BW_EXIT_DONE);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM session WHERE code = 'S-2'"), 0);
    assert_int_equal(ADD(SECOND), BW_EXIT_DONE);
    assert_int_equal(
        office_run(&office, "import", "registrations",
            office_write(&office, "f.csv",
                "Tijdstempel,Naam,Functie,School,E-mailadres\n"
                "10-02-2025 12:01,Anna Vos,brugfunctionaris,De Brug,a@x.example\n"),
            "--session", "S-2", "--clock", DAY, NULL),
        BW_EXIT_DONE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 1);
}

static void
a_code_that_is_taken_is_refused_whatever_its_case(void **state)
{
    (void)state;
    assert_int_equal(
        ADD("s-1", "title=Twee", "starts_at=2025-03-27 13:30"), BW_EXIT_FAILED);
    says("a circle is called that already");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM session"), 1);
}

static void
another_then_and_there_is_named_and_goes_in_once_that_is_right(void **state)
{
    (void)state;
    assert_int_equal(ADD(SECOND, "venue=Het Huis"), BW_EXIT_DONE);
#define BESIDE "S-3", "title=Twee", "starts_at=2025-03-27 15:30", "venue=het  HUIS"
    assert_int_equal(ADD(BESIDE), BW_EXIT_FAILED);
    says("S-2 is there at that time already");
    assert_int_equal(ADD("S-3", "title=Twee", "starts_at=2025-03-27 16:30",
                         "venue=Het Huis", "--check"),
        BW_EXIT_DONE); /* it begins when the other ends */
    assert_int_equal(ADD(BESIDE, "--yes"), BW_EXIT_DONE);
}

static void
what_does_not_hold_is_said_and_nothing_is_made(void **state)
{
    (void)state;
    assert_int_equal(ADD("S-2", "starts_at=2025-03-27 13:30"), BW_EXIT_FAILED);
    says("title is missing");
    assert_int_equal(ADD("", "title=Twee", "starts_at=2025-03-27 13:30"), BW_EXIT_FAILED);
    says("adding a circle: it has no code yet; give it one");
    assert_int_equal(
        ADD("S\x01", "title=Twee", "starts_at=2025-03-27 13:30"), BW_EXIT_FAILED);
    says("adding a circle: ");
    assert_int_equal(ADD("S-2", "title=Twee"), BW_EXIT_FAILED);
    says("starts_at is missing");
    assert_int_equal(ADD("S-2", "title=Twee", "starts_at=morgen"), BW_EXIT_FAILED);
    says("write it as 2025-03-25 13:30");
    assert_int_equal(ADD(SECOND, "ends_at=2025-03-27 13:00"), BW_EXIT_FAILED);
    says("it would end before it begins");
    assert_int_equal(ADD(SECOND, "capacity=veel"), BW_EXIT_FAILED);
    says("a number up to 100000");
    assert_int_equal(
        ADD("S 2", "title=Twee", "starts_at=2025-03-27 13:30"), BW_EXIT_FAILED);
    says("letters, digits, hyphens");
    assert_int_equal(
        ADD("S-2", "title=Twee", "starts_at=2025-03-01 13:30"), BW_EXIT_FAILED);
    says("it would begin in the past");
    assert_int_equal(ADD(SECOND, "naam=Twee"), BW_EXIT_USAGE);
    assert_int_equal(
        office_run(&office, "session", "close", "S-1", "S-2", NULL), BW_EXIT_USAGE);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM session"), 1);
}

static void
a_place_that_is_not_said_is_left_out_of_the_answer(void **state)
{
    (void)state;
    assert_int_equal(ADD(SECOND), BW_EXIT_DONE);
    says(", 13.30 – 16.30) is there, with 20 places.");
    assert_int_equal(office_run(&office, "session", "move", "S-2", "--starts",
                         "2025-03-27 14:00", "--clock", DAY, NULL),
        BW_EXIT_DONE);
    says(", 13.30 – 16.30\n");
    says(", 14.00 – 17.00\n");
    assert_int_equal(office_run(&office, "session", "move", "S-2", "--address", "Laan 2",
                         "--clock", DAY, NULL),
        BW_EXIT_DONE);
    says(", 14.00 – 17.00, Laan 2\n");
}

static void
the_first_of_an_empty_office_says_all(void **state)
{
    (void)state;
    office_finish(&office);
    office_init(&office);
    assert_int_equal(office_run(&office, "init", NULL), BW_EXIT_DONE);
    assert_int_equal(ADD(SECOND, "series=r1"), BW_EXIT_FAILED);
    says("ends_at is missing");
    assert_int_equal(
        ADD(SECOND, "series=r1", "ends_at=2025-03-27 16:30"), BW_EXIT_FAILED);
    says("how many places");
    assert_int_equal(
        ADD(SECOND, "ends_at=2025-03-27 16:30", "capacity=5"), BW_EXIT_FAILED);
    says("series is missing");
    assert_int_equal(
        ADD(SECOND, "series=r1", "ends_at=2025-03-27 16:30", "capacity=5"), BW_EXIT_DONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)
        WITH_OFFICE(what_is_not_said_is_as_in_the_last_circle_of_its_series),
        WITH_OFFICE(it_takes_sign_ups_at_once_and_is_taken_back_as_one_step),
        WITH_OFFICE(a_code_that_is_taken_is_refused_whatever_its_case),
        WITH_OFFICE(another_then_and_there_is_named_and_goes_in_once_that_is_right),
        WITH_OFFICE(what_does_not_hold_is_said_and_nothing_is_made),
        WITH_OFFICE(a_place_that_is_not_said_is_left_out_of_the_answer),
        WITH_OFFICE(the_first_of_an_empty_office_says_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
