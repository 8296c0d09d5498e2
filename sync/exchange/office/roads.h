/* The office's open carriers during one round out: what each holds, and how long it may
 * still take. Inside the office's half alone. One thread. */
#ifndef BW_EXCHANGE_OFFICE_ROADS_H
#define BW_EXCHANGE_OFFICE_ROADS_H

#include "exchange/office/carriers.h"
#include "exchange/office/summary.h"

struct bw_road {
    struct bw_carrier *carrier;  /* borrowed */
    int place;                   /* in bw_office_carriers_list */
    struct bw_carried_list list; /* sorted by name */
    int64_t began_ms;            /* monotonic */
    bool given_up;               /* failed, or its time is over */
};

struct bw_roads {
    const struct bw_exchange_post *post;
    struct bw_round_summary *summary;
    struct bw_road items[BW_CARRIERS_MAX];
    int count;
};

/* Lists what they hold; one that fails is noted and given up. `post` and `summary` are
 * given before. Nothing here fails; bw_roads_close frees. */
void bw_roads_open(struct bw_roads *roads, const struct bw_office_carriers *carriers);
void bw_roads_close(struct bw_roads *roads);

/* False once the road failed, or its BW_ROUND_CARRIER_MS are over, which is noted. */
bool bw_road_is_open(const struct bw_roads *roads, struct bw_road *road);

/* Whether the roster letter of that kiosk, session and revision, which the kiosk hasn't
 * stated yet, lies on every open road, each part as it was made. A part that was cut or
 * altered is taken off its road. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_roads_carry(struct bw_roads *roads, uint32_t device,
    uint32_t session_no, uint64_t to, bool *ret_carried, struct bw_error *err);

#endif
