/* Inlezen on a desk of its own: a file is given, and the form of its page is pressed.
 *
 * Before this is included, ONE_OFFICE_PLACES says how many places S-1 has. */
#ifndef BW_TESTS_ONE_IMPORT_H
#define BW_TESTS_ONE_IMPORT_H

#include "tests/sync/web/one_desk.h"

#include <stdlib.h>

#define ANNA                                                                             \
    "10-2-2025 09:10,anna@een.example,Anna Visser,OBS Een,brugfunctionaris,Oost\n"
#define MO "10-2-2025 09:20,mo@twee.example,Mo Vos,OBS Twee,brugfunctionaris,Oost\n"
#define ZOE "10-2-2025 09:30,zoe@drie.example,Zoë Bos,OBS Drie,brugfunctionaris,Oost\n"

static const char *const form[] = {"Aanmelden (Antwoorden).csv", OFFICE_FORM ANNA MO ZOE};

static int
open_desk(void **state)
{
    return open_desk_with(state, NULL, BW_EXIT_DONE);
}

static int64_t
people(void)
{
    return office_number(&office, "SELECT count(*) FROM registration");
}

/* The draft's address is where the giving leads. */
static const char *
give(const char *fields, const char *const files[], int count)
{
    static char address[BW_WEB_TARGET_BYTES_MAX];
    assert_int_equal(desk_give(&desk, "/inlezen", fields, files, count), 303);
    (void)snprintf(address, sizeof address, "%s", desk.reply.location);
    assert_int_equal(desk_wait(&desk), 200);
    return address;
}

/* The form of the page that stands there, with one button of it. */
static int
press(const char *address, const char *more)
{
    char picture[BW_WEB_KEY_BYTES], *sent = NULL;
    (void)snprintf(picture, sizeof picture, "%s", desk_field(&desk, "beeld"));
    assert_true(asprintf(&sent, "ronde=%s&beeld=%s&%s", desk_field(&desk, "ronde"),
                    picture, more) > 0);
    int status = desk_post(&desk, address, sent);
    free(sent);
    return status == 303 ? desk_wait(&desk) : status;
}

#endif
