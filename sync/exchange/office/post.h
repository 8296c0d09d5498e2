/* What the office's half of the exchange works with: the central database, the
 * organiser's keys, the clock. One thread, that of the central database. */
#ifndef BW_EXCHANGE_OFFICE_POST_H
#define BW_EXCHANGE_OFFICE_POST_H

#include "central/central.h"
#include "central/keys.h"
#include "exchange/carrier/carrier.h"
#include "exchange/letter/identity.h"

#include <brugwachter/clock.h>
#include <limits.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Central, clock and progress are borrowed. Made by bw_exchange_post_init, ended by
 * bw_exchange_post_finish, which overwrites the secrets; a zeroed one is fine there. */
struct bw_exchange_post {
    struct bw_central *central;
    const struct bw_clock *clock;
    struct bw_identity office; /* the organiser's own pairs */
    uint8_t central_id[BW_CENTRAL_ID_BYTES];
    char netrc_path[PATH_MAX]; /* the carriers' logins; "": none. Set by the caller */
    bool netrc_given;          /* somebody named it: then it must be there */
    unsigned without; /* carriers that are left alone: a bit each, in the order of
                       * bw_office_carriers_list. Set by the caller */
    /* Told which carrier is asked, as bw_exchange_post_at says; in memory that another
     * process may read. Borrowed; NULL: nobody watches. Set by the caller. */
    volatile int *at;
};

/* Reads the keys at `key_path` and which database this is. Central and clock are borrowed
 * until bw_exchange_post_finish, the keys are copied. BW_NOT_FOUND, BW_REFUSED or
 * BW_CORRUPT for the key file; else what the database answers. */
BW_NODISCARD enum bw_status bw_exchange_post_init(struct bw_exchange_post *post,
    struct bw_central *central, const char *key_path, const struct bw_clock *clock,
    struct bw_error *err);
void bw_exchange_post_finish(struct bw_exchange_post *post);

/* What a carrier at this address asks for; "": nothing is known. The caller overwrites
 * it. The errors of bw_carrier_login_find; a file that nobody named may be missing. */
BW_NODISCARD enum bw_status bw_exchange_post_login(const struct bw_exchange_post *post,
    const char *uri, char ret_login[BW_CARRIER_LOGIN_BYTES], struct bw_error *err);

/* Tells who watches which carrier is asked from now on: its place in
 * bw_office_carriers_list, -1 for none. Should it stand still, they know which. */
void bw_exchange_post_at(const struct bw_exchange_post *post, int place);

/* UTC in ms, by the office's clock. */
int64_t bw_exchange_post_now_ms(const struct bw_exchange_post *post);

#ifdef __cplusplus
}
#endif

#endif
