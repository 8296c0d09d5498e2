/* What Uitzoeken is tried on, whatever database lies under it: an office with two kiosks,
 * what they saw, and two desks that look at it. */
#ifndef BW_TESTS_WEB_SETTLE_HELP_H
#define BW_TESTS_WEB_SETTLE_HELP_H

#include "tests/sync/kiosk_help.h"
#include "tests/sync/web/desk_help.h"

struct settling {
    struct office office;
    struct kiosk front, side;
    struct browser desk, colleague;
};

/* An office with three places at `uri` (NULL: in a file), whose people P0 to P2 have one;
 * kiosks Balie and Zij-ingang; both desks are entered. */
void settling_open(struct settling *settling, const char *uri);
void settling_close(struct settling *settling);

/* P0 came in at both kiosks, and the office knows; the number of the second arrival, as
 * people see it, in a buffer that the next call takes. */
const char *settling_double_entry(struct settling *settling);
/* P1 came in, and a walk-in who is called the same; likewise of the walk-in. */
const char *settling_walk_in(struct settling *settling);
/* Letters go, and are taken in. */
void settling_push(struct settling *settling);

/* Looks at Uitzoeken and writes the form that decides so of the conflict there is. */
void settling_look(struct browser *desk, const char *decision, char ret_form[300]);

#endif
