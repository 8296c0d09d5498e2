/* Names of the verdicts: see brugwachter/verdict.h. Any thread. */
#include <brugwachter/verdict.h>

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const char *const names[BW_VERDICT_COUNT] = {
    [BW_VERDICT_NOT_A_TICKET] = "not_a_ticket",
    [BW_VERDICT_FORGED] = "forged",
    [BW_VERDICT_BLOCKED] = "blocked",
    [BW_VERDICT_REPLACED] = "replaced",
    [BW_VERDICT_ALREADY_IN] = "already_in",
    [BW_VERDICT_OTHER_SESSION] = "other_session",
    [BW_VERDICT_CANCELLED] = "cancelled",
    [BW_VERDICT_TOO_EARLY] = "too_early",
    [BW_VERDICT_SESSION_OVER] = "session_over",
    [BW_VERDICT_WAITLISTED] = "waitlisted",
    [BW_VERDICT_FULL] = "full",
    [BW_VERDICT_WELCOME] = "welcome",
    [BW_VERDICT_UNKNOWN] = "unknown",
    [BW_VERDICT_NO_AUDIENCE] = "no_audience",
};

const char *
bw_verdict_name(enum bw_verdict verdict)
{
    assert((unsigned)verdict < BW_VERDICT_COUNT);
    return names[verdict];
}

bool
bw_verdict_parse(const char *name, enum bw_verdict *ret_verdict)
{
    for (int i = 0; name != NULL && i < BW_VERDICT_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            *ret_verdict = (enum bw_verdict)i;
            return true;
        }
    }
    return false;
}
