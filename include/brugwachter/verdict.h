/* What the door can answer (design: admission). The order is the order of the rules: the
 * first that applies wins. Any thread; plain values, no ownership. */
#ifndef BRUGWACHTER_VERDICT_H
#define BRUGWACHTER_VERDICT_H

#include <stdbool.h>

enum bw_verdict {
    BW_VERDICT_NOT_A_TICKET,
    BW_VERDICT_FORGED,
    BW_VERDICT_BLOCKED,
    BW_VERDICT_REPLACED,
    BW_VERDICT_ALREADY_IN,
    BW_VERDICT_OTHER_SESSION,
    BW_VERDICT_CANCELLED,
    BW_VERDICT_TOO_EARLY,
    BW_VERDICT_SESSION_OVER,
    BW_VERDICT_WAITLISTED,
    BW_VERDICT_FULL,
    BW_VERDICT_WELCOME,
    /* for staff alone */
    BW_VERDICT_UNKNOWN,
    BW_VERDICT_NO_AUDIENCE,
};

enum { BW_VERDICT_COUNT = BW_VERDICT_NO_AUDIENCE + 1 };

/* "not_a_ticket" …, as in JSON. Static: nobody frees it; never NULL. */
const char *bw_verdict_name(enum bw_verdict verdict);
/* False, and *ret_verdict untouched, for another name or NULL. */
bool bw_verdict_parse(const char *name, enum bw_verdict *ret_verdict);

#endif
