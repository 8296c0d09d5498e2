/* For a file whose tests have an office each: made before it, gone after it. Before this
 * is included, ONE_OFFICE_PLACES may say how many places its session S-1 has; then there
 * is open_office. */
#ifndef BW_TESTS_ONE_OFFICE_H
#define BW_TESTS_ONE_OFFICE_H

#include "tests/sync/office_help.h"
#include "tests/sync/testing.h"

#include <string.h>

static struct office office;

#ifdef ONE_OFFICE_PLACES
static int
open_office(void **state)
{
    (void)state;
    office_open(&office, ONE_OFFICE_PLACES, false);
    return 0;
}
#endif

static int
close_office(void **state)
{
    (void)state;
    office_finish(&office);
    return 0;
}

/* The last run said so, as its result or beside it. */
static inline void
says(const char *text)
{
    if (strstr(office.out, text) == NULL && strstr(office.diag, text) == NULL) {
        fail_msg("%s%s doesn't say \"%s\"", office.out, office.diag, text);
    }
}

#endif
