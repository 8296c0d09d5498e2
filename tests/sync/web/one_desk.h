/* For a file whose tests have an office and its desk each: made before it, gone after it.
 * Before this is included, ONE_OFFICE_PLACES says how many places its session S-1 has. */
#ifndef BW_TESTS_ONE_DESK_H
#define BW_TESTS_ONE_DESK_H

#include "tests/sync/one_office.h"
#include "tests/sync/web/desk_help.h"

#include <stdio.h>

static struct browser desk;

/* With these sign-ups (NULL: none), whose import ends so, and entered. */
static inline int
open_desk_with(void **state, const char *rows, enum bw_exit want)
{
    if (open_office(state) != 0) {
        return -1;
    }
    if (rows != NULL) {
        assert_int_equal(office_sign_up(&office, rows), want);
    }
    desk_open(&desk, &office);
    desk_enter(&desk);
    return 0;
}

static int
close_desk(void **state)
{
    desk_close(&desk);
    return close_office(state);
}

/* The last page says so; or it doesn't. */
static inline void
shows(const char *text)
{
    desk_shows(&desk, text);
}

static inline void
hides(const char *text)
{
    desk_hides(&desk, text);
}

/* Takes a step back with all that stands on it, as the last page offers, after which
 * nobody is left; and all of it again: so many people, one of whom is cancelled. */
static inline void
take_back_with_what_stands_on_it(int64_t step, int64_t people)
{
    static const char all[] = "SELECT count(*) FROM registration";
    char form[96];
    (void)snprintf(form, sizeof form, "stap=%d&samen=%s&naar=/inlezen", (int)step,
        desk_field(&desk, "samen"));
    assert_int_equal(desk_post(&desk, "/terug", form), 303);
    assert_int_equal(office_number(&office, all), 0);
    assert_int_equal(desk_follow(&desk), 200);
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(office_number(&office, all), people);
    assert_int_equal(
        office_number(&office, "SELECT count(*) FROM registration WHERE status = 2"), 1);
}

/* A row of a file's tests, which has an open_desk. */
#define ON_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

#endif
