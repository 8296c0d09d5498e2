/* Which of a view's finder patterns are worth a try. The scanner's thread. */
#ifndef BW_SCAN_SIEVE_H
#define BW_SCAN_SIEVE_H

#include "hunt.h"

/* Keeps the first `finders` of the hunt that are round, lie in no stranger, and in a
 * crowd have a core; in the order that they had. Returns how many. */
int bw_sieve_run(struct bw_hunt *hunt, const struct bw_search *search, int finders);

#endif
