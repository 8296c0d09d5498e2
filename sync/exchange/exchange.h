/* One exchange between a kiosk and the central database. One thread. */
#ifndef BW_SYNC_EXCHANGE_H
#define BW_SYNC_EXCHANGE_H

#include "exchange/link.h"

/* Reaches, pushes, pulls. */
BW_NODISCARD enum bw_status bw_exchange(struct bw_link *link,
    struct bw_pushed *ret_pushed, struct bw_pulled *ret_pulled, struct bw_error *err);

/* Prints what became of it, as text or JSON. */
BW_NODISCARD enum bw_status bw_exchange_answer(const struct bw_link *link,
    const struct bw_pushed *pushed, const struct bw_pulled *pulled, struct bw_error *err);

#endif
