/* How much of a long proof is run: of failures that are tried one after another, of days
 * by the dozen. All of it with BW_STRIKE_ALL=1 in the environment; otherwise what the
 * test says; of that a seventh under a sanitizer, or emulated (.ci/arm64), spread over
 * the whole. There a step costs ten times as much, and shows what the same lines do to
 * memory, or on another processor; that every step holds is shown by the plain run. */
#ifndef BW_TESTS_PACE_H
#define BW_TESTS_PACE_H

#include <stdbool.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(BW_EMULATED)
enum { PACE_SHARE = 7 };
#else
enum { PACE_SHARE = 1 };
#endif

static inline bool
pace_all(void)
{
    return getenv("BW_STRIKE_ALL") != NULL;
}

/* From one failure to the next that is tried; the first few may all be. */
static inline int
pace_stride(int stride)
{
    return pace_all() ? 1 : stride * PACE_SHARE;
}

/* How many of what is done again and again, with other dice. */
static inline int
pace_count(int count)
{
    return pace_all() ? count : (count + PACE_SHARE - 1) / PACE_SHARE;
}

#endif
