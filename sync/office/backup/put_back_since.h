/* What put_back.c takes along into the backup's copy before that takes its place (BO2).
 * Nobody else's. One thread. */
#ifndef BW_SYNC_PUT_BACK_SINCE_H
#define BW_SYNC_PUT_BACK_SINCE_H

#include "office/backup/put_back.h"

#ifdef __cplusplus
extern "C" {
#endif

struct bw_office_put_back_since {
    const struct bw_office *office; /* as it is now; in a transaction */
    struct bw_central *copy;        /* that will take its place; in none */
    const char *copy_keys;          /* its key file */
    struct bw_office_put *put;      /* where it is counted */
};

/* Whom the office forgot since is forgotten in the copy, what it told of registrations
 * that the copy has is in its log, and a kiosk that it revoked is revoked there, a
 * signing key that it retired is retired, where that isn't the copy's only one. The
 * errors of bw_office_forget and bw_office_key_retire; BW_NO_MEMORY, and what either
 * database answers. */
BW_NODISCARD enum bw_status bw_office_put_back_carry(
    const struct bw_office_put_back_since *since, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
