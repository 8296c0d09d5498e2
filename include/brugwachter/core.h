/* The library's one global act. */
#ifndef BRUGWACHTER_CORE_H
#define BRUGWACHTER_CORE_H

#include <brugwachter/error.h>

/* Makes libsodium ready. Call once before anything else, from any thread; again is
 * fine. BW_IO where the system gives no random numbers. Nothing is to be undone or
 * freed. */
BW_NODISCARD enum bw_status bw_core_init(struct bw_error *err);

#endif
