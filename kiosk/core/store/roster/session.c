/* Names of a registration's status: see brugwachter/session.h. Any thread. */
#include <brugwachter/said.h>
#include <brugwachter/session.h>
#include <brugwachter/error.h>

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const char *const names[] = {
    [BW_CONFIRMED] = BW_SAYS("confirmed"),
    [BW_WAITLISTED] = BW_SAYS("waitlisted"),
    [BW_CANCELLED] = BW_SAYS("cancelled"),
    [BW_BLOCKED] = BW_SAYS("blocked"),
};

enum { NAMES_COUNT = sizeof names / sizeof names[0] };

const char *
bw_registration_status_name(enum bw_registration_status status)
{
    assert((unsigned)status < NAMES_COUNT);
    return names[status];
}

bool
bw_registration_status_parse(const char *name, enum bw_registration_status *ret_status)
{
    for (int i = 0; name != NULL && i < NAMES_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            *ret_status = (enum bw_registration_status)i;
            return true;
        }
    }
    return false;
}
