/* Waiting, for every engine of the central database. Any thread. */
#ifndef BW_SYNC_CENTRAL_WAIT_H
#define BW_SYNC_CENTRAL_WAIT_H

#include <stdbool.h>
#include <stdint.h>

/* Milliseconds of the monotonic clock. Can't fail. */
int64_t bw_central_mono_ms(void);

/* TERM or INT is pending: who waits for a lock gives up (C5). Can't fail. */
bool bw_central_told_to_end(void);

#endif
