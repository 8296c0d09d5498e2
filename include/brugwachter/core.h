/* The library's global acts: what a program does before anything else. */
#ifndef BRUGWACHTER_CORE_H
#define BRUGWACHTER_CORE_H

#include <brugwachter/error.h>

/* Makes libsodium ready. Call once before anything else, from any thread; again is
 * fine. BW_IO where the system gives no random numbers. Nothing is to be undone or
 * freed. */
BW_NODISCARD enum bw_status bw_core_init(struct bw_error *err);

/* Keeps this process's memory, which holds names and keys, from core files and from
 * other programs of the same user (core(5), prctl(2): PR_SET_DUMPABLE). Call at the
 * start of main, from its thread; what the process starts makes no core file either.
 * Where the system refuses, things stay as they were. Does nothing in a build with
 * sanitizers, whose leak check reads its own process from another. */
void bw_core_keep_private(void);

#endif
