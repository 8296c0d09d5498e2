/* Names of a registration's status: see brugwachter/session.h. Any thread. */
#include <brugwachter/session.h>

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const char *const names[] = {
    [BW_CONFIRMED] = "confirmed",
    [BW_WAITLISTED] = "waitlisted",
    [BW_CANCELLED] = "cancelled",
    [BW_BLOCKED] = "blocked",
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
